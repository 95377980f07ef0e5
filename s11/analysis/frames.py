"""Ratings as a table of pandas: one row for every criterion that was asked of a return that is in.

The ratings of a submitted return are kept packed, one byte a criterion (`s11.returns.rules`), so
that a cycle is read as one small block of numbers. Nothing here goes through the answers one by
one. `ratings_from_answers` is the slow, obvious way from the answers themselves; a test holds the
two equal.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from s11.analysis import queries
from s11.analysis.rules import BETWEEN, Basis, levels_of
from s11.analysis.rules import BLANK as BLANK_CODE
from s11.analysis.rules import NOT_APPLICABLE as NOT_APPLICABLE_CODE
from s11.core import clock
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.moderation import queries as moderation
from s11.questionnaires.rules import CriterionContent, EditionContent, LevelContent
from s11.returns import queries as returns
from s11.returns.packing import BLANK, NOT_APPLICABLE, NOT_ASKED
from s11.returns.queries import Submitted

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

COLUMNS = (
    "return_id", "organisation_id", "organisation", "short_name", "return_ref", "kind", "phase", "district",
    "trust", "standard", "standard_key", "criterion", "criterion_key", "themes", "practice_standards",
    "scale", "rating", "label", "value", "order", "step", "steps", "counts", "best", "not_applicable_reason",
    "evidence",
)  # fmt: skip
PROOF_COLUMNS = ("return_id", "criterion", "document_id", "title", "days", "past")
RETURN_COLUMNS = ("cycle", "let_off", "is_in", "day", "late")
SECONDS_A_DAY = 24 * 60 * 60


def ratings(cycle: Cycle, basis: Basis = Basis.SELF) -> pd.DataFrame:
    """Every criterion asked in every return of a cycle that is in, in the order printed.

    One row a return and criterion, `COLUMNS` wide:

    - `trust` is the name of the organisation it belongs to, empty where there is none;
    - `standard` and `criterion` are numbers as printed ("4", "4.3"), the `_key`s their lineage;
    - `themes` and `practice_standards` are those of the criterion, parted by `rules.BETWEEN`; `scale` is the
      code of the scale it is rated on;
    - `rating` is a level's code, "not_applicable", or "" when blank; `label` is it in words;
    - `value` is the level's value or NaN, `order` its order as its author wrote it (highest is best, 0 for
      none); `step` is its place among the levels of the scale that count, from 0 for the lowest to `steps`
      for the best; 0 for none, and for a level that does not count;
    - `counts` says whether the row is in the denominator, `best` whether it is at the best level;
    - `not_applicable_reason` is a text, `evidence` the number of pieces attached by the agency.

    On the moderated basis the rating is the moderator's; what nobody has moderated is blank.
    """
    return tables(cycle, basis)[basis]


def tables(cycle: Cycle, *bases: Basis) -> dict[Basis, pd.DataFrame]:
    """`ratings` on each basis, all of them if none is named; what was submitted is read once."""
    edition = content_of(cycle)
    submitted = returns.submitted(cycle.id)
    own = packed(submitted, len(edition.criteria))
    found = {}
    for basis in bases or tuple(Basis):
        block = own if basis is Basis.SELF else moderated(edition, cycle.id, submitted, own)
        found[basis] = unpacked(edition, submitted, block)
    return found


def of_submitted(edition: EditionContent, submitted: Sequence[Submitted]) -> pd.DataFrame:
    """The same of some returns only, or as they stood at another time; own ratings."""
    return unpacked(edition, submitted, packed(submitted, len(edition.criteria)))


def packed(submitted: Sequence[Submitted], criteria: int) -> Bytes:
    """The packed ratings of all returns: one row a return, one column a criterion of the edition."""
    block = np.frombuffer(b"".join(item.ratings for item in submitted), dtype=np.uint8)
    return block.reshape(len(submitted), criteria)


def moderated(edition: EditionContent, cycle_id: int, submitted: Sequence[Submitted], own: Bytes) -> Bytes:
    """The same block with moderators' ratings: what is not asked stays so, the rest starts blank."""
    block = np.where(own == NOT_ASKED, NOT_ASKED, BLANK).astype(np.uint8)
    rows = {item.return_id: row for row, item in enumerate(submitted)}
    positions = {criterion.id: criterion.position for criterion in edition.criteria}
    # A level belongs to one scale, so its place there says everything.
    places = {level.id: place for scale in edition.scales for place, level in enumerate(scale.levels)}
    found = [
        (
            rows[return_id],
            positions[criterion_id],
            NOT_APPLICABLE if not_applicable else places[level_id or 0],
        )
        for return_id, criterion_id, level_id, not_applicable in moderation.of_cycle(cycle_id)
        if return_id in rows
    ]
    if found:
        row, column, rating = np.array(found).T
        block[row, column] = rating
        block[own == NOT_ASKED] = NOT_ASKED
    return block


def unpacked(edition: EditionContent, submitted: Sequence[Submitted], block: Bytes) -> pd.DataFrame:
    """The long table of a block of packed ratings."""
    asked = block != NOT_ASKED
    row, column = np.nonzero(asked)
    criteria = edition.criteria
    numbers = _standard_numbers(edition)
    parts = {
        "return_id": np.array([item.return_id for item in submitted], dtype=np.int64)[row],
        "organisation_id": np.array([item.organisation_id for item in submitted], dtype=np.int64)[row],
        "organisation": _repeated((item.organisation for item in submitted), row),
        "short_name": _repeated((item.short_name for item in submitted), row),
        "return_ref": _repeated((item.ref for item in submitted), row),
        "kind": _repeated((item.kind for item in submitted), row),
        "phase": _repeated((item.phase for item in submitted), row),
        "district": _repeated((item.district for item in submitted), row),
        "trust": _repeated((item.trust for item in submitted), row),
        "standard": _repeated((numbers[c.id] for c in criteria), column),
        "standard_key": _repeated((c.standard_key for c in criteria), column),
        "criterion": _repeated((c.number for c in criteria), column),
        "criterion_key": _repeated((c.key for c in criteria), column),
        "themes": _repeated((BETWEEN.join(c.themes) for c in criteria), column),
        "practice_standards": _repeated((BETWEEN.join(c.practice_standards) for c in criteria), column),
        "scale": _repeated((c.scale.code for c in criteria), column),
        **_rated(edition, column, block[row, column]),
        **_details(criteria, submitted, asked),
    }
    return pd.DataFrame(parts, columns=list(COLUMNS), copy=False)


def _standard_numbers(edition: EditionContent) -> dict[int, str]:
    return {
        criterion.id: standard.number for standard in edition.standards for criterion in standard.criteria
    }


def _repeated(values: Iterable[str], places: Places) -> pd.Categorical:
    """The values at these places, each text held once, in order of first appearance."""
    codes, known = pd.factorize(np.array(list(values), dtype=object))
    return pd.Categorical.from_codes(codes.astype(np.int32)[places], categories=list(known))


def _rated(edition: EditionContent, column: Places, ratings: Bytes) -> dict[str, Any]:
    """Rating, label, value, order, counts and best of each row, looked up by criterion and byte."""
    codes = [*(level.code for level in levels_of(edition)), NOT_APPLICABLE_CODE, BLANK_CODE]
    place_of = {code: place for place, code in enumerate(codes)}
    labels = list(dict.fromkeys([*(v.label for v in _all_levels(edition)), "Not applicable", ""]))
    label_of = {label: place for place, label in enumerate(labels)}
    shape = (len(edition.criteria), 256)
    rating = np.full(shape, place_of[BLANK_CODE], dtype=np.int16)
    label = np.full(shape, label_of[""], dtype=np.int16)
    value = np.full(shape, np.nan)
    order, step = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.int16)
    steps = np.array([_steps(criterion) for criterion in edition.criteria], dtype=np.int16)
    counts = np.zeros(shape, dtype=bool)
    best = np.zeros(shape, dtype=bool)
    rating[:, NOT_APPLICABLE], label[:, NOT_APPLICABLE] = (
        place_of[NOT_APPLICABLE_CODE],
        label_of["Not applicable"],
    )
    for criterion in edition.criteria:
        for byte, level in enumerate(criterion.scale.levels if criterion.rated else ()):
            at, counted = (criterion.position, byte), criterion.scale.counted_as(level)
            rating[at], label[at] = place_of[counted.code], label_of[counted.label]
            value[at] = np.nan if level.value is None else level.value
            order[at], counts[at] = counted.order, counted.counts
            step[at] = _step(criterion, counted)
            best[at] = counted is _best(criterion)
    return {
        "rating": pd.Categorical.from_codes(rating[column, ratings], categories=codes),
        "label": pd.Categorical.from_codes(label[column, ratings], categories=labels),
        "value": value[column, ratings],
        "order": order[column, ratings],
        "step": step[column, ratings],
        "steps": steps[column],
        "counts": counts[column, ratings],
        "best": best[column, ratings],
    }


def _all_levels(edition: EditionContent) -> list[LevelContent]:
    """The levels that figures know, of every scale."""
    return [level for scale in edition.scales for level in scale.counted]


def _steps(criterion: CriterionContent) -> int:
    """How many steps lead from the lowest level that counts to the best."""
    return max(sum(level.counts for level in criterion.scale.counted) - 1, 0)


def _step(criterion: CriterionContent, level: LevelContent) -> int:
    """How many levels that count lie beneath this one; 0 where it does not count itself."""
    counted = [one for one in criterion.scale.counted if one.counts]
    return sum(one.order < level.order for one in counted) if level.counts else 0


def _best(criterion: CriterionContent) -> LevelContent | None:
    """The best level that counts: "not assessed" is never the best, whatever its place."""
    return next((level for level in criterion.scale.counted if level.counts), None)


def _details(
    criteria: Sequence[CriterionContent], submitted: Sequence[Submitted], asked: NDArray[np.bool_]
) -> dict[str, Any]:
    """Reasons and numbers of evidence, which are kept by number of the criterion, where there are any."""
    at = np.cumsum(asked.ravel()).reshape(asked.shape) - 1  # where in the long table a pair stands
    positions = {criterion.number: criterion.position for criterion in criteria}
    total = int(asked.sum())
    reasons, texts = np.zeros(total, dtype=np.int32), [""]
    evidence = np.zeros(total, dtype=np.int32)
    row, column, said = _sparse([item.not_applicable_reasons for item in submitted], positions, asked)
    if said:
        codes, known = pd.factorize(np.array(["", *said], dtype=object))
        reasons[at[row, column]], texts = codes[1:], list(known)
    row, column, counted = _sparse([item.evidence_counts for item in submitted], positions, asked)
    evidence[at[row, column]] = counted
    return {
        "not_applicable_reason": pd.Categorical.from_codes(reasons, categories=texts),
        "evidence": evidence,
    }


def _sparse(
    kept: Sequence[dict[str, Any]], positions: dict[str, int], asked: NDArray[np.bool_]
) -> tuple[Places, Places, list[Any]]:
    """What is kept by number of the criterion, as rows, columns and values, without what was not asked."""
    row = np.repeat(np.arange(len(kept)), [len(item) for item in kept])
    column = np.array([positions[key] for key in chain.from_iterable(kept)], dtype=np.intp)
    values = list(chain.from_iterable(item.values() for item in kept))
    wanted = asked[row, column]
    if not wanted.all():
        values = [value for value, yes in zip(values, wanted, strict=True) if yes]
    return row[wanted], column[wanted], values


def proofs(cycle: Cycle) -> pd.DataFrame:
    """What was shown in a cycle: one row a return, criterion and document, in the returns that are in.

    Columns: `return_id`, `criterion` (number), `document_id`, `title`; `days`, how many days before the
    return was submitted the document was added or, if that was later, confirmed as current; `past`, whether
    it had passed the day it was said to be current until. Of two revisions of a document the newer counts.
    """
    numbers = {criterion.id: criterion.number for criterion in content_of(cycle).criteria}
    found: dict[tuple[int, str, int], tuple[str, float, bool]] = {}
    for row in queries.proofs(cycle.id):
        key = (row.return_id, numbers[row.criterion_id], row.document_id)
        days = (row.submitted_at - row.since).total_seconds() / SECONDS_A_DAY
        known = found.get(key)
        if known is None or days < known[1]:
            found[key] = (row.title, days, row.is_past)
    rows = [(*key, *rest) for key, rest in found.items()]
    return pd.DataFrame(rows, columns=list(PROOF_COLUMNS)).astype({"days": float, "past": bool})


def returns_of(cycles: Sequence[Cycle]) -> pd.DataFrame:
    """Everybody asked in these cycles, and when they returned: what `measures.return_rates` counts.

    Columns: `cycle` (code, in the order given), `let_off` ("exempt", "withdrawn" or ""), `is_in`; `day` of
    the first submission, counted from the due day of the cycle, NaN where there is none; `late`, whether
    that was after the organisation's own day.
    """
    codes = {cycle.id: cycle.code for cycle in cycles}
    due = {cycle.id: cycle.due_on for cycle in cycles}
    rows = []
    for row in queries.asked(list(codes)):
        day = clock.local(row.first_in).date() if row.first_in else None
        rows.append(
            (
                codes[row.cycle_id],
                row.let_off,
                row.is_in,
                np.nan if day is None else (day - due[row.cycle_id]).days,
                day is not None and day > row.due_on,
            )
        )
    table = pd.DataFrame(rows, columns=list(RETURN_COLUMNS))
    table["cycle"] = pd.Categorical(table["cycle"], categories=list(dict.fromkeys(codes.values())))
    return table.astype({"is_in": bool, "day": float, "late": bool})


def ratings_from_answers(cycle: Cycle) -> pd.DataFrame:
    """The self-assessment read answer by answer: the slow way, kept to check the fast one by."""
    edition = content_of(cycle)
    rows = []
    for item in returns.submitted(cycle.id):
        return_ = returns.by_ref(item.ref)
        if return_ is None:
            continue
        facts = returns.answer_facts(item.return_id)
        for standard in returns.standards_of(return_):
            for criterion in (one for one in standard.criteria if one.rated):
                answer = facts.get(criterion.id)
                chosen = edition.levels.get(answer.level_id or 0) if answer else None
                level = criterion.scale.counted_as(chosen) if chosen else None
                best = _best(criterion)
                away = bool(answer and answer.not_applicable)
                rows.append(
                    {
                        "return_id": item.return_id,
                        "organisation_id": item.organisation_id,
                        "organisation": item.organisation,
                        "short_name": item.short_name,
                        "return_ref": item.ref,
                        "kind": item.kind,
                        "phase": item.phase,
                        "district": item.district,
                        "trust": item.trust,
                        "standard": standard.number,
                        "standard_key": standard.key,
                        "criterion": criterion.number,
                        "criterion_key": criterion.key,
                        "themes": BETWEEN.join(criterion.themes),
                        "practice_standards": BETWEEN.join(criterion.practice_standards),
                        "scale": criterion.scale.code,
                        "rating": level.code if level else NOT_APPLICABLE_CODE if away else BLANK_CODE,
                        "label": level.label if level else "Not applicable" if away else "",
                        "value": chosen.value if chosen and chosen.value is not None else np.nan,
                        "order": level.order if level else 0,
                        "step": _step(criterion, level) if level else 0,
                        "steps": _steps(criterion),
                        "counts": bool(level and level.counts),
                        "best": level is not None and best is not None and level.id == best.id,
                        "not_applicable_reason": answer.not_applicable_reason if answer and away else "",
                        "evidence": answer.evidence if answer else 0,
                    }
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))
