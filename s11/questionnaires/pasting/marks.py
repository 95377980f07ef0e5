"""How tables of questionnaires mark their parts: numbers of any form, headings of sections, bullets."""

import re
from typing import NamedTuple

_STEP = r"(?:[.\-/]\d{1,3}[a-z]?|\.[a-z](?![a-z])|\([a-z0-9]{1,4}\))"
NUMBER = re.compile(rf"(?:[A-Za-z]{{1,4}}[ .-]?)?\d{{1,3}}[a-z]?{_STEP}*")
# In front of words only what cannot be a count: "3 members of staff" is not criterion 3.
LEADING = re.compile(rf"((?:[A-Za-z]{{1,4}}[ .-]?)?\d{{1,3}}[a-z]?(?:{_STEP}+[.):]?|[.):]))\s+(?=\S)")
SECTION = re.compile(
    r"(?:key\s+)?(standard|section|part|theme|area|domain|topic|category|chapter|strand|principle)\s+"
    r"(\d{1,3}[a-z]?|[ivx]{1,5}|[a-z])\b\s*[:.–—-]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
NUMBERED_TITLE = re.compile(r"(\d{1,3}[a-z]?)[.:)]?\s+[–—-]?\s*(\D.*)", re.DOTALL)
BULLET = re.compile(r"^[ \t]*(?:[•●▪◦‣∙·*–—\uf0b7]|-(?=[ \t])|o(?=[ \t]{2,}|\t))[ \t]*", re.MULTILINE)
LONGEST_NUMBER = 20
LONGEST_TITLE = 200


class Heading(NamedTuple):
    """A heading of a section: what it calls its kind ("Standard"), its number and its title."""

    word: str
    number: str
    title: str


def number_of(cell: str) -> str:
    """The number that a cell holds and nothing else, as the format writes it; empty for other words."""
    said = cell.strip().rstrip(".:").strip()
    said = said if "(" in said else said.rstrip(").").strip()
    if not NUMBER.fullmatch(said):
        return ""
    plain = re.sub(r"[ ()]", "", said).replace("/", "-")
    return plain if len(plain) <= LONGEST_NUMBER else ""


def split_number(words: str) -> tuple[str, str]:
    """The number in front of words, and the words; without a number the words alone."""
    found = LEADING.match(words)
    if not found:
        return "", words
    number = number_of(found[1])
    return (number, words[found.end() :].strip()) if number else ("", words)


def section_of(words: str) -> Heading | None:
    """The heading of a section that says what it is: "KEY STANDARD 1: Leadership"."""
    found = SECTION.fullmatch(words.strip())
    if not found or len(found[3]) > LONGEST_TITLE:
        return None
    title = " ".join(found[3].split()).strip(" :–—-")
    word = "Key standard" if words.strip().lower().startswith("key standard") else found[1].capitalize()
    return Heading(word, found[2].lower(), title or f"{word} {found[2]}")


def titled(words: str) -> Heading | None:
    """A title with a number in front: "2a Management of safeguarding"."""
    found = NUMBERED_TITLE.fullmatch(words.strip())
    if not found or len(found[2]) > LONGEST_TITLE or "\n" in found[2].strip():
        return None
    return Heading("", found[1], " ".join(found[2].split()))


def tidy(cell: str) -> str:
    """A cell with its bullets as dashes, and without the blanks that Word leaves about."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u00a0", " ")
    text = re.sub("[\u2028\u2029]", "\n", text).replace("\ufeff", "")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in BULLET.sub("- ", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def lines_of(cell: str) -> list[str]:
    """The lines of a cell as items, without their bullets."""
    return [item for line in cell.split("\n") if (item := line.removeprefix("- ").strip())]


def plain(words: str) -> str:
    """Letters and digits only, without case: what two ways of writing the same have in common."""
    return re.sub(r"[^a-z0-9]", "", words.casefold())
