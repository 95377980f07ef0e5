"""The one rule by which a share is rounded and printed, on pages, in packs and in files."""

from decimal import ROUND_HALF_UP, Decimal
from math import isnan


def one_decimal(value: float) -> str:
    """12.25 as "12.3": halves go up, as on paper and in a spreadsheet. Empty where there is no value."""
    if isnan(value):
        return ""
    return str(Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP))


def share(part: int, whole: int) -> str:
    """66 of 69 as "95.7 %"; a dash, not a nought, where there is nothing to take a share of."""
    return f"{one_decimal(100 * part / whole)} %" if whole else "–"
