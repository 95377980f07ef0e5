"""The parts of one owner: the person's name, the role, where they are."""

import re
from functools import lru_cache

from s11.actions.bringing.posts.words import BODIES, NOT_NAMES, ROLES, SEVERAL, has_role, words_of
from s11.actions.bringing.shapes import Known, Post

TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|cllr|rev|revd|canon)\b\.?\s+", re.IGNORECASE
)
NAME_WORD = re.compile(r"(?:[A-Z]['’])?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)*|[A-Z]\.")


def post_of(words: str, known: Known) -> Post:
    """One owner: whose name, which role, where."""
    printed = " ".join(words.split())
    name, role = name_and_role(printed, known)
    organisation_ref = _organisation_of(role or printed, known.organisations)
    of_board = not organisation_ref and is_of_board(role or printed, known)
    return Post(printed, name, role, organisation_ref, of_board)


def is_of_board(words: str, known: Known) -> bool:
    """Whether an owner is the Board itself or somebody who works for it."""
    return any(_begins_with(words, board) for board in known.board_words)


def name_and_role(words: str, known: Known) -> tuple[str, str]:
    """The person's name and the role in the words of one owner; without a name all of it is the role."""
    said = words.casefold()
    there = [one for one in known.people if one[0] and one[0].casefold() in said]
    for name, role, _ in sorted(there, key=lambda one: len(one[0]), reverse=True):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE)
        if found:
            rest = f"{words[: found.start()]} {words[found.end() :]}".replace("()", " ")
            rest = " ".join(rest.split()).strip(" ,–—-:()/")
            return name, rest or role
    for left, right in _halves(words):
        if _is_name(left) and has_role(words_of(right)):
            return left, right
        if _is_name(right) and has_role(words_of(left)):
            return right, left
    return (words, "") if _is_name(words) else ("", words)


def _halves(words: str) -> list[tuple[str, str]]:
    """Two parts of an owner that could be name and role, as they are written."""
    bracketed = re.fullmatch(r"(.+?)\s*[(\[](.+)[)\]]", words)
    halves = [(bracketed[1], bracketed[2])] if bracketed else []
    for mark in re.finditer(r"\s*,\s*|\s+[–—-]\s+|\s*:\s+", words):
        halves.append((words[: mark.start()].strip(), words[mark.end() :].strip()))
    return halves


def _is_name(words: str) -> bool:
    """Whether words look like a person's name: two or three with capitals, none a role or a body."""
    bare = TITLE.sub("", words)
    parts = bare.split()
    if not (1 if bare != words else 2) <= len(parts) <= 3 or not all(
        NAME_WORD.fullmatch(part) for part in parts
    ):
        return False
    return not any(word in ROLES | SEVERAL | BODIES | NOT_NAMES for word in words_of(bare))


@lru_cache(maxsize=4)  # every owner of a plan is held against every organisation of a county
def names_of(organisations: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, list[str]], ...]:
    """Every name of these organisations with whose it is and its telling words."""
    return tuple((ref, name, words_of(name)) for ref, *names in organisations for name in names if name)


@lru_cache(maxsize=4)
def said_of(organisations: tuple[tuple[str, str, str], ...]) -> frozenset[str]:
    """The telling words of every name of these organisations, as one text each."""
    return frozenset(" ".join(theirs) for _, _, theirs in names_of(organisations))


@lru_cache(maxsize=1024)  # the same owner stands in many rows
def _organisation_of(words: str, organisations: tuple[tuple[str, str, str], ...]) -> str:
    """The ref of the organisation that the words name, at their beginning or as a whole part of them."""
    best: tuple[int, str] = (0, "")
    mine = words_of(words)
    for ref, name, theirs in names_of(organisations):
        if (theirs and mine[: len(theirs)] == theirs) or _holds(words, name):
            best = max(best, (len(name), ref))
    return best[1]


def _begins_with(words: str, name: str) -> bool:
    mine, theirs = words_of(words), words_of(name)
    return bool(theirs) and mine[: len(theirs)] == theirs


def _holds(words: str, name: str) -> bool:
    if len(name) < 4 or name.casefold() not in words.casefold():
        return False
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE))
