"""What a changed file would change in an edition: what a manager looks through before it is loaded."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from s11.questionnaires.format.shape import CriterionPart, LineagePart, QuestionnaireFile

# The parts of a file that are no standards, in the words of a page.
PARTS = {
    "framework": "The framework",
    "edition": "The year or title",
    "predecessor": "The edition before",
    "labels": "What the parts are called",
    "introduction": "The introduction",
    "declaration": "The declaration",
    "sign_off": "Who signs",
    "approver": "The approver",
    "scale": "The scale",
    "other_scales": "The other scales",
    "not_applicable": "Not applicable",
    "fields": "The fields asked once",
    "each_standard": "The fields asked in every standard",
    "each_criterion": "The fields asked beside every criterion",
    "scale_change": "Why the scale changed",
    "retired": "What is retired",
}
BESIDE = {
    "group": "group", "guidance": "guidance", "evidence": "evidence", "descriptors": "descriptors",
    "themes": "themes", "practice_standards": "practice standards", "source": "source",
    "resources": "resources", "references": "references", "recommendations": "recommendations",
    "must": "statutory", "weight": "weight", "rated": "rated", "scale": "scale",
    "only_if": "who is asked", "not_applicable": "may not apply", "variants": "variants",
    "fields": "fields", "lineage": "what became of it",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One criterion or standard that would become another: what happens to it, and its words."""

    kind: str  # new, reworded, retired, removed, moved, changed
    number: str
    before: str = ""
    after: str = ""
    about: str = ""


@dataclass(frozen=True)
class Comparison:
    """Everything that would change, in the order of the new file."""

    criteria: tuple[Difference, ...]
    standards: tuple[Difference, ...]
    parts: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.criteria or self.standards or self.parts)

    def count(self, *kinds: str) -> int:
        return sum(difference.kind in kinds for difference in self.criteria)


def compare(before: QuestionnaireFile, after: QuestionnaireFile) -> Comparison:
    """What becomes another when `after` is loaded in place of `before`; criteria are told apart by key."""
    return Comparison(
        tuple(_criteria(before, after)),
        tuple(_standards(before, after)),
        tuple(words for name, words in PARTS.items() if getattr(before, name) != getattr(after, name)),
    )


def _criteria(before: QuestionnaireFile, after: QuestionnaireFile) -> Iterator[Difference]:
    known = {criterion.key: criterion for criterion in before.criteria}
    homes = _homes(before), _homes(after)
    stayed = [key for key in known if key in homes[1]]
    moved = _moved(stayed, [key for key in homes[1] if key in known])
    for criterion in after.criteria:
        old = known.get(criterion.key)
        if old is None:
            yield Difference("new", criterion.number, after=criterion.text)
            continue
        is_reworded = old.text != criterion.text
        if is_reworded:
            yield Difference("reworded", criterion.number, old.text, criterion.text)
        about = list(_moves(old, criterion, homes, moved))
        if about:
            yield Difference("moved", criterion.number, after=criterion.text, about="; ".join(about))
        beside = [
            words
            for name, words in BESIDE.items()
            if getattr(old, name) != getattr(criterion, name) and not (is_reworded and name == "lineage")
        ]
        if beside:
            yield Difference("changed", criterion.number, after=criterion.text, about=", ".join(beside))
    yield from _gone(before, after)


def _moves(
    old: CriterionPart, new: CriterionPart, homes: tuple[dict[str, str], dict[str, str]], moved: set[str]
) -> Iterator[str]:
    if old.number != new.number:
        yield f"it was {old.number}"
    if homes[0][old.key] != homes[1][new.key]:
        yield "to another standard"
    elif old.key in moved and old.number == new.number:
        yield "to another place"


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The keys that stand elsewhere among those that stayed: all but a longest run that kept its order."""
    place = {key: at for at, key in enumerate(before)}
    # For each length of run, where the run that ends earliest ends; and for each key, what stands before it.
    ends: list[int] = []
    last: list[str] = []
    earlier: dict[str, str | None] = {}
    for key in after:
        length = bisect_left(ends, place[key])
        earlier[key] = last[length - 1] if length else None
        ends[length : length + 1], last[length : length + 1] = [place[key]], [key]
    kept, key_kept = set(), last[-1] if last else None
    while key_kept is not None:
        kept.add(key_kept)
        key_kept = earlier[key_kept]
    return set(after) - kept


def _homes(file: QuestionnaireFile) -> dict[str, str]:
    return {criterion.key: standard.key for standard in file.standards for criterion in standard.criteria}


def _gone(before: QuestionnaireFile, after: QuestionnaireFile) -> Iterator[Difference]:
    reasons = {retired.key: retired.reason for retired in after.retired}
    still = {criterion.key for criterion in after.criteria}
    parents = {key for c in after.criteria for key in (c.lineage or _NONE).from_}
    for criterion in before.criteria:
        if criterion.key in still:
            continue
        if criterion.key in reasons:
            yield Difference("retired", criterion.number, criterion.text, about=reasons[criterion.key])
        else:
            about = "split or merged into others" if criterion.key in parents else ""
            yield Difference("removed", criterion.number, criterion.text, about=about)


_NONE = LineagePart(change="unchanged")


def _standards(before: QuestionnaireFile, after: QuestionnaireFile) -> Iterator[Difference]:
    known = {standard.key: standard for standard in before.standards}
    for standard in after.standards:
        old = known.pop(standard.key, None)
        if old is None:
            yield Difference("new", standard.number, after=standard.title)
        elif old.model_copy(update={"criteria": []}) != standard.model_copy(update={"criteria": []}):
            renamed = old.title != standard.title
            yield Difference(
                "renamed" if renamed else "changed",
                standard.number,
                old.title if renamed else "",
                standard.title,
            )
    for gone in known.values():
        yield Difference("removed", gone.number, gone.title)
