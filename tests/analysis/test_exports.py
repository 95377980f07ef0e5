"""Text that goes into somebody's spreadsheet."""

import pytest

from s11.analysis.exports import number, safe


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-", "@SUM(A1)", "\tx", "\rx", "-our remit"])
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Green", "1.1", "-1", "+2.5", "A=B", "it's"])
def test_other_texts_and_plain_numbers_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_values_are_printed_without_needless_noughts() -> None:
    assert [number(v) for v in (75.0, 0.5, 0.0, None, float("nan"))] == ["75", "0.5", "0", "", ""]
