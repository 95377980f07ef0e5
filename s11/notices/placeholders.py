"""What may stand in double brackets in the words of a mail, and what is wrong with words that were typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from s11.notices.wording import DEFAULTS, PLACEHOLDER

ANY = re.compile(r"\(\(([^()]*)\)\)")
SUBJECT_LONGEST, BODY_LONGEST = 200, 8000
# Longer than a line, or an address: they have no business in a subject.
ONLY_BELOW = frozenset({"actions", "letter", "link", "standing", "place", "your part", "agenda"})
NEEDED = "link"


@dataclass(frozen=True)
class Placeholder:
    """A word that is replaced: what stands in its place, and an example of it."""

    means: str
    example: str


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "name": Placeholder("the name of whoever gets it", "Dana Whitlock"),
    "organisation": Placeholder("the organisation it is about", "Hill Primary School"),
    "audit": Placeholder("what is asked", "Section 11 audit 2027"),
    "due": Placeholder("the day by which", "31 March 2027"),
    "letter": Placeholder(
        "the letter of the cycle, as you wrote it there",
        "Every two years we ask how well children are kept safe. Please answer for your organisation.",
    ),
    "standing": Placeholder("how far the return is, in a sentence", "12 of 45 criteria are answered."),
    "answer by": Placeholder("the day by which you want to hear", "14 April 2027"),
    "title": Placeholder("what evidence is asked for", "Record of supervision"),
    "partnership": Placeholder(
        "the name of your partnership", "Northshire Safeguarding Children Partnership"
    ),
    "link": Placeholder("the address that opens it", "https://audit.example/returns/3k7m2p"),
    "day": Placeholder("the name of the challenge day", "Section 11 challenge day 2027"),
    "when": Placeholder("the day with its times", "Wednesday 3 March 2027, 09:30 to 14:10"),
    "place": Placeholder("where it is held, and how to join from afar", "County Hall, Committee Room 2"),
    "your part": Placeholder(
        "when they present, and whom they question",
        "You come for Hill Primary School, which presents from 10:00 to 10:20. Northshire Police ask.",
    ),
    "from": Placeholder("what an action comes from", "practice review"),
    "count": Placeholder("how many actions it is about", "3 actions"),
    "actions": Placeholder(
        "the actions, each with its date and the address that opens it",
        "Due on 31 March 2027, from a challenge day\nhttps://audit.example/actions/3k7m2p",
    ),
    "agenda": Placeholder("the agenda with its times", "09:30 Welcome\n09:40 Northshire Police"),
}

LABELS = {
    "letter": ("Letter", "When a cycle is issued, to the safeguarding lead of each organisation."),
    "reminder": ("Reminder", "Before the day a return is due."),
    "overdue": ("Reminder of a late return", "After the day a return was due."),
    "signature": ("Waiting for a signature", "When everything is answered and somebody has to sign."),
    "extension": ("Longer given", "When an organisation is given another date."),
    "escalation": ("Escalation", "When you write to a senior person about a missing return."),
    "request": ("Request for evidence", "When you ask for evidence outside a cycle."),
    "request_reminder": ("Reminder of a request", "When no evidence has come yet."),
    "action_given": ("An action is given", "When somebody is to lead an action from now on."),
    "action_returned": ("An action came back", "When you find that an action is not complete yet."),
    "action_reminder": ("Reminder of actions", "Before and after the day an action is due, to its owner."),
    "action_weekly": ("Actions of the week", "On Mondays, to owners who want one mail a week."),
    "action_difference": ("What difference it made", "Some time after an action was verified."),
    "action_lead": ("Overdue actions, to the lead", "When an owner does nothing about an overdue action."),
    "action_office": ("Overdue actions, to the office", "When an action stays overdue; it goes to you."),
    "invitation": (
        "Invitation to a challenge day",
        "When you invite to a challenge day, with a calendar file.",
    ),
    "invitation_changed": ("Challenge day changed", "When the plan changed for somebody who was invited."),
    "invitation_cancelled": ("Challenge day: not expected", "When somebody invited is taken off the list."),
}


def allowed(key: str) -> list[str]:
    """What may stand in this kind of mail: what the product's own words use, in the order above."""
    used = {
        " ".join(name.split())
        for name in PLACEHOLDER.findall(" ".join((DEFAULTS[key].subject, DEFAULTS[key].body)))
    }
    return [name for name in PLACEHOLDERS if name in used]


def examples(key: str) -> dict[str, str]:
    """A value for each, to look at."""
    return {name: PLACEHOLDERS[name].example for name in allowed(key)}


def fault_of_subject(key: str, subject: str) -> str:
    """What is wrong with a subject, as a sentence; empty when nothing is."""
    if not subject.strip():
        return "Enter a subject."
    if len(subject) > SUBJECT_LONGEST:
        return f"Use at most {SUBJECT_LONGEST} characters for the subject."
    if len(subject.splitlines()) > 1:
        return "Write the subject in one line."
    return _fault(key, subject, [name for name in allowed(key) if name not in ONLY_BELOW])


def fault_of_body(key: str, body: str) -> str:
    """What is wrong with the words of a mail."""
    if not body.strip():
        return "Enter the words of the mail."
    if len(body) > BODY_LONGEST:
        return f"Use at most {BODY_LONGEST:,} characters."
    fault = _fault(key, body, allowed(key))
    if not fault and NEEDED in allowed(key) and NEEDED not in names_in(body):
        return f"Put (({NEEDED})) where the address should stand: without it nobody finds what to do."
    return fault


def names_in(text: str) -> list[str]:
    """What stands in double brackets, with single blanks."""
    return [" ".join(name.split()) for name in ANY.findall(text)]


def _fault(key: str, text: str, names: list[str]) -> str:
    for name in names_in(text):
        if name in names:
            continue
        if name in allowed(key):
            return f"(({name})) cannot stand in the subject. It can stand in the words below."
        near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
        meant = f"Did you mean (({near[0]}))?" if near else f"You can use {_listed(names)}."
        return f"(({name})) is not known. {meant}"
    left = ANY.sub("", text)
    if "((" in left or "))" in left:
        return "A placeholder stands between two brackets on each side, such as ((due)). One is not closed."
    return ""


def _listed(names: list[str]) -> str:
    marked = [f"(({name}))" for name in names]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)
