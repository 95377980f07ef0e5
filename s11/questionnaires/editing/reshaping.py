"""Splitting, merging and moving criteria."""

from collections.abc import Iterable, Sequence

from s11.core.errors import Invalid
from s11.questionnaires.editing import lineage, numbers
from s11.questionnaires.editing.criteria import FIRST, check_not_named, inserted, taken_keys, without
from s11.questionnaires.editing.keys import key_from
from s11.questionnaires.editing.lineage import NO_REASON, Why, settled
from s11.questionnaires.editing.parts import (
    criterion_of,
    same_words,
    standard_of,
    standard_with,
    with_criteria,
    with_criterion,
)
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart

# What of a criterion goes to each part when it is split; its guidance, evidence and descriptors stay with the
# first.
SHARED = (
    "group", "themes", "practice_standards", "source", "must", "weight", "rated", "scale", "only_if",
    "not_applicable", "recommendations",
)  # fmt: skip
# Lists that are joined when criteria are merged.
JOINED = ("evidence", "themes", "practice_standards", "resources", "references", "recommendations")
LEAVES_EMPTY = (
    "Standard {} would be left without a criterion. Add another one there first, or retire the standard."
)


def split(
    file: QuestionnaireFile,
    key: str,
    texts: Sequence[str],
    *,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with two or more criteria in place of one: of the same origin, under keys of their own."""
    whole = criterion_of(file, key)
    wanted = [text for text in texts if text.strip()]
    if len(wanted) < 2:
        raise Invalid(
            "Write at least two criteria: one in each box.", field=f"text-{min(len(wanted) + 1, 2)}"
        )
    for at, text in enumerate(wanted):
        if any(same_words(text, other) for other in wanted[:at]):
            raise Invalid("Word each of them in its own way: two are the same.", field=f"text-{at + 1}")
    check_not_named(file, whole)
    keys = lineage.origins(whole)
    if earlier is None:
        told = None
    elif keys:
        told = lineage.lineage_of("split", why.needed(f"Say why {whole.number} is split."), keys)
    else:
        told = lineage.new_lineage(earlier, why)
    taken, known = taken_keys(file, earlier), {one.number for one in file.criteria}
    parts: list[CriterionPart] = []
    for at, text in enumerate(wanted):
        own = whole.key if not keys and at == 0 else key_from(text, taken)
        number = whole.number if at == 0 else numbers.lettered(whole.number, known)
        taken.add(own)
        known.add(number)
        update = {"key": own, "number": number, "text": text, "lineage": told}
        shared = {name: getattr(whole, name) for name in SHARED}
        parts.append(
            whole.model_copy(update=update)
            if at == 0
            else CriterionPart.model_construct(**{**shared, **update})
        )
    return settled(with_criterion(file, key, *parts), earlier, why)


def merge(
    file: QuestionnaireFile,
    keys: Iterable[str],
    text: str,
    *,
    why: Why = NO_REASON,
    earlier: QuestionnaireFile | None = None,
) -> QuestionnaireFile:
    """The file with one criterion in place of several, where the first of them stood."""
    wanted = set(keys)
    for key in wanted:
        criterion_of(file, key)
    merged = [one for one in file.criteria if one.key in wanted]  # in the order asked
    if len(merged) < 2:
        raise Invalid("Tick two or more criteria to merge.")
    if not text.strip():
        raise Invalid("Write the joint text.", field="text")
    first, others = merged[0], merged[1:]
    for other in merged:
        check_not_named(file, other)
    from_keys = list(dict.fromkeys(key for one in merged for key in lineage.origins(one)))
    own = first.key
    if earlier is None:
        told = None
    elif from_keys:
        told = lineage.lineage_of("merged", why.needed("Say why they are merged."), from_keys)
        own = key_from(text, taken_keys(file, earlier))
    else:
        told = lineage.new_lineage(earlier, why)
    joint = first.model_copy(
        update={
            "key": own,
            "text": text,
            "lineage": told,
            "descriptors": {},
            "variants": [],
            "guidance": "\n\n".join(dict.fromkeys(one.guidance for one in merged if one.guidance)),
            "must": any(one.must for one in merged),
            **{
                name: list(dict.fromkeys(item for one in merged for item in getattr(one, name)))
                for name in JOINED
            },
        }
    )
    for other in others:
        file = without(file, other, LEAVES_EMPTY)
    return settled(with_criterion(file, first.key, joint), earlier, why)


def move(
    file: QuestionnaireFile, key: str, standard_key: str, after: str, *, why: Why | None = None
) -> QuestionnaireFile:
    """The file with a criterion in a standard, behind the one with the key `after`, or first.

    `why`: the reason to keep with it; None leaves the reason as it is.
    """
    if why is not None:
        file = with_criterion(file, key, lineage.explained(criterion_of(file, key), why))
    criterion = criterion_of(file, key)
    if after == key:
        return file
    target = standard_of(file, standard_key)
    if after != FIRST and all(one.key != after for one in target.criteria):
        raise Invalid("Choose a place that is still there.", field="place")
    if standard_with(file, key).key != standard_key:
        file = without(file, criterion, LEAVES_EMPTY, field="place")
        staying = target.criteria
    else:
        staying = [one for one in target.criteria if one.key != key]
    return with_criteria(file, standard_key, inserted(staying, criterion, after))


def step(file: QuestionnaireFile, key: str, *, up: bool) -> QuestionnaireFile:
    """The file with a criterion one place further up or down within its standard; unchanged at its end."""
    criteria = list(standard_with(file, key).criteria)
    at = next(place for place, one in enumerate(criteria) if one.key == key)
    to = at - 1 if up else at + 1
    if 0 <= to < len(criteria):
        criteria[at], criteria[to] = criteria[to], criteria[at]
    return with_criteria(file, standard_with(file, key).key, criteria)
