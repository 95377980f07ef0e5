"""Recommendations pasted as lines, with their numbers as printed."""

import re
from collections.abc import Collection
from dataclasses import dataclass

# "1. …", "2) …", "(3) …", "4.1 …", "Recommendation 5: …", "Rec 6 – …", "R7. …", "8 All agencies …".
WORD = r"(?:recommendation|rec\.?|r)?\s*"
NUMBER = r"\(?(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)"
NUMBERED = re.compile(
    rf"^{WORD}{NUMBER}(?:\s*[.):–—-]+(?=\s|$)|\)|\s+(?=[A-Z“\"'‘])|\t|$)\s*(?P<text>.*)$",
    re.IGNORECASE,
)
SPELT_OUT = re.compile(rf"^(?:recommendation|rec\.?)\s*{NUMBER}\s*[.):–—-]*\s*(?P<text>.*)$", re.IGNORECASE)
BULLET = re.compile(r"^[•·▪◦*–—-]\s+")


@dataclass(frozen=True)
class PastedRecommendation:
    """One recommendation as pasted; `number` is empty where none stood before it."""

    number: str
    text: str


def pasted_recommendations(pasted: str) -> list[PastedRecommendation]:
    """Each recommendation of what was pasted.

    Where lines bear numbers, one without a number goes on with the recommendation before it. Where none
    does, every line is a recommendation.
    """
    lines = [" ".join(line.split()) for line in pasted.splitlines() if line.strip()]
    found: list[tuple[str, list[str]]] = []
    is_numbered = any(_numbered(line) for line in lines)
    for line in lines:
        begins = _numbered(line)
        if begins:
            found.append((begins["number"], [begins["text"]] if begins["text"] else []))
        elif is_numbered and found:
            found[-1][1].append(line)
        else:
            found.append(("", [BULLET.sub("", line)]))
    return [PastedRecommendation(number, _joined(words)) for number, words in found]


def _joined(lines: list[str]) -> str:
    """Lines as text: one that breaks off in the middle of a sentence goes on in the next."""
    text = ""
    for line in lines:
        text += (("\n" if text.endswith((".", ":", ";", "?", "!")) else " ") if text else "") + line
    return text


def _numbered(line: str) -> re.Match[str] | None:
    """How a line begins with a number, if it does: "16 agencies took part" does not."""
    spelt = SPELT_OUT.match(line)
    if spelt:
        return spelt
    found = NUMBERED.match(line)
    if found is None or (_is_spaced_only(line, found) and found["text"][:1].islower()):
        return None
    return found


def _is_spaced_only(line: str, found: re.Match[str]) -> bool:
    return line[found.end("number") : found.start("text")].strip(" ") == ""


def themes_of(typed: str, known: Collection[str] = ()) -> list[str]:
    """Themes as typed, one in a line, or in a single line between commas; each once, letter case apart.

    Themes have commas of their own ("Collaborative working, decision making and planning"): what is one of
    the `known` is one theme, and so is each of several lines.
    """
    parts = [part for part in re.split(r"[\n;]", typed) if part.strip()]
    if len(parts) == 1 and _plain(parts[0]) not in {_plain(theme) for theme in known}:
        parts = parts[0].split(",")
    found: dict[str, str] = {}
    for part in parts:
        if part.strip():
            found.setdefault(_plain(part), " ".join(part.split()))
    return list(found.values())


def _plain(theme: str) -> str:
    return " ".join(theme.split()).casefold()
