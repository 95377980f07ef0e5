"""Figures of ours with the structure of published ones, and the published ones that contradict themselves.

A published share that does not follow from its own counts is never put right in silence and never copied:
both stand here, and why.
"""

import pandas as pd

# What was published, of how many, and what these counts come to. "why": what explains the difference.
CONTRADICTIONS = (
    {
        "measure": "schools that returned, 2015-16",
        "part": 511,
        "whole": 526,
        "published": "97.3",
        "computed": "97.1",
        "why": "511 of 526 is 97.15 %. 97.3 % would be 512 of 526: one more return, or another number of "
        "schools, was counted when the sentence was written.",
    },
    {
        "measure": "schools that returned, 2014-15",
        "part": 450,
        "whole": 493,
        "published": "91",
        "computed": "91.3",
        "why": "No contradiction: it was published in whole per cent.",
    },
    {
        "measure": "county schools that returned",
        "part": 290,
        "whole": 375,
        "published": "77",
        "computed": "77.3",
        "why": "No contradiction: it was published in whole per cent, of those due. Of all 423 asked, with "
        "the 48 outside the denominator, it would be 68.6 %.",
    },
)
BY_KIND = {"statutory": 14, "commissioned": 158, "third sector": 82, "early years": 95, "schools": 17}
DENOMINATORS = {"returned": 290, "not_returned_escalated": 85, "outside_denominator": 48}


def a_round(cycle: str, *, returned: int, missing: int, outside: int = 0) -> pd.DataFrame:
    """A cycle in which so many returned, so many are missing, and so many were let off: as it is read."""
    rows = [
        *[(cycle, "", True, -1.0, False)] * returned,
        *[(cycle, "", False, None, False)] * missing,
        *[(cycle, "exempt", False, None, False)] * outside,
    ]
    table = pd.DataFrame(rows, columns=["cycle", "let_off", "is_in", "day", "late"])
    return table.astype({"day": float, "is_in": bool})
