"""Text that goes into somebody's spreadsheet."""

import io

import pytest
from python_calamine import CalamineWorkbook

from s11.analysis.exports import Table, book, number, safe, shares_column, workbook
from s11.analysis.exports.tables import counts, csv_of, texts


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "@SUM(A1)", "\tx", "\rx", "-our remit"])
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Green", "1.1", "-1", "+2.5", "A=B", "it's"])
def test_other_texts_and_plain_numbers_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_values_are_printed_without_needless_noughts() -> None:
    assert [number(v) for v in (75.0, 0.5, 0.0, None, float("nan"))] == ["75", "0.5", "0", "", ""]


def a_table() -> Table:
    words = ["=1+1", "A & B <Ltd>", "", " spaced ", "tab\tand\x01bell", "Zoë"]
    return Table(
        "Ratings [of] 2026",
        (
            texts("Organisation", words),
            counts("Rated", [7, 0, 12, 3, 1, 9]),
            shares_column("% best", [1, 0, 8, 3, 1, 1], [8, 0, 12, 3, 1, 9]),
        ),
        ("Percentages are of the ratings given.",),
    )


def test_many_lines_are_written_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def cells() -> list[list[object]]:
        made = CalamineWorkbook.from_filelike(io.BytesIO(workbook([a_table()])))
        assert made.sheet_names == ["Ratings of 2026", "How it is counted"]
        return made.get_sheet_by_index(0).to_python()

    few = cells()
    monkeypatch.setattr(book, "MANY", 1)
    many = cells()
    assert [[str(cell).replace("\x01", " ") for cell in line] for line in few] == [
        [str(cell) for cell in line] for line in many
    ]
    assert many[1] == ["'=1+1", 7.0, 12.5] and many[2][0] == "A & B <Ltd>" and many[2][2] == ""


def test_shares_in_a_file_are_rounded_as_on_the_page() -> None:
    lines = csv_of(a_table()).splitlines()
    assert lines[1] == "'=1+1,7,12.5" and lines[3] == ",12,66.7" and lines[2].endswith(",0,")
