"""Finding the parts of a file by their keys, and putting others in their place."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from s11.core.errors import DomainError
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, Part, ScalePart, StandardPart


class Gone(DomainError):
    """What somebody wants to change is no longer in the draft."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This {what} is no longer in the draft: somebody, perhaps you with a second click, split, "
            "merged or retired it. See how the draft stands now."
        )


def digest(part: Any) -> str:
    """A short word that is another one when the part is: what a form rests on."""
    said = json.dumps(part, default=_plain, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, Part) else str(value)


def find_criterion(file: QuestionnaireFile, key: str) -> CriterionPart | None:
    return next((criterion for criterion in file.criteria if criterion.key == key), None)


def criterion_of(file: QuestionnaireFile, key: str) -> CriterionPart:
    """The criterion with a key; raises Gone."""
    found = find_criterion(file, key)
    if found is None:
        raise Gone("criterion")
    return found


def find_standard(file: QuestionnaireFile, key: str) -> StandardPart | None:
    return next((standard for standard in file.standards if standard.key == key), None)


def standard_of(file: QuestionnaireFile, key: str) -> StandardPart:
    """The standard with a key; raises Gone."""
    found = find_standard(file, key)
    if found is None:
        raise Gone("standard")
    return found


def standard_with(file: QuestionnaireFile, key: str) -> StandardPart:
    """The standard that holds the criterion with a key; raises Gone."""
    for standard in file.standards:
        if any(criterion.key == key for criterion in standard.criteria):
            return standard
    raise Gone("criterion")


def scale_of(file: QuestionnaireFile, code: str) -> ScalePart:
    """The scale with a code; raises Gone."""
    if code not in file.scales:
        raise Gone("scale")
    return file.scales[code]


def scale_for(file: QuestionnaireFile, criterion: CriterionPart) -> ScalePart:
    """The scale a criterion is rated on."""
    return file.scales.get(criterion.scale or file.scale.code, file.scale)


def with_standard(file: QuestionnaireFile, key: str, *instead: StandardPart) -> QuestionnaireFile:
    """The file with these in place of the standard with that key."""
    standards = [
        new for standard in file.standards for new in (instead if standard.key == key else (standard,))
    ]
    return file.model_copy(update={"standards": standards})


def with_criteria(
    file: QuestionnaireFile, standard_key: str, criteria: Sequence[CriterionPart]
) -> QuestionnaireFile:
    """The file with these as the criteria of a standard."""
    standard = standard_of(file, standard_key)
    return with_standard(file, standard_key, standard.model_copy(update={"criteria": list(criteria)}))


def with_criterion(file: QuestionnaireFile, key: str, *instead: CriterionPart) -> QuestionnaireFile:
    """The file with these in place of the criterion with that key, or without it."""
    standard = standard_with(file, key)
    criteria = [
        new for criterion in standard.criteria for new in (instead if criterion.key == key else (criterion,))
    ]
    return with_criteria(file, standard.key, criteria)


def each_criterion(file: QuestionnaireFile, change: Any) -> QuestionnaireFile:
    """The file with `change(criterion)` in place of every criterion."""
    standards = [
        standard.model_copy(update={"criteria": [change(criterion) for criterion in standard.criteria]})
        for standard in file.standards
    ]
    return file.model_copy(update={"standards": standards})


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces and line ends: as `questionnaires.lineage` compares."""
    return one.split() == other.split()
