"""The charts of a pack: drawn by `s11.analysis.charts` from the very figures its tables print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from s11.analysis.lazy import charts
from s11.analysis.rules import BASIS_LABELS, Basis
from s11.challenge.ratings import Tally
from s11.packs.rules import PackContents, excerpt
from s11.questionnaires.rules import LevelContent

if TYPE_CHECKING:
    from s11.analysis.charts import Bar, Group

# So many fit on one page at the width of its text, and so many letters beside a bar.
STANDARDS_A_CHART, AGENCIES_A_CHART = 11, 28
LABEL_LONGEST = 36


@dataclass(frozen=True)
class Picture:
    """A chart as it is printed: `alt` says it to somebody who hears the page, `svg` is the drawing."""

    name: str
    caption: str
    alt: str
    svg: str


def drawn(contents: PackContents) -> dict[str, list[Picture]]:
    """The charts by what they are about; a chart too long for a page is cut into several."""
    return {"standards": by_standard(contents), "agencies": by_agency(contents)}


def by_standard(contents: PackContents) -> list[Picture]:
    """Every standard over all agencies of the pack, self above moderated."""
    groups = [
        charts.Group(
            f"{one.number} {one.title}",
            (
                bar(BASIS_LABELS[Basis.SELF], one.own, contents.key),
                *(
                    (bar(BASIS_LABELS[Basis.MODERATED], one.moderated, contents.key, "not moderated yet"),)
                    if one.is_moderated
                    else ()
                ),
            ),
        )
        for one in contents.totals
    ]
    caption = f"Ratings by {contents.standard_word.lower()}: self-assessment, with moderated ratings beneath."
    words = [f"{one.number} {one.title}: {one.own.best_of} ({one.own.share})" for one in contents.totals]
    return [
        _picture(f"standards-{turn}", groups[part], contents.key, caption, words[part])
        for turn, part in enumerate(parts(len(groups), STANDARDS_A_CHART), start=1)
    ]


def by_agency(contents: PackContents) -> list[Picture]:
    """Everything each agency was asked, as it rated itself, in the order of the profiles."""
    bars = [bar(excerpt(one.short, LABEL_LONGEST), one.own, contents.key) for one in contents.profiles]
    words = [f"{one.organisation}: {one.own.best_of} ({one.own.share})" for one in contents.profiles]
    caption = f"Ratings by {contents.body}, as each rated itself."
    return [
        _picture(
            f"agencies-{turn}",
            [charts.Group(BASIS_LABELS[Basis.SELF], tuple(bars[part]))],
            contents.key,
            caption,
            words[part],
        )
        for turn, part in enumerate(parts(len(bars), AGENCIES_A_CHART), start=1)
    ]


def bar(label: str, tally: Tally, levels: Sequence[LevelContent], blank: str = "blank") -> "Bar":
    """A tally as one bar, its parts in the order of the levels; `blank` says what a blank is here."""
    given = {count.code: count.count for count in tally.counts}
    counts = tuple(given.get(level.code, 0) for level in levels)
    return charts.Bar(label, counts, tally.not_applicable, tally.blank, blank)


def parts(count: int, at_most: int) -> list[slice]:
    """How so many are cut into charts of about the same length."""
    number = -(-count // at_most)
    size = -(-count // number) if number else 0
    return [slice(turn * size, (turn + 1) * size) for turn in range(number)]


def _picture(
    name: str, groups: "Sequence[Group]", levels: Sequence[LevelContent], caption: str, words: Sequence[str]
) -> Picture:
    alt = f"Bar chart. {caption} Own ratings at the best level: {'; '.join(words)}."
    drawing = charts.stacked_bars(groups, levels, name=name, title=caption, description=alt)
    return Picture(f"{name}.svg", caption, alt, drawing)
