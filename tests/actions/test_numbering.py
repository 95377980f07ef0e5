"""Numbers of recommendations as printed: which stand twice, which are missing."""

import pytest

from s11.actions.rules.numbering import Numbering, numbering


@pytest.mark.parametrize(
    ("printed", "how_many", "found"),
    [
        (
            [*map(str, range(1, 15)), "16", "Rec. 16"],
            17,
            Numbering(twice=("16",), missing=("15", "17")),
        ),
        (["1", "2", "4"], None, Numbering(missing=("3",))),
        (["R1", "R2", "R3"], 3, Numbering()),
        (["1", "3a", "3 (b)", "2."], None, Numbering()),
        (["1.1", "1.3", "2.1", "2.1"], 4, Numbering(twice=("2.1",), missing=("1.2",))),
        (["10", "2", "10", "2"], None, Numbering(twice=("2", "10"), missing=tuple("13456789"))),
        (["", "", ""], 3, Numbering()),
        (["1", "", "2"], 3, Numbering(missing=("3",), unnumbered=1)),
        (["One", "one", "2019"], None, Numbering(twice=("one",))),
        (["1", "1.1", "1.2", "2"], None, Numbering()),
    ],
)
def test_numbers_are_compared_by_what_they_mean(
    printed: list[str], how_many: int | None, found: Numbering
) -> None:
    assert numbering(printed, how_many) == found
