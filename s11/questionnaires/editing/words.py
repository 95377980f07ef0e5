"""The edition's own words, and what is asked beside the ratings."""

from collections.abc import Sequence
from typing import Any

from s11.questionnaires.editing.parts import (
    Gone,
    criterion_of,
    standard_of,
    with_criterion,
    with_standard,
)
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import FieldPart

LISTS = ("fields", "each_standard", "each_criterion")
STANDARD, CRITERION = "standard", "criterion"


def change(file: QuestionnaireFile, values: dict[str, Any]) -> QuestionnaireFile:
    """The file with other words of its own: title, introduction, labels, signatures and so on."""
    values = dict(values)
    title = values.pop("title", file.edition.title)
    edition = file.edition.model_copy(update={"title": title})
    return file.model_copy(update={**values, "edition": edition})


def fields_at(file: QuestionnaireFile, where: str) -> list[FieldPart]:
    """The fields at a place: one of `LISTS`, "standard:KEY" or "criterion:KEY"."""
    kind, _, key = where.partition(":")
    if where in LISTS:
        return list(getattr(file, where))
    if kind == STANDARD:
        return list(standard_of(file, key).fields)
    if kind == CRITERION:
        return list(criterion_of(file, key).fields)
    raise Gone("list of fields")


def set_fields(file: QuestionnaireFile, where: str, fields: Sequence[FieldPart]) -> QuestionnaireFile:
    """The file with these as the fields at a place."""
    kind, _, key = where.partition(":")
    fields_at(file, where)  # raises where there is no such place
    if where in LISTS:
        return file.model_copy(update={where: list(fields)})
    if kind == STANDARD:
        changed = standard_of(file, key).model_copy(update={"fields": list(fields)})
        return with_standard(file, key, changed)
    return with_criterion(file, key, criterion_of(file, key).model_copy(update={"fields": list(fields)}))


def all_fields(file: QuestionnaireFile) -> list[FieldPart]:
    """Every field of the file, wherever it stands."""
    return [
        *file.fields,
        *file.each_standard,
        *file.each_criterion,
        *(field for standard in file.standards for field in standard.fields),
        *(field for criterion in file.criteria for field in criterion.fields),
    ]
