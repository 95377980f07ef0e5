"""Adding, wording and retiring criteria, and asking again what was retired."""

from collections.abc import Sequence
from typing import Any

from s11.core.errors import Invalid
from s11.questionnaires.editing import lineage, numbers
from s11.questionnaires.editing.keys import key_from
from s11.questionnaires.editing.lineage import NO_REASON, Why, settled
from s11.questionnaires.editing.parts import (
    criterion_of,
    find_criterion,
    same_words,
    scale_for,
    standard_of,
    standard_with,
    with_criteria,
    with_criterion,
)
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart

FIRST = ""  # the place before all others


def taken_keys(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> set[str]:
    """Every key that a further criterion must not have."""
    keys = {criterion.key for criterion in file.criteria} | {one.key for one in file.retired}
    return keys | ({criterion.key for criterion in earlier.criteria} if earlier else set())


def add(
    file: QuestionnaireFile,
    standard_key: str,
    *,
    text: str,
    number: str = "",
    after: str | None = None,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with a further criterion: behind the one with the key `after`, first, or (None) last.

    The same words a second time in one standard add nothing: that is a second click.
    """
    standard = standard_of(file, standard_key)
    if any(same_words(one.text, text) for one in standard.criteria):
        return file
    if not text.strip():
        raise Invalid("Write what is to be rated.", field="text")
    number = number or numbers.next_number(file, standard)
    if not number:
        raise Invalid("Give it a number, for example 1.4.", field="number")
    numbers.check_free(number, {one.number for one in file.criteria}, "criterion")
    criterion = CriterionPart.model_construct(
        number=number,
        key=key_from(text, taken_keys(file, earlier)),
        text=text,
        lineage=lineage.new_lineage(earlier, why),
    )
    return with_criteria(file, standard_key, inserted(standard.criteria, criterion, after))


def change(
    file: QuestionnaireFile,
    key: str,
    values: dict[str, Any],
    *,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with other values for parts of a criterion.

    Its lineage follows its text, and conditions that name its number follow that.
    """
    before = criterion_of(file, key)
    after = before.model_copy(update=values)
    if not after.text.strip():
        raise Invalid("Write what is to be rated.", field="text")
    if after.number != before.number:
        numbers.check_free(after.number, {one.number for one in file.criteria}, "criterion")
    levels = {level.code for level in scale_for(file, after).levels}
    after = after.model_copy(
        update={
            "descriptors": {code: words for code, words in after.descriptors.items() if code in levels},
            "variants": [
                one.model_copy(
                    update={"descriptors": {c: words for c, words in one.descriptors.items() if c in levels}}
                )
                for one in after.variants
            ],
            "lineage": lineage.followed(before, after, earlier, why),
        }
    )
    return numbers.with_conditions(with_criterion(file, key, after), {before.number: after.number})


def retire(
    file: QuestionnaireFile, key: str, *, why: Why = NO_REASON, earlier: QuestionnaireFile | None = None
) -> QuestionnaireFile:
    """The file without a criterion: what was asked before is filed under retired, a new one goes."""
    criterion = criterion_of(file, key)
    check_not_named(file, criterion)
    standing = "It is the only criterion of standard {}. Add another one first, or retire the standard."
    return settled(without(file, criterion, standing), earlier, why)


def ask_again(
    file: QuestionnaireFile, key: str, earlier: QuestionnaireFile, *, standard_key: str
) -> QuestionnaireFile:
    """The file with a retired criterion asked again in the predecessor's words, at the end of a standard."""
    if find_criterion(file, key) is not None:
        return file  # a second click
    before = criterion_of(earlier, key)
    standard = standard_of(file, standard_key)
    known = {one.number for one in file.criteria}
    number = before.number if before.number not in known else numbers.next_number(file, standard)
    scale = before.scale if before.scale in file.scales and before.scale != file.scale.code else ""
    back = before.model_copy(
        update={"number": number, "scale": scale, "fields": [], "lineage": lineage.lineage_of("unchanged")}
    )
    file = with_criteria(file, standard_key, [*standard.criteria, back])
    # The levels may be others by now.
    return settled(change(file, key, {}, earlier=earlier), earlier, NO_REASON)


def correct(
    file: QuestionnaireFile, key: str, earlier: QuestionnaireFile, *, change: str, keys: list[str], why: Why
) -> QuestionnaireFile:
    """The file with the lineage of a criterion put right by hand."""
    before = criterion_of(file, key)
    if change != "unchanged":
        why.needed("Say why.")
    after = lineage.corrected(file, before, earlier, change=change, keys=keys, why=why)
    if change not in lineage.KEPT and find_criterion(earlier, after.key) is not None:
        after = after.model_copy(update={"key": key_from(after.text, taken_keys(file, earlier))})
    file = numbers.with_conditions(with_criterion(file, key, after), {key: after.key})
    return settled(file, earlier, why)


def inserted(
    criteria: Sequence[CriterionPart], criterion: CriterionPart, after: str | None
) -> list[CriterionPart]:
    if after == FIRST:
        return [criterion, *criteria]
    at = next((place for place, one in enumerate(criteria) if one.key == after), len(criteria) - 1)
    return [*criteria[: at + 1], criterion, *criteria[at + 1 :]]


def without(
    file: QuestionnaireFile, criterion: CriterionPart, sentence: str, *, field: str | None = None
) -> QuestionnaireFile:
    standard = standard_with(file, criterion.key)
    if len(standard.criteria) == 1:
        raise Invalid(sentence.format(standard.number), field=field)
    return with_criterion(file, criterion.key)


def check_not_named(file: QuestionnaireFile, criterion: CriterionPart) -> None:
    """Refuse to take away what others wait for."""
    waiting = [
        what for what in numbers.naming(file, criterion.number, criterion.key) if what != criterion.number
    ]
    if waiting:
        raise Invalid(
            f"Who is asked {waiting[0]} depends on the rating of {criterion.number}. "
            "Change that condition first."
        )
