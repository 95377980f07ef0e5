"""What would come in, counted, before it does."""

from dataclasses import dataclass

from s11.actions.bringing.shapes import PlanFault, RowKind, UnderstoodPlan


@dataclass(frozen=True)
class Ready:
    """How many actions and recommendations come in, how many actions have to be mended then, and what
    stays with the import alone."""

    actions: int
    to_mend: int
    recommendations: int
    continued: int
    headings: int
    left_out: int
    faults: tuple[PlanFault, ...]


def ready(plan: UnderstoodPlan) -> Ready:
    kinds = [row.kind for row in plan.rows]
    return Ready(
        actions=kinds.count(RowKind.ACTION),
        to_mend=sum(1 for row in plan.rows if row.kind == RowKind.ACTION and row.lacks),
        recommendations=len(plan.recommendations),
        continued=kinds.count(RowKind.CONTINUED),
        headings=kinds.count(RowKind.HEADING),
        left_out=kinds.count(RowKind.LEFT_OUT),
        faults=plan.faults,
    )
