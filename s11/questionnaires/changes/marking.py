"""The words of two texts side by side: what was kept, what was taken out, what was put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word, the space between words, or a mark of punctuation: together they are the whole text.
PIECES = re.compile(r"[\w'’-]+|\s+|[^\w\s'’-]")
WORD = re.compile(r"\w")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Beyond so many pieces a comparison word by word takes seconds; a text so long is compared by its lines.
PIECES_AT_MOST = 3_000
# Texts that share fewer of their words than this read better one after the other than woven together.
ALIKE = 0.5


class Mark(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Run:
    """Words that stand together and had the same fate."""

    mark: Mark
    text: str


def marked(old: str, new: str) -> tuple[Run, ...]:
    """The runs that lead from the old words to the new.

    Kept and deleted runs, joined, are the old text; kept and inserted runs are the new one. Of words
    that were replaced, the deleted stand before the inserted.
    """
    if old == new:
        return (Run(Mark.KEPT, old),) if old else ()
    before, after = _pieces(old, new)
    # In a long text its commonest words are no landmarks: a text that repeats itself would take minutes.
    matcher = SequenceMatcher(None, before, after, autojunk=True)
    if old and new and _shared(matcher, before, after) < ALIKE:
        return Run(Mark.DELETED, old), Run(Mark.INSERTED, new)
    return tuple(_joined(_steps(matcher, before, after)))


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = PIECES.findall(old), PIECES.findall(new)
    if max(len(before), len(after)) > PIECES_AT_MOST:
        return LINES.findall(old), LINES.findall(new)
    return before, after


def _shared(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> float:
    """How much of the words, from 0 to 1, stands in both; spaces and commas say nothing."""
    kept = sum(
        _is_word(piece) for at, _, count in matcher.get_matching_blocks() for piece in before[at : at + count]
    )
    words = sum(map(_is_word, (*before, *after)))
    return 2 * kept / words if words else 1.0


def _is_word(piece: str) -> bool:
    return WORD.search(piece) is not None


def _steps(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words taken out and words put in; a pair of the same words was kept."""
    for kind, begin, end, start, stop in matcher.get_opcodes():
        old, new = "".join(before[begin:end]), "".join(after[start:stop])
        yield (old, old) if kind == "equal" else (old, new)


def _joined(steps: Iterator[tuple[str, str]]) -> Iterator[Run]:
    """Runs, in which a space or a comma between two changes is part of the change around it."""
    deleted = inserted = waiting = ""
    for old, new in steps:
        if old == new and (deleted or inserted) and not _is_word(old):
            waiting += old
            continue
        if old != new:
            deleted, inserted, waiting = deleted + waiting + old, inserted + waiting + new, ""
            continue
        yield from _runs(deleted, inserted)
        yield Run(Mark.KEPT, waiting + old)
        deleted = inserted = waiting = ""
    yield from _runs(deleted, inserted)
    if waiting:
        yield Run(Mark.KEPT, waiting)


def _runs(deleted: str, inserted: str) -> Iterator[Run]:
    if deleted:
        yield Run(Mark.DELETED, deleted)
    if inserted:
        yield Run(Mark.INSERTED, inserted)
