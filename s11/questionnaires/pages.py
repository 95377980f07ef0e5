"""What the pages about questionnaires print."""

from collections import Counter
from dataclasses import dataclass

from s11.questionnaires.models import Edition
from s11.questionnaires.rules import CHANGES, CriterionContent, EditionContent

STAGE_LABELS = {
    "draft": "Draft",
    "in_review": "In review",
    "approved": "Approved",
    "issued": "Issued",
    "archived": "Archived",
}


@dataclass(frozen=True)
class EditionLine:
    """A line of the list of editions."""

    code: str
    title: str
    year: int
    stage: str
    standards: int
    criteria: int


@dataclass(frozen=True)
class FrameworkEditions:
    """A framework with its editions, newest first."""

    title: str
    duty: str
    editions: tuple[EditionLine, ...]


@dataclass(frozen=True)
class Change:
    """What became of a criterion since the edition before; `number` is empty when it is gone."""

    kind: str
    number: str
    key: str
    text: str
    reason: str
    before: tuple[CriterionContent, ...]


def tally(found: tuple[Change, ...]) -> tuple[str, ...]:
    """How many changes there are of each kind, in a word: "12 reworded"."""
    kinds = Counter(change.kind.split()[0].lower() for change in found)
    return tuple(f"{count} {kind}" for kind, count in kinds.items())


def by_framework(editions: list[Edition], sizes: dict[int, tuple[int, int]]) -> tuple[FrameworkEditions, ...]:
    """Editions as `queries.editions` orders them, gathered under their frameworks."""
    gathered: dict[int, list[Edition]] = {}
    for edition in editions:
        gathered.setdefault(edition.framework_id, []).append(edition)
    return tuple(
        FrameworkEditions(
            title=held[0].framework.title,
            duty=held[0].framework.duty,
            editions=tuple(_line(edition, *sizes[edition.id]) for edition in held),
        )
        for held in gathered.values()
    )


def _line(edition: Edition, standards: int, criteria: int) -> EditionLine:
    return EditionLine(
        edition.code, edition.title, edition.year, STAGE_LABELS[edition.stage], standards, criteria
    )


def changes(edition: EditionContent, earlier: EditionContent | None) -> tuple[Change, ...]:
    """What is new, reworded, split, merged or retired, in the order of the questionnaire."""
    before = {criterion.key: criterion for criterion in earlier.criteria} if earlier else {}
    changed = tuple(
        Change(
            CHANGES[c.change], c.number, c.key, c.text, c.change_reason,
            tuple(before[key] for key in (c.change_from or (c.key,)) if key in before),
        )
        for c in edition.criteria
        if c.change not in ("", "unchanged")
    )  # fmt: skip
    gone = tuple(
        Change(
            "Retired", "", retired["key"], "", retired["reason"],
            (before[retired["key"]],) if retired["key"] in before else (),
        )
        for retired in edition.retired
    )  # fmt: skip
    return changed + gone
