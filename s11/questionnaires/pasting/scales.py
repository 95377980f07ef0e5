"""Scales that are ready, and those that a table brings with it in the columns that describe its ratings."""

import re
from collections.abc import Sequence
from typing import Any

from s11.questionnaires.pasting.marks import plain

OF_COLUMNS = "columns"
CHOICES = {
    "rag": "Red, amber, green",
    "met": "Met, not met",
    "0-3": "0 to 3, with 3 the best",
    "1-4": "1 to 4, with 1 the best",
    OF_COLUMNS: "The headings of the columns that describe a rating",
}


def _level(code: str, label: str, letter: str, order: int, colour: str, meaning: str) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "letter": letter,
        "order": order,
        "value": float(order),
        "colour": colour,
        "meaning": meaning,
    }


READY: dict[str, list[dict[str, Any]]] = {
    "rag": [
        _level("green", "Green", "G", 3, "green", "In place everywhere, and we can show it."),
        _level("amber", "Amber", "A", 2, "amber", "Partly in place, or in place and not yet shown."),
        _level("red", "Red", "R", 1, "red", "Not in place."),
    ],
    "met": [
        _level("met", "Met", "M", 2, "green", "In place, and we can show it."),
        _level("not-met", "Not met", "N", 1, "red", "Not in place, or we cannot show it."),
    ],
    "0-3": [
        _level("3", "3", "3", 4, "green", "In place everywhere, and we can show what it achieves."),
        _level("2", "2", "2", 3, "lightgreen", "In place for the most part."),
        _level("1", "1", "1", 2, "amber", "Begun."),
        _level("0", "0", "0", 1, "red", "Not in place."),
    ],
    "1-4": [
        _level("1", "1", "1", 4, "green", "Embedded: we are confident in it and can show it."),
        _level("2", "2", "2", 3, "lightgreen", "In place for the most part."),
        _level("3", "3", "3", 2, "amber", "Some of it is in place."),
        _level("4", "4", "4", 1, "red", "Not in place."),
    ],
}
for _digit in READY["0-3"]:
    _digit["value"] = float(_digit["code"])
# What people write for a level, as `plain` says it.
ALIASES = {
    "rag": {"r": "red", "a": "amber", "g": "green", "yellow": "amber", "orange": "amber"},
    "met": {"yes": "met", "fullymet": "met", "no": "not-met", "unmet": "not-met", "notmet": "not-met"},
    "0-3": {f"{word}{digit}": str(digit) for word in ("score", "level") for digit in range(4)},
    "1-4": {f"{word}{digit}": str(digit) for word in ("grade", "level", "score") for digit in range(1, 5)},
}
# Words that head a column which describes a rating, from worst to best.
KNOWN_LEVELS = (
    "inadequate", "doesnotmeetminimumrequirements", "doesnotmeet", "notmet", "unmet", "notyetmet",
    "notinplace", "red", "0", "score0", "emerging", "requiresimprovement", "partiallymet", "partlymet",
    "partial", "partiallyinplace", "partlyinplace", "developing", "amber", "yellow", "established", "good",
    "met", "fullymet", "inplace", "fullyinplace", "embedded", "green", "outstanding", "exemplary", "blue",
)  # fmt: skip
COLOURS = {
    2: ("green", "red"),
    3: ("green", "amber", "red"),
    4: ("green", "lightgreen", "amber", "red"),
    5: ("blue", "green", "lightgreen", "amber", "red"),
}


def level_word(title: str) -> str:
    """A heading that names a level of some scale, plainly said; empty for any other."""
    said = plain(re.sub(r"\(.*?\)", "", title))
    digit = re.fullmatch(r"(?:score|level|grade)?([0-9])", said)
    return said if said in KNOWN_LEVELS or digit else ""


def guessed(titles: Sequence[str], others: Sequence[str] = ()) -> str:
    """The scale that fits the columns describing a rating; without any, what the other headings speak of."""
    codes = [scale for scale in READY if titles and all(code_of(scale, title) for title in titles)]
    if codes:
        return codes[0]
    if titles:
        return OF_COLUMNS if len(titles) > 1 else "rag"
    words = " ".join(others).lower()
    if re.search(r"0\s*(?:-|–|to)\s*3", words):
        return "0-3"
    if re.search(r"1\s*(?:-|–|to)\s*4", words):
        return "1-4"
    return "met" if re.search(r"\b(un)?met\b", words) else "rag"


def code_of(scale: str, title: str) -> str:
    """The level of a ready scale that a heading means; empty for none."""
    said = plain(re.sub(r"\(.*?\)", "", title))
    for level in READY[scale]:
        if said in (plain(level["code"]), plain(level["label"])):
            return str(level["code"])
    return ALIASES[scale].get(said, "")


def best_first(titles: Sequence[str]) -> bool:
    """Whether the first of these headings is the best; the words that are known decide."""
    known = [KNOWN_LEVELS.index(word) for title in titles if (word := level_word(title)) in KNOWN_LEVELS]
    return len(known) > 1 and known[0] > known[-1]


def levels_of(titles: Sequence[str], *, best_is_first: bool) -> list[dict[str, Any]]:
    """Levels out of the headings of columns, best first."""
    ordered = list(titles) if best_is_first else list(titles)[::-1]
    colours = COLOURS.get(len(ordered), tuple(f"scale-{max(1, 6 - at)}" for at in range(len(ordered))))
    letters: list[str] = []
    codes: list[str] = []
    levels = []
    for at, title in enumerate(ordered):
        label = " ".join(title.split())[:60].strip() or f"Level {len(ordered) - at}"
        letters.append(_letter(label, letters))
        codes.append(code_for(label, codes))
        order = len(ordered) - at
        meaning = "As described beside each criterion."
        levels.append(_level(codes[-1], label, letters[-1], order, colours[at], meaning))
    return levels


def _letter(label: str, taken: Sequence[str]) -> str:
    """The first letters of a label that no other level has."""
    words = re.findall(r"[A-Za-z0-9]+", label) or ["X"]
    initials = "".join(word[0] for word in words)[:4].upper()
    tries = (words[0][0].upper(), initials, *(words[0][:n].capitalize() for n in (2, 3, 4)))
    return next((one for one in tries if one not in taken), str(len(taken) + 1))


def code_for(label: str, taken: Sequence[str] = (), *, most: int = 30) -> str:
    """A short code out of a label, used once."""
    base = re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")[:most].strip("-") or "level"
    code, count = base, 2
    while code in taken:
        end = f"-{count}"
        code, count = base[: most - len(end)].rstrip("-") + end, count + 1
    return code
