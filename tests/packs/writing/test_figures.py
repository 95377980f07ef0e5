"""A workbook holds numbers that can be added up, and shows what is printed elsewhere."""

from datetime import datetime

import pytest

from s11.packs.document import Cell, Of
from s11.packs.writing.excel.figures import figure


@pytest.mark.parametrize(
    ("cell", "of", "value", "shown"),
    [
        (Cell("12", number=12), Of.NUMBER, 12, "0"),
        (Cell("1,204", number=1204), Of.NUMBER, 1204, "#,##0"),
        (Cell("4 of 7", number=4), Of.NUMBER, 4, '0" of 7"'),
        (Cell("33.3 %", number=100 / 3), Of.SHARE, 1 / 3, "0.0 %"),
        (Cell("66 of 69, 95.7 %", number=6600 / 69), Of.SHARE, 66 / 69, '"66 of 69, "0.0 %'),
        (Cell("31 March 2027", date="2027-03-31"), Of.DATE, datetime(2027, 3, 31), "[$-809]d mmmm yyyy"),
        (Cell("by 3 Mar 2027", date="2027-03-03"), Of.DATE, datetime(2027, 3, 3), '"by "[$-809]d mmm yyyy'),
        (Cell("−0.25", number=-0.25), Of.NUMBER, -0.25, '0.00;"−"0.00'),
    ],
)
def test_a_figure_is_a_number_that_shows_as_it_is_printed(cell, of, value, shown):
    found = figure(cell, of)
    assert found is not None
    assert found.value == (pytest.approx(value) if isinstance(value, float) else value)
    assert found.shown == shown


@pytest.mark.parametrize(
    ("cell", "of"),
    [
        (Cell("fewer than 5", number=3), Of.NUMBER),
        (Cell("–"), Of.NUMBER),
        (Cell("12", number=13), Of.NUMBER),
        (Cell("spring 2027", date="2027-03-31"), Of.DATE),
        (Cell("3", number=3), Of.TEXT),
    ],
)
def test_a_text_that_is_not_what_its_number_says_stays_text(cell, of):
    assert figure(cell, of) is None
