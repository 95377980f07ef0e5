"""When two texts say the same, and which sentences were pasted."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

# A year moved on is no new thought: "in 2025/26" for "in 2024/25".
YEAR = re.compile(r"\b(19|20)\d\d(\s*[/–-]\s*(19|20)?\d\d)?\b")
NOT_WORDS = re.compile(r"[^\w]+")
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
ALIKE = 0.95
SENTENCE_SHORTEST = 40


def plain(text: str) -> str:
    """A text without what makes no difference: case, punctuation, spaces, and which year it names."""
    return NOT_WORDS.sub(" ", YEAR.sub(" year ", text.casefold())).strip()


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in trifles only. Two empty ones say nothing, and so not the same."""
    left, right = plain(one).split(), plain(other).split()
    if not left or not right:
        return False
    if left == right:
        return True
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def pasted(texts: Mapping[int, str], *, often: int) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Sentences that stand in several texts, each at the first of them, with all the places in order.

    Short sentences ("See above.") do not count. Where several begin at one place, the one found most often
    stands for them.
    """
    places: dict[str, list[int]] = defaultdict(list)
    wording: dict[str, str] = {}
    for place, text in texts.items():
        for sentence in _sentences(text):
            key = plain(sentence)
            if len(key) >= SENTENCE_SHORTEST and place not in places[key]:
                places[key].append(place)
                wording.setdefault(key, sentence.strip())
    found: dict[int, tuple[str, tuple[int, ...]]] = {}
    for key, at in places.items():
        if len(at) >= often and (at[0] not in found or len(found[at[0]][1]) < len(at)):
            found[at[0]] = wording[key], tuple(at)
    return found


def _sentences(text: str) -> Iterable[str]:
    return SENTENCE_ENDS.split(text)
