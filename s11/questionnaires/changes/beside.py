"""What changed beside the criteria: what is said of the whole, the scales, and the fields."""

from collections.abc import Iterator

from s11.questionnaires.changes import printed
from s11.questionnaires.changes.saying import Sayings
from s11.questionnaires.changes.telling import About, Altered, Change, Kind, Why, altered
from s11.questionnaires.format.shape import FieldPart, QuestionnaireFile, ScalePart


def header_changes(file: QuestionnaireFile, earlier: QuestionnaireFile) -> Iterator[Change]:
    parts = altered(printed.header_parts(earlier), printed.header_parts(file))
    if parts:
        yield Change(About.EDITION, (Kind.CHANGED,), "", "The questionnaire as a whole", parts=parts)


def scale_changes(file: QuestionnaireFile, earlier: QuestionnaireFile) -> Iterator[Change]:
    told = file.scale_change
    why = Why(told.reason, told.source) if told else Why()
    for code, scale in file.scales.items():
        known = earlier.scales.get(code)
        if known is None:
            yield Change(About.SCALE, (Kind.NEW,), code, _scale_name(scale), parts=_whole(scale), why=why)
        else:
            yield from _scale(scale, known, why)
    for code, scale in earlier.scales.items():
        if code not in file.scales:
            yield Change(About.SCALE, (Kind.RETIRED,), code, _scale_name(scale), why=why)


def _scale(scale: ScalePart, known: ScalePart, why: Why) -> Iterator[Change]:
    shared = {level.code for level in scale.levels} & {level.code for level in known.levels}
    parts = altered(printed.scale_parts(known, shared), printed.scale_parts(scale, shared))
    if parts:
        yield Change(About.SCALE, (Kind.CHANGED,), scale.code, _scale_name(scale), parts=parts, why=why)
    before = {level.code: level for level in known.levels}
    for level in scale.levels:
        old = printed.level_parts(before[level.code]) if level.code in before else {}
        parts = altered(old, printed.level_parts(level))
        if parts:
            kind = Kind.CHANGED if old else Kind.NEW
            yield Change(About.LEVEL, (kind,), level.code, f"Level “{level.label}”", parts=parts, why=why)
    for level in known.levels:
        if level.code not in shared:
            parts = altered({"Meaning": level.meaning}, {})
            yield Change(
                About.LEVEL, (Kind.RETIRED,), level.code, f"Level “{level.label}”", parts=parts, why=why
            )


def _scale_name(scale: ScalePart) -> str:
    return f"Scale “{scale.title or scale.code}”"


def _whole(scale: ScalePart) -> tuple[Altered, ...]:
    meanings = {level.label: level.meaning for level in scale.levels}
    return altered({}, {**printed.scale_parts(scale), **meanings})


def field_changes(
    fields: list[FieldPart],
    earlier: list[FieldPart],
    sayings: Sayings,
    *,
    of: str = "",
    standard: str = "",
    number: str = "",
) -> Iterator[Change]:
    """Fields added, changed and removed in one place."""
    before = {field.code: field for field in earlier}
    at = f" {of}" if of else ""
    for field in fields:
        name = f"Field “{field.label}”{at}"
        if (known := before.get(field.code)) is None:
            parts = altered({}, {"Words": printed.field_sentence(field, sayings.now)})
            yield Change(About.FIELD, (Kind.NEW,), field.code, name, standard, number, parts)
        elif parts := _field(field, known, sayings):
            yield Change(About.FIELD, (Kind.CHANGED,), field.code, name, standard, number, parts)
    now = {field.code for field in fields}
    for field in earlier:
        if field.code not in now:
            name = f"Field “{field.label}”{at}"
            yield Change(About.FIELD, (Kind.RETIRED,), field.code, name, standard, number)


def _field(field: FieldPart, known: FieldPart, sayings: Sayings) -> tuple[Altered, ...]:
    old = printed.field_parts(known, sayings.before({field.only_if}))
    return altered(old, printed.field_parts(field, sayings.now))
