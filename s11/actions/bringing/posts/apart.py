"""The owners in one cell, taken apart with care.

"AD Performance & Quality" is one post, and "Chair of the Health Group & Named GP" are two. What cannot be
told stays as it is printed, for a person to look at.
"""

import re
from collections.abc import Collection

from s11.actions.bringing.posts.parts import name_and_role, post_of, said_of
from s11.actions.bringing.posts.words import BODIES, SEVERAL, has_role, words_of
from s11.actions.bringing.shapes import Known, Post

NOBODY = re.compile(
    r"\s*(?:tbc|tbd|tba|to be (?:confirmed|agreed|decided)|n/?a|none|vacant|-|–|\?)\s*\.?\s*", re.IGNORECASE
)
BETWEEN = re.compile(r"\s*(?:(?<=\s)&(?=\s)|(?<=\s)and(?=\s)|(?<=\s)with(?=\s)|(?<=\s)plus(?=\s)|,|/)\s*")


def posts_of(cell: str, known: Known, alone: Collection[str] = ()) -> tuple[Post, ...]:
    """The owners in a cell, in order. `alone` are owners that have cells of their own elsewhere in the plan:
    where an extraction lost the line between two, they tell where it was."""
    return tuple(post_of(words, known) for words in owners_in(cell, known, alone))


def owners_in(cell: str, known: Known, alone: Collection[str] = ()) -> list[str]:
    """The owners in a cell as printed, each once."""
    found: list[str] = []
    for line in lines_in(cell):
        for words in _apart(line, known):
            found += _lost_line(words, known, alone)
    found = [words for words in found if not NOBODY.fullmatch(words)]
    return list(dict.fromkeys(found))


def lines_in(cell: str) -> list[str]:
    """The lines of a cell; two blanks stand where an extraction lost the end of a line."""
    parts = re.split(r"\n|;|\s{2,}", cell)
    lines = [part.strip(" \t,•·-–—").strip() for part in parts]
    return [line for line in lines if line]


def _apart(line: str, known: Known) -> list[str]:
    """A line taken apart where both sides are owners of their own."""
    if " ".join(words_of(line)) in said_of(known.organisations):
        return [line]
    depth = _depths(line)
    for mark in BETWEEN.finditer(line):
        if depth[mark.start()]:
            continue
        left, right = line[: mark.start()].strip(), line[mark.end() :].strip()
        if _are_two(left, right, mark[0].strip(), known):
            return [left, *_apart(right, known)]
    return [line]


def _are_two(left: str, right: str, mark: str, known: Known) -> bool:
    if not left or not right or left.count("(") != left.count(")"):
        return False
    first, second = words_of(left), words_of(right)
    if not first or not second:
        return False
    if first[0] in SEVERAL and not has_role(second):
        return False  # Chairs of Education & Health
    if second[-1] in SEVERAL and not has_role(first):
        return False  # Health & Education care providers
    one_body = mark in ("&", "and") and len(first) == 1 and first[0] in BODIES and len(second) > 1
    if one_body and not has_role(second):
        return False  # Education and Skills Directorate
    head = words_of(re.split(BETWEEN, right)[0])
    starts = _is_owner(head, known) or name_and_role(right, known)[0] != ""
    if mark == ",":
        if name_and_role(f"{left}, {right}", known)[0]:
            return False  # Alex Osei, Head of Safeguarding
        return has_role(first) and (has_role(head) or head[0] in SEVERAL) and starts
    return starts and (_is_owner(first, known) or name_and_role(left, known)[0] != "")


def _is_owner(words: list[str], known: Known) -> bool:
    """Whether words can stand as an owner: a role, a body, or letters such as PIQAG that are one."""
    if not words:
        return False
    said = " ".join(words)
    boards = {" ".join(words_of(board)) for board in known.board_words}
    is_somebody = has_role(words) or words[0] in SEVERAL or words[-1] in SEVERAL or _is_body(words)
    return is_somebody or said in boards or said in said_of(known.organisations)


def _is_body(words: list[str]) -> bool:
    return words[-1] in BODIES or (len(words) == 1 and len(words[0]) >= 3 and words[0] != "quality")


def _depths(line: str) -> list[int]:
    depth, found = 0, []
    for letter in line:
        depth += (letter in "([") - (letter in ")]" and depth > 0)
        found.append(depth)
    return found


def _lost_line(words: str, known: Known, alone: Collection[str]) -> list[str]:
    """Two owners in one line whose end was lost, told by owners that stand alone elsewhere."""
    for other in sorted(alone, key=len, reverse=True):
        if len(words) <= len(other):
            continue
        if words.endswith(f" {other}") and (_is_letters(other) or words[: -len(other)].strip() in alone):
            return [words[: -len(other)].strip(), other]
        rest = words[len(other) :].strip()
        if (
            words.startswith(f"{other} ")
            and (rest in alone or _is_letters(rest))
            and has_role(words_of(other))
        ):
            return [other, rest]
    return [words]


def _is_letters(words: str) -> bool:
    """Whether it is a body known by its letters: PIQAG."""
    return bool(re.fullmatch(r"[A-Z]{3,8}", words))
