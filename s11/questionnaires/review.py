"""What the review page prints: each standard with its criteria, what changed in them, and what was said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s11.questionnaires.changes import About, Altered, Change
from s11.questionnaires.models import EditionComment
from s11.questionnaires.rules import EditionContent
from s11.questionnaires.stages import TAGS, Act
from s11.trail.models import Entry
from s11.web.filters import plural

Place = tuple[str, str]  # what a comment is about, and its key
WHOLE: Place = ("edition", "")


@dataclass(frozen=True)
class Spot:
    """Something that can be commented on: a standard or criterion, with its changes and comments."""

    about: str
    key: str
    number: str
    words: str
    changes: tuple[Change, ...] = ()
    comments: tuple[EditionComment, ...] = ()
    # What stands in neither edition any more can no longer be spoken of.
    can_be_said: bool = True

    @property
    def reworded(self) -> Altered | None:
        """The words before and after, where both are there."""
        parts = (part for change in self.changes for part in change.parts)
        return next((part for part in parts if part.what == "Words" and part.old and part.new), None)

    @property
    def anchor(self) -> str:
        return f"{self.about}-{self.key}" if self.key else "whole"


@dataclass(frozen=True)
class Section:
    """A folded part of the page: the whole, a standard, or what is no longer asked."""

    title: str
    key: str
    head: Spot | None
    spots: tuple[Spot, ...] = ()

    @property
    def all_spots(self) -> tuple[Spot, ...]:
        return (self.head, *self.spots) if self.head else self.spots

    @property
    def summary(self) -> str:
        """3 changes, 2 comments of which 1 is open."""
        changed = sum(len(spot.changes) for spot in self.all_spots)
        comments = [one for spot in self.all_spots for one in spot.comments]
        unresolved = sum(one.resolved_at is None for one in comments)
        said = [plural(changed, "change") if changed else "no changes"]
        if comments:
            said.append(plural(len(comments), "comment") + (f", {unresolved} open" if unresolved else ""))
        return ", ".join(said)

    @property
    def unresolved(self) -> int:
        return sum(one.resolved_at is None for spot in self.all_spots for one in spot.comments)


def sections(
    edition: EditionContent, changes: Sequence[Change], comments: Iterable[EditionComment]
) -> tuple[Section, ...]:
    """The page from top to bottom; every change and every comment stands in it once."""
    said: dict[Place, list[EditionComment]] = defaultdict(list)
    for comment in comments:
        said[comment.about, comment.key].append(comment)
    changed: dict[Place, list[Change]] = defaultdict(list)
    for change in changes:
        changed[_place_of(change)].append(change)

    retired = [one for one in changes if one.about == About.CRITERION and not one.number]

    def spot(about: str, key: str, number: str, words: str, *, asked: bool = True) -> Spot:
        found = (tuple(changed.pop((about, key), ())), tuple(said.pop((about, key), ())))
        return Spot(about, key, number, words, *found, can_be_said=asked or bool(found[0]))

    whole = Section("The questionnaire as a whole", "", spot(*WHOLE, "", ""))
    standards = tuple(
        Section(
            f"{standard.number} {standard.title}",
            standard.key,
            spot("standard", standard.key, standard.number, standard.title),
            tuple(
                spot("criterion", key, number, words)
                for key, number, words in (
                    *((c.key, c.number, c.text) for c in standard.criteria),
                    *((c.key, "", f"Was {c.name}") for c in retired if c.standard == standard.key),
                )
            ),
        )
        for standard in edition.standards
    )
    left = list(dict.fromkeys((*changed, *said)))
    gone = tuple(spot(*place, "", _name(changed.get(place)), asked=False) for place in left)
    last = (Section("About something no longer asked", "gone", None, gone),) if gone else ()
    return (whole, *standards, *last)


def _place_of(change: Change) -> Place:
    """Where a change is shown: beside its criterion or standard, else with the whole."""
    if change.about == About.CRITERION:
        return "criterion", change.key
    if change.about == About.STANDARD or change.standard:
        return "standard", change.standard or change.key
    return WHOLE


def _name(changes: Sequence[Change] | None) -> str:
    return f"Was {changes[0].name}" if changes else ""


@dataclass(frozen=True)
class Step:
    """A move of the edition: who made it, when, and what they said."""

    entry: Entry
    act: Act
    note: str
    until: date | None


def steps(entries: Iterable[Entry]) -> tuple[Step, ...]:
    """The moves among an edition's entries in the trail, newest first."""
    acts = {tag: act for act, tag in TAGS.items()}
    return tuple(
        Step(entry, acts[entry.tag], told.get("note") or told.get("reason") or "", _day(told.get("until")))
        for entry in entries
        if entry.tag in acts
        for told in (entry.after or {},)
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
