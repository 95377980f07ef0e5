"""What changed between two editions: everything asked, with the words before and after, and why.

Criteria are followed by their key and their lineage, standards by their key, levels and fields by
their code. Nothing is guessed from likeness: what an edition does not say, is new or gone.
"""

from collections import Counter
from collections.abc import Iterable

from s11.questionnaires.changes.beside import field_changes, header_changes, scale_changes
from s11.questionnaires.changes.criteria import Criteria, standard_changes
from s11.questionnaires.changes.marking import Mark, Run, marked
from s11.questionnaires.changes.saying import Sayings
from s11.questionnaires.changes.telling import About, Altered, Change, Earlier, Kind, Why
from s11.questionnaires.format import QuestionnaireFile

__all__ = [
    "About",
    "Altered",
    "Change",
    "Earlier",
    "Kind",
    "Mark",
    "Run",
    "Why",
    "compare",
    "counts",
    "marked",
]


def compare(file: QuestionnaireFile, earlier: QuestionnaireFile) -> tuple[Change, ...]:
    """Every change that leads from the earlier edition to this one, in the order of the questionnaire."""
    sayings = Sayings(file, earlier)
    return (
        *header_changes(file, earlier),
        *scale_changes(file, earlier),
        *field_changes(file.fields, earlier.fields, sayings),
        *field_changes(file.each_standard, earlier.each_standard, sayings, of="in every standard"),
        *field_changes(file.each_criterion, earlier.each_criterion, sayings, of="beside every criterion"),
        *standard_changes(file, earlier, sayings),
        *Criteria(file, earlier, sayings).changes(),
    )


def counts(changes: Iterable[Change], about: About = About.CRITERION) -> dict[Kind, int]:
    """How many of a sort changed in which way; what was both reworded and moved counts as both."""
    found = Counter(kind for change in changes if change.about == about for kind in change.kinds)
    return {kind: found[kind] for kind in Kind if found[kind]}
