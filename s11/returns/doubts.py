"""What looks odd in a return, in plain sentences: facts in, doubts out.

A gap is something missing and stops a signature. A doubt stops nobody: it is what a critical friend would
ask, so that the organisation asks itself first. Whoever is right can say why, and the moderator reads it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from s11.core.open_ended import open_ended_in
from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.conditions import holds
from s11.returns.likeness import says_the_same
from s11.returns.stated import Doubt, Shown, Stated, Whole

YEARS_UNCHANGED = 3  # this return and the two before it
EVIDENCE_YEARS = 3
WORDS_FEWEST = 8
LEVELS_UP = 2

# What an organisation does by its own facts: how a question about it is known, and how it is said.
DOES = {
    "commissions_services": (re.compile(r"\bcommission(s|ed|ing)?\b", re.IGNORECASE), "commissions services"),
    "residential": (
        re.compile(r"\b(residential|boarding|boarders|overnight)\b", re.IGNORECASE),
        "looks after children overnight",
    ),
}


# What a rule says of one answer: the words its sentence needs, or None where there is no doubt.
Test = Callable[[Stated, Whole], Mapping[str, str] | None]


@dataclass(frozen=True)
class Rule:
    """A kind of doubt: what several of it are called, the sentence about one, and when there is one."""

    code: str
    title: str
    sentence: str
    test: Test = field(compare=False)


def best_without_evidence(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    # Needed, it is a gap already; let off, nobody asks for it.
    needed = one.level is not None and "evidence" in (*one.level.needs, *one.level.let_off)
    return _rated(one) if one.is_best and not one.evidence and not needed else None


def worst_without_action(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    needed = one.level is not None and "action" in one.level.needs
    return _rated(one) if one.is_worst and not one.has_action and not needed else None


def best_with_overdue_action(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    if not one.is_best or not one.overdue:
        return None
    text = one.overdue[0]
    action = text if len(text) <= 120 else f"{text[:117].rsplit(' ', 1)[0]}…"
    return {**_rated(one), "action": action.rstrip(".")}


def best_in_few_words(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    words = len(one.commentary.split())
    if not one.is_best or not 0 < words < WORDS_FEWEST:
        return None
    return {**_rated(one), "words": "one word" if words == 1 else f"{words} words"}


def unchanged(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    years = one.before[: YEARS_UNCHANGED - 1]
    if not one.criterion.rated or one.not_applicable or len(years) < YEARS_UNCHANGED - 1:
        return None
    if all(says_the_same(one.commentary, year.commentary) for year in years):
        return {"years": " and ".join(f"“{year.year}”" for year in years)}
    return None


def risen_without_words(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    if one.place is None or not one.before:
        return None
    last = one.before[0]
    before = next((v for v in one.criterion.scale.levels if v.code == last.level_code), None)
    if before is None or before.label != last.level_label:  # another scale: nothing can be compared
        return None
    place = one.place_of(before)
    if place is None or place - one.place < LEVELS_UP or not says_the_same(one.commentary, last.commentary):
        return None
    if any(shown.ref not in last.evidence for shown in one.evidence):
        return None
    return {**_rated(one), "before": before.label}


def evidence_out_of_date(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    ended = next((s for s in one.evidence if _ended(s, whole.today)), None)
    if ended is None or ended.current_until is None:
        return None
    return {"title": ended.title, "day": f"{ended.current_until.day} {ended.current_until:%B %Y}"}


def evidence_old(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    old = next((s for s in one.evidence if _old(s, whole.today)), None)
    return {"title": old.title, "month": f"{old.added_on:%B %Y}"} if old else None


def open_ended(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    texts = ("" if one.not_applicable else one.commentary, *one.actions)
    words = next((found for text in texts if (found := open_ended_in(text))), "")
    return {"words": words} if words else None


def away_but_done(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    if not one.not_applicable:
        return None
    asked = f"{one.standard.title} {one.criterion.group} {one.criterion.text}"
    for fact, (about, does) in DOES.items():
        if getattr(whole.facts, fact) and (about.search(asked) or _asked_for(one, whole.facts, fact)):
            return {"does": does}
    return None


def away_after_rating(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    last = one.before[0] if one.before else None
    if not one.not_applicable or last is None or not last.level_label:
        return None
    return {"before": last.level_label, "year": last.year}


def pasted_into_many(one: Stated, whole: Whole) -> Mapping[str, str] | None:
    if one.criterion.id not in whole.pasted:
        return None
    sentence, places = whole.pasted[one.criterion.id]
    numbers = [whole.number(place) for place in places]
    return {
        "said": sentence if len(sentence) <= 120 else f"{sentence[:117].rsplit(' ', 1)[0]}…",
        "numbers": f"{', '.join(numbers[:-1])} and {numbers[-1]}",
    }


RULES: tuple[Rule, ...] = (
    Rule(
        "best-without-evidence",
        "The best rating, and nothing that shows it",
        "{number} is rated “{level}”, and no evidence is shown for it.",
        best_without_evidence,
    ),
    Rule(
        "worst-without-action",
        "The lowest rating, and no action",
        "{number} is rated “{level}”, and no action says what will be done about it.",
        worst_without_action,
    ),
    Rule(
        "best-with-overdue-action",
        "The best rating, and an action about it that is overdue",
        "{number} is rated “{level}”, and an action about it is overdue: “{action}”.",
        best_with_overdue_action,
    ),
    Rule(
        "best-in-few-words",
        "The best rating in very few words",
        "{number} is rated “{level}”, with {words} behind it. What do you do, and how do you know it works?",
        best_in_few_words,
    ),
    Rule(
        "risen-without-words",
        "Much better than last year, and nothing new said",
        "{number} went from “{before}” to “{level}”, with the same words as last year and no new evidence.",
        risen_without_words,
    ),
    Rule(
        "unchanged",
        f"The same words for {YEARS_UNCHANGED} years",
        "What is said at {number} stood there already in {years}. Is it still all there is to say?",
        unchanged,
    ),
    Rule(
        "pasted",
        "One sentence in many answers",
        "“{said}” stands at {numbers}. What is true of each of them?",
        pasted_into_many,
    ),
    Rule(
        "open-ended",
        "No day by which it is done",
        "{number} says “{words}”. By what day?",
        open_ended,
    ),
    Rule(
        "evidence-out-of-date",
        "Evidence past its date",
        "“{title}”, shown for {number}, was current until {day}.",
        evidence_out_of_date,
    ),
    Rule(
        "evidence-old",
        f"Evidence more than {EVIDENCE_YEARS} years old",
        "“{title}”, shown for {number}, was added in {month}, and nobody has said since that it still holds.",
        evidence_old,
    ),
    Rule(
        "away-but-done",
        "Not applicable, though you do it",
        "{number} is marked not applicable, but your organisation {does}.",
        away_but_done,
    ),
    Rule(
        "away-after-rating",
        "Not applicable now, and rated last year",
        "{number} is marked not applicable. In “{year}” it was rated “{before}”.",
        away_after_rating,
    ),
)
TITLES = {rule.code: rule.title for rule in RULES}


def doubts(stated: Iterable[Stated], *, facts: OrganisationFacts, today: date) -> list[Doubt]:
    """Everything that gives rise to doubt, in the order of the rules, and of the questionnaire in each."""
    whole = Whole(facts, today, tuple(stated))
    found = []
    for rule in RULES:
        for one in whole.stated:
            words = rule.test(one, whole)
            if words is not None:
                number = one.criterion.number
                sentence = rule.sentence.format(number=number, **words)
                found.append(Doubt(rule.code, one.criterion.id, number, one.standard.number, sentence))
    return found


def _rated(one: Stated) -> Mapping[str, str]:
    return {"level": one.level.label if one.level else ""}


def _ended(shown: Shown, today: date) -> bool:
    """Whether its last day has gone by, and nobody has said since that it still shows how things are."""
    until = shown.current_until
    return until is not None and until < today and (shown.confirmed_on is None or shown.confirmed_on <= until)


def _old(shown: Shown, today: date) -> bool:
    """Whether a file without a last day of its own was added long ago and never confirmed."""
    if not shown.is_file or shown.current_until is not None or shown.confirmed_on is not None:
        return False
    return (shown.added_on.year + EVIDENCE_YEARS, shown.added_on.month, shown.added_on.day) < (
        today.year,
        today.month,
        today.day,
    )


def _asked_for(one: Stated, facts: OrganisationFacts, fact: str) -> bool:
    """Whether a question is asked because of this fact: without it, it would not be."""
    without = replace(facts, **{fact: False})  # type: ignore[arg-type]  # the facts of DOES are yes or no
    conditions = (one.standard.only_if, one.criterion.only_if)
    return any(text and holds(text, facts) and not holds(text, without) for text in conditions)
