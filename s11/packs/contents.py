"""Gathering what a pack contains, from sealed submissions and nothing an agency has not released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.actions.rules import standing
from s11.analysis import queries as analysis
from s11.analysis.rules import (
    BEST_RULE,
    OF_ALL_RULE,
    WEAK_EVIDENCE_RULE,
    Basis,
    counting_rules,
    levels_of,
)
from s11.challenge import pages as challenge_pages
from s11.challenge import queries as challenge
from s11.challenge import ratings as agency_ratings
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.pages import AgendaLine
from s11.challenge.ratings import CriterionRating, Rating, tally
from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.organisations.rules import KIND_LABELS, Kind
from s11.packs import queries, rules
from s11.packs.rules import (
    AgendaItem,
    Away,
    Finding,
    PackContents,
    Profile,
    Promise,
    Question,
)
from s11.questionnaires.rules import EditionContent
from s11.returns import queries as returns
from s11.returns.queries import Submitted
from s11.returns.sealing import SealedAnswer, SealedReturn

NONE_CHOSEN = "Choose at least one organisation for the pack."
NONE_IN = "No return of this cycle is in yet, so there is nothing to put into a pack."


@dataclass(frozen=True)
class Material:
    """Everything read about the chosen agencies, by return id where it belongs to one."""

    cycle: Cycle
    edition: EditionContent
    day: ChallengeDay | None
    agenda: list[AgendaLine]
    enquiries: list[Enquiry]
    ratings: dict[int, tuple[CriterionRating, ...]]
    sealed: dict[int, SealedReturn]
    reasons: dict[tuple[int, int], str]
    actions: list[Action]
    today: date


def gather(cycle: Cycle, organisation_ids: Sequence[int], *, by_name: str) -> PackContents:
    """The contents of a pack about these organisations of a cycle, in the order of the agenda.

    Raises Invalid when none is chosen, or when one is chosen whose return is not in.
    """
    chosen = submitted_of(cycle, organisation_ids)
    day = challenge.of_cycle(cycle.id)
    edition = content_of(cycle)
    ids = [one.return_id for one in chosen]
    material = Material(
        cycle=cycle,
        edition=edition,
        day=day,
        agenda=challenge_pages.agenda(challenge.sessions(day.id)) if day else [],
        enquiries=challenge.enquiries(day.id) if day else [],
        ratings=agency_ratings.of_returns(cycle, ids),
        sealed=queries.sealed(ids),
        reasons=queries.reasons(ids),
        actions=actions.unfinished(cycle.partnership_id, [one.organisation_id for one in chosen]),
        today=clock.today(),
    )
    order = {line.session.organisation_id: place for place, line in enumerate(material.agenda)}
    chosen.sort(key=lambda one: (order.get(one.organisation_id, len(order)), one.organisation))
    return _contents(material, chosen, by_name)


def submitted_of(cycle: Cycle, organisation_ids: Sequence[int]) -> list[Submitted]:
    """The standing submissions of the chosen organisations; a refusal where one has none."""
    is_in = {one.organisation_id: one for one in returns.submitted(cycle.id)}
    if not is_in:
        raise Invalid(NONE_IN, field="organisations")
    if not organisation_ids:
        raise Invalid(NONE_CHOSEN, field="organisations")
    if any(organisation_id not in is_in for organisation_id in organisation_ids):
        raise Invalid(
            "A return that is not in cannot be in the pack. Choose organisations that have submitted.",
            field="organisations",
        )
    return [is_in[organisation_id] for organisation_id in dict.fromkeys(organisation_ids)]


def _contents(material: Material, chosen: Sequence[Submitted], by_name: str) -> PackContents:
    cycle, edition, day = material.cycle, material.edition, material.day
    expected = analysis.standing([cycle.id])[cycle.id]
    now = clock.now()
    levels = levels_of(edition)
    body, bodies = rules.body_words(one.kind for one in chosen)
    every = [rating for one in chosen for rating in material.ratings[one.return_id]]
    return PackContents(
        title="Challenge day pack",
        partnership=cycle.partnership.name,
        cycle=cycle.title,
        edition=edition.title,
        held_on=words_of(day.held_on) if day else "",
        place=day.place if day else "",
        built=f"{words_of(clock.local(now).date())} at {clock.local(now):%H:%M} by {by_name}",
        standard_word=edition.labels.get("standard", "Standard"),
        criterion_word=edition.labels.get("criterion", "Criterion"),
        body=body,
        bodies=bodies,
        how_to_read=how_to_read(edition),
        key=levels,
        returns=f"{expected.returned} of {expected.expected} returns are in; this pack holds {len(chosen)}.",
        missing=tuple(f"{one.organisation} ({one.why})" for one in analysis.not_in(cycle.id)),
        agenda=tuple(
            AgendaItem(line.slot.starts_at, line.slot.ends_at, line.session.name, line.questioner)
            for line in material.agenda
        ),
        totals=agency_ratings.by_standard(edition, every),
        own=tally([rating.own for rating in every], levels),
        moderated=tally([rating.moderated for rating in every], levels),
        profiles=tuple(_profile(material, one) for one in chosen),
    )


def how_to_read(edition: EditionContent) -> tuple[str, ...]:
    """How the pack counts; it prints no percentage of everything asked, so that rule stays out."""
    rules_of_counting = counting_rules(edition, Basis.SELF, Basis.MODERATED)
    return (*(rule for rule in rules_of_counting if rule != OF_ALL_RULE), BEST_RULE, WEAK_EVIDENCE_RULE)


def _profile(material: Material, one: Submitted) -> Profile:
    edition, ratings = material.edition, material.ratings[one.return_id]
    sealed = material.sealed[one.return_id]
    answers = {answer.key: answer for standard in sealed.standards for answer in standard.answers}
    ids = {criterion.key: criterion.id for criterion in edition.criteria}

    def finding(rating: CriterionRating, longest: int) -> Finding:
        reason = material.reasons.get((one.return_id, ids[rating.key]), "")
        return _finding(rating, answers[rating.key], reason, longest)

    mine = [action for action in material.actions if action.organisation_id == one.organisation_id]
    moderated = tally([r.moderated for r in ratings], levels_of(edition))
    return Profile(
        organisation=one.organisation,
        short=one.short_name or one.organisation,
        kind=KIND_LABELS[Kind(one.kind)],
        submitted=words_of(clock.local(one.submitted_at).date()),
        signed_by="; ".join(f"{s.name}, {s.role}" for s in sealed.signatures),
        session=_session_words(material, one.organisation_id),
        own=tally([r.own for r in ratings], levels_of(edition)),
        moderated=moderated,
        is_moderated=moderated.counted + moderated.not_applicable > 0,
        standards=agency_ratings.by_standard(edition, ratings),
        strengths=rules.listed(
            rules.strengths(ratings), rules.STRENGTHS, "strength", lambda r: finding(r, 0)
        ),
        weakest=rules.listed(
            rules.weakest(ratings), rules.WEAKEST, "answer", lambda r: finding(r, rules.EXCERPT)
        ),
        away=rules.listed(
            [r for r in ratings if r.own.not_applicable],
            rules.AWAY,
            "answer",
            lambda r: _away(r, answers[r.key]),
        ),
        without_evidence=rules.listed(
            rules.without_evidence(ratings), rules.WITHOUT_EVIDENCE, "answer", lambda r: finding(r, 0)
        ),
        actions=rules.listed(mine, rules.ACTIONS, "action", lambda a: _promise(a, material.today)),
        questions=_questions(material, one.organisation_id),
        suggested=tuple(_suggested(ratings, mine, material.today)),
    )


def _finding(rating: CriterionRating, answer: SealedAnswer, reason: str, longest: int) -> Finding:
    level = rating.standing.level
    return Finding(
        number=rating.number,
        text=rules.excerpt(answer.text, rules.EXCERPT if longest else rules.SHORT_EXCERPT),
        own=rating_words(rating.own),
        moderated="" if rating.moderated.blank else rating_words(rating.moderated),
        letter=level.letter if level else "",
        colour=level.colour if level else "grey",
        excerpt=rules.excerpt(answer.commentary, longest) if longest else "",
        reason=rules.excerpt(reason, longest) if longest else "",
        evidence=rating.evidence,
    )


def _away(rating: CriterionRating, answer: SealedAnswer) -> Away:
    return Away(
        rating.number,
        rules.excerpt(answer.text, rules.SHORT_EXCERPT),
        rules.excerpt(answer.not_applicable_reason, rules.REASON_EXCERPT),
    )


def rating_words(rating: Rating) -> str:
    if rating.not_applicable:
        return "Not applicable"
    return rating.level.label if rating.level else "Blank"


def _promise(action: Action, today: date) -> Promise:
    stands = standing(action.status, action.due_on, today)
    return Promise(
        text=rules.excerpt(action.text, rules.PROMISE_EXCERPT),
        owner=f"{action.owner_name}, {action.owner_role}",
        due_on=words_of(action.due_on),
        standing=stands.label,
        overdue=stands.days_overdue > 0,
    )


def _session_words(material: Material, organisation_id: int) -> str:
    line = next((one for one in material.agenda if one.session.organisation_id == organisation_id), None)
    return f"{line.slot.starts_at} to {line.slot.ends_at}, questioned by {line.questioner}" if line else ""


def _questions(material: Material, organisation_id: int) -> tuple[Question, ...]:
    return tuple(
        Question(
            question=one.question,
            why=one.why,
            standard=challenge_pages.standard_title(material.edition, one.standard_key),
            asked_by=one.asked_by.name if one.asked_by else "",
        )
        for one in material.enquiries
        if one.organisation_id == organisation_id
    )


def _suggested(ratings: Sequence[CriterionRating], promised: Sequence[Action], today: date) -> list[Question]:
    """Questions the figures themselves ask, where nobody prepared one; at most three."""
    found = []
    if lower := rules.lowered(ratings):
        numbers = ", ".join(one.number for one in lower[:6])
        found.append(
            ("What do you say to the moderator’s lower rating?", f"Rated lower by the moderator: {numbers}.")
        )
    if bare := rules.without_evidence(ratings):
        numbers = ", ".join(one.number for one in bare[:6])
        found.append(
            (
                "What would you show us for the ratings that rest on no evidence?",
                f"Best level, nothing attached: {numbers}.",
            )
        )
    if late := [one for one in promised if standing(one.status, one.due_on, today).days_overdue]:
        found.append(("What stands in the way of the actions that are overdue?", f"Overdue: {len(late)}."))
    return [Question(question, why, "", "") for question, why in found[:3]]


def words_of(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
