"""Figures of the composite plan as tables for a file."""

from collections.abc import Callable, Sequence

from s11.analysis.exports.tables import As, Column, Table, counts, shares_column, texts
from s11.analysis.pages.plan import PlanFigures, PlanGroup
from s11.analysis.plan_rules import RULES


def of_groups(what: str, groups: Sequence[PlanGroup]) -> Table:
    """How each group stands, a line each."""
    stands = [group.stands for group in groups]
    done, whole = [one.done for one in stands], [one.counted for one in stands]
    return Table(
        f"Actions by {what.lower()}",
        (
            texts(what, (group.name for group in groups)),
            counts("Actions", whole),
            counts("Open", (one.open for one in stands)),
            counts("Overdue", (one.overdue for one in stands)),
            counts("Drifting", (one.drifting for one in stands)),
            counts("To verify", (one.to_verify for one in stands)),
            counts("Verified", (one.verified for one in stands)),
            counts("Closed", (one.closed for one in stands)),
            counts("Done", done),
            shares_column("Done, % of actions", done, whole),
        ),
        RULES,
    )


def of_months(figures: PlanFigures) -> Table:
    """How many were agreed, complete and verified by the end of each month."""
    months = figures.months
    return Table(
        "Actions month by month",
        (
            Column("By the end of", As.TEXT, [month.ends.isoformat() for month in months]),
            counts("Agreed", (month.agreed for month in months)),
            counts("Complete", (month.complete for month in months)),
            counts("Verified", (month.verified for month in months)),
        ),
        RULES,
    )


def of_ages(figures: PlanFigures) -> Table:
    """Open actions by how long they are overdue, and by age."""
    parts = [("Overdue by", figures.late), ("In the plan for", figures.ages)]
    lines = [(what, words, count) for what, found in parts for words, count in found.items()]
    return Table(
        "Open actions by time",
        (
            texts("What", (what for what, _, _ in lines)),
            texts("How long", (words for _, words, _ in lines)),
            counts("Open actions", (count for _, _, count in lines)),
        ),
        RULES,
    )


PLAN_TABLES: dict[str, Callable[[PlanFigures], Table]] = {
    "organisations": lambda figures: of_groups("Organisation", figures.organisations),
    "sources": lambda figures: of_groups("Source", figures.sources),
    "mechanisms": lambda figures: of_groups("Mechanism", figures.mechanisms),
    "themes": lambda figures: of_groups("Theme", figures.themes),
    "months": of_months,
    "ages": of_ages,
}
