"""The numbers of recommendations in a cell: "5 & 8", "4, 6 and 7", "1-3", "Recommendation 5a", "ALL"."""

import re
from dataclasses import dataclass

LONGEST = 20
RANGE_AT_MOST = 60
_ONE = r"\d{1,3}(?:\.\d{1,3}){0,3}(?:\([a-z]{1,3}\)|[a-z](?![a-z]))?"
ONE = re.compile(_ONE, re.IGNORECASE)
WORD = r"(?:recommendations?|recs?|findings?|nos?|numbers?|r|f)"
RANGE = re.compile(r"(\d{1,3})\s*(?:[-–—]|\bto\b)\s*(\d{1,3})(?![.\w])", re.IGNORECASE)
# A cell that holds numbers and nothing besides: words for them, marks between them.
NUMBERS_ONLY = re.compile(
    rf"(?:\s*(?:{WORD}(?![a-z])\.?|[#&,;:/+–—.-]|\band\b|\bto\b|{_ONE}))+\s*", re.IGNORECASE
)
ALL = re.compile(
    rf"\s*(?:all(?:\s+of\s+(?:the|them))?(?:\s+{WORD}\.?)?|every\s+{WORD}|all\s+of\s+the\s+above)\s*\.?\s*",
    re.IGNORECASE,
)
# In running text a number counts only where it is said to be of a recommendation.
NAMED = re.compile(
    rf"\b(?:recommendations?|recs?)\b\.?\s*(?:nos?\b\.?|numbers?\b)?\s*[:#]?\s*"
    rf"({_ONE}(?:\s*(?:,|&|and|[-–]|to)\s*{_ONE})*)",
    re.IGNORECASE,
)
AT_END = re.compile(
    rf"[(\[]\s*(?:recommendation|rec)\b\.?\s*(?:no\b\.?)?\s*:?\s*({_ONE})\s*[)\]]", re.IGNORECASE
)


@dataclass(frozen=True)
class Numbers:
    """What a cell says: these numbers, or every one; `unread` where it says something else besides."""

    numbers: tuple[str, ...] = ()
    every: bool = False
    unread: str = ""

    def __bool__(self) -> bool:
        return bool(self.numbers or self.every)


def numbers_of(cell: str) -> Numbers:
    """The numbers in a cell that should hold numbers only; in other words those said to be of one."""
    said = " ".join(cell.split())
    if not said:
        return Numbers()
    if ALL.fullmatch(said):
        return Numbers(every=True)
    if NUMBERS_ONLY.fullmatch(said):
        return Numbers(_listed(said), unread="" if _listed(said) else said)
    named = NAMED.search(said)
    return Numbers(_listed(named[1]), unread=said) if named else Numbers(unread=said)


def number_named_in(words: str) -> str:
    """The number that the words of a recommendation give themselves: "… (Recommendation 5)"."""
    found = AT_END.findall(words)
    return _as_kept(found[-1]) if found else ""


def without_number(words: str) -> str:
    """The words of a recommendation without the number in brackets; other words stay as they are."""
    left = AT_END.sub("", words)
    return "\n".join(line.rstrip() for line in left.split("\n") if line.strip()).strip()


def _listed(said: str) -> tuple[str, ...]:
    """The numbers in order, each once; "1-3" is 1, 2 and 3."""
    found: list[str] = []
    at = 0
    while one := ONE.search(said, at):
        whole = RANGE.match(said, one.start())
        if whole and 0 <= int(whole[2]) - int(whole[1]) <= RANGE_AT_MOST:
            found += [str(number) for number in range(int(whole[1]), int(whole[2]) + 1)]
            at = whole.end()
        else:
            found.append(_as_kept(one[0]))
            at = one.end()
    return tuple(dict.fromkeys(found))


def _as_kept(number: str) -> str:
    plain = re.sub(r"[()\s]", "", number).lower()
    parts = plain.split(".")
    return ".".join(part.lstrip("0") or "0" for part in parts)[:LONGEST]
