"""The rules that suggest lines of enquiry, as a table that people read: the page "How questions are
suggested" prints it. A rule finds, it never judges: the office or the chair chooses its question, or not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from s11.challenge.enquiries import findings as find
from s11.challenge.enquiries.facts import About, Part, Whole
from s11.challenge.enquiries.findings import (
    AWAY_GROUP_FEWEST,
    AWAY_SHARE,
    EXPLAINED_FEWEST,
    FAR_ABOVE,
    FAR_FROM_PEERS,
    GREEN_FEWEST,
    INSPECTED_SHARE,
    LATE_DAYS,
    OFTEN_FEWEST,
    REUSED_OFTEN,
    RISEN_FAR,
    WEAK_SHARE,
    WORDS_FEWEST,
    YEARS_UNCHANGED,
    Raised,
)

MORE_MOST, MUST = 20, 5  # what a case adds to the weight of its rule at most, and what a “must” adds

Test = Callable[[About, Whole], Iterable[Raised]]


@dataclass(frozen=True)
class Rule:
    """A kind of question. `counted` says in plain words when it is raised and what makes it more urgent."""

    code: str
    title: str
    question: str
    why: str
    weight: int
    counted: str
    test: Test = field(compare=False)


@dataclass(frozen=True)
class Suggestion:
    """A question the facts suggest, and why; `key` is the same whenever the same is suggested again."""

    key: str
    rule: str
    title: str
    organisation_id: int
    organisation_ref: str
    question: str
    why: str
    rank: int
    standard: Part | None = None
    criterion_key: str = ""
    number: str = ""
    action: str = ""
    return_ref: str = ""

    @property
    def mark(self) -> str:
        """What a form sends for it: as short as other choices, and with the organisation it is about."""
        return f"{self.organisation_ref}.{sha256(self.key.encode()).hexdigest()[:7]}"


RULES: tuple[Rule, ...] = (
    Rule(
        "not-accepted",
        "A moderated rating that is not accepted",
        "{number} was moderated “{second}”, and you do not accept it. What would show us that “{level}” "
        "is right?",
        "{name} rated {number} “{level}”, the moderator “{second}”. {said}",
        95,
        "The organisation replied to the moderated rating of a criterion that it does not accept it.",
        find.refused,
    ),
    Rule(
        "far-above-moderator",
        "Rated far above the moderator",
        "You rated {number} “{level}” and the moderator “{second}”. What do you see that the moderator "
        "did not?",
        "{name} rated {number} “{level}”, which is {levels} levels above the moderator’s “{second}”.",
        90,
        f"Its own rating of a criterion is {FAR_ABOVE} or more levels better than the moderated one. Each "
        "further level adds 5.",
        find.far_above,
    ),
    Rule(
        "everything-best",
        "Everything at the best level",
        "Every rating of {your} is at the best level. Where would a child or a member of staff say that "
        "it is not so, and how do you know?",
        "{name} rated all {count} of its criteria “{level}”{bare}.",
        88,
        f"Every rating that counts is at the best level of its scale, of at least {GREEN_FEWEST}.",
        find.everything_best,
    ),
    Rule(
        "worst-without-action",
        "The lowest rating, and no action",
        "What will be done about {numbers}, by whom and by what day?",
        "{name} rated {numbers} “{level}”, and no action says what will be done.",
        85,
        "Criteria of one standard are rated at the lowest level (of scales of five or more levels at the "
        "two lowest), and neither this return nor the plan has an action for them. Each further criterion "
        "adds 4.",
        find.worst_without_action,
    ),
    Rule(
        "action-overdue",
        "An earlier action is overdue",
        "You promised: “{action}” It was due on {due}. What stands in the way, and what do children "
        "notice of it meanwhile?",
        "{name} promised this {about}for {due}; by {today} it is {days} overdue.{others}",
        80,
        "An action agreed before this cycle opened is not complete and its day has passed. The longest "
        "overdue of each standard or criterion is named. Each month adds 1.",
        find.overdue,
    ),
    Rule(
        "inspection-unfinished",
        "An inspection’s action is open, and the rating is the best",
        "The inspection asked for: “{action}” That is not complete. What makes you sure of your rating?",
        "{name} has not completed an action of an inspection{source}, and {what}.{others}",
        78,
        "An action that came from an inspection is not complete, and all criteria it is about are rated "
        f"at the best level; where it names no standard, at least {INSPECTED_SHARE:.0%} of all ratings "
        "are.",
        find.inspection_unfinished,
    ),
    Rule(
        "below-good",
        "The last inspection says otherwise",
        "The last inspection of {your} said “{grade}”. What has changed since, that you rate {standards} "
        "at the best level throughout?",
        "{name} was graded “{grade}” at its last inspection, and rated every criterion of {standards} at "
        "the best level.",
        75,
        "The grade in the register is below Good, and every rating of a standard about leadership, "
        "accountability, management or safeguarding is at the best level.",
        find.below_good,
    ),
    Rule(
        "fell",
        "Worse than last year",
        "{number} was “{before}” in {year} and is “{level}” now. What happened, and what does it mean for "
        "children?",
        "{name} rated {number} “{before}” in {year} and “{level}” this year.",
        70,
        "A criterion is rated lower than the year before. Compared only where its words and its scale are "
        "the same. Each further level adds 10.",
        find.fell,
    ),
    Rule(
        "same-words",
        "The best rating for three years with the same words",
        "You have rated {number} “{level}” since {first} in the same words. What have you tested since "
        "then, and what did you find?",
        "{name} rated {number} “{level}” in {years} and again this year, with the same words each time.",
        70,
        f"A criterion was rated at the best level in {YEARS_UNCHANGED} returns running, and what was "
        "written differs in trifles only. Compared only where its words and its scale are the same.",
        find.unchanged,
    ),
    Rule(
        "rose-without-words",
        "Much better than last year, and little said",
        "{number} went from “{before}” to “{level}” in a year. What did you do, and who has checked it?",
        "{name} rated {number} “{before}” in {year} and “{level}” this year, {said}.",
        66,
        f"A criterion is rated {RISEN_FAR} or more levels better than the year before, with the same words "
        f"or fewer than {WORDS_FEWEST}. Compared only where its words and its scale are the same.",
        find.rose_without_words,
    ),
    Rule(
        "alone-among-kind",
        "The only one of its kind below the best",
        "All {others} other {peers} rate {number} at the best level. What is different for you, "
        "and what could they tell you?",
        "{name} is the only one of {size} {peers} that rated {number} below the best level: “{level}”.",
        65,
        "All others of the same kind rated a criterion at the best level. Only in groups that are not "
        "small. Each further level down adds 5.",
        find.alone_among_kind,
    ),
    Rule(
        "alone-among-all",
        "The only one of all below the best",
        "All {others} other {peers} rate {number} at the best level. What is different for you, "
        "and what could they tell you?",
        "{name} is the only one of {size} {peers} that rated {number} below the best level: “{level}”.",
        62,
        "The same among everybody asked this criterion, where the organisation’s own kind is a small "
        "group. Each further level down adds 5.",
        find.alone_among_all,
    ),
    Rule(
        "far-from-peers",
        "Far below the others",
        "Most of the {size} {peers} rate {number} much higher than you. What holds you back, and who "
        "could help?",
        "{name} rated {number} “{level}”; {better} of {size} {peers} rated it higher.",
        60,
        f"A criterion is rated {FAR_FROM_PEERS} or more levels below the middle (the median) of the "
        "others: of its kind, or of everybody where its kind is a small group.",
        find.far_from_peers,
    ),
    Rule(
        "away-alone",
        "Not applicable to it, though it applies to others like it",
        "You say that {number} does not apply to you. Why is that, where it applies to others like you?",
        "{number} is claimed not to apply by {who} of {size}: {name}; {rated}.",
        60,
        f"A criterion is marked not applicable by one of a kind, of at least {AWAY_GROUP_FEWEST} that were "
        f"asked it (of many, by no more than {AWAY_SHARE:.0%}). The trusts of the health service count as "
        "one kind.",
        find.alone_away,
    ),
    Rule(
        "action-moved",
        "The day of an earlier action was moved",
        "“{deed}” was to be done by {first} and is now due on {due}. What makes the new day safe?",
        "{name} moved the completion date of this action {about}by {days}, from {first} to {due}.{others}",
        60,
        "An action agreed before this cycle opened is not complete, and its day was put off. Each two "
        "months add 1.",
        find.moved,
    ),
    Rule(
        "weak-everywhere",
        "A standard that is weak for most",
        "Most organisations find {standard} hard, and you stand best in it. What do you do that others do "
        "not?",
        "In {standard} {best} of {counted} ratings are at the best level, and {below} of {organisations} "
        "organisations rated less than half of it so. {name} rated {mine} of {of} so, the largest share.",
        58,
        f"Less than {WEAK_SHARE:.0%} of all ratings of a standard are at the best level, and for more than "
        "half of the organisations less than half are. The one with the largest share is asked, for the "
        "good of all. Only where the organisations are no small group.",
        find.weak_everywhere,
    ),
    Rule(
        "often-above",
        "Often a level above the moderator",
        "In {above} criteria you saw yourselves one level above the moderator. How do you check your own "
        "ratings before you sign them?",
        "{name} rated {above} of {both} moderated criteria one level above the moderator: {numbers}.",
        55,
        f"At least {OFTEN_FEWEST} criteria, and a third of those moderated, are rated one level above the "
        f"moderator. The share adds up to {MORE_MOST}.",
        find.often_above,
    ),
    Rule(
        "good-practice",
        "Good practice to share",
        "The moderator marked {number} as good practice. What do you do, what difference does it make, "
        "and what would others need to do it too?",
        "The moderator marked {number} of {name} (rated “{level}”) as good practice to share.",
        50,
        "A moderator marked an answer as good practice to share.",
        find.good_practice,
    ),
    Rule(
        "doubt-unexplained",
        "A doubt at sign-off without an explanation",
        "When you signed, a doubt in {standard} was left without a full answer. What is the answer?",
        "{name} signed with this doubt: {sentence} {reply}{more}",
        48,
        f"A doubt was found at sign-off and was explained with fewer than {EXPLAINED_FEWEST} words or not "
        "at all. Doubts that another rule asks about are left out. Each further doubt adds 3.",
        find.doubt_unexplained,
    ),
    Rule(
        "best-with-old-evidence",
        "The best rating on old evidence",
        "What you show for {numbers} is old. What would you show us from this year?",
        "For {numbers} {name} gave the best rating and shows only evidence past its time: “{title}” {old}.",
        45,
        "All evidence shown for a criterion rated at the best level is past the day until which it was "
        "current, or more than three years old and never confirmed. Each further criterion of the "
        "standard adds 4.",
        find.best_with_old_evidence,
    ),
    Rule(
        "best-without-evidence",
        "The best rating, and nothing that shows it",
        "You rated {numbers} at the best level. What could you show us today?",
        "In {standard} {name} rated {best} at the best level and shows no evidence for {bare}.",
        42,
        "Criteria of one standard are rated at the best level and no evidence is shown for them. Each "
        "further criterion adds 4.",
        find.best_without_evidence,
    ),
    Rule(
        "evidence-reused",
        "One document for many answers",
        "You show “{title}” for {count} criteria. What does it show for each of them?",
        "{name} shows “{title}” for {count} criteria rated at the best level: {numbers}.",
        40,
        f"One document is shown for {REUSED_OFTEN} or more criteria rated at the best level. Each further "
        "one adds 2.",
        find.evidence_reused,
    ),
    Rule(
        "sent-back",
        "The return was sent back",
        "The return of {your} was sent back {times}. What did you learn about how it is put together and "
        "signed?",
        "The return of {name} was sent back {times} after it was signed or submitted.",
        35,
        "The return came back from a signatory or the office. Each further time adds 5.",
        find.sent_back,
    ),
    Rule(
        "late",
        "The return was late",
        "The return of {your} {said}. What would have to be different next time?",
        "The return of {name} {said}.",
        30,
        f"The return came in {LATE_DAYS} or more days after its own day, or is still missing. Three days "
        "add 1.",
        find.late,
    ),
)
TITLES = {rule.code: rule.title for rule in RULES}


def suggestions(about: About, whole: Whole) -> list[Suggestion]:
    """Everything the facts about one organisation suggest, the most urgent first."""
    found = [_suggestion(rule, raised, about, whole) for rule in RULES for raised in rule.test(about, whole)]
    return sorted(found, key=lambda one: -one.rank)


def _suggestion(rule: Rule, raised: Raised, about: About, whole: Whole) -> Suggestion:
    line, part = raised.line, raised.part
    more = min(MORE_MOST, raised.more) + (MUST if line is not None and line.must else 0)
    words = {
        "name": about.name,
        "your": about.your,
        "number": line.number if line else "",
        "standard": f"{part.number} {part.title}" if part else "",
        **raised.words,
    }
    return Suggestion(
        key=f"{rule.code}:{about.ref}:{raised.key}",
        rule=rule.code,
        title=rule.title,
        organisation_id=about.organisation_id,
        organisation_ref=about.ref,
        question=rule.question.format(**words),
        why=rule.why.format(**words),
        rank=rule.weight + round(more),
        standard=part,
        criterion_key=line.key if line else "",
        number=line.number if line else "",
        action=raised.action,
        return_ref=about.return_ref,
    )
