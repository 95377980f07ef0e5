"""What an office does to get every last return in: reminders, calls, escalations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle, Invitation
from s11.desk.rules import Whom
from s11.organisations.models import Organisation


class ReminderRule(Addressed, Base):
    """When whom to remind in a cycle: "seven days before, only those under half"."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint(f"whom IN ({', '.join(repr(str(one)) for one in Whom)})", name="whom_known"),
        CheckConstraint("(whom = 'under') = (under_percent IS NOT NULL)", name="under_has_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    # Days before each organisation's own due day; below 0: after it.
    days_before: Mapped[int]
    whom: Mapped[str] = mapped_column(String(12), default=Whom.EVERYBODY)
    under_percent: Mapped[int | None]
    template: Mapped[str] = mapped_column(String(40), default="reminder")
    # Also to the senior person, from this reminder on.
    copies_senior: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_name: Mapped[str] = mapped_column(String(120), default="")
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    cycle: Mapped[Cycle] = relationship()


class Reminder(Base):
    """An organisation was reminded, by a rule or by hand."""

    __tablename__ = "reminder"
    # A rule reminds an organisation once for each due day it ever has; by hand as often as somebody does.
    __table_args__ = (UniqueConstraint("rule_id", "invitation_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_rule.id"))
    due_on: Mapped[date]
    template: Mapped[str] = mapped_column(String(40))
    mails: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    invitation: Mapped[Invitation] = relationship()


class Call(Addressed, Base):
    """Somebody of the office spoke with an organisation, or tried to."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    spoke_to: Mapped[str] = mapped_column(String(120), default="")
    said: Mapped[str] = mapped_column(Text, default="")
    call_back_on: Mapped[date | None]
    organisation: Mapped[Organisation] = relationship()
    cycle: Mapped[Cycle | None] = relationship()


class Escalation(Addressed, Base):
    """A missing return taken to a named senior person, with the letter that went."""

    __tablename__ = "escalation"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    to_name: Mapped[str] = mapped_column(String(120))
    to_role: Mapped[str] = mapped_column(String(120), default="")
    to_email: Mapped[str] = mapped_column(String(254), default="")
    subject: Mapped[str] = mapped_column(String(200))
    letter: Mapped[str] = mapped_column(Text)
    answer_by: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(Text, default="")
    invitation: Mapped[Invitation] = relationship()
