"""What the pages of a library print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s11.evidence.keeping_rules import Currency, currency_of
from s11.evidence.models import Document, Revision
from s11.evidence.uses import Use

CURRENCY_KINDS = {
    Currency.NEVER_SAID: "blocked",
    Currency.CURRENT: "good",
    Currency.SOON: "warn",
    Currency.PAST: "alert",
}


@dataclass(frozen=True)
class Shown:
    """Where a document is shown: the criteria of one return by number, in order, or actions of the plan."""

    cycle: str
    return_ref: str
    this_year: bool
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Whether a document still shows how things are, in a word or two."""

    currency: Currency
    until: date | None
    words: str
    kind: str

    @property
    def asks(self) -> bool:
        """Whether somebody should look at it again."""
        return self.currency in (Currency.PAST, Currency.SOON)


@dataclass(frozen=True)
class Line:
    """One document in the list."""

    revision: Revision
    document: Document
    standing: Standing
    shown: tuple[Shown, ...]


def line(revision: Revision, uses: Sequence[Use], *, today: date) -> Line:
    return Line(revision, revision.document, standing(revision.document, today=today), shown_in(uses))


def standing(document: Document, *, today: date) -> Standing:
    until = document.current_until
    currency = currency_of(until, said=document.confirmed_at is not None, today=today)
    day = f"{until.day} {until:%b %Y}" if until else ""
    words = {
        Currency.NEVER_SAID: "No date set",
        Currency.CURRENT: f"Current until {day}" if until else "Current",
        Currency.SOON: f"Runs out on {day}",
        Currency.PAST: f"Was current until {day}",
    }[currency]
    return Standing(currency, until, words, CURRENCY_KINDS[currency])


def shown_in(uses: Iterable[Use]) -> tuple[Shown, ...]:
    """The uses of one document by return, in the order they come; those for actions together."""
    numbers: dict[str, list[str]] = {}
    first: dict[str, Use] = {}
    for use in uses:
        first.setdefault(use.return_ref, use)
        said = use.number or use.what
        if said not in numbers.setdefault(use.return_ref, []):
            numbers[use.return_ref].append(said)
    return tuple(Shown(use.cycle, ref, use.this_year, tuple(numbers[ref])) for ref, use in first.items())
