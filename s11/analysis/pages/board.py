"""The overview of a cycle: what a chair reads in two minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan

import pandas as pd

from s11.analysis import measures
from s11.analysis.charts import Group
from s11.analysis.pages.drawing import Chart, bars, picture
from s11.analysis.pages.tables import Row, Segment, best_word, first, names, percent, records, segments, title
from s11.analysis.queries import Standing
from s11.analysis.rules import Basis, By, lowest_of, share
from s11.questionnaires.rules import EditionContent, LevelContent

WEAK_ROWS = 5
ALL_PLACES = 20  # organisations that are all listed; of more, only the first few
FIRST_PLACES = 12


@dataclass(frozen=True)
class Stat:
    """A key figure."""

    number: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """Something to look at: what, its figure, a word about it, and where to go."""

    title: str
    figure: str
    note: str
    href: str


@dataclass(frozen=True)
class Place:
    """Where one organisation stands."""

    name: str
    href: str
    segments: tuple[Segment, ...]
    best: str
    lowest: str
    differing: str
    unproved: str


@dataclass(frozen=True)
class Overview:
    """What stands on the page; `places` holds the first of `all_places` organisations."""

    stats: tuple[Stat, ...]
    weakest: tuple[Line, ...]
    agreement: str
    differences: tuple[Line, ...]
    optimists: tuple[Line, ...]
    evidence: tuple[Line, ...]
    best_word: str
    lowest_word: str
    places: tuple[Place, ...]
    all_places: int
    chart: Chart


@dataclass(frozen=True)
class Hrefs:
    """Where the overview leads to."""

    matrix: str
    both: str
    return_: Callable[[str], str]
    chart: Callable[[str], str]
    standard: Callable[[str], str]


def overview(
    frames: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    standing: Standing,
    hrefs: Hrefs,
) -> Overview:
    """The overview of a cycle from its two tables of ratings."""
    own, other = frames[Basis.SELF], frames[Basis.MODERATED]
    total = first(measures.summary(own, By.TOTAL, levels))
    tables = {basis: measures.summary(frame, By.STANDARD, levels) for basis, frame in frames.items()}
    agreed = first(measures.agreement(own, other, By.TOTAL))
    word, lowest = best_word(edition), lowest_of(edition)
    placed = places(own, other, levels, lowest, hrefs)
    return Overview(
        stats=stats(total, agreed, standing, own, word, lowest),
        weakest=weakest(tables[Basis.SELF], edition, word, hrefs.standard),
        agreement=agreement_words(agreed),
        differences=differences(own, other, edition, hrefs.standard),
        optimists=optimists(own, other, hrefs),
        evidence=weak_evidence(own, hrefs),
        best_word=word,
        lowest_word=lowest.label.lower() if lowest else "",
        places=placed if len(placed) <= ALL_PLACES else placed[:FIRST_PLACES],
        all_places=len(placed),
        chart=chart(tables, edition, levels, total, word, hrefs),
    )


def stats(
    total: Row, agreed: Row, standing: Standing, own: pd.DataFrame, word: str, lowest: LevelContent | None
) -> tuple[Stat, ...]:
    """The strip of key figures."""
    weak = first(measures.weak_evidence(own, By.TOTAL))
    best, rated = total.get("best", 0), total.get("denominator", 0)
    unproved, proved_of = weak.get("unproved", 0), weak.get("best", 0)
    compared, asked = agreed.get("compared", 0), total.get("asked", 0)
    low = total.get(lowest.code, 0) if lowest else 0
    return (
        Stat(
            f"{standing.returned} of {standing.expected}",
            "returns in",
            share(standing.returned, standing.expected),
        ),
        Stat(share(best, rated), f"rated {word}", f"{best:,} of {rated:,} ratings given"),
        *((Stat(f"{low:,}", f"rated {lowest.label.lower()}", share(low, rated)),) if lowest else ()),
        Stat(
            str(total.get("not_applicable", 0)),
            "not applicable",
            f"and {total.get('blank', 0)} blank, left out",
        ),
        Stat(
            share(agreed.get("agreed", 0), compared),
            "moderators agreed",
            f"{compared:,} of {asked:,} ratings moderated",
        ),
        Stat(f"{unproved:,}", "best ratings without evidence", f"of {proved_of:,}"),
    )


def weakest(
    table: pd.DataFrame, edition: EditionContent, word: str, href: Callable[[str], str]
) -> tuple[Line, ...]:
    """The standards with the smallest share at the best level."""
    return tuple(
        Line(
            title(edition, number),
            percent(row["best_pct"]),
            f"{row['best']} of {row['denominator']} {word}",
            href(number),
        )
        for number, row in records(measures.weakest(table))
    )


def differences(
    own: pd.DataFrame, other: pd.DataFrame, edition: EditionContent, href: Callable[[str], str]
) -> tuple[Line, ...]:
    """The standards where moderators agreed least, those with any difference only."""
    table = measures.agreement(own, other, By.STANDARD)
    apart = table[table["agreed"] < table["compared"]].sort_values("agreed_pct", kind="stable").head(3)
    return tuple(
        Line(
            title(edition, number),
            f"{row['compared'] - row['agreed']} of {row['compared']}",
            _how(row),
            href(str(number)),
        )
        for number, row in records(apart)
    )


def optimists(own: pd.DataFrame, other: pd.DataFrame, hrefs: Hrefs) -> tuple[Line, ...]:
    """Who rated themselves above the moderator in the largest share of what was compared."""
    table = measures.agreement(own, other, By.ORGANISATION)
    above = table[table["optimistic"] > 0]
    above = above.assign(share=measures.percent(above["optimistic"], above["compared"]))
    named = names(own)
    return tuple(
        Line(
            named[str(ref)],
            f"{row['optimistic']} of {row['compared']}",
            f"{row['severe']} rated lower" if row["severe"] else "",
            hrefs.return_(str(ref)),
        )
        for ref, row in records(above.sort_values("share", ascending=False, kind="stable").head(WEAK_ROWS))
    )


def agreement_words(row: Row) -> str:
    """How far the two agree, in a sentence."""
    if not row or not row["compared"]:
        return "Nothing has been moderated yet."
    agreed = f"{row['agreed']:,} of {row['compared']:,} ratings ({percent(row['agreed_pct'])})"
    words = f"Moderators agreed with {agreed}."
    how = _how(row)
    return f"{words} The rest: {how}." if how else words


def _how(row: Row) -> str:
    """In which way the two differ: 2 rated higher by the agency, 1 rated lower by it."""
    parts = [
        text
        for count, text in (
            (row["optimistic"], f"{row['optimistic']} rated higher by the agency"),
            (row["severe"], f"{row['severe']} rated lower by the agency"),
            (row["apart"], f"{row['apart']} where only one said not applicable"),
        )
        if count
    ]
    return ", ".join(parts)


def weak_evidence(own: pd.DataFrame, hrefs: Hrefs) -> tuple[Line, ...]:
    """The organisations with most best ratings that nothing is attached to."""
    table = measures.weak_evidence(own, By.ORGANISATION)
    worst = (
        table[table["unproved"] > 0].sort_values("unproved", ascending=False, kind="stable").head(WEAK_ROWS)
    )
    named = names(own)
    return tuple(
        Line(named[ref], f"{row['unproved']} of {row['best']}", "", hrefs.return_(ref))
        for ref, row in records(worst)
    )


def places(
    own: pd.DataFrame,
    other: pd.DataFrame,
    levels: Sequence[LevelContent],
    lowest: LevelContent | None,
    hrefs: Hrefs,
) -> tuple[Place, ...]:
    """Every organisation that has returned, the smallest share at the best level first."""
    table = measures.summary(own, By.ORGANISATION, levels)
    table = table.assign(best_pct=measures.percent(table["best"], table["denominator"]))
    apart = dict(records(measures.agreement(own, other, By.ORGANISATION)))
    weak = dict(records(measures.weak_evidence(own, By.ORGANISATION)))
    named = names(own)
    nothing = {"compared": 0, "agreed": 0, "unproved": 0}
    return tuple(
        Place(
            name=named[ref],
            href=hrefs.return_(ref),
            segments=segments(row, levels),
            best="none rated" if isnan(row["best_pct"]) else percent(row["best_pct"]),
            lowest=str(row[lowest.code]) if lowest else "",
            differing=_differing(apart.get(ref, nothing)),
            unproved=str(weak.get(ref, nothing)["unproved"]),
        )
        for ref, row in records(table.sort_values("best_pct", kind="stable"))
    )


def _differing(row: Row) -> str:
    return f"{row['compared'] - row['agreed']} of {row['compared']}" if row["compared"] else "not yet"


def chart(
    tables: dict[Basis, pd.DataFrame],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    total: Row,
    word: str,
    hrefs: Hrefs,
) -> Chart:
    """The chart by standard with the figures behind it."""
    what = edition.labels.get("standard", "Standard")
    return picture(
        tables,
        standards_called(tables, edition),
        levels,
        title=f"Ratings by {what.lower()}",
        what=what,
        word=word,
        summary=chart_words(total, tables[Basis.SELF], edition, word),
        href=lambda narrow: hrefs.chart("standards-narrow" if narrow else "standards"),
    )


def chart_words(total: Row, table: pd.DataFrame, edition: EditionContent, word: str) -> str:
    """What the chart by standard says."""
    if not total:
        return "No return is in yet."
    said = (
        f"{total['best']:,} of {total['denominator']:,} ratings given are {word} "
        f"({share(total['best'], total['denominator'])})."
    )
    low = measures.weakest(table, 1)
    if low.empty:
        return said
    number = str(low.index[0])
    return (
        f"{said} {title(edition, number)} has the smallest share, {percent(float(low['best_pct'].iloc[0]))}."
    )


def standards_called(tables: dict[Basis, pd.DataFrame], edition: EditionContent) -> dict[str, str]:
    return {str(number): title(edition, str(number)) for number in tables[Basis.SELF].index}


def standard_groups(
    tables: dict[Basis, pd.DataFrame], edition: EditionContent, levels: Sequence[LevelContent]
) -> list[Group]:
    """The bars of the chart by standard."""
    return bars(tables, standards_called(tables, edition), levels)
