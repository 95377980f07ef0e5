"""How we count, in words that are printed beneath every figure, and what may be asked for."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from s11.core.shares import one_decimal as one_decimal  # the same rule for every room that prints figures
from s11.core.shares import share as share
from s11.questionnaires.rules import EditionContent, LevelContent

# What stands in the column `rating` where no level does.
NOT_APPLICABLE = "not_applicable"
BLANK = ""
# What parts several themes, or practice standards, in one cell of a table of ratings.
BETWEEN = "\n"
SMALL = 5  # organisations; a group of fewer is small, where a partnership has not said otherwise
OLD_YEARS = 3  # evidence that was added, or last confirmed, longer before than that is old
REUSED_OFTEN = 5  # criteria that one document stands behind; from here on it is pointed at


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
    PHASE = "phase"
    DISTRICT = "district"
    TRUST = "trust"
    THEME = "theme"
    PRACTICE_STANDARD = "practice_standard"
    TOTAL = "total"


# A criterion may carry several of these: its rating then counts in each, so that they do not add up.
OVERLAPPING = frozenset({By.THEME, By.PRACTICE_STANDARD})
# Each organisation is in one of these: what they count of organisations adds up to all of them.
PARTING = frozenset({By.ORGANISATION, By.KIND, By.PHASE, By.DISTRICT, By.TRUST})
# What the group is called that holds what has none of a kind.
NONE_OF: dict[By, str] = {
    By.PHASE: "No phase",
    By.DISTRICT: "No district given",
    By.TRUST: "In no trust",
}
BASIS_LABELS = {Basis.SELF: "Self-assessment", Basis.MODERATED: "Moderated"}

COUNTING_RULE = (
    "Percentages are of the ratings given: not applicable and blank are left out of the number they are "
    "taken of, and each is counted in a column of its own."
)
OF_ALL_RULE = "A percentage “of all” is of everything asked, with not applicable and blank counted in it."
MODERATED_RULE = (
    "Moderated figures hold only what a moderator has rated. What was asked and has not been moderated yet "
    "is counted as blank; the agency’s own rating is never put in its place."
)
AGREEMENT_RULE = (
    "Agreement is counted where both the agency and a moderator have given an answer. Higher and lower go "
    "by the order of the scale’s levels; where only one of the two said not applicable, that is a "
    "difference of its own."
)
WEAK_EVIDENCE_RULE = "Weakly evidenced: rated at the best level of the scale with no evidence attached."
WEAKEST_RULE = "Weakest: the smallest share of ratings at the best level."
BEST_RULE = "“Best” is the highest level of the scale a criterion is rated with, whatever it is called."
SCORE_RULE = (
    "A score is the mean of the values of the ratings given, each weighted as its criterion weighs. What "
    "is not applicable, blank, or without a value leaves the weights, so that the others count for the "
    "whole."
)
NOT_COUNTED_RULE = "Not counted as ratings, by the meaning of the scale: {labels}."
OVERLAPPING_RULE = (
    "A criterion may test several themes or practice standards, and its rating counts in each of them; one "
    "that names none counts in none. So these figures do not add up to the total."
)
KAPPA_RULE = (
    "Weighted kappa (Cohen) says how far the agency and the moderator agree beyond what chance would give: "
    "1 is full agreement, 0 what chance gives, below 0 less than that. The further apart two ratings are "
    "on the scale, the more a difference weighs. It is taken of the pairs in which both gave a level that "
    "counts, for each scale by itself; with fewer than two pairs, or where chance alone gives full "
    "agreement, there is none."
)
KAPPA_FEWEST = 10  # pairs; of fewer a single difference would decide it
# From where kappa is called what, the highest first.
KAPPA_WORDS = ((0.8, "very good"), (0.6, "good"), (0.4, "fair"), (0.2, "some"))
KAPPA_WORST = "hardly any"
KAPPA_WORDS_RULE = (
    "In words, agreement beyond chance is very good above 0.80, good above 0.60, fair above 0.40, some above "
    "0.20, and otherwise hardly any (after D. G. Altman, Practical Statistics for Medical Research, 1991). "
    f"Of fewer than {KAPPA_FEWEST} pairs kappa is not shown: they are too few to say."
)
DIRECTION_RULE = (
    "Higher and lower count the pairs in which the agency’s level stands above or beneath the moderator’s, "
    "of the pairs in which both gave a level that counts. The mean is in steps of the scale; above 0 the "
    "agency is the more optimistic."
)
EVIDENCE_AGE_RULE = (
    "Old evidence: of the answers with any evidence, those whose newest piece was added, or last confirmed "
    "as current, more than {years} years before the return was submitted. Out of date: those whose every "
    "piece had passed the day until which it was said to be current."
)
REUSE_RULE = (
    "Reused evidence: how many criteria of one return the same document is shown for, whichever revision "
    "of it. The share is of that return’s criteria with any evidence."
)
RESTING_RULE = (
    "Resting on one document: of the answers with any evidence, those that show a document which the same "
    f"return shows for {REUSED_OFTEN} criteria or more."
)
YEARS_RULE = (
    "Each year counts the ratings of the returns that were in that year, in percent of the ratings given; "
    "who was asked may differ from year to year. A break stands where a criterion was reworded, added, "
    "divided, put together or no longer asked, or where its scale or the words of a level changed: the "
    "figures on both sides of it do not mean the same."
)
CHANGE_RULE = (
    "Change since the year before counts only pairs of ratings: the same organisation, the same criterion "
    "in the same words on the same scale, with a level that counts in both years. What was not applicable "
    "or blank in one of them is left out."
)
SPREAD_RULE = (
    "An organisation’s position in a standard is the mean place of its ratings on their scale, from 0 (all "
    "at the lowest level) to 100 % (all at the best); not applicable and blank are left out. It is set "
    "beside the organisations of its group, itself among them. Outside are those further than one and a "
    "half times the distance between the quartiles beyond them (Tukey). A group of fewer than {small} is "
    "small: nobody in it is called an outlier."
)
RETURN_RATES_RULE = (
    "Returned is counted of those due: everybody asked, less who was exempted or withdrawn and has sent "
    "nothing. By the due day and a week before count the first submission of each, by the due day of the "
    "cycle; late are those that came after their own day."
)
CHASE_RULE = (
    "The curve says at the end of each week which share of those due had sent their first submission, in "
    "weeks from the due day of the cycle. What is not over yet is left out."
)
SUPPRESSION_RULE = (
    "Not shown: counts from 1 to {most}, and as many others as it takes so that no hidden figure follows "
    "from the totals and the figures that are shown."
)
GROUPS_RULE = (
    "Not shown: groups of fewer than {fewest} organisations, and the next smallest where those hidden "
    "would otherwise follow from the total."
)


class Measure(StrEnum):
    """What can be counted here; each has a rule in words that is printed with its figures."""

    SUMMARY = "summary"
    COUNTS = "counts"
    MATRIX = "matrix"
    AGREEMENT = "agreement"
    DIFFERING = "differing"
    KAPPA = "kappa"
    DIRECTION = "direction"
    SCORES = "scores"
    WEAK_EVIDENCE = "weak_evidence"
    EVIDENCE_AGE = "evidence_age"
    REUSE = "reuse"
    RESTING = "resting"
    YEARS = "years"
    CHANGE = "change"
    SPREAD = "spread"
    RETURN_RATES = "return_rates"
    WEAKEST = "weakest"
    SUPPRESS = "suppress"
    SUPPRESS_GROUPS = "suppress_groups"


COUNTING: dict[Measure, str] = {
    Measure.SUMMARY: f"{COUNTING_RULE} {OF_ALL_RULE}",
    Measure.COUNTS: COUNTING_RULE,
    Measure.MATRIX: COUNTING_RULE,
    Measure.AGREEMENT: AGREEMENT_RULE,
    Measure.DIFFERING: AGREEMENT_RULE,
    Measure.KAPPA: KAPPA_RULE,
    Measure.DIRECTION: DIRECTION_RULE,
    Measure.SCORES: SCORE_RULE,
    Measure.WEAK_EVIDENCE: f"{WEAK_EVIDENCE_RULE} The share is of the ratings at the best level.",
    Measure.EVIDENCE_AGE: EVIDENCE_AGE_RULE,
    Measure.REUSE: REUSE_RULE,
    Measure.RESTING: RESTING_RULE,
    Measure.YEARS: YEARS_RULE,
    Measure.CHANGE: CHANGE_RULE,
    Measure.SPREAD: SPREAD_RULE,
    Measure.RETURN_RATES: RETURN_RATES_RULE,
    Measure.WEAKEST: f"{WEAKEST_RULE} {BEST_RULE}",
    Measure.SUPPRESS: SUPPRESSION_RULE,
    Measure.SUPPRESS_GROUPS: GROUPS_RULE,
}


def counting(measure: Measure | str, *, fewest: int = SMALL, years: int = OLD_YEARS) -> str:
    """The counting rule and the denominator of a measure in words, with the numbers it was counted with.

    `fewest`: from how many on a group, or a count, is not small; `years`: from when on evidence is old.
    """
    return COUNTING[Measure(measure)].format(fewest=fewest, small=fewest, most=fewest - 1, years=years)


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


def a_quarter_before(day: date) -> date:
    """The same day three months earlier; the last one there is where that month is shorter."""
    months = day.year * 12 + day.month - 1 - 3
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
