"""The year: every round with how far it has come and its next date, in three parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.core import clock
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.queries import Span
from s11.cycles.rules import ASKED_AS_LABELS, AskedAs
from s11.desk.pages.standing import Standing, standing_of
from s11.web.filters import day


@dataclass(frozen=True)
class RoundCard:
    """One round: what it is, how it stands, and what comes next."""

    cycle: Cycle
    standing: Standing
    about: str  # the questionnaire, and how much of it is asked
    when: str  # due and closes, as on Home
    next_date: str


@dataclass(frozen=True)
class Year:
    """The rounds that run, those that are planned, and those that are over."""

    running: list[RoundCard]
    planned: list[RoundCard]
    over: list[RoundCard]


def year_of(
    cycles: Sequence[Cycle], counts: Mapping[int, Mapping[str, int]], spans: Mapping[int, Span]
) -> Year:
    """Every round in its part: the next due first, those that are over the latest first.

    A round runs once somebody is asked: one that waits for its first group to open is planned still.
    """
    cards = {
        cycle.id: card_of(cycle, standing_of(counts.get(cycle.id, {})), spans.get(cycle.id))
        for cycle in cycles
    }
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


def card_of(cycle: Cycle, standing: Standing, span: Span | None) -> RoundCard:
    asked_as = AskedAs(cycle.asked_as)
    about = cycle.edition.title
    if asked_as is not AskedAs.FULL:
        about += f". {ASKED_AS_LABELS[asked_as]}"
    return RoundCard(cycle, standing, about, when_of(cycle, span), next_date(cycle, span, clock.today()))


def when_of(cycle: Cycle, span: Span | None = None) -> str:
    """When it is due and closes, in the same words on every page: "Due 5 May 2027, closes 12 May 2027".

    Where everybody stands in a group the days are those of the groups, from the first to the last.
    """
    due = day(cycle.due_on)
    if span is not None:
        due = day(span.due_last)
        if span.due_first != span.due_last:
            due = f"by group from {day(span.due_first)} to {due}"
    if cycle.closed_at is not None:
        return f"Due {due}, closed {day(cycle.closed_at)}"
    closes_on = last_day(cycle, span)
    if closes_on is None:
        return f"Due {due}"
    return f"Due {due}, {'closes' if closes_on >= clock.today() else 'closed'} {day(closes_on)}"


def opens_of(cycle: Cycle, span: Span | None = None) -> str:
    """When it opens or opened, with its dates after it."""
    opens_on = span.opens_on if span else cycle.opens_on
    when = when_of(cycle, span)
    return f"{'Opened' if opens_on <= clock.today() else 'Opens'} {day(opens_on)}, d{when[1:]}"


def last_day(cycle: Cycle, span: Span | None) -> date | None:
    return (span.closes_on if span else None) or cycle.closes_on


def own_dates(groups: Sequence[SubmissionGroup], cycle: Cycle) -> str:
    """That the groups go by their own dates, and which; empty where they have the cycle's."""
    if all((one.opens_on, one.due_on) == (cycle.opens_on, cycle.due_on) for one in groups):
        return ""
    each = "; ".join(f"{one.name} opens {day(one.opens_on)} and is due {day(one.due_on)}" for one in groups)
    return f"The groups keep their own dates: {each}."


def next_date(cycle: Cycle, span: Span | None, today: date) -> str:
    """The next thing of its calendar: "Next: due in 12 days"; empty where nothing is to come."""
    is_open = cycle.closed_at is None
    ahead = [
        (on, what)
        for on, what in (
            ((span.opens_on if span else cycle.opens_on) if is_open else None, "opens"),
            ((span.due_first if span else cycle.due_on) if is_open else None, "due"),
            (span.due_last if span and is_open else None, "the last are due"),
            (cycle.moderation_on, "to be moderated"),
            (cycle.challenge_on, "challenge day"),
            (last_day(cycle, span) if is_open else None, "closes"),
        )
        if on is not None and on >= today
    ]
    if not ahead:
        return ""
    on, what = min(ahead)
    days = (on - today).days
    return f"Next: {what} {'today' if days == 0 else 'tomorrow' if days == 1 else f'in {days} days'}"
