"""The cycles of a Board as its people see them from home, and what these ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from s11.actions import permissions as action_permissions
from s11.actions import queries as actions
from s11.actions.rules import Status
from s11.core import clock
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk.pages import Standing, standing_of
from s11.desk.pages.year import is_over, when_of
from s11.home.tasks import Task
from s11.moderation.permissions import moderates_any, moderates_in
from s11.moderation.queries import given_to
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES, Role
from s11.returns import queries
from s11.returns.rules import Stage


@dataclass(frozen=True)
class CycleCard:
    """A cycle as the Board sees it from home."""

    cycle: Cycle
    standing: Standing
    href: str
    when: str  # due and closes, as on the year


def board_cards(person: Person) -> list[CycleCard]:
    """The cycles somebody of the Board works with now: see `_shown`."""
    if not cycle_permissions.can_run(person):
        return []
    found = cycles.visible_to(person)
    counts = queries.stage_counts([cycle.id for cycle in found])
    spans = cycles.spans_of([cycle.id for cycle in found])
    cards = [
        CycleCard(
            cycle,
            standing_of(counts.get(cycle.id, {})),
            url_for("desk.cycle", ref=cycle.ref),
            when_of(cycle, spans.get(cycle.id)),
        )
        for cycle in found
    ]
    return _shown(cards)


def _shown(cards: Sequence[CycleCard]) -> list[CycleCard]:
    """Those that are running; where none of a framework is, the last that ran; and then the planned ones."""
    asked = [card for card in cards if card.standing.asked]
    running = [card for card in asked if not is_over(card.cycle)]
    last: dict[int, CycleCard] = {}
    for card in asked:  # the latest due first
        last.setdefault(card.cycle.edition.framework_id, card)
    busy = {card.cycle.edition.framework_id for card in running}
    over = [card for framework, card in last.items() if framework not in busy]
    planned = [card for card in cards if not card.standing.asked and not is_over(card.cycle)]
    return [*running, *over, *planned]


def board_tasks(person: Person, cards: list[CycleCard]) -> list[Task]:
    """What the running cycles ask of somebody of the Board."""
    roles = {Role(m.role) for m in person.current} & BOARD_ROLES
    tasks = given_tasks(person)
    for card in cards:
        waiting = queries.to_moderate(card.cycle.id)
        if waiting and moderates_in(person, card.cycle):
            tasks.append(
                Task(
                    title=f"Moderate {card.cycle.title}",
                    hint=f"{len(waiting)} submitted and not moderated yet: {_names(waiting)}.",
                    href=url_for("moderation.cycle", ref=card.cycle.ref),
                    status="Ready",
                    status_kind="doing",
                    action="Moderate",
                )
            )
        if (
            card.standing.late
            and card.cycle.closed_at is None
            and roles
            & {
                Role.BUSINESS_MANAGER,
                Role.OFFICE,
                Role.EDUCATION_ADVISER,
                Role.EARLY_YEARS_ADVISER,
            }
        ):
            tasks.insert(
                0,
                Task(
                    title=f"Chase {card.cycle.title}",
                    hint=f"{card.standing.late} past their date and not returned.",
                    href=url_for("desk.cycle", ref=card.cycle.ref, show="late"),
                    status="Late",
                    status_kind="alert",
                    action="See who",
                ),
            )
    return tasks + claim_tasks(person)


def claim_tasks(person: Person) -> list[Task]:
    """The actions that were said to be complete and are this person's to judge, as one thing to do."""
    judged = action_permissions.judges_for(person)
    claims = actions.to_verify(person, judged) if judged else []
    if not claims:
        return []
    one = len(claims) == 1
    return [
        Task(
            title="An action said to be complete" if one else "Actions said to be complete",
            hint=f"{len(claims)} to accept or return: {_names(sorted({claim.holder for claim in claims}))}.",
            href=url_for("actions.action", ref=claims[0].ref)
            if one
            else url_for("actions.plan", status=Status.COMPLETE),
            status="Ready",
            status_kind="doing",
            action="Look and decide",
        )
    ]


def given_tasks(person: Person) -> list[Task]:
    """The returns somebody was given to moderate by themselves and has not finished, as one thing to do."""
    if not moderates_any(person):
        return []
    given = [
        one
        for one in given_to(person.id)
        if one.finished_at is None
        and one.stage == Stage.SUBMITTED
        and one.partnership_id in person.partnership_ids
    ]
    if not given:
        return []
    late = any(one.due_on and one.due_on < clock.today() for one in given)
    return [
        Task(
            title="Returns to moderate",
            hint=f"{len(given)} given to you: {_names([one.organisation for one in given])}.",
            href=url_for("moderation.mine"),
            status="Late" if late else "Ready",
            status_kind="alert" if late else "doing",
            action="Moderate",
        )
    ]


def _names(returns: list[str]) -> str:
    shown = ", ".join(returns[:4])
    return f"{shown} and {len(returns) - 4} more" if len(returns) > 4 else shown
