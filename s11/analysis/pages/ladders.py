"""Tables of one line a thing: an organisation, a standard, a criterion, a theme; own and moderated beside
each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from s11.analysis.narrowing import BY_NAME, Asked
from s11.analysis.pages.tables import Segment, segments
from s11.analysis.pages.tallies import Tally
from s11.analysis.rules import share
from s11.questionnaires.rules import LevelContent

NOT_YET = "not yet"
NONE_RATED = "none rated"
# What a ladder can be sorted by beside its names: the title of the column, and the number it goes by.
SORTS: dict[str, Callable[[Tally], float | None]] = {
    "best": lambda tally: tally.best_share,
    "moderated": lambda tally: tally.other_share,
    "differing": lambda tally: tally.differing / tally.compared if tally.compared else None,
    "unproved": lambda tally: tally.unproved / tally.best if tally.best else None,
}
# These are worst where they are highest, so that their first order is from the top.
Extra = tuple[str, str]
HIGHEST_FIRST = frozenset({"differing", "unproved"})


@dataclass(frozen=True)
class Side:
    """A bar with its figures: 5 of 7, and what share that is; what is left out of them."""

    segments: tuple[Segment, ...]
    figures: str
    share: str
    note: str


@dataclass(frozen=True)
class Rung:
    """One line. `extra` are the cells of columns that only some tables have, each with a word beneath it."""

    key: str
    name: str
    href: str
    note: str
    own: Side
    moderated: Side | None
    differing: str
    direction: str
    unproved: str
    answers: str = ""
    extra: tuple[Extra, ...] = ()


@dataclass(frozen=True)
class Named:
    """What a line is called, where its name leads, and where its answers are."""

    name: str
    href: str = ""
    note: str = ""
    answers: str = ""


def ladder(
    tallies: Mapping[str, Tally],
    named: Callable[[str], Named],
    levels: Sequence[LevelContent],
    *,
    asked: Asked | None = None,
    extra: Callable[[str], tuple[Extra, ...]] = lambda key: (),
) -> tuple[Rung, ...]:
    """A line a tally, in their own order or as the address asks."""
    told = {key: named(key) for key in tallies}
    return tuple(
        rung(key, tallies[key], told[key], levels, extra(key)) for key in in_order(tallies, told, asked)
    )


def in_order(tallies: Mapping[str, Tally], told: Mapping[str, Named], asked: Asked | None) -> list[str]:
    """The keys as they stand, by name, or by a figure; what has none of it comes last either way."""
    keys = list(tallies)
    if asked is None or asked.sort == BY_NAME:
        return keys[::-1] if asked is not None and asked.down else keys
    if asked.sort not in SORTS:
        return keys
    figures = {key: SORTS[asked.sort](tallies[key]) for key in keys}
    down = asked.down != (asked.sort in HIGHEST_FIRST)
    known = [(figure, key) for key, figure in figures.items() if figure is not None]
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [*(key for _, key in known), *(key for key in keys if figures[key] is None)]


def rung(
    key: str, tally: Tally, told: Named, levels: Sequence[LevelContent], extra: tuple[Extra, ...] = ()
) -> Rung:
    return Rung(
        key=key,
        name=told.name,
        href=told.href,
        note=told.note,
        own=side(tally, levels),
        moderated=side(tally, levels, moderated=True) if tally.is_moderated else None,
        differing=f"{tally.differing} of {tally.compared}" if tally.compared else NOT_YET,
        direction=direction_of(tally),
        unproved=f"{tally.unproved} of {tally.best}",
        answers=told.answers,
        extra=extra,
    )


def side(tally: Tally, levels: Sequence[LevelContent], *, moderated: bool = False) -> Side:
    """One basis of a tally."""
    row = tally.row(levels, moderated=moderated)
    blank = "not moderated yet" if moderated else "blank"
    left_out = [
        f"{row[name]} {word}" for name, word in (("not_applicable", "N/A"), ("blank", blank)) if row[name]
    ]
    if not row["denominator"]:
        return Side(segments(row, levels), NONE_RATED, "–", ", ".join(left_out))
    best, of = row["best"], row["denominator"]
    return Side(segments(row, levels), f"{best} of {of}", share(best, of), ", ".join(left_out))


def direction_of(tally: Tally) -> str:
    """In which way the two differ: 2 higher, 1 lower than the moderator."""
    parts: Iterable[tuple[int, str]] = (
        (tally.optimistic, f"{tally.optimistic} rated higher than the moderator"),
        (tally.severe, f"{tally.severe} rated lower"),
        (tally.apart, f"{tally.apart} where only one said N/A"),
    )
    return ", ".join(words for count, words in parts if count)
