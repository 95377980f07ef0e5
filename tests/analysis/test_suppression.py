"""Small figures are hidden, and nobody can work them out."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s11.analysis.rules import By
from s11.analysis.suppression import suppress, suppress_groups, with_totals

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


def tables(narrow: int, wide: int, *, rows: tuple[int, int]) -> st.SearchStrategy[list[list[int]]]:
    """Rows of so many counts."""

    def of(width: int) -> st.SearchStrategy[list[list[int]]]:
        row = st.lists(COUNTS, min_size=width, max_size=width)
        return st.lists(row, min_size=rows[0], max_size=rows[1])

    return st.integers(narrow, wide).flatmap(of)


def a_table(*rows: list[int]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=[f"r{n}" for n in range(len(rows))]).rename(columns=lambda n: f"c{n}")


def shown(table: pd.DataFrame) -> list[list[int | None]]:
    return [[None if pd.isna(value) else int(value) for value in row] for row in table.to_numpy(object)]


def test_a_small_count_takes_three_others_with_it_so_that_no_total_gives_it_away() -> None:
    table = a_table([20, 3, 30], [8, 9, 40], [50, 60, 70])
    assert shown(suppress(table, 5)) == [
        [None, None, 30, 53],
        [None, None, 40, 57],
        [50, 60, 70, 180],
        [78, 72, 140, 290],
    ]


def test_what_is_large_everywhere_is_shown_with_its_totals_and_so_is_a_nought() -> None:
    table = a_table([20, 0], [8, 9])
    assert shown(suppress(table, 5)) == [[20, 0, 20], [8, 9, 17], [28, 9, 37]]


def test_a_total_of_few_is_hidden_too() -> None:
    table = a_table([2, 0, 0], [8, 9, 40])
    assert shown(suppress(table, 5))[0][3] is None


def test_two_ones_beside_each_other_are_not_given_away_by_their_total_of_two() -> None:
    """Noughts are shown, so that a hidden figure is at least one: a total of two would say it all."""
    hidden = suppress(a_table([1, 1, 30], [1, 1, 30], [30, 30, 30]), 5)
    assert all(alternatives(a_table([1, 1, 30], [1, 1, 30], [30, 30, 30]), hidden).values())


def test_the_same_table_comes_out_the_same() -> None:
    table = a_table([3, 7, 7], [7, 7, 7], [7, 7, 7])
    assert shown(suppress(table)) == shown(suppress(table))


@settings(max_examples=120, deadline=None)
@given(tables(1, 3, rows=(1, 3)))
def test_no_hidden_figure_follows_from_what_is_shown(rows: list[list[int]]) -> None:
    table = a_table(*rows)
    told = suppress(table, 5)
    for value, kept in zip(with_totals(table).to_numpy().ravel(), told.to_numpy(object).ravel(), strict=True):
        assert not pd.isna(kept) or value > 0, "a nought is never hidden"
        assert not 0 < value < 5 or pd.isna(kept), "a small count is always hidden"
    assert all(alternatives(table, told).values())


@settings(max_examples=40, deadline=None)
@given(tables(2, 7, rows=(2, 9)))
def test_no_sum_or_difference_of_shown_figures_gives_a_hidden_one(rows: list[list[int]]) -> None:
    """Whatever is added and taken away: the equations of all lines leave every hidden figure open."""
    table = a_table(*rows)
    hidden = suppress(table, 5).isna().to_numpy()
    high, wide = hidden.shape
    equations = []
    for row in range(high):
        equations.append(line(hidden, [((row, c), 1 if c < wide - 1 else -1) for c in range(wide)]))
    for column in range(wide):
        equations.append(line(hidden, [((r, column), 1 if r < high - 1 else -1) for r in range(high)]))
    matrix = np.array(equations)[:, hidden.ravel()]
    rank = np.linalg.matrix_rank(matrix) if matrix.size else 0
    for place in range(matrix.shape[1]):
        alone = np.zeros((1, matrix.shape[1]))
        alone[0, place] = 1
        assert np.linalg.matrix_rank(np.vstack([matrix, alone])) == rank + 1


def line(hidden: np.ndarray, parts: list[tuple[tuple[int, int], int]]) -> np.ndarray:
    found = np.zeros(hidden.shape)
    for place, sign in parts:
        found[place] = sign
    return found.ravel()


def alternatives(table: pd.DataFrame, told: pd.DataFrame) -> dict[tuple[int, int], bool]:
    """For each hidden figure whether another table agrees with what is shown: every one by one more or less
    is tried, with hidden figures of at least one, since noughts are shown."""
    hidden, whole = told.isna().to_numpy(), with_totals(table).to_numpy()
    inner = [p for p in product(*map(range, table.shape)) if hidden[p]]
    open_ = dict.fromkeys([(int(r), int(c)) for r, c in zip(*np.nonzero(hidden), strict=True)], False)
    steps = np.array(list(product((-1, 0, 1), repeat=len(inner))), dtype=np.int64)
    moved = np.zeros((len(steps), *whole.shape), dtype=np.int64)
    for at, place in enumerate(inner):
        moved[:, place[0], place[1]] = steps[:, at]
    moved[:, :-1, -1] = moved[:, :-1, :-1].sum(axis=2)
    moved[:, -1, :] = moved[:, :-1, :].sum(axis=1)
    agrees = ~(moved[:, ~hidden] != 0).any(axis=1) & ~(((whole + moved) < 1) & hidden).any(axis=(1, 2))
    for place in open_:
        open_[place] = bool((moved[agrees, place[0], place[1]] != 0).any())
    return open_


def groups(**returns: int) -> pd.DataFrame:
    many = list(returns.values())
    return pd.DataFrame({"returns": many, "best": [n * 3 for n in many]}, index=list(returns))


def hidden_of(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table.index[table["hidden"]]]


def test_a_group_of_few_is_hidden_with_the_next_smallest_or_the_total_would_give_it_away() -> None:
    table = suppress_groups(groups(police=2, housing=6, school=90), By.KIND, 5)
    assert hidden_of(table) == ["police", "housing"]
    assert np.isnan(table.loc["police", "best"]) and table.loc["school", "best"] == 270


def test_groups_that_are_together_large_enough_hide_no_other() -> None:
    assert hidden_of(suppress_groups(groups(police=2, fire=3, school=90), By.KIND, 5)) == ["police", "fire"]


def test_standards_rated_by_the_same_few_hide_one_rated_by_many() -> None:
    table = suppress_groups(groups(one=2, two=3, three=90), By.STANDARD, 5)
    assert hidden_of(table) == ["one", "two", "three"]


def test_without_a_total_only_the_small_are_hidden_and_what_is_empty_stays() -> None:
    table = suppress_groups(groups(police=2, fire=0, school=90), By.KIND, 5, total_shown=False)
    assert hidden_of(table) == ["police"]


@pytest.mark.parametrize("by", [By.KIND, By.STANDARD])
@given(many=st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_no_group_of_few_is_shown_and_what_the_total_leaves_is_never_of_few(by: By, many: list[int]) -> None:
    table = suppress_groups(groups(**{f"g{n}": v for n, v in enumerate(many)}), by, 5)
    for value, is_hidden in zip(many, table["hidden"], strict=True):
        assert is_hidden or not 0 < value < 5
    left = [value for value, is_hidden in zip(many, table["hidden"], strict=True) if is_hidden]
    together = sum(left) if by is By.KIND else max(left, default=0)
    assert not left or together >= 5 or together == (sum(many) if by is By.KIND else max(many))
