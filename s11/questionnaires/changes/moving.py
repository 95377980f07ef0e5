"""What stands in another order than before."""

from bisect import bisect_left
from collections.abc import Sequence


def out_of_order(now: Sequence[str], before: Sequence[str]) -> set[str]:
    """The fewest keys whose moving explains the new order; those in only one of the two do not count.

    What only slid down because something was put in above it has not moved.
    """
    places = {key: place for place, key in enumerate(before)}
    shared = [key for key in now if key in places]
    return set(shared) - set(_longest_rising(shared, places))


def _longest_rising(keys: Sequence[str], places: dict[str, int]) -> list[str]:
    """The longest run of keys, not necessarily neighbours, that kept their order."""
    ends: list[int] = []  # the lowest place in which a rising run of each length can end
    lengths = []
    for key in keys:
        at = bisect_left(ends, places[key])
        ends[at : at + 1] = [places[key]]
        lengths.append(at)
    kept: list[str] = []
    wanted = len(ends) - 1
    for key, length in zip(reversed(keys), reversed(lengths), strict=True):
        if length == wanted:
            kept.append(key)
            wanted -= 1
    return kept
