"""What returns have done by the clock."""

from datetime import timedelta

from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.schedule import Task
from s11.cycles import queries as cycles
from s11.returns.operations import carry_on


def finish_issue(issue_id: int) -> int:
    """Ask everybody an issue can ask today, each batch kept by itself; how many were asked."""
    asked = 0
    while True:
        with unit_of_work():
            begun = cycles.issue_by_id(issue_id)
            if begun is None:
                return asked
            # Whether the day of a group has come is asked where its partnership is.
            with clock.in_zone(begun.cycle.partnership.time_zone):
                taken = carry_on(begun)
        if not taken:
            return asked
        asked += taken


def finish_issues() -> str:
    """Carry on every issue that was stopped, and ask the groups whose day has come."""
    asked = {issue_id: finish_issue(issue_id) for issue_id in cycles.unfinished_issues()}
    busy = sum(bool(count) for count in asked.values())
    return (
        f"{sum(asked.values())} organisations asked in {busy} issues." if busy else "Nobody was left to ask."
    )


ISSUES = Task(
    name="issues",
    what="Asks the organisations of an issue that was stopped, and each submission group on its day",
    every=timedelta(minutes=10),
    do=finish_issues,
)
