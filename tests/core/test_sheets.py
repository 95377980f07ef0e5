"""Cells that leave the product can run nothing in the reader's spreadsheet."""

from datetime import date

import pytest

from s11.core.sheets import safe_cell, write_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1603", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /c calc'!A0", "＝1"]
)
def test_a_text_that_begins_like_a_formula_is_marked_as_text(text):
    assert safe_cell(text) == f"'{text}"


def test_numbers_and_days_stay_what_they_are():
    assert safe_cell(-2) == -2 and safe_cell(95.7) == 95.7
    assert safe_cell(date(2027, 3, 21)) == "2027-03-21"
    assert safe_cell(None) == "" and safe_cell(True) == "yes"


def test_a_table_has_its_columns_in_the_order_given():
    assert write_csv([{"b": "=1", "a": "x, y"}, {"a": 2}], ["a", "b"]) == 'a,b\r\n"x, y",\'=1\r\n2,\r\n'
