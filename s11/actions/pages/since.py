"""What changed in the plan between two days, as lines under headings."""

from dataclasses import dataclass
from datetime import date

from s11.actions import queries
from s11.actions.pages.words import long_day, titled
from s11.actions.queries import Named
from s11.actions.rules import Change, Changed, PlanFilter, Span, changes
from s11.core import clock
from s11.people.models import Person

# So much of what somebody said stands in a line; the rest is on the page of the action.
SAID_LONGEST = 240
HEADINGS = {
    Changed.ADDED: "Added",
    Changed.COMPLETED: "Said to be complete",
    Changed.VERIFIED: "Verified by the Board",
    Changed.RETURNED: "Returned by the Board",
    Changed.CLOSED: "Closed",
    Changed.SUPERSEDED: "Superseded",
    Changed.REOPENED: "Opened again",
    Changed.MOVED: "Date moved",
    Changed.AT_RISK: "At risk at the end",
    Changed.OVERDUE: "Became overdue",
}


@dataclass(frozen=True)
class ChangeLine:
    """One action under a heading: what happened to it, and who said what, when."""

    ref: str
    text: str
    holder: str
    owner: str
    source: str
    what: str
    by: str
    on: date | None
    said: str


@dataclass(frozen=True)
class Heading:
    """One kind of change, with an anchor for links to it."""

    anchor: str
    title: str
    lines: list[ChangeLine]


@dataclass(frozen=True)
class SincePage:
    """What changed between two days."""

    headings: list[Heading]
    silent: int

    @property
    def is_quiet(self) -> bool:
        return not any(heading.lines for heading in self.headings)


def span_of(first: date, last: date) -> Span:
    """Both days whole, in the time of the partnership."""
    return Span(first, last, clock.start_of(first), clock.end_of(last))


def since_page(person: Person, wanted: PlanFilter, span: Span, *, today: date) -> SincePage:
    """What changed within a span among the actions a filter finds, whatever their status is now."""
    actions, named = queries.present(person, wanted, today=today)
    found = changes(
        actions,
        queries.words_since(person, span.begins),
        queries.last_words_before(person, span.begins),
        span,
    )
    headings = [
        Heading(
            kind.value.replace("_", "-"),
            title,
            [_line(kind, change, named[change.action_id], span) for change in found.by_kind[kind]],
        )
        for kind, title in HEADINGS.items()
    ]
    return SincePage(headings, found.silent)


def _line(kind: Changed, change: Change, named: Named, span: Span) -> ChangeLine:
    word = change.word
    said = " ".join(word.text.split()) if word else ""
    return ChangeLine(
        ref=named.ref,
        text=named.text,
        holder=named.holder,
        owner=", ".join(part for part in (named.owner_name, named.owner_role) if part),
        source=titled(named.source, named.source_title),
        what=_what(kind, change, span),
        by=word.by if word else named.created_by if kind == Changed.ADDED else "",
        on=clock.local(word.at).date() if word else None,
        said=said if len(said) <= SAID_LONGEST else f"{said[:SAID_LONGEST].rsplit(' ', 1)[0]} …",
    )


def _what(kind: Changed, change: Change, span: Span) -> str:
    due = long_day(change.due_on)
    if kind == Changed.MOVED:
        often = "" if change.times_moved == 1 else f", moved {change.times_moved} times"
        return f"From {long_day(change.due_before) or 'no date'} to {due}{often}"
    if kind == Changed.OVERDUE and change.due_on:
        days = (span.last - change.due_on).days
        return f"Was due on {due}, overdue by {days} day{'' if days == 1 else 's'}"
    if kind in (Changed.ADDED, Changed.AT_RISK, Changed.RETURNED, Changed.REOPENED):
        return f"Due on {due}" if due else "No date yet"
    return ""
