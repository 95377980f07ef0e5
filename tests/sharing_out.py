"""How the tests are shared out to processes, so that none is left alone with a long file at the end.

Whole files go to a process, since what a file builds serves all its tests. The files that take longest go
first, longest before; where tests of several files look at one costly thing, they go together.
"""

import os
from typing import Any

import pytest

# In the order of what they took when this was last measured. A file missing here is only begun later.
LONGEST_FIRST = (
    "tests/security/test_matrix_any_stage.py",
    "tests/year/",
    "tests/seeding/",
    "tests/security/test_canary.py",
    "tests/security/test_surface.py",
    "tests/journeys/",
    "tests/security/",
    "tests/architecture/",
    "tests/questionnaires/",
)
# The demonstration is loaded once for all that look at it.
TOGETHER = ("tests/seeding/",)


def place_of(file: str) -> int:
    """How early a file is begun."""
    found = (place for place, start in enumerate(LONGEST_FIRST) if file.startswith(start))
    return next(found, len(LONGEST_FIRST))


def scope_of(test: str) -> str:
    """What is given to a process whole: the file of a test, or the folder."""
    file = test.split("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        """As `--dist loadfile`, by the two lists above."""

        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    config.option.loadscopereorder = False
    return Scheduling(config, log)
