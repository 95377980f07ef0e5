"""How figures are written."""

import pytest

from s11.analysis.rules import one_decimal, share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(66, 69, "95.7 %"), (66, 72, "91.7 %"), (49, 400, "12.3 %"), (3, 2000, "0.2 %"), (0, 7, "0.0 %"),
     (511, 526, "97.1 %")],
)  # fmt: skip
def test_a_share_has_one_decimal_and_halves_go_up_as_in_a_spreadsheet(
    part: int, whole: int, said: str
) -> None:
    assert share(part, whole) == said


def test_a_share_of_nothing_is_a_dash_not_nought() -> None:
    assert share(0, 0) == "–" and one_decimal(float("nan")) == ""
