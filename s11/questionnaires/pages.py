"""What the pages about questionnaires print."""

from collections.abc import Iterable
from dataclasses import dataclass

from s11.questionnaires.changes import About, Change, Kind, compare, counts
from s11.questionnaires.filing import file_of
from s11.questionnaires.models import Edition
from s11.questionnaires.stages import STAGE_LABELS, Stage
from s11.web.filters import plural


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


KIND_LABELS = {
    Kind.NEW: "New",
    Kind.REWORDED: "Reworded",
    Kind.SPLIT: "Split from an earlier criterion",
    Kind.MERGED: "Merged from earlier criteria",
    Kind.CHANGED: "Changed beside its words",
    Kind.MOVED: "Moved",
    Kind.RENUMBERED: "Renumbered",
    Kind.RETIRED: "Retired",
}
# What happens to anything that is no criterion.
PLAIN_KIND_LABELS = {**KIND_LABELS, Kind.CHANGED: "Changed", Kind.RETIRED: "Taken out"}
TALLY_LABELS = {**{kind: str(kind) for kind in Kind}, Kind.CHANGED: "changed beside the words"}


def changes(edition: Edition) -> tuple[Change, ...]:
    """What changed since the edition before; nothing where there was none."""
    if edition.predecessor is None:
        return ()
    return compare(file_of(edition), file_of(edition.predecessor))


def kinds_of(change: Change) -> str:
    """What became of something: "Reworded, moved"."""
    labels = KIND_LABELS if change.about == About.CRITERION else PLAIN_KIND_LABELS
    return ", ".join(labels[kind] for kind in change.kinds).capitalize()


def tally(found: Iterable[Change]) -> tuple[str, ...]:
    """How many criteria changed in each way, in words: "12 reworded"; then what else changed."""
    found = tuple(found)
    criteria = [f"{count} {TALLY_LABELS[kind]}" for kind, count in counts(found).items()]
    beside = sum(change.about != About.CRITERION for change in found)
    others = [f"{plural(beside, 'change')} beside the criteria"] if beside else []
    return tuple(criteria + others)


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
        edition.code, edition.title, edition.year, STAGE_LABELS[Stage(edition.stage)], standards, criteria
    )
