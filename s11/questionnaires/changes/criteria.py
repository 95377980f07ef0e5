"""What changed in the standards and their criteria."""

from collections.abc import Iterator

from s11.questionnaires.changes import printed
from s11.questionnaires.changes.beside import field_changes
from s11.questionnaires.changes.moving import out_of_order
from s11.questionnaires.changes.saying import Sayings
from s11.questionnaires.changes.telling import About, Altered, Change, Earlier, Kind, Why, altered
from s11.questionnaires.format.shape import CriterionPart, QuestionnaireFile, StandardPart


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
    now = {standard.key for standard in file.standards}
    for standard in earlier.standards:
        if standard.key not in now:
            name = f"{standard.number} {standard.title}"
            yield Change(About.STANDARD, (Kind.RETIRED,), standard.key, name)


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
            for criterion in standard.criteria:
                yield from self._of(criterion, standard, moved)
        yield from self._gone()

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
        keys = criterion.lineage.from_ if criterion.lineage else []
        return [self.before[key] for key in (keys or [criterion.key]) if key in self.before]

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

    def _gone(self) -> Iterator[Change]:
        """What is not asked any more; what another criterion carries on is told there."""
        told = {retired.key: retired for retired in self.file.retired}
        carried = {criterion.key for criterion in self.file.criteria}
        carried |= {key for c in self.file.criteria if c.lineage for key in c.lineage.from_}
        for key, criterion in self.before.items():
            if key in carried:
                continue
            said, standard = told.get(key), self.place[key].key
            yield Change(
                About.CRITERION, (Kind.RETIRED,), key, criterion.number,
                standard if standard in self.standards else "", "",
                altered({"Words": criterion.text}, {}),
                (Earlier(key, criterion.number, criterion.text),), self._place_of(criterion),
                Why(said.reason, said.source) if said else Why(),
            )  # fmt: skip
