"""What the pages of the lines of enquiry print."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from s11.challenge.enquiries.facts import Whole
from s11.challenge.enquiries.rules import RULES, Suggestion
from s11.challenge.models import Enquiry, Session
from s11.challenge.pages import asker_words
from s11.organisations.models import Organisation
from s11.questionnaires.rules import EditionContent

ORGANISATIONS = 30  # on a page
SHOWN = 5  # suggestions of each, until one organisation is asked for
OF_ONE_RULE = 2  # among those, while other rules have something to say
SUGGESTED, CHOSEN, ASIDE = "suggested", "chosen", "aside"
SHOWS = (SUGGESTED, CHOSEN, ASIDE)
LONGEST = 100


@dataclass(frozen=True)
class Narrowing:
    """What the address asks for."""

    show: str = SUGGESTED
    organisation: str = ""
    rule: str = ""
    standard: str = ""
    page: int = 1

    @property
    def address(self) -> dict[str, Any]:
        """What goes into the address: only what was asked for."""
        named = {
            "show": "" if self.show == SUGGESTED else self.show,
            "organisation": self.organisation,
            "rule": self.rule,
            "standard": self.standard,
            "page": "" if self.page == 1 else str(self.page),
        }
        return {name: value for name, value in named.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(self.organisation or self.rule or self.standard)

    @property
    def widened(self) -> "Narrowing":
        """The same view of everything."""
        return Narrowing(self.show)

    def showing(self, show: str) -> "Narrowing":
        return replace(self, show=show, page=1)

    def takes(self, rule: str, standard_key: str) -> bool:
        return self.rule in ("", rule) and self.standard in ("", standard_key)


def asked_for(told: Mapping[str, str]) -> Narrowing:
    """What an address asks for; what it does not know is left out."""
    page = told.get("page", "")
    show = told.get("show", "")
    return Narrowing(
        show=show if show in SHOWS else SUGGESTED,
        organisation=told.get("organisation", "")[:LONGEST],
        rule=told.get("rule", "") if any(one.code == told.get("rule") for one in RULES) else "",
        standard=told.get("standard", "")[:LONGEST],
        page=max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def in_order(organisations: Iterable[Organisation], sessions: Sequence[Session]) -> list[Organisation]:
    """Organisations as the agenda has them, then those without a session, by name."""
    places = {one.organisation_id: place for place, one in enumerate(sessions)}
    last = len(places)
    return sorted(organisations, key=lambda one: (places.get(one.id, last), one.name, one.id))


@dataclass(frozen=True)
class Page:
    """The organisations of a page, and how many pages there are."""

    organisations: tuple[Organisation, ...]
    number: int
    pages: int


def page_of(organisations: Sequence[Organisation], number: int) -> Page:
    """A page of organisations; a number beyond the last is the last."""
    pages = max(1, -(-len(organisations) // ORGANISATIONS))
    number = min(number, pages)
    shown = organisations[(number - 1) * ORGANISATIONS : number * ORGANISATIONS]
    return Page(tuple(shown), number, pages)


@dataclass(frozen=True)
class Suggested:
    """What is suggested for one organisation: the most urgent, and how many more there are."""

    organisation: Organisation
    questioner: str
    shown: tuple[Suggestion, ...]
    more: int


def suggested(
    organisations: Iterable[Organisation],
    suggestions: Iterable[Suggestion],
    met: set[str],
    questioners: Mapping[int | None, str],
    wanted: Narrowing,
) -> list[Suggested]:
    """The suggestions of each organisation that were not chosen or set aside before."""
    of: dict[int, list[Suggestion]] = {}
    for one in suggestions:
        if one.key not in met and wanted.takes(one.rule, one.standard.key if one.standard else ""):
            of.setdefault(one.organisation_id, []).append(one)
    found = []
    for organisation in organisations:
        mine = of.get(organisation.id, [])
        shown = mine if wanted.organisation else varied(mine, SHOWN)
        questioner = questioners.get(organisation.id, "")
        if mine:
            found.append(Suggested(organisation, questioner, tuple(shown), len(mine) - len(shown)))
    return found


def varied(suggestions: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """The most urgent suggestions in their order, none of a rule's beyond the second unless there is room."""
    seen: Counter[str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for place, one in enumerate(suggestions):
        seen[one.rule] += 1
        (first if seen[one.rule] <= OF_ONE_RULE else rest).append(place)
    return [suggestions[place] for place in sorted([*first, *rest][:most])]


@dataclass(frozen=True)
class Prepared:
    """A question on the list of its organisation: its place, and what may still be done with it."""

    enquiry: Enquiry
    about: str
    asker: str
    place: int
    is_last: bool
    is_recorded: bool


@dataclass(frozen=True)
class OfOne:
    """The questions for one organisation."""

    organisation: Organisation
    lines: tuple[Prepared, ...]


def prepared(
    organisations: Iterable[Organisation],
    enquiries: Sequence[Enquiry],
    edition: EditionContent,
    recorded: set[int | None],
    wanted: Narrowing,
) -> list[OfOne]:
    """Questions by organisation, in the order of the organisations, each with its place in its whole list."""
    found = []
    for organisation in organisations:
        mine = [one for one in enquiries if one.organisation_id == organisation.id]
        lines = tuple(
            Prepared(
                enquiry=one,
                about=about_words(edition, one),
                asker=asker_words(one),
                place=place,
                is_last=place == len(mine),
                is_recorded=one.id in recorded,
            )
            for place, one in enumerate(mine, start=1)
            if wanted.takes(one.rule, one.standard_key)
        )
        if lines:
            found.append(OfOne(organisation, lines))
    return found


def about_words(edition: EditionContent, enquiry: Enquiry) -> str:
    """4.3, in 4 Listening to children; empty where a question is about no standard."""
    standard = next((one for one in edition.standards if one.key == enquiry.standard_key), None)
    criterion = edition.by_key.get(enquiry.criterion_key)
    told = f"{standard.number} {standard.title}" if standard else ""
    return f"{criterion.number}, in {told}" if criterion and told else told


def too_small(whole: Whole) -> str:
    """Which groups are not compared, in a sentence; empty where all are large enough."""
    if not whole.small:
        return ""
    groups = "; ".join(f"{name} ({size})" for name, size in whole.small)
    return (
        f"Not compared with their own kind, because fewer than {whole.small_group} of them are in: {groups}."
    )
