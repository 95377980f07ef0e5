"""What the sub-group's paper about a changed questionnaire contains: values, which a writer only sets."""

from collections.abc import Iterable
from dataclasses import dataclass

from s11.core import clock
from s11.questionnaires import pages
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.changes import About, Altered, Change, Kind, Mark, counts
from s11.questionnaires.models import Edition
from s11.questionnaires.pages import KIND_LABELS, PLAIN_KIND_LABELS
from s11.questionnaires.rules import SOURCES, EditionContent
from s11.questionnaires.stages import STAGE_LABELS, Stage
from s11.returns.pages.impact import Impact
from s11.web.filters import day

# What is told in a line when nothing else of a criterion changed: the meeting need not decide about it.
SMALL = frozenset({"Source", "References", "Where to read more", "Themes", "Practice standards"})


@dataclass(frozen=True)
class Words:
    """One part of something with its marked words: runs of (mark, text). What is new as a whole is not
    marked through and through: its heading says so."""

    what: str
    runs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Item:
    """A change as the paper prints it."""

    name: str
    kinds: str
    came_from: str
    before: tuple[str, ...]
    parts: tuple[Words, ...]
    reason: str
    source: str
    impact: str
    decide: bool


@dataclass(frozen=True)
class Section:
    """The changes under one heading: those to decide about, and the small ones in a table."""

    title: str
    items: tuple[Item, ...]
    small: tuple[Item, ...]


GROUP = "sub-group"


@dataclass(frozen=True)
class PaperContents:
    """A whole paper, from its title to the space for the decision."""

    title: str
    partnership: str
    group: str  # who decides, as the partnership calls them
    edition: str
    code: str
    earlier: str
    stage: str
    made: str
    size: str
    summary: tuple[tuple[str, str, str], ...]  # what, how many, which
    impact: str
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    comments: tuple[tuple[str, str, str], ...]  # about what, who, what they said

    @property
    def file_name(self) -> str:
        """what-changed-in-s11-2027, without its ending."""
        plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in self.code.lower())
        return f"what-changed-in-{plain.strip('-')}"


def gather(edition: Edition, impact: Impact, *, partnership: str, group: str = GROUP) -> PaperContents:
    """The paper about an edition. `impact`: who answered the edition before."""
    content, changes = questionnaires.content(edition), pages.changes(edition)
    earlier = edition.predecessor
    return PaperContents(
        title=f"What changed in {edition.title}",
        partnership=edition.partnership.name if edition.partnership else partnership,
        group=edition.partnership.quality_group if edition.partnership else group,
        edition=edition.title,
        code=edition.code,
        earlier=f"{earlier.title} ({earlier.code})" if earlier else "",
        stage=STAGE_LABELS[Stage(edition.stage)],
        made=day(clock.now()),
        size=f"{len(content.standards)} {content.labels['standards'].lower()}, "
        f"{len(content.criteria)} {content.labels['criteria'].lower()}",
        summary=tuple(_summary(changes)),
        impact=impact.sentence(earlier.code) if earlier else "",
        sections=tuple(_sections(content, changes, impact)),
        questions=tuple(_questions(changes, impact, edition.title)),
        comments=tuple(_comments(edition, content)),
    )


def _comments(edition: Edition, content: EditionContent) -> Iterable[tuple[str, str, str]]:
    """What reviewers said and nobody has resolved; the meeting may have to."""
    numbers = {("standard", one.key): one.number for one in content.standards}
    numbers |= {("criterion", one.key): one.number for one in content.criteria}
    for comment in questionnaires.comments(edition.id):
        if comment.resolved_at is None:
            gone = "No longer asked" if comment.key else "The whole"
            yield numbers.get((comment.about, comment.key), gone), comment.name, comment.text


def _summary(changes: Iterable[Change]) -> Iterable[tuple[str, str, str]]:
    """How many changed in which way, and their numbers: criteria first."""
    changes = tuple(changes)
    for about, what, labels in (
        (About.CRITERION, "Criteria", KIND_LABELS),
        (About.STANDARD, "Standards", PLAIN_KIND_LABELS),
        (About.LEVEL, "Levels of the scale", PLAIN_KIND_LABELS),
        (About.SCALE, "Scales", PLAIN_KIND_LABELS),
        (About.FIELD, "Fields", PLAIN_KIND_LABELS),
    ):
        for kind, count in counts(changes, about).items():
            named = [one.number or one.name for one in changes if one.about == about and kind in one.kinds]
            yield f"{what}: {labels[kind][0].lower()}{labels[kind][1:]}", str(count), ", ".join(named)


def _sections(content: EditionContent, changes: tuple[Change, ...], impact: Impact) -> Iterable[Section]:
    asked = (About.STANDARD, About.CRITERION)
    whole = [one for one in changes if not one.standard and one.about not in asked]
    gone = [one for one in changes if not one.standard and one.about in asked]
    yield from _section("The questionnaire as a whole", whole, impact)
    for standard in content.standards:
        here = [one for one in changes if one.standard == standard.key]
        yield from _section(f"{standard.number} {standard.title}", here, impact)
    yield from _section("No longer asked", gone, impact)


def _section(title: str, changes: list[Change], impact: Impact) -> Iterable[Section]:
    if changes:
        items = [(change, _item(change, impact)) for change in changes]
        yield Section(
            title,
            tuple(item for change, item in items if not _is_small(change)),
            tuple(item for change, item in items if _is_small(change)),
        )


def _is_small(change: Change) -> bool:
    beside = set(change.kinds) <= {Kind.CHANGED, Kind.RENUMBERED}
    return change.about == About.CRITERION and beside and {part.what for part in change.parts} <= SMALL


def _item(change: Change, impact: Impact) -> Item:
    several = len(change.before) > 1 or Kind.SPLIT in change.kinds
    moved = {Kind.MOVED, Kind.RENUMBERED} & set(change.kinds)
    return Item(
        name=change.name,
        kinds=pages.kinds_of(change),
        came_from=change.came_from if moved else "",
        before=tuple(f"{old.number}: {old.text}" for old in change.before) if several else (),
        parts=tuple(_words(part, whole=change.kind == Kind.NEW) for part in change.parts),
        reason=change.why.reason,
        source=SOURCES.get(change.why.source, ""),
        impact=impact.words(change),
        decide=change.about == About.CRITERION and not _is_small(change),
    )


def _words(part: Altered, *, whole: bool) -> Words:
    if whole:
        return Words(part.what, ((str(Mark.KEPT), part.new),))
    return Words(part.what, tuple((str(run.mark), run.text) for run in part.runs))


def _questions(changes: tuple[Change, ...], impact: Impact, title: str) -> Iterable[str]:
    """What the meeting is asked, made from what changed."""
    yield f"Is {title} approved as it is set out here?"
    retired = [one.name for one in changes if one.about == About.CRITERION and one.kind == Kind.RETIRED]
    if retired:
        yield f"May {_listed(retired)} be retired? Answers given to them are kept and are not carried on."
    if any(one.about in (About.SCALE, About.LEVEL) for one in changes):
        yield "May the scale be changed? Trends across the two editions will show a break."
    new = [one.name for one in changes if one.about == About.CRITERION and one.kind == Kind.NEW]
    if new:
        yield f"New: {_listed(new)}. Is the work they ask of every organisation worth what they will show?"
    bare = [
        one.name
        for one in changes
        if one.about == About.CRITERION and not _is_small(one) and not one.why.reason
    ]
    if bare:
        yield f"No reason is given for the change of {_listed(bare)}. Should one be?"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
