"""Year on year: what each standard and criterion came to, and where the line of its figures breaks."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from s11.analysis.lineage import Break, between, rated, said
from s11.analysis.measures.adding import percent, summary
from s11.analysis.measures.groups import grouped
from s11.analysis.rules import OVERLAPPING, By, levels_of
from s11.questionnaires.rules import EditionContent, LevelContent

KEYS: dict[By, str] = {By.STANDARD: "standard_key", By.CRITERION: "criterion_key"}


def years(
    frames: Mapping[str, pd.DataFrame], editions: Mapping[str, EditionContent], by: By = By.STANDARD
) -> pd.DataFrame:
    """Each standard or criterion in each year, indexed by (key, year).

    `frames` has the ratings of each year by what it is called, the earliest first; `editions` what was asked
    in it. Keys come in the order of the latest year, then those that only earlier years knew; years in
    their order, without those in which a key was not asked. Columns: `number` and `title` of that year;
    the columns of `summary` with a code for every level any year had; `best_pct` of the denominator;
    `criteria`, how many are rated in it, and `comparable`, how many of them mean what they meant the year
    before; `break`, whether the figures of the year before mean something else; `reason`, why, in words.
    The first year breaks with nothing, nor does a year whose key nobody asked before and that says "new".
    """
    levels = _levels(editions)
    told = [_year(name, frames[name], editions[name], by, levels) for name in frames]
    names = list(frames)
    breaks: dict[tuple[str, str], tuple[int, list[Break]]] = {}
    for then, now in pairwise(names):
        breaks |= {(key, now): found for key, found in _breaks(editions[now], editions[then], by).items()}
    table = pd.concat(told) if told else pd.DataFrame()
    if table.empty:
        return table
    first = names[0]
    found = [breaks.get((str(key), str(year)), (0, [])) for key, year in table.index]
    table["comparable"] = [
        0 if year == first else many for (many, _), (_, year) in zip(found, table.index, strict=True)
    ]
    table["break"] = [bool(why) for _, why in found]
    table["reason"] = [said(why) for _, why in found]
    order = {key: place for place, key in enumerate(_keys_in_order(editions, by))}
    place_of = {name: place for place, name in enumerate(names)}
    places = [(order[str(key)], place_of[str(year)]) for key, year in table.index]
    return table.iloc[sorted(range(len(places)), key=places.__getitem__)]


def _levels(editions: Mapping[str, EditionContent]) -> list[LevelContent]:
    """The levels of every year, each code once, those of the latest year first."""
    found: dict[str, LevelContent] = {}
    for edition in reversed(list(editions.values())):
        for level in levels_of(edition):
            found.setdefault(level.code, level)
    return list(found.values())


def _year(
    name: str, frame: pd.DataFrame, edition: EditionContent, by: By, levels: Sequence[LevelContent]
) -> pd.DataFrame:
    """The figures of one year by key; what nobody who is in was asked has a row of noughts."""
    table = summary(frame, by, levels).reindex([row[1] for row in _parts(edition, by)])
    counted = [column for column in table.columns if not column.endswith(("_pct", "_pct_of_all"))]
    table[counted] = table[counted].fillna(0).astype(np.int64)
    table["best_pct"] = percent(table["best"], table["denominator"])
    parts = _parts(edition, by)
    table.insert(0, "number", [number for _, number, _, _ in parts])
    table.insert(1, "title", [title for _, _, title, _ in parts])
    table["criteria"] = [many for *_, many in parts]
    keys = [key for key, *_ in parts]
    table.index = pd.MultiIndex.from_arrays([keys, [name] * len(keys)], names=["key", "year"])
    return table


def _parts(edition: EditionContent, by: By) -> list[tuple[str, str, str, int]]:
    """Key, number, title and how many rated criteria, of each standard or criterion that is rated."""
    if by is By.CRITERION:
        return [(one.key, one.number, one.headline, 1) for one in rated(edition)]
    if by is not By.STANDARD:
        raise ValueError(f"Years are set side by side by standard or criterion, not by {by}.")
    many = {s.key: sum(c.rated for c in s.criteria) for s in edition.asked_standards}
    return [(s.key, s.number, s.title, many[s.key]) for s in edition.asked_standards if many[s.key]]


def _keys_in_order(editions: Mapping[str, EditionContent], by: By) -> list[str]:
    known: dict[str, None] = {}
    for edition in reversed(list(editions.values())):
        known |= dict.fromkeys(key for key, *_ in _parts(edition, by))
    return list(known)


def _breaks(edition: EditionContent, earlier: EditionContent, by: By) -> dict[str, tuple[int, list[Break]]]:
    """How many criteria of each key are comparable with the year before, and what breaks its line."""
    lineage = between(edition, earlier)
    if by is By.CRITERION:
        broken = {one.key: lineage.breaks.get(one.key) for one in rated(edition)}
        return {key: (0, [why]) if why else (1, []) for key, why in broken.items()}
    asked_then = {key for key, *_ in _parts(earlier, by)}
    found = {}
    for key, number, _, _ in _parts(edition, by):
        same = sum(c.key in lineage.same for c in rated(edition) if c.standard_key == key)
        why = lineage.of_standard(edition, earlier, key) if key in asked_then else [Break(number, "is new")]
        found[key] = (same, why)
    return found


def change(
    now: pd.DataFrame,
    before: pd.DataFrame,
    edition: EditionContent,
    earlier: EditionContent,
    by: Sequence[By] = (By.ORGANISATION, By.STANDARD),
) -> pd.DataFrame:
    """What changed since the year before, one row for each group that has anything to compare.

    Only pairs of the same organisation and the same criterion in the same words on the same scale, with a
    level that counts in both years, are compared. Groups are those of this year. Columns: `compared`;
    `better`, `same` and `worse`; `mean_steps`, the mean of this year's level less the earlier in steps of
    the scale; `best_now` and `best_before`, how many of the compared are at the best level, and `…_pct`.
    """
    if OVERLAPPING.intersection(by):
        raise ValueError("Themes and practice standards overlap: no change is counted by them.")
    both = _pairs(now, before, between(edition, earlier).same)
    groups = [grouped(both, one)[1] for one in by]
    steps = both["step"].astype(np.int64) - both["step_before"].astype(np.int64)
    marks = pd.DataFrame(
        {
            "compared": 1, "better": steps > 0, "same": steps == 0, "worse": steps < 0,
            "best_now": both["best"].astype(bool), "best_before": both["best_before"].astype(bool),
        }, index=both.index,
    ).astype(np.int64)  # fmt: skip
    table = marks.groupby(groups, observed=True).sum()
    table.insert(4, "mean_steps", steps.groupby(groups, observed=True).mean())
    table["best_now_pct"] = percent(table["best_now"], table["compared"])
    table["best_before_pct"] = percent(table["best_before"], table["compared"])
    return table


def _pairs(now: pd.DataFrame, before: pd.DataFrame, same: frozenset[str]) -> pd.DataFrame:
    """The ratings of this year that have one to stand beside, with `…_before` of it."""
    keys = ["organisation_id", "criterion_key"]
    then = before.loc[before["counts"].astype(bool), [*keys, "step", "best"]]
    then = then.assign(criterion_key=then["criterion_key"].astype(object))
    this = now[now["counts"].astype(bool) & now["criterion_key"].isin(same)]
    this = this.assign(criterion_key=this["criterion_key"].astype(object))
    return this.merge(then, on=keys, suffixes=("", "_before"))
