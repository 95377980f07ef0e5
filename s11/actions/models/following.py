"""How actions go: what was said of them, what shows it, and what difference they made."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.rules import Difference, Reminders, Saying, Told
from s11.core.database import Base, Moment
from s11.evidence.models import Revision
from s11.notices.models import Notice


class Update(Base):
    """One entry in the history of an action: progress, a comment, a verdict, a new owner."""

    __tablename__ = "action_update"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint(f"kind IN ({', '.join(repr(str(one)) for one in Saying)})", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default=Saying.PROGRESS)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(120))
    # How the action stood once this was said, and the date it was moved from and to, where it was.
    status: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    due_before: Mapped[date | None]
    due_after: Mapped[date | None]


class ShownForAction(Base):
    """A document of an organisation's library that shows how an action went, as it was then."""

    __tablename__ = "action_evidence"
    __table_args__ = (UniqueConstraint("action_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("action_update.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    note: Mapped[str] = mapped_column(String(250), default="")
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_name: Mapped[str] = mapped_column(String(120), default="")
    revision: Mapped[Revision] = relationship(lazy="joined")


class Impact(Base):
    """An answer to: what difference did it make for children, and how do you know?"""

    __tablename__ = "action_impact"
    __table_args__ = (
        CheckConstraint(
            f"difference IN ({', '.join(repr(str(one)) for one in Difference)})", name="difference_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    asked_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(120))
    difference: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(Text)
    known_by: Mapped[str] = mapped_column(Text, default="")


class PlanSettings(Base):
    """How a partnership reminds of actions and asks what became of them; without a row, as shipped."""

    __tablename__ = "plan_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), unique=True)
    # Days before and after the due date; days overdue after which the lead and the office are told.
    before: Mapped[list[int]] = mapped_column(JSON, default=list)
    after: Mapped[list[int]] = mapped_column(JSON, default=list)
    to_lead_after: Mapped[int | None]
    to_office_after: Mapped[int | None]
    # Months after verification at which it is asked what difference an action made.
    ask_after_months: Mapped[list[int]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_name: Mapped[str] = mapped_column(String(120), default="")


class Reminded(Base):
    """That somebody was written to about an action, and for which day: nobody is told the same twice."""

    __tablename__ = "action_reminder"
    __table_args__ = (
        UniqueConstraint("action_id", "kind", "day", "to_address"),
        CheckConstraint(f"kind IN ({', '.join(repr(str(one)) for one in Told)})", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    kind: Mapped[str] = mapped_column(String(10))
    # The day for which it is said: before, on or after the due date, or the Monday of a week.
    day: Mapped[date]
    to_address: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(Moment)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id", ondelete="SET NULL"), index=True)
    notice: Mapped[Notice | None] = relationship()


class ReminderChoice(Base):
    """How somebody wants to be reminded of actions."""

    __tablename__ = "action_reminder_choice"
    __table_args__ = (
        CheckConstraint(f"how IN ({', '.join(repr(str(one)) for one in Reminders)})", name="how_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    how: Mapped[str] = mapped_column(String(10), default=Reminders.EACH)


class PlanCalendar(Base):
    """The secret address under which a calendar reads somebody's due dates; only its hash is kept."""

    __tablename__ = "plan_calendar"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
