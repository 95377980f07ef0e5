"""The composite action plan: every action of every source, with its owner, date and progress."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.rules import Mechanism, Source, Status
from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation


class Action(Addressed, Base):
    """Something somebody has promised to do by a day."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("owner_name <> '' AND owner_role <> ''", name="owner_has_name_and_role"),
        CheckConstraint(f"source IN ({', '.join(repr(str(s)) for s in Source)})", name="source_known"),
        CheckConstraint(f"status IN ({', '.join(repr(str(s)) for s in Status)})", name="status_known"),
        CheckConstraint(
            f"mechanism IN ('', {', '.join(repr(str(m)) for m in Mechanism)})", name="mechanism_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    source_title: Mapped[str] = mapped_column(String(250), default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    # The stable key of the criterion or standard it came from, so that next year's question finds it.
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    criterion_key: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text, default="")
    evidence_expected: Mapped[str] = mapped_column(Text, default="")
    mechanism: Mapped[str] = mapped_column(String(40), default="")
    owner_name: Mapped[str] = mapped_column(String(120))
    owner_role: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20), default=Status.NOT_STARTED)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_name: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[Organisation] = relationship()
    cycle: Mapped[Cycle | None] = relationship()


class Update(Base):
    """What an owner said of an action's progress on a day."""

    __tablename__ = "action_update"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    due_before: Mapped[date | None]
    due_after: Mapped[date | None]
