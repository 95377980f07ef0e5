"""Dropping a plan that somebody began to bring in and does not want: it was the wrong file, or came twice."""

from s11.actions.models import PlanImport
from s11.core.database import db
from s11.core.errors import DomainError
from s11.people.models import Person
from s11.trail.operations import record

IN_ALREADY = "This plan has been brought in meanwhile: its record stays, and so do its actions."


def drop(brought: PlanImport, *, by: Person) -> None:
    """Forget a plan that was read and not brought in. Raises DomainError where its rows are in the plan."""
    db.session.refresh(brought, with_for_update={"of": PlanImport})
    if brought.stage == "done":
        raise DomainError(IN_ALREADY)
    record(
        "plan_import:plan:dropped",
        brought.id,
        by=by,
        partnership_id=brought.partnership_id,
        before={"title": str(brought.about.get("title", "")), "rows": _rows(brought)},
    )
    db.session.delete(brought)


def _rows(brought: PlanImport) -> int:
    return sum(len(table.get("rows", ())) for table in brought.tables)
