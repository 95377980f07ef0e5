"""The permission matrix where the stage of a return decides nothing: every such act, tried by everybody.

Returns are submitted in this world, so that there is something behind every address.
"""

import pytest

from s11.home.matrix import Row, matrix
from tests.security.conftest import DriverAt

UNTIED = [row for row in matrix() if not row.is_tied]


@pytest.mark.parametrize("row", UNTIED, ids=[row.name for row in UNTIED])
def test_everybody_may_what_the_matrix_says(driver_at: DriverAt, row: Row) -> None:
    faults = driver_at("S").faults(row)
    assert not faults, "\n".join(faults)
