"""How an invented organisation rates itself, and how a moderator sees it.

A rating comes from the organisation's profile, from whether the standard is one of its weak ones, from the
year (most things get a little better, some are stuck, some slip) and from chance. Chance is drawn from the
names of the things, so that the same demonstration comes out every time and on every machine.
"""

from dataclasses import dataclass
from random import Random

BEST, MIDDLE, WORST = "green", "amber", "red"

ABILITY = {"strong": 0.84, "good": 0.65, "mixed": 0.53, "developing": 0.42, "weak": 0.33}
WEAKNESS = 0.31
SPREAD = 0.2
BEST_FROM, MIDDLE_FROM = 0.5, 0.16

YEARLY_GAIN = 0.045
STUCK, SLIPS, SLIP = 0.3, 0.05, 0.3
CLAIMS = 0.5  # how often an optimistic organisation calls the middle level the best
SEEN_THROUGH = 0.8  # how often a moderator sees that
MODERATED_DOWN, MODERATED_UP = 0.03, 0.04


@dataclass(frozen=True)
class Rating:
    """The organisation's own level and the moderator's, by code."""

    own: str
    moderated: str


@dataclass(frozen=True)
class Circumstances:
    """What a rating depends on. `year` counts from 0 for the first year of the demonstration."""

    organisation: str
    profile: str
    optimistic: bool
    weak_standards: frozenset[str]
    year: int


def rating(of: Circumstances, standard_key: str, criterion_key: str) -> Rating:
    """How one criterion is rated, the same every time."""
    true = _level(_practice(of, standard_key, criterion_key))
    chance = Random(f"claim {of.organisation} {criterion_key} {of.year}")
    if of.optimistic and true == MIDDLE and chance.random() < CLAIMS:
        return Rating(BEST, MIDDLE if chance.random() < SEEN_THROUGH else BEST)
    if true == BEST and chance.random() < MODERATED_DOWN:
        return Rating(BEST, MIDDLE)
    if true == MIDDLE and chance.random() < MODERATED_UP:
        return Rating(MIDDLE, BEST)
    return Rating(true, true)


def _practice(of: Circumstances, standard_key: str, criterion_key: str) -> float:
    """How good practice really is: about 0 for poor, about 1 for very good."""
    lasting = Random(f"practice {of.organisation} {criterion_key}")
    passing = Random(f"slip {of.organisation} {criterion_key} {of.year}")
    practice = ABILITY[of.profile] + lasting.gauss(0, SPREAD)
    if standard_key in of.weak_standards:
        practice -= WEAKNESS
    if lasting.random() >= STUCK:
        practice += YEARLY_GAIN * of.year
    if passing.random() < SLIPS:
        practice -= SLIP
    return practice


def _level(practice: float) -> str:
    if practice >= BEST_FROM:
        return BEST
    return MIDDLE if practice >= MIDDLE_FROM else WORST


# Of a school: which criteria do not apply to it, and how likely that is.
EARLY_YEARS = frozenset({"intimate-care", "early-years-welfare", "childcare-disqualification"})
SMALL = 120


def unlikely_to_apply(key: str, *, name: str, phase: str, pupils: int) -> float:
    """How likely it is that a criterion of the school audit does not apply to a school."""
    if key in EARLY_YEARS:
        return float("junior" in name.lower())
    young = phase in ("primary", "nursery")
    likely = {
        "alternative-provision": {"primary": 0.7, "nursery": 1.0}.get(phase, 0.0),
        "work-experience": {"special": 0.5, "all-through": 0.3, "pru": 0.2}.get(phase, 0.0),
        "multi-agency-plans": 0.4 * (young and pupils < SMALL),
        "lettings-and-activities": 0.6 * (young and pupils < SMALL),
    }
    return likely.get(key, 0.0)


def does_not_apply(key: str, *, organisation: str, phase: str, pupils: int) -> bool:
    """Whether a school says so: the same in every year."""
    likely = unlikely_to_apply(key, name=organisation, phase=phase, pupils=pupils)
    return Random(f"applies {organisation} {key}").random() < likely
