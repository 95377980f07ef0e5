"""The permission matrix while returns wait for signatures: every act, tried by everybody."""

import pytest

from s11.home.matrix import Row, matrix
from tests.security.conftest import DriverAt

TIED = [row for row in matrix() if row.is_tied]


@pytest.mark.parametrize("row", TIED, ids=[row.name for row in TIED])
def test_everybody_may_what_the_matrix_says(driver_at: DriverAt, row: Row) -> None:
    faults = driver_at("W").faults(row)
    assert not faults, "\n".join(faults)
