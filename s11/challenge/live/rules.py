"""What an entry of the record says, and how the words of two people who write it are put together."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s11.actions.rules import NAME_LONGEST, due_fault, owner_name_fault, owner_role_fault
from s11.challenge.rules import TEXT_LONGEST
from s11.core.open_ended import OPEN_ENDED

# The parts of an entry, in the order of the page, with the words that name them.
PARTS = {
    "challenge": "question",
    "asked_by": "who asked",
    "asker_name": "name of who asked",
    "answer": "answer",
    "evidence_promised": "evidence promised",
    "about": "what it is about",
    "agreed": "rating agreed",
    "good_practice": "good practice",
    "action_text": "action",
    "action_owner_name": "owner of the action",
    "action_owner_role": "role of the owner",
    "action_due_on": "date of the action",
}
ACTION_PARTS = ("action_text", "action_owner_name", "action_owner_role", "action_due_on")
NAMES = frozenset({"asker_name", "action_owner_name", "action_owner_role", "action_due_on"})
# What an entry is known by: given by the page that made it, so that sending it twice makes one.
KEY = re.compile(r"[a-z0-9]{6,32}")
OF_ENQUIRY, OF_OUTCOME, OF_PAGE = "q", "r", "n"
MARK = 6

Says = Mapping[str, str]
NOTHING: Says = dict.fromkeys(PARTS, "")


def token_of(version: int, said: Says) -> str:
    """What a page has before its eyes: the version, and a short print of each part.

    With it two people's changes are told apart part by part, and no earlier text has to be kept for that.
    """
    return f"{version}-" + "".join(_print(said[part]) for part in PARTS)


def read_token(token: str) -> dict[str, str]:
    """The prints of a token by part; none where it is none of ours."""
    prints = token.partition("-")[2]
    if len(prints) != MARK * len(PARTS):
        return {}
    return {part: prints[place * MARK : (place + 1) * MARK] for place, part in enumerate(PARTS)}


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:MARK]


@dataclass(frozen=True)
class Merged:
    """What of mine is taken, and the parts in which two wrote something else to the same place."""

    taken: Says
    clashes: tuple[str, ...]


def merge(token: str, theirs: Says, mine: Says) -> Merged:
    """What I made of the state a token names, put into what stands now.

    What only one of us changed is taken from whoever changed it. Where both did, theirs stands and the part
    is named. Without a readable token only what is empty can be filled. A part that mine does not hold was
    not on the page, and stays.
    """
    known = read_token(token)
    taken, clashes = {}, []
    for part in (part for part in PARTS if part in mine):
        my, their, began = mine[part], theirs[part], known.get(part)
        if my == their or _print(my) == began:
            continue
        if _print(their) == began or (began is None and not their):
            taken[part] = my
        else:
            clashes.append(part)
    return Merged(taken, tuple(clashes))


def faults(said: Says) -> dict[str, str]:
    """What cannot be kept as it is, by part, with the sentence that says so."""
    found = {}
    for part, text in said.items():
        most = NAME_LONGEST if part in NAMES else TEXT_LONGEST
        if len(text) > most:
            found[part] = f"The {PARTS[part]} is too long. Use at most {most:,} characters."
    return found


def lacks(said: Says, due_on: date | None, *, since: date) -> tuple[str, ...]:
    """What an action as far as it is typed needs before it can enter the plan, in words.

    `due_on` is the date its last box was read as, None where it is none; `since` the day it is agreed.
    """
    name, typed = said["action_owner_name"], said["action_due_on"]
    needed = (
        ("what will be done", not said["action_text"]),
        ("the full name of its owner" if not name else "its owner by first name and surname",
         owner_name_fault(name) is not None),
        ("the role of its owner", owner_role_fault(said["action_owner_role"]) is not None),
        (date_wanted(typed, due_on), due_fault(due_on, since=since, typed=typed) is not None),
    )  # fmt: skip
    return tuple(words for words, wanted in needed if wanted)


def date_wanted(typed: str, due_on: date | None) -> str:
    """What is wrong with the date of an action, as what it needs instead."""
    if OPEN_ENDED.search(typed):
        return f"a date instead of “{typed}”"
    if not typed:
        return "a date"
    if due_on is None:
        return "a date that exists, for example 31 3 2027"
    return "a date from today on, at most ten years ahead"


def has_action(said: Says) -> bool:
    """Whether anything is typed of an action."""
    return any(said[part] for part in ACTION_PARTS)


def needs_words(lacking: Sequence[str]) -> str:
    """Not in the plan yet: needs the role of its owner and a date."""
    *first, last = lacking
    return f"Not in the plan yet: needs {', '.join(first)}{' and ' if first else ''}{last}"
