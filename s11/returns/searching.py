"""Finding a word in one's own return: in what is asked, said, and shown for it. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

AROUND = 60
LONGEST = 100


@dataclass(frozen=True)
class Place:
    """A text of a return: the criterion it belongs to, and what it is ("commentary", "evidence")."""

    criterion_id: int
    what: str
    text: str


@dataclass(frozen=True)
class Snippet:
    """Where a word stands: the text before it, the words as written, and the text after."""

    what: str
    before: str
    found: str
    after: str


def words_of(typed: str) -> tuple[str, ...]:
    """The words looked for, as compared; an empty search has none."""
    return tuple(typed[:LONGEST].casefold().split())


def search(places: Iterable[Place], words: tuple[str, ...]) -> Mapping[int, list[Snippet]]:
    """The criteria in whose texts, taken together, every word stands, each with where the words stand."""
    by_criterion: dict[int, list[Place]] = {}
    for place in places:
        by_criterion.setdefault(place.criterion_id, []).append(place)
    if not words:
        return {}
    return {
        criterion_id: snippets_in(texts, words)
        for criterion_id, texts in by_criterion.items()
        if all(any(word in place.text.casefold() for place in texts) for word in words)
    }


def snippets_in(places: Iterable[Place], words: tuple[str, ...]) -> list[Snippet]:
    """One snippet for each text that holds a word: around the first of them in it."""
    found = []
    for place in places:
        # Compared letter by letter with text of the same length: "ß" folded would be two letters.
        text, plain = place.text, place.text.lower()
        if len(plain) != len(text):
            plain = text
        starts = [(plain.find(word), word) for word in words if word in plain]
        if starts:
            start, word = min(starts)
            found.append(snippet(place.what, text, start, start + len(word)))
    return found


def snippet(what: str, text: str, start: int, end: int) -> Snippet:
    """The words around a place, cut at blanks."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Snippet(what, before, text[start:end], after)
