"""Adding, wording, moving and retiring standards."""

from typing import Any

from s11.core.errors import Invalid
from s11.questionnaires.editing import criteria, lineage, numbers
from s11.questionnaires.editing.keys import key_from
from s11.questionnaires.editing.lineage import NO_REASON, Why, settled
from s11.questionnaires.editing.parts import same_words, standard_of, with_standard
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, StandardPart


def add(
    file: QuestionnaireFile,
    values: dict[str, Any],
    *,
    text: str,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with a further standard at its end, which asks one criterion to begin with.

    The same title a second time adds nothing: that is a second click.
    """
    title, number = values.get("title", ""), values.get("number", "") or numbers.next_standard(file)
    if any(same_words(one.title, title) for one in file.standards):
        return file
    if not title.strip():
        raise Invalid("Say what the standard is called.", field="title")
    if not number:
        raise Invalid("Give it a number.", field="number")
    numbers.check_free(number, {one.number for one in file.standards}, "standard")
    if not text.strip():
        raise Invalid("Write its first criterion: a standard has at least one.", field="text")
    taken = {one.key for one in file.standards}
    first = f"{number}.1"
    if any(one.number == first for one in file.criteria):
        raise Invalid(f"Choose another number: {first} is the number of a criterion already.", field="number")
    criterion = CriterionPart.model_construct(
        number=first,
        key=key_from(text, criteria.taken_keys(file, earlier)),
        text=text,
        lineage=lineage.new_lineage(earlier, why),
    )
    standard = StandardPart.model_construct(
        **{**values, "number": number, "key": key_from(title, taken, otherwise="standard")},
        criteria=[criterion],
    )
    return file.model_copy(update={"standards": [*file.standards, standard]})


def change(file: QuestionnaireFile, key: str, values: dict[str, Any]) -> QuestionnaireFile:
    """The file with other values for parts of a standard."""
    before = standard_of(file, key)
    after = before.model_copy(update=values)
    if not after.title.strip():
        raise Invalid("Say what the standard is called.", field="title")
    if after.number != before.number:
        numbers.check_free(after.number, {one.number for one in file.standards}, "standard")
    return with_standard(file, key, after)


def step(file: QuestionnaireFile, key: str, *, up: bool) -> QuestionnaireFile:
    """The file with a standard one place further up or down; unchanged at its end."""
    standard_of(file, key)
    standards = list(file.standards)
    at = next(place for place, one in enumerate(standards) if one.key == key)
    to = at - 1 if up else at + 1
    if 0 <= to < len(standards):
        standards[at], standards[to] = standards[to], standards[at]
    return file.model_copy(update={"standards": standards})


def retire(
    file: QuestionnaireFile, key: str, *, why: Why = NO_REASON, earlier: QuestionnaireFile | None = None
) -> QuestionnaireFile:
    """The file without a standard and all its criteria; the predecessor's are filed under retired."""
    standard = standard_of(file, key)
    if len(file.standards) == 1:
        raise Invalid("It is the only standard. Add another one first.")
    going = {one.number for one in standard.criteria} | {one.key for one in standard.criteria}
    left = with_standard(file, key)
    if waiting := numbers.naming(left, *going):
        raise Invalid(
            f"Who is asked {waiting[0]} depends on a rating in this standard. Change that condition first."
        )
    return settled(left, earlier, why)
