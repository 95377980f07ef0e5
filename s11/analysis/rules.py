"""How we count, in words that are printed beneath every figure, and what may be asked for."""

from enum import StrEnum

from s11.core.shares import one_decimal as one_decimal  # the same rule for every room that prints figures
from s11.core.shares import share as share
from s11.questionnaires.rules import EditionContent, LevelContent

# What stands in the column `rating` where no level does.
NOT_APPLICABLE = "not_applicable"
BLANK = ""


class Basis(StrEnum):
    """Whose ratings are counted."""

    SELF = "self"
    MODERATED = "moderated"


class By(StrEnum):
    """What a summary has one row for."""

    STANDARD = "standard"
    CRITERION = "criterion"
    ORGANISATION = "organisation"
    KIND = "kind"
    TOTAL = "total"


BASIS_LABELS = {Basis.SELF: "Self-assessment", Basis.MODERATED: "Moderated"}

COUNTING_RULE = (
    "Percentages are of the ratings given: not applicable and blank are left out of the number they "
    "are taken of, and each is counted in a column of its own."
)
OF_ALL_RULE = "A percentage “of all” is of everything asked, with not applicable and blank counted in it."
MODERATED_RULE = (
    "Moderated figures hold only what a moderator has rated. What was asked and has not been moderated "
    "yet is counted as blank; the agency’s own rating is never put in its place."
)
AGREEMENT_RULE = (
    "Agreement is counted where both the agency and a moderator have given an answer. Higher and lower "
    "go by the order of the scale’s levels; where only one of the two said not applicable, that is a "
    "difference of its own."
)
WEAK_EVIDENCE_RULE = "Weakly evidenced: rated at the best level of the scale with no evidence attached."
WEAKEST_RULE = "Weakest: the smallest share of ratings at the best level."
BEST_RULE = "“Best” is the highest level of the scale a criterion is rated with, whatever it is called."
SCORE_RULE = (
    "A score is the mean of the values of the ratings given, each weighted as its criterion weighs. What is "
    "not applicable, blank, or without a value leaves the weights, so that the others count for the whole."
)
NOT_COUNTED_RULE = "Not counted as ratings, by the meaning of the scale: {labels}."


def counting_rules(edition: EditionContent, *bases: Basis) -> list[str]:
    """The sentences printed with figures on these bases."""
    sentences = [COUNTING_RULE, OF_ALL_RULE]
    apart = [level.label for level in levels_of(edition) if not level.counts]
    if apart:
        sentences.append(NOT_COUNTED_RULE.format(labels=", ".join(apart)))
    if Basis.MODERATED in bases:
        sentences.append(MODERATED_RULE)
    return sentences


def levels_of(edition: EditionContent) -> tuple[LevelContent, ...]:
    """The levels of every scale an edition rates with, best first, each code once."""
    found: dict[str, LevelContent] = {}
    for criterion in edition.asked_criteria:
        for level in criterion.scale.counted if criterion.rated else ():
            found.setdefault(level.code, level)
    return tuple(found.values())


def lowest_of(edition: EditionContent) -> LevelContent | None:
    """The lowest level that counts, where every criterion has the same one; None where scales differ."""
    lowest = {
        next((level.code for level in reversed(criterion.scale.counted) if level.counts), "")
        for criterion in edition.asked_criteria
        if criterion.rated
    }
    return next((v for v in levels_of(edition) if {v.code} == lowest), None)
