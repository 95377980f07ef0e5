"""Numbers of recommendations as a review prints them: which stand twice, and which are missing.

A published plan of 17 recommendations had number 16 twice and no 15. Numbers are compared by what they
mean, so "16", "16." and "Rec. 16" are one number, and "3a" and "3b" are both a 3.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# "7", "2.3", "3a", "3 (a)", "Rec 7.", "R7": digits in places, and at most one letter.
PRINTED = re.compile(r"\D{0,20}?(\d{1,3}(?:\.\d{1,3})*)\s*\(?([a-z]?)\)?[.:]?")
Places = tuple[int, ...]
# No review makes more recommendations.
MOST = 999


@dataclass(frozen=True)
class Numbering:
    """What is wrong with the numbers of one review."""

    twice: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    # How many recommendations bear no number at all.
    unnumbered: int = 0

    @property
    def is_sound(self) -> bool:
        return not (self.twice or self.missing or self.unnumbered)


def numbering(printed: Iterable[str], how_many: int | None = None) -> Numbering:
    """What is wrong with numbers, given once for each recommendation; `how_many` the review says it makes.

    Without `how_many` what follows the highest number cannot be missed. A review that numbers none of its
    recommendations lacks nothing.
    """
    numbers = [" ".join(number.split()) for number in printed]
    unnumbered = sum(not number for number in numbers)
    counted = Counter(meant(number) for number in numbers if number)
    if not counted:
        return Numbering()
    return Numbering(
        twice=tuple(sorted((number for number, times in counted.items() if times > 1), key=in_order)),
        missing=_missing([places for number in counted if (places := places_of(number))], how_many),
        unnumbered=unnumbered,
    )


def meant(number: str) -> str:
    """A number without what is printed around it: "Rec. 016." means "16", "3 (A)" means "3a"."""
    found = PRINTED.fullmatch(number.strip().casefold())
    if found is None:
        return " ".join(number.split()).casefold()
    return ".".join(str(int(place)) for place in found[1].split(".")) + found[2]


def places_of(number: str) -> Places:
    """The places of a number: (2, 3) for "2.3" and for "2.3a"; nothing for words."""
    found = PRINTED.fullmatch(number.strip().casefold())
    return tuple(int(place) for place in found[1].split(".")) if found else ()


def in_order(number: str) -> tuple[Places, str]:
    """A key that puts 2 before 10, and 3a before 3b."""
    return places_of(number), number


def _missing(found: list[Places], how_many: int | None) -> tuple[str, ...]:
    """What a count from 1 on does not meet, in each chapter by itself: after 2.1 and 2.3 that is 2.2."""
    chapters: dict[Places, set[int]] = defaultdict(set)
    for places in found:
        chapters[places[:-1]].add(places[-1])
    # Numbers in chapters do not tell which of them the last would be.
    if how_many and set(chapters) <= {()}:
        chapters[()].add(0)
    missing = []
    for chapter, there in sorted(chapters.items()):
        last = max(*there, min(how_many or 0, MOST)) if chapter == () and len(chapters) == 1 else max(there)
        missing += [(*chapter, place) for place in range(1, last + 1) if place not in there]
    return tuple(".".join(map(str, places)) for places in sorted(missing))
