"""Numbers: the next free one, numbers by position, and the conditions that name one."""

import re
from collections.abc import Iterator, Mapping

from s11.core.errors import Invalid
from s11.questionnaires.conditions import BadCondition, compile_condition
from s11.questionnaires.editing.parts import each_criterion, standard_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, FieldPart, StandardPart

LAST_DIGITS = re.compile(r"(\d+)(?=\D*$)")
RATING = re.compile(r"""\brating\(\s*(['"])(.*?)\1\s*\)""")


def next_number(file: QuestionnaireFile, standard: StandardPart) -> str:
    """The number a further criterion of a standard would have."""
    taken = {criterion.number for criterion in file.criteria}
    number = standard.criteria[-1].number if standard.criteria else f"{standard.number}.0"
    return _next(number, taken)


def next_standard(file: QuestionnaireFile) -> str:
    """The number a further standard would have."""
    taken = {standard.number for standard in file.standards}
    last = file.standards[-1].number
    if len(last) == 1 and last.isalpha() and last.lower() != "z":
        following = chr(ord(last) + 1)
        return following if following not in taken else ""
    return _next(last, taken)


def _next(number: str, taken: set[str]) -> str:
    found = LAST_DIGITS.search(number)
    if found is None:
        return ""  # nothing that could be counted on: the person writes one
    count = int(found[1])
    while True:
        count += 1
        name = f"{number[: found.start()]}{count}"
        if name not in taken:
            return name


def lettered(number: str, taken: set[str]) -> str:
    """A number between this one and the next: 1.2a."""
    for letter in "abcdefghijklmnopqrstuvwxyz":
        if f"{number}{letter}" not in taken:
            return f"{number}{letter}"
    return _next(f"{number}z1", taken)


def check_free(number: str, others: Iterator[str] | set[str], what: str) -> None:
    """Refuse a number that another one has."""
    if number in set(others):
        raise Invalid(f"Choose another number: {number} is the number of another {what}.", field="number")


def anew(file: QuestionnaireFile, standard_key: str | None = None) -> QuestionnaireFile:
    """The file with a standard's criteria numbered by their place; or all of them, and the standards."""
    if standard_key is not None:
        standard = standard_of(file, standard_key)
        names = {c.number: f"{standard.number}.{at}" for at, c in enumerate(standard.criteria, start=1)}
        elsewhere = {c.number for c in file.criteria} - names.keys()
        if clash := sorted(set(names.values()) & elsewhere):
            raise Invalid(
                f"{clash[0]} is the number of a criterion elsewhere. Number the whole anew, or give that one "
                "another number first."
            )
        return renumbered(file, names)
    letters = all(len(one.number) == 1 and one.number.isalpha() for one in file.standards)
    heads = [chr(ord("A") + at) if letters and at < 26 else str(at + 1) for at in range(len(file.standards))]
    names = {
        criterion.number: f"{head}.{at}"
        for head, standard in zip(heads, file.standards, strict=True)
        for at, criterion in enumerate(standard.criteria, start=1)
    }
    standards = [
        standard.model_copy(update={"number": head})
        for head, standard in zip(heads, file.standards, strict=True)
    ]
    return renumbered(file.model_copy(update={"standards": standards}), names)


def renumbered(file: QuestionnaireFile, names: Mapping[str, str]) -> QuestionnaireFile:
    """The file with other numbers for criteria, and its conditions with them."""
    renamed = each_criterion(
        file, lambda one: one.model_copy(update={"number": names.get(one.number, one.number)})
    )
    return with_conditions(renamed, names)


def with_conditions(file: QuestionnaireFile, names: Mapping[str, str]) -> QuestionnaireFile:
    """The file whose conditions name criteria by these numbers in place of those."""
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return file

    def said(text: str) -> str:
        return RATING.sub(lambda m: f"rating({m[1]}{changed.get(m[2], m[2])}{m[1]})", text)

    def fields(held: list[FieldPart]) -> list[FieldPart]:
        return [one.model_copy(update={"only_if": said(one.only_if)}) for one in held]

    def criterion(one: CriterionPart) -> CriterionPart:
        variants = [held.model_copy(update={"only_if": said(held.only_if)}) for held in one.variants]
        return one.model_copy(
            update={"only_if": said(one.only_if), "variants": variants, "fields": fields(one.fields)}
        )

    file = each_criterion(file, criterion)
    standards = [
        one.model_copy(update={"only_if": said(one.only_if), "fields": fields(one.fields)})
        for one in file.standards
    ]
    lists = {name: fields(getattr(file, name)) for name in ("fields", "each_standard", "each_criterion")}
    return file.model_copy(update={"standards": standards, **lists})


def naming(file: QuestionnaireFile, *names: str) -> list[str]:
    """What waits for the rating of one of these, as people call it: "1.3", "the field “staff”"."""
    return [what for what, text in _conditions(file) if _names(text) & set(names)]


def _names(text: str) -> set[str]:
    try:
        return {one.name for one in compile_condition(text).references if one.kind == "rating"}
    except BadCondition:
        return set()


def _conditions(file: QuestionnaireFile) -> Iterator[tuple[str, str]]:
    for field in (*file.fields, *file.each_standard, *file.each_criterion):
        yield f"the field “{field.label}”", field.only_if
    for standard in file.standards:
        yield f"standard {standard.number}", standard.only_if
        for field in standard.fields:
            yield f"the field “{field.label}”", field.only_if
        for criterion in standard.criteria:
            yield criterion.number, criterion.only_if
            for variant in criterion.variants:
                yield f"the other words of {criterion.number}", variant.only_if
            for field in criterion.fields:
                yield f"the field “{field.label}”", field.only_if


def in_order(file: QuestionnaireFile) -> bool:
    """Whether the numbers are those that numbering anew would give."""
    fresh = anew(file)
    return [c.number for c in fresh.criteria] == [c.number for c in file.criteria] and [
        s.number for s in fresh.standards
    ] == [s.number for s in file.standards]
