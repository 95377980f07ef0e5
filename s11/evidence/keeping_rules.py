"""How long a document shows how things are, who may be handed it, and what a library is searched by."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from s11.evidence.rules import ScanState

SOON_DAYS = 60
CONFIRMED_DAYS = 365
TITLE_LONGEST = 250
PAGE = 25


class Currency(StrEnum):
    """Whether a document still shows how things are."""

    NEVER_SAID = "never_said"
    CURRENT = "current"
    SOON = "soon"
    PAST = "past"


CURRENCY_WORDS = {
    Currency.CURRENT: "Still current",
    Currency.SOON: f"Runs out within {SOON_DAYS} days",
    Currency.PAST: "Past its date",
    Currency.NEVER_SAID: "No date set",
}
KIND_WORDS = {"file": "File", "link": "Link", "reference": "Where it can be seen"}
SORT_WORDS = {
    "added": "Newest first",
    "title": "Title",
    "until": "Runs out first",
    "size": "Largest first",
}
USED_WORDS = {"yes": "Shown in this year’s return", "no": "Not shown this year"}
SCAN_WORDS = {
    ScanState.NOT_SCANNED: "Not checked for viruses: no scanner is set up here",
    ScanState.WAITING: "Waiting for the virus check",
    ScanState.CLEAN: "No virus found",
    ScanState.INFECTED: "Blocked: a virus was found",
    ScanState.UNCHECKED: "Blocked: could not be checked for viruses",
}


def currency_of(until: date | None, *, said: bool, today: date) -> Currency:
    """How a document stands: `until` is its last day, `said` whether anybody ever said that it is current."""
    if until is None:
        return Currency.CURRENT if said else Currency.NEVER_SAID
    if until < today:
        return Currency.PAST
    return Currency.SOON if until <= today + timedelta(days=SOON_DAYS) else Currency.CURRENT


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in a library. What is empty does not narrow it."""

    words: str = ""
    kind: str = ""
    currency: str = ""
    used: str = ""
    added_by: str = ""
    sort: str = "added"
    page: int = 1

    def known(self) -> "Wanted":
        """The same without choices that no page of ours offers."""
        return replace(
            self,
            words=self.words.strip()[:200],
            kind=self.kind if self.kind in KIND_WORDS else "",
            currency=self.currency if self.currency in set(Currency) else "",
            used=self.used if self.used in USED_WORDS else "",
            sort=self.sort if self.sort in SORT_WORDS else "added",
            page=max(1, self.page),
        )

    @property
    def address(self) -> dict[str, str]:
        """What an address has to say for the same list, without the page."""
        told = {
            "words": self.words,
            "kind": self.kind,
            "currency": self.currency,
            "used": self.used,
            "added_by": self.added_by,
            "sort": "" if self.sort == "added" else self.sort,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(self.address.keys() - {"sort"})
