"""What changed in the standards and their criteria."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from s11.questionnaires.changes import printed
from s11.questionnaires.changes.beside import field_changes
from s11.questionnaires.changes.moving import out_of_order
from s11.questionnaires.changes.saying import Sayings
from s11.questionnaires.changes.telling import About, Altered, Change, Earlier, Kind, Why, altered
from s11.questionnaires.format.shape import CriterionPart, QuestionnaireFile, StandardPart

FIRST = ""  # behind no criterion: at the head of its standard


def standard_changes(
    file: QuestionnaireFile, earlier: QuestionnaireFile, sayings: Sayings
) -> Iterator[Change]:
    before = {standard.key: standard for standard in earlier.standards}
    moved = out_of_order([s.key for s in file.standards], [s.key for s in earlier.standards])
    for standard in file.standards:
        known = before.get(standard.key)
        old = printed.standard_parts(known, sayings.before({standard.only_if})) if known else {}
        parts = altered(old, printed.standard_parts(standard, sayings.now))
        kinds = [Kind.NEW] if known is None else [Kind.CHANGED] if parts else []
        if known is not None and standard.key in moved:
            kinds.append(Kind.MOVED)
        elif known is not None and known.number != standard.number:
            kinds.append(Kind.RENUMBERED)
        if kinds:
            yield Change(
                About.STANDARD, tuple(kinds), standard.key, f"{standard.number} {standard.title}",
                standard.key, standard.number, parts, came_from=known.number if known else "",
            )  # fmt: skip
        of = f"in {standard.number}"
        fields = known.fields if known else []
        yield from field_changes(standard.fields, fields, sayings, of=of, standard=standard.key)


class Criteria:
    """The criteria of two editions, and where each stood."""

    def __init__(self, file: QuestionnaireFile, earlier: QuestionnaireFile, sayings: Sayings) -> None:
        self.file, self.earlier, self.sayings = file, earlier, sayings
        self.before = {criterion.key: criterion for criterion in earlier.criteria}
        self.place = {c.key: standard for standard in earlier.standards for c in standard.criteria}
        self.standards = {standard.key for standard in file.standards}

    def changes(self) -> Iterator[Change]:
        for standard in self.file.standards:
            old = [c.key for s in self.earlier.standards if s.key == standard.key for c in s.criteria]
            moved = out_of_order([criterion.key for criterion in standard.criteria], old)
            gone = self._gone_from(standard, moved)
            yield from gone[FIRST]
            for criterion in standard.criteria:
                yield from self._of(criterion, standard, moved)
                yield from gone[criterion.key]
        for standard in self.earlier.standards:
            if standard.key not in self.standards:
                yield from self._whole_gone(standard)

    def _of(self, criterion: CriterionPart, standard: StandardPart, moved: set[str]) -> Iterator[Change]:
        known, lineage = self.before.get(criterion.key), criterion.lineage
        came = self._came_from(criterion)
        say_before = self.sayings.before(printed.conditions_of(criterion))
        old = printed.criterion_parts(came[0], self.earlier, say_before) if len(came) == 1 else {}
        parts = altered(old, printed.criterion_parts(criterion, self.file, self.sayings.now))
        if not came:
            parts = tuple(part for part in parts if not self._goes_without_saying(part, criterion))
        elif len(came) > 1:
            parts = parts[:1]
        kinds = list(self._kinds(criterion, came, parts))
        if known is not None:
            kinds += self._moves(criterion, known, standard, moved)
        if kinds:
            yield Change(
                About.CRITERION, tuple(kinds), criterion.key, criterion.number, standard.key,
                criterion.number, parts, tuple(Earlier(c.key, c.number, c.text) for c in came),
                self._place_of(known) if known is not None else "",
                Why(lineage.reason, lineage.source) if lineage else Why(),
            )  # fmt: skip
        of = f"beside {criterion.number}"
        fields = known.fields if known else []
        yield from field_changes(
            criterion.fields, fields, self.sayings, of=of, standard=standard.key, number=criterion.number
        )

    def _goes_without_saying(self, part: Altered, criterion: CriterionPart) -> bool:
        own_scale = part.what == "Scale" and criterion.scale in ("", self.file.scale.code)
        return own_scale or (part.what, part.new) in printed.USUAL

    def _came_from(self, criterion: CriterionPart) -> list[CriterionPart]:
        """The earlier criteria this one carries on."""
        return [self.before[key] for key in self._keys(criterion) if key in self.before]

    def _keys(self, criterion: CriterionPart) -> list[str]:
        return (criterion.lineage.from_ if criterion.lineage else []) or [criterion.key]

    def _kinds(
        self, criterion: CriterionPart, came: list[CriterionPart], parts: tuple[Altered, ...]
    ) -> Iterator[Kind]:
        said = criterion.lineage.change if criterion.lineage else ""
        if said in (Kind.SPLIT, Kind.MERGED):
            yield Kind(said)
        elif not came:
            yield Kind.NEW
        elif said == Kind.REWORDED or any(part.what == "Words" for part in parts):
            yield Kind.REWORDED
        elif parts:
            yield Kind.CHANGED

    def _moves(
        self, criterion: CriterionPart, known: CriterionPart, standard: StandardPart, moved: set[str]
    ) -> list[Kind]:
        if self.place[criterion.key].key != standard.key or criterion.key in moved:
            return [Kind.MOVED]
        return [Kind.RENUMBERED] if known.number != criterion.number else []

    def _place_of(self, criterion: CriterionPart) -> str:
        standard = self.place[criterion.key]
        return f"{criterion.number} in {standard.number} {standard.title}"

    @cached_property
    def _carried(self) -> set[str]:
        """The earlier criteria that are asked still, or that another one carries on and tells of."""
        carried = {criterion.key for criterion in self.file.criteria}
        return carried | {key for c in self.file.criteria if c.lineage for key in c.lineage.from_}

    def _gone_from(self, standard: StandardPart, moved: set[str]) -> dict[str, list[Change]]:
        """What a standard no longer asks, each by the key of the criterion it stood behind."""
        stands = {old: c.key for c in standard.criteria if c.key not in moved for old in self._keys(c)}
        gone: dict[str, list[Change]] = defaultdict(list)
        behind = FIRST
        for before in self.earlier.standards:
            for criterion in before.criteria if before.key == standard.key else ():
                behind = stands.get(criterion.key, behind)
                if criterion.key not in self._carried:
                    gone[behind].append(self._retired(criterion, standard.key))
        return gone

    def _whole_gone(self, standard: StandardPart) -> Iterator[Change]:
        """A standard that is gone, and its criteria with it."""
        name = f"{standard.number} {standard.title}"
        yield Change(About.STANDARD, (Kind.RETIRED,), standard.key, name)
        for criterion in standard.criteria:
            if criterion.key not in self._carried:
                yield self._retired(criterion, "")

    def _retired(self, criterion: CriterionPart, standard: str) -> Change:
        told = next((one for one in self.file.retired if one.key == criterion.key), None)
        return Change(
            About.CRITERION, (Kind.RETIRED,), criterion.key, criterion.number, standard, "",
            altered({"Words": criterion.text}, {}),
            (Earlier(criterion.key, criterion.number, criterion.text),), self._place_of(criterion),
            Why(told.reason, told.source) if told else Why(),
        )  # fmt: skip
