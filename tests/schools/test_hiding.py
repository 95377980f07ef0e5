"""What a school sees of others can never be taken apart: by any arithmetic with what is shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from s11.analysis import benchmarking
from s11.analysis.counts import ALL
from tests.analysis.figures import LEVELS, a_frame

FEWEST = 5


def a_group(answers: list[list[bool]]) -> pd.DataFrame:
    """A school a row; whether it rated each standard (else it said that nothing there applies)."""
    return a_frame(
        {
            f"School {place}": {str(n): "G A" if rated else "N N" for n, rated in enumerate(row, start=1)}
            for place, row in enumerate(answers)
        }
    )


def a_row(size: int) -> some.SearchStrategy[list[bool]]:
    return some.lists(some.booleans(), min_size=size, max_size=size)


@given(some.integers(1, 4).flatmap(lambda size: some.lists(a_row(size), min_size=1, max_size=12)))
def test_no_sum_of_what_is_shown_gives_the_ratings_of_too_few(answers: list[list[bool]]) -> None:
    shown = benchmarking.of_many(a_group(answers), LEVELS, FEWEST)
    numbers = [str(n) for n in range(1, len(answers[0]) + 1)]
    raters = {n: {place for place, row in enumerate(answers) if row[int(n) - 1]} for n in numbers}
    # What is printed, as sums over the standards: its own for each, and all of them for the total.
    printed = [[float(n == m) for m in numbers] for n in numbers if shown[n] is not None]
    printed += [[1.0] * len(numbers)] if shown[ALL] is not None else []
    rank = np.linalg.matrix_rank(printed) if printed else 0
    for n in numbers:
        wanted = [float(n == m) for m in numbers]
        derivable = bool(printed) and np.linalg.matrix_rank([*printed, wanted]) == rank
        assert not derivable or len(raters[n]) >= FEWEST
    if shown[ALL] is not None:
        hidden = [raters[n] for n in numbers if shown[n] is None]
        assert not hidden or len(set().union(*hidden)) >= FEWEST


@pytest.mark.parametrize(
    ("raters", "standards", "together"),
    [
        ((6, 6), (True, True), True),
        ((5, 5), (True, True), True),
        ((6, 4), (True, False), False),  # the total less standard 1 would be the four
        ((4, 4), (False, False), False),
        ((0, 6), (False, True), False),
    ],
)
def test_what_is_hidden_with_how_many(
    raters: tuple[int, ...], standards: tuple[bool, ...], together: bool
) -> None:
    answers = [[place < count for count in raters] for place in range(6)]
    shown = benchmarking.of_many(a_group(answers), LEVELS, FEWEST)
    assert tuple(shown[str(n)] is not None for n in range(1, len(raters) + 1)) == standards
    assert (shown[ALL] is not None) == together


def test_figures_count_ratings_and_leave_out_what_does_not_apply() -> None:
    lines = benchmarking.lines(a_frame({"School 1": {"1": "G A", "2": "N -"}}), LEVELS)
    assert lines["1"].counts == {"green": 1, "amber": 1, "red": 0} and lines["1"].best_share == 50
    assert (lines["2"].denominator, lines["2"].not_applicable, lines["2"].blank) == (0, 1, 1)
    assert (lines[ALL].denominator, lines[ALL].best_share) == (2, 50)


def test_nothing_submitted_is_no_error() -> None:
    empty = a_frame({"School 1": {"1": "G"}}).iloc[:0]
    assert benchmarking.lines(empty, LEVELS) == {ALL: benchmarking.Line()}
    assert benchmarking.of_many(empty, LEVELS, FEWEST) == {ALL: benchmarking.Line()}
    assert benchmarking.weakest(empty, LEVELS) == [] and benchmarking.below_best(empty) == []
