"""How the composite plan is counted: the bands it is parted into, and the sentence for each figure."""

# The last day of each band, and its name; the last band has no end.
AGES = (
    (91, "Up to 3 months"),
    (182, "3 to 6 months"),
    (365, "6 months to a year"),
    (730, "1 to 2 years"),
    (10**6, "More than 2 years"),
)
LATE = (
    (28, "1 to 28 days"),
    (91, "29 to 91 days"),
    (182, "92 to 182 days"),
    (10**6, "More than 182 days"),
)
NOT_DUE, NO_DATE = "Not due yet", "No date"
MOVES = ("Never", "Once", "Twice", "Three times or more")

SUPERSEDED_RULE = (
    "Superseded actions are counted in no figure but the one that says how many they are: they were neither "
    "done nor left undone."
)
STANDING_RULE = (
    "Actions counted = open + to verify + verified + closed. Open: not started, on track or at risk. To "
    "verify: complete as its owner says, and not yet verified by the Board. Overdue: open, and its date "
    "lies before today; an action without a date cannot be overdue. Drifting: open, and its date was moved "
    "twice or more. An overdue action may be drifting too."
)
AGE_RULE = (
    "Age: of the open actions, the days since each came into the plan. What was brought in from an existing "
    "plan is counted from the day it was brought in."
)
LATENESS_RULE = "Days overdue: of the open actions, the days from the present date of each to today."
OVER_TIME_RULE = (
    "Over the months: how many actions had come into the plan by the end of each month, and how many of "
    "those that are complete today were so by then; verified with them are closed ones. What was opened "
    "again is not complete. The month in hand is counted up to today."
)
FIRST_DATE_RULE = (
    "Complete on its first date: of the actions whose first date has passed, those complete on that day or "
    "before, whatever date was agreed later."
)
MOVED_RULE = "Moved dates: of all actions counted, how often the date of each was moved."
MEDIAN_RULE = (
    "Days to completion: the middle one of the days from agreeing an action to its owner saying it is "
    "complete. What was brought in from an existing plan is left out: when it was agreed is not known."
)
IMPACT_RULE = (
    "Impact: of the verified and closed actions, those of which it was said what difference they made; the "
    "answer given last counts."
)
GROUPS_RULE = (
    "By source, organisation and mechanism each action counts once, so that they add up to all. By theme an "
    "action counts under each theme of the recommendations it answers, so that they do not."
)
SINCE_RULE = (
    "Then and now: how the plan stood at the end of the day named and how it stands today, by what was said "
    "of each action. What happened in between counts each action once."
)
RULES = (
    SUPERSEDED_RULE, STANDING_RULE, SINCE_RULE, LATENESS_RULE, AGE_RULE, OVER_TIME_RULE, FIRST_DATE_RULE,
    MOVED_RULE, MEDIAN_RULE, IMPACT_RULE, GROUPS_RULE,
)  # fmt: skip
