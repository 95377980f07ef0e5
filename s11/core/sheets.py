"""Tables that leave the product as CSV, and are opened in a spreadsheet.

A cell that begins like a formula would be run by the reader's spreadsheet, with the reader's
rights. Such a cell is given a leading apostrophe, which a spreadsheet takes as "this is text".
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

# Source: OWASP, CSV injection. Full-width forms count too: some spreadsheets read them as the plain sign.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str | int | float:
    """What may stand in a cell: numbers as they are, days as 2027-03-21, text that can run nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    # A space before the sign does not stop every spreadsheet, so the first visible character decides.
    return (
        f"'{text}"
        if text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA)
        else text
    )


def write_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Rows by name of column, as CSV with a line of names first; a column a row lacks stays empty."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()
