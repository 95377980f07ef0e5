"""From packed ratings to a long table: one row a return and criterion that was asked.

Every column is looked up, for a return, for a criterion, or for a criterion and its byte; nothing goes row by
row. Texts are held once, and a row has the number of its text.
"""

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis.kept import kept_by_edition
from s11.analysis.rules import BETWEEN, levels_of
from s11.analysis.rules import BLANK as BLANK_CODE
from s11.analysis.rules import NOT_APPLICABLE as NOT_APPLICABLE_CODE
from s11.questionnaires.rules import CriterionContent, EditionContent, LevelContent
from s11.returns.packing import NOT_APPLICABLE, NOT_ASKED
from s11.returns.queries import Submitted

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
BYTES = 256

COLUMNS = (
    "return_id", "organisation_id", "organisation", "short_name", "return_ref", "kind", "phase", "district",
    "trust", "standard", "standard_key", "criterion", "criterion_key", "themes", "practice_standards",
    "scale", "rating", "label", "value", "order", "step", "steps", "counts", "best", "not_applicable_reason",
    "evidence",
)  # fmt: skip


def unpacked(edition: EditionContent, submitted: Sequence[Submitted], block: Bytes) -> pd.DataFrame:
    """The long table of a block of packed ratings."""
    asked = block != NOT_ASKED
    columns = {
        **_of_returns(submitted, asked.sum(axis=1)),
        **_of_criteria(edition, asked),
        **_rated(edition, asked, block[asked]),
        **_details(edition.criteria, submitted, asked),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)


def _of_returns(submitted: Sequence[Submitted], many: Places) -> dict[str, Any]:
    """What is the same in all rows of a return; `many`: how many rows each has."""
    ids = {
        "return_id": [item.return_id for item in submitted],
        "organisation_id": [item.organisation_id for item in submitted],
    }
    texts = {
        "organisation": [item.organisation for item in submitted],
        "short_name": [item.short_name for item in submitted],
        "return_ref": [item.ref for item in submitted],
        "kind": [item.kind for item in submitted],
        "phase": [item.phase for item in submitted],
        "district": [item.district for item in submitted],
        "trust": [item.trust for item in submitted],
    }
    found: dict[str, Any] = {
        name: np.repeat(np.array(values, dtype=np.int64), many) for name, values in ids.items()
    }
    for name, values in texts.items():
        codes, known = _told_apart(values)
        found[name] = pd.Categorical.from_codes(np.repeat(codes, many), categories=known)
    return found


def _of_criteria(edition: EditionContent, asked: NDArray[np.bool_]) -> dict[str, Any]:
    """What is the same in all rows of a criterion."""
    found: dict[str, Any] = {"steps": _spread(_steps(edition), asked)}
    for name, (codes, known) in _texts(edition).items():
        found[name] = pd.Categorical.from_codes(_spread(codes, asked), categories=known)
    return found


@kept_by_edition
def _steps(edition: EditionContent) -> NDArray[np.int16]:
    return np.array([steps_of(c) for c in edition.criteria], dtype=np.int16)


@kept_by_edition
def _texts(edition: EditionContent) -> dict[str, tuple[NDArray[Any], pd.Index]]:
    """The texts of each criterion, told apart."""
    criteria = edition.criteria
    numbers = {c.id: standard.number for standard in edition.standards for c in standard.criteria}
    texts = {
        "standard": [numbers[c.id] for c in criteria],
        "standard_key": [c.standard_key for c in criteria],
        "criterion": [c.number for c in criteria],
        "criterion_key": [c.key for c in criteria],
        "themes": [BETWEEN.join(c.themes) for c in criteria],
        "practice_standards": [BETWEEN.join(c.practice_standards) for c in criteria],
        "scale": [c.scale.code for c in criteria],
    }
    return {name: _told_apart(values) for name, values in texts.items()}


def _spread(values: NDArray[Any], asked: NDArray[np.bool_]) -> NDArray[Any]:
    """A value for each criterion, in every row of the long table."""
    return np.broadcast_to(values, asked.shape)[asked]


def _told_apart(values: Sequence[str]) -> tuple[NDArray[Any], pd.Index]:
    """The number of each text, in order of first appearance, and the texts."""
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    kind = np.int8 if len(places) <= np.iinfo(np.int8).max else np.int32
    codes = np.fromiter(map(places.__getitem__, values), dtype=kind, count=len(values))
    return codes, pd.Index(list(places), dtype=object)


def _rated(edition: EditionContent, asked: NDArray[np.bool_], ratings: Bytes) -> dict[str, Any]:
    """Rating, label, value, order, step, counts and best of each row, by its criterion and byte."""
    tables, codes, labels = _tables(edition)
    starts = np.arange(len(edition.criteria), dtype=np.intp) * BYTES
    place = _spread(starts, asked)
    place += ratings
    found = {name: table.take(place) for name, table in tables.items()}
    return {
        **found,
        "rating": pd.Categorical.from_codes(found["rating"], categories=codes),
        "label": pd.Categorical.from_codes(found["label"], categories=labels),
    }


@kept_by_edition
def _tables(edition: EditionContent) -> tuple[dict[str, NDArray[Any]], pd.Index, pd.Index]:
    """For each criterion and byte what it stands for, and the codes and labels that are meant by number."""
    codes = [*(level.code for level in levels_of(edition)), NOT_APPLICABLE_CODE, BLANK_CODE]
    labels = list(dict.fromkeys([*(v.label for v in _all_levels(edition)), "Not applicable", ""]))
    place_of = {code: place for place, code in enumerate(codes)}
    label_of = {label: place for place, label in enumerate(labels)}
    shape = (len(edition.criteria), BYTES)
    rating = np.full(shape, place_of[BLANK_CODE], dtype=np.int16)
    label = np.full(shape, label_of[""], dtype=np.int16)
    value = np.full(shape, np.nan)
    order, step = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.int16)
    counts, best = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    rating[:, NOT_APPLICABLE] = place_of[NOT_APPLICABLE_CODE]
    label[:, NOT_APPLICABLE] = label_of["Not applicable"]
    for criterion in edition.criteria:
        for byte, level in enumerate(criterion.scale.levels if criterion.rated else ()):
            at, counted = (criterion.position, byte), criterion.scale.counted_as(level)
            rating[at], label[at] = place_of[counted.code], label_of[counted.label]
            value[at] = np.nan if level.value is None else level.value
            order[at], counts[at] = counted.order, counted.counts
            step[at] = step_of(criterion, counted)
            best[at] = counted is best_of(criterion)
    tables = {
        "rating": rating, "label": label, "value": value, "order": order, "step": step, "counts": counts,
        "best": best,
    }  # fmt: skip
    return tables, pd.Index(codes, dtype=object), pd.Index(labels, dtype=object)


def _all_levels(edition: EditionContent) -> list[LevelContent]:
    """The levels that figures know, of every scale."""
    return [level for scale in edition.scales for level in scale.counted]


def steps_of(criterion: CriterionContent) -> int:
    """How many steps lead from the lowest level that counts to the best."""
    return max(sum(level.counts for level in criterion.scale.counted) - 1, 0)


def step_of(criterion: CriterionContent, level: LevelContent) -> int:
    """How many levels that count lie beneath this one; 0 where it does not count itself."""
    counted = [one for one in criterion.scale.counted if one.counts]
    return sum(one.order < level.order for one in counted) if level.counts else 0


def best_of(criterion: CriterionContent) -> LevelContent | None:
    """The best level that counts: "not assessed" is never the best, whatever its place."""
    return next((level for level in criterion.scale.counted if level.counts), None)


def _details(
    criteria: Sequence[CriterionContent], submitted: Sequence[Submitted], asked: NDArray[np.bool_]
) -> dict[str, Any]:
    """Reasons and numbers of evidence, which are kept by number of the criterion, where there are any."""
    at = np.cumsum(asked.ravel()).reshape(asked.shape) - 1  # where in the long table a pair stands
    positions = {criterion.number: criterion.position for criterion in criteria}
    total = int(asked.sum())
    reasons, texts = np.zeros(total, dtype=np.int32), pd.Index([""], dtype=object)
    evidence = np.zeros(total, dtype=np.int32)
    row, column, said = _sparse([item.not_applicable_reasons for item in submitted], positions, asked)
    if said:
        codes, texts = _told_apart(["", *said])
        reasons[at[row, column]] = codes[1:]
    row, column, counted = _sparse([item.evidence_counts for item in submitted], positions, asked)
    evidence[at[row, column]] = counted
    return {
        "not_applicable_reason": pd.Categorical.from_codes(reasons, categories=texts),
        "evidence": evidence,
    }


def _sparse(
    texts: Sequence[str], positions: dict[str, int], asked: NDArray[np.bool_]
) -> tuple[Places, Places, list[Any]]:
    """What is kept by number of the criterion, as rows, columns and values, without what was not asked."""
    # Read as one text: the numbers, which come again in every return, are then held once.
    kept: list[dict[str, Any]] = json.loads(f"[{','.join(texts)}]")
    row = np.repeat(np.arange(len(kept)), [len(item) for item in kept])
    column = np.array([positions[key] for key in chain.from_iterable(kept)], dtype=np.intp)
    values = list(chain.from_iterable(item.values() for item in kept))
    wanted = asked[row, column]
    if not wanted.all():
        values = [value for value, yes in zip(values, wanted, strict=True) if yes]
    return row[wanted], column[wanted], values
