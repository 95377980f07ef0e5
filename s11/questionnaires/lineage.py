"""Whether an edition follows the one before it: every earlier criterion is kept, carried on or retired.

Carry-forward and trends walk along these links. A key that leads nowhere would lose an
agency's answers of last year without a word.
"""

from collections.abc import Iterator

from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart, LineagePart

KEPT = frozenset({"unchanged", "reworded"})


def breaks(file: QuestionnaireFile, earlier: QuestionnaireFile) -> list[str]:
    """Sentences about what does not fit between two editions, in the order of the questionnaire."""
    before = {criterion.key: criterion for criterion in earlier.criteria}
    said = [
        sentence
        for criterion in file.criteria
        if criterion.lineage is not None
        for sentence in _breaks_of(criterion, criterion.lineage, before, earlier.edition.code)
    ]
    said += [
        f"Remove {retired.key!r} from retired: {earlier.edition.code} does not ask it."
        for retired in file.retired
        if retired.key not in before
    ]
    return [*said, *_lost(file, before)]


def _breaks_of(
    criterion: CriterionPart, lineage: LineagePart, before: dict[str, CriterionPart], code: str
) -> Iterator[str]:
    known, number = before.get(criterion.key), criterion.number
    if lineage.change in KEPT and known is None:
        yield f"Mark {number} as new, or correct its key: {code} has no criterion {criterion.key!r}."
    if lineage.change == "unchanged" and known and _words(known.text) != _words(criterion.text):
        yield f"Mark {number} as reworded and say why: its text differs from {known.number} of {code}."
    if lineage.change == "new" and known is not None:
        yield f"Give {number} another key: {code} asked {criterion.key!r} already, so it is not new."
    for key in lineage.from_:
        if key not in before:
            yield f"Correct 'from' of {number}: {code} has no criterion {key!r}."


def _lost(file: QuestionnaireFile, before: dict[str, CriterionPart]) -> Iterator[str]:
    carried = {criterion.key for criterion in file.criteria} | {retired.key for retired in file.retired}
    carried |= {key for c in file.criteria if c.lineage is not None for key in c.lineage.from_}
    for key, criterion in before.items():
        if key not in carried:
            yield f"Say what became of {key!r} ({criterion.number} before): name it under retired."


def _words(text: str) -> list[str]:
    return text.split()
