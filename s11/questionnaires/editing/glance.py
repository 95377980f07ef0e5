"""A draft at a glance: each criterion in a line, what changed, and what is still to be mended."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from s11.questionnaires.editing.numbers import in_order
from s11.questionnaires.editing.scales import differs
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.checks import NEED_REASON
from s11.questionnaires.format.shape import CriterionPart, RetiredPart, StandardPart
from s11.questionnaires.lineage import breaks

CHANGED = {"new": "new", "reworded": "reworded", "split": "split", "merged": "merged"}
HEADLINE = 160


@dataclass(frozen=True)
class Line:
    """A criterion in a line. `marks` say what is special about it; `changes` what became of it."""

    key: str
    number: str
    headline: str
    group: str
    changes: tuple[str, ...]
    marks: tuple[str, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class Section:
    """A standard with its lines."""

    key: str
    number: str
    title: str
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class Mend:
    """Something that is still to be put right; `key` is the criterion's, where it is one."""

    sentence: str
    key: str = ""


@dataclass(frozen=True)
class Retired:
    """A criterion of the predecessor that is no longer asked."""

    key: str
    number: str
    headline: str
    reason: str


@dataclass(frozen=True)
class Glance:
    """The whole draft."""

    sections: tuple[Section, ...]
    retired: tuple[Retired, ...]
    to_mend: tuple[Mend, ...]
    tally: tuple[str, ...]
    in_order: bool


def glance(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> Glance:
    """The draft as its page prints it."""
    moved = moved_keys(file, earlier)
    last = len(file.standards) - 1
    sections = tuple(
        Section(
            standard.key,
            standard.number,
            standard.title,
            _marks_of_standard(standard),
            _lines(standard, moved),
            at == 0,
            at == last,
        )
        for at, standard in enumerate(file.standards)
    )
    counted = Counter(change for section in sections for line in section.lines for change in line.changes)
    tally = [f"{count} {kind}" for kind, count in counted.items()]
    if file.retired:
        tally.append(f"{len(file.retired)} retired")
    return Glance(
        sections, _retired(file, earlier), tuple(_to_mend(file, earlier)), tuple(tally), in_order(file)
    )


def headline(text: str) -> str:
    """The first lines of a text, cut where they would fill the page."""
    first = text.split("\n\n")[0].replace("\n", " ")
    return first if len(first) <= HEADLINE else f"{first[: HEADLINE - 1].rsplit(' ', 1)[0]}…"


def moved_keys(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> set[str]:
    """The keys of criteria that stand elsewhere than in the predecessor: in another standard, or out of turn.

    Out of turn are as few as possible: those outside the longest run that kept its order.
    """
    if earlier is None:
        return set()
    place = {c.key: (s.key, at) for s in earlier.standards for at, c in enumerate(s.criteria)}
    moved: set[str] = set()
    for standard in file.standards:
        staying = []
        for criterion in standard.criteria:
            if criterion.key in place:
                where, at = place[criterion.key]
                if where != standard.key:
                    moved.add(criterion.key)
                else:
                    staying.append((at, criterion.key))
        moved |= {key for _, key in staying} - _longest_run(staying)
    return moved


def _longest_run(places: list[tuple[int, str]]) -> set[str]:
    ends: list[int] = []  # the lowest end of a run of each length
    tails: list[int] = []
    before: list[int] = []
    for at, (place, _) in enumerate(places):
        length = bisect_left(ends, place)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        tails[length : length + 1] = [at]
    kept, at = set(), tails[-1] if tails else -1
    while at >= 0:
        kept.add(places[at][1])
        at = before[at]
    return kept


def _lines(standard: StandardPart, moved: set[str]) -> tuple[Line, ...]:
    last = len(standard.criteria) - 1
    return tuple(
        Line(
            one.key,
            one.number,
            headline(one.text),
            one.group,
            _changes(one, moved),
            _marks(one),
            at == 0,
            at == last,
        )
        for at, one in enumerate(standard.criteria)
    )


def _changes(criterion: CriterionPart, moved: set[str]) -> tuple[str, ...]:
    change = CHANGED.get(criterion.lineage.change, "") if criterion.lineage else ""
    return tuple(filter(None, (change, "moved" if criterion.key in moved else "")))


def _marks(criterion: CriterionPart) -> tuple[str, ...]:
    marks = (
        "statutory" if criterion.must else "",
        f"weight {criterion.weight:g}" if criterion.weight != 1 else "",
        "not rated" if not criterion.rated else "",
        "asked of some" if criterion.only_if else "",
        f"{len(criterion.variants)} other wording{'s' if len(criterion.variants) > 1 else ''}"
        if criterion.variants
        else "",
        f"{len(criterion.fields)} field{'s' if len(criterion.fields) > 1 else ''}"
        if criterion.fields
        else "",
        f"scale {criterion.scale}" if criterion.scale else "",
    )
    return tuple(filter(None, marks))


def _marks_of_standard(standard: StandardPart) -> tuple[str, ...]:
    count = len(standard.fields)
    marks = (
        "asked of some" if standard.only_if else "",
        "signed by itself" if standard.sign_off else "",
        f"{count} field{'s' if count > 1 else ''}" if count else "",
    )
    return tuple(filter(None, marks))


def _retired(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> tuple[Retired, ...]:
    before = {criterion.key: criterion for criterion in earlier.criteria} if earlier else {}
    return tuple(_gone(one, before.get(one.key)) for one in file.retired)


def _gone(retired: RetiredPart, before: CriterionPart | None) -> Retired:
    number, words = (before.number, headline(before.text)) if before else ("", retired.key)
    return Retired(retired.key, number, words, retired.reason)


def _to_mend(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> list[Mend]:
    """What a draft made elsewhere may still lack; one made here lacks nothing."""
    found = []
    for criterion in file.criteria:
        lineage = criterion.lineage
        if lineage is not None and lineage.change in NEED_REASON and not lineage.reason:
            found.append(Mend(f"Say why {criterion.number} is {lineage.change}.", criterion.key))
    if earlier is not None:
        found += [Mend(sentence) for sentence in breaks(file, earlier)]
        if differs(file, earlier) and file.scale_change is None:
            found.append(
                Mend("Say why the scale is another than last year’s: change it and give the reason.")
            )
    return found
