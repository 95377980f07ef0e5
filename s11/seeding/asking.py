"""Editions of every year, and the cycles that ask them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from s11.core.config import PROJECT
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.audience import Audience, GroupRule
from s11.cycles.clauses import Where
from s11.cycles.days import Dates
from s11.cycles.models import Cycle, Invitation, SubmissionGroup
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires import format as files
from s11.questionnaires import operations as questionnaires
from s11.questionnaires import queries as questionnaire_queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import EditionContent
from s11.returns import operations as returns
from s11.returns.models import Return
from s11.seeding import plan
from s11.seeding.founding import Cast, seat
from s11.seeding.material import Body, Material
from s11.seeding.moments import at
from s11.seeding.plan import CyclePlan

FILES = {
    "S11-2025": "section-11-2025.yaml",
    "S11-2026": "section-11-2026.yaml",
    "S175-2026": "section-175-2026.yaml",
    "S40-2026": "section-40-2026.yaml",
}
# Years of which we have no file: the words of a later one, under a title of their own.
EARLIER = {
    "S11-2024": ("S11-2025", "Section 11 self-assessment, 2024 edition"),
    "S175-2024": ("S175-2026", "Section 175/157 school safeguarding audit, 2024 edition"),
    "S40-2024": ("S40-2026", "Section 40 early years safeguarding self-assessment, 2024 edition"),
}
CLONED = {
    "S175-2025": ("S175-2024", "Section 175/157 school safeguarding audit, 2025 edition"),
    "S40-2025": ("S40-2024", "Section 40 early years safeguarding self-assessment, 2025 edition"),
}


@dataclass
class Round:
    """A cycle in hand, with the returns it opened by key of the organisation."""

    plan: CyclePlan
    cycle: Cycle
    edition: EditionContent
    returns: dict[str, Return] = field(default_factory=dict)


def load_editions() -> dict[str, Edition]:
    """Every edition by its code; those that are there already are left as they are."""
    editions = {code: _edition(code) or _from_file(code) for code in FILES}
    for code, (like, title) in EARLIER.items():
        editions[code] = _edition(code) or _before(editions[like], code, title)
    for code, (like, title) in CLONED.items():
        editions[code] = _edition(code) or questionnaires.clone(
            editions[like], code=code, year=_year(code), title=title, by=None
        )
    return editions


def _edition(code: str) -> Edition | None:
    return questionnaire_queries.edition_by_code(code)


def _year(code: str) -> int:
    return int(code.rpartition("-")[2])


def _from_file(code: str) -> Edition:
    path = PROJECT / "seeds" / "questionnaires" / FILES[code]
    return questionnaires.load(files.read(path.read_text(encoding="utf-8"), path.name)).edition


def _before(later: Edition, code: str, title: str) -> Edition:
    """An earlier edition with the words of a later one. It follows none, so nothing is marked as changed.

    Cloning would make it the successor of the edition it was before.
    """
    source = file_of(later)
    standards = [
        standard.model_copy(
            update={"criteria": [c.model_copy(update={"lineage": None}) for c in standard.criteria]}
        )
        for standard in source.standards
    ]
    edition = source.edition.model_copy(update={"code": code, "year": _year(code), "title": title})
    file = source.model_copy(
        update={"edition": edition, "predecessor": None, "retired": [], "standards": standards}
    )
    return questionnaires.load(files.checked(file)).edition


def open_cycle(
    cast: Cast, material: Material, asking: CyclePlan, edition: Edition, *, now: datetime
) -> Round:
    """Plan a cycle, ask everybody, and let off or extend where the story says so."""
    manager = cast.on_board(Role.BUSINESS_MANAGER)
    with at(asking.opens_on - timedelta(days=14), of=f"plan {asking.code}", latest=now):
        cycle = cycles.plan(
            cast.partnership,
            edition,
            code=asking.code,
            title=asking.title,
            opens_on=asking.opens_on,
            due_on=asking.due_on,
            closes_on=asking.closes_on,
            moderation_on=asking.moderation_on,
            challenge_on=asking.challenge_on,
            letter=asking.letter,
            by=manager,
        )
        bodies = plan.asked(material, asking)
        for body in bodies:
            if body.key not in cast.organisations:
                seat(cast, body, material)
        waves = _waves(cast, cycle, asking, bodies)
    with at(asking.opens_on, of=f"issue {asking.code}", latest=now):
        asked = {cast.organisations[body.key].id: body.key for body in bodies}
        opened = returns.issue(
            cycle,
            [cast.organisations[body.key] for body in bodies],
            groups={
                cast.organisations[body.key].id: waves[str(body.details["district"])]
                for body in bodies
                if body.details.get("district") in waves
            },
            by=manager,
            tell=False,
        )
    in_hand = Round(asking, cycle, questionnaire_queries.content(edition))
    in_hand.returns = {asked[return_.organisation.id]: return_ for return_ in opened}
    _let_off(cast, material, in_hand, now=now)
    _give_longer(cast, material, in_hand, now=now)
    return in_hand


def _waves(cast: Cast, cycle: Cycle, asking: CyclePlan, bodies: Sequence[Body]) -> dict[str, SubmissionGroup]:
    """Say by rule who is asked this year; schools return in two waves, by district."""
    if not asking.is_current:
        return {}
    manager = cast.on_board(Role.BUSINESS_MANAGER)
    waves: dict[str, SubmissionGroup] = {}
    rules = []
    for name, districts, later in plan.waves(asking):
        dates = Dates(asking.opens_on, asking.due_on + later, asking.closes_on + later)
        group = cycles.add_group(cycle, name, dates, by=manager)
        rules.append(GroupRule(group.ref, Where(districts=districts)))
        waves |= dict.fromkeys(districts, group)
    asked = Where(kinds=tuple(sorted({str(body.kind) for body in bodies})))
    cycles.address(cycle, Audience(ask=(asked,), groups=tuple(rules)), by=manager)
    return waves


def _let_off(cast: Cast, material: Material, in_hand: Round, *, now: datetime) -> None:
    for body in plan.alone(material, in_hand.plan):
        with at(in_hand.plan.opens_on, of=f"alone {body.key}", latest=now):
            cycles.exempt(
                in_hand.returns[body.key].invitation,
                reason=material.story["alone_reason"],
                by=cast.on_board(Role.EARLY_YEARS_ADVISER),
            )
    told = plan.exempt(material, in_hand.plan)
    if told is None:
        return
    body, reason = told
    with at(in_hand.plan.opens_on + timedelta(days=8), of="exemption", latest=now):
        cycles.exempt(
            in_hand.returns[body.key].invitation, reason=reason, by=cast.on_board(Role.BUSINESS_MANAGER)
        )


def _give_longer(cast: Cast, material: Material, in_hand: Round, *, now: datetime) -> None:
    told = material.story["extensions"].get(in_hand.plan.code)
    if told is None:
        return
    organisation = cast.organisations[told["organisation"]]
    invitation = cycle_queries.invitation(in_hand.cycle.id, organisation.id)
    if invitation is None:
        return
    _some_days_first(in_hand, invitation, told["first"], now=now, by=cast.on_board(Role.EDUCATION_ADVISER))
    with at(in_hand.plan.due_on - timedelta(days=3), of="extension", latest=now):
        cycles.extend(
            invitation,
            until=in_hand.plan.due_on + timedelta(days=told["days"]),
            reason=told["reason"],
            by=cast.on_board(Role.EDUCATION_ADVISER),
        )


def _some_days_first(
    in_hand: Round, invitation: Invitation, reason: str, *, now: datetime, by: Person
) -> None:
    """It was given some days before, and they were not enough."""
    until = invitation.asked_by + timedelta(days=5)
    with at(in_hand.plan.due_on - timedelta(days=12), of="first extension", latest=now):
        cycles.extend(invitation, until=until, reason=reason, by=by)
