"""The ratings of a return, one byte a criterion, so that hundreds are added up without their answers."""

from collections.abc import Iterable, Mapping

from s11.questionnaires.rules import CriterionContent, EditionContent, StandardContent
from s11.returns.rules import AnswerFacts

# One byte for each criterion of the edition, in its order: the place of the level in its scale
# (best first, from 0), or one of these. 600 packed returns are 600 short rows, not 40,000 answers.
NOT_ASKED, NOT_APPLICABLE, BLANK = 253, 254, 255


def pack_ratings(
    edition: EditionContent, asked: Iterable[StandardContent], answers: Mapping[int, AnswerFacts]
) -> bytes:
    """The ratings of a return, one byte a criterion of the edition."""
    packed = bytearray([NOT_ASKED]) * len(edition.criteria)
    for standard in asked:
        for criterion in standard.criteria:
            if criterion.rated:  # what carries no rating is left out of every count
                packed[criterion.position] = _packed(criterion, answers.get(criterion.id))
    return bytes(packed)


def _packed(criterion: CriterionContent, answer: AnswerFacts | None) -> int:
    if answer is None or not answer.is_rated:
        return BLANK
    if answer.not_applicable:
        return NOT_APPLICABLE
    return [level.id for level in criterion.scale.levels].index(answer.level_id or 0)
