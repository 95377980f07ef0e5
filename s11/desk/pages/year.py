"""The year: every round with how far it has come and its next date, in three parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.cycles.models import Cycle
from s11.cycles.rules import ASKED_AS_LABELS, AskedAs
from s11.desk.pages.standing import Standing, standing_of
from s11.web.filters import day


@dataclass(frozen=True)
class RoundCard:
    """One round: what it is, how it stands, and what comes next."""

    cycle: Cycle
    standing: Standing
    about: str  # the questionnaire, and how much of it is asked
    next_date: str


@dataclass(frozen=True)
class Year:
    """The rounds that run, those that are planned, and those that are over."""

    running: list[RoundCard]
    planned: list[RoundCard]
    over: list[RoundCard]


def year_of(cycles: Sequence[Cycle], counts: Mapping[int, Mapping[str, int]]) -> Year:
    """Every round in its part: the next due first, those that are over the latest first.

    A round runs once somebody is asked: one that waits for its first group to open is planned still.
    """
    cards = {cycle.id: card_of(cycle, standing_of(counts.get(cycle.id, {}))) for cycle in cycles}
    by_due = sorted(cycles, key=lambda cycle: (cycle.due_on, cycle.code))
    ahead = [cards[cycle.id] for cycle in by_due if not is_over(cycle)]
    return Year(
        running=[card for card in ahead if card.standing.asked],
        planned=[card for card in ahead if not card.standing.asked],
        over=[cards[cycle.id] for cycle in reversed(by_due) if is_over(cycle)],
    )


def is_over(cycle: Cycle) -> bool:
    """Closed by somebody, or past its last day."""
    return cycle.closed_at is not None or (cycle.closes_on is not None and cycle.closes_on < clock.today())


def card_of(cycle: Cycle, standing: Standing) -> RoundCard:
    asked_as = AskedAs(cycle.asked_as)
    about = cycle.edition.title
    if asked_as is not AskedAs.FULL:
        about += f". {ASKED_AS_LABELS[asked_as]}"
    return RoundCard(cycle, standing, about, next_date(cycle, clock.today()))


def next_date(cycle: Cycle, today: date) -> str:
    """The next thing of its calendar: "Due 21 March 2027, in 12 days"."""
    ahead = [
        (on, what)
        for on, what in (
            (cycle.opens_on, "Opens"),
            (cycle.due_on, "Due"),
            (cycle.moderation_on, "Moderated by"),
            (cycle.challenge_on, "Challenge day"),
            (cycle.closes_on, "Closes"),
        )
        if on is not None and on >= today
    ]
    if not ahead:
        return f"Closed {day(cycle.closed_at)}" if cycle.closed_at else f"Was due {day(cycle.due_on)}"
    on, what = min(ahead)
    days = (on - today).days
    away = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"{what} {day(on)}, {away}"
