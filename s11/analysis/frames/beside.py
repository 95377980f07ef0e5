"""What stands beside the ratings: the evidence shown for them, and how the returns came in."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from s11.analysis import queries
from s11.core import clock
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of

PROOF_COLUMNS = ("return_id", "criterion", "document_id", "title", "days", "past")
RETURN_COLUMNS = ("cycle", "let_off", "is_in", "day", "late")
SECONDS_A_DAY = 24 * 60 * 60


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
