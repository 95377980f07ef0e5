"""The challenge day: its sessions, the questions prepared for it, and what came of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.models import Action
from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.questionnaires.models import Level


class ChallengeDay(Addressed, Base):
    """The day on which partners present and question each other."""

    __tablename__ = "challenge_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200), default="")
    cycle: Mapped[Cycle] = relationship()


class Session(Base):
    """One organisation's turn, and who questions it."""

    __tablename__ = "challenge_session"
    __table_args__ = (
        UniqueConstraint("day_id", "organisation_id"),
        CheckConstraint("organisation_id <> questioner_id", name="never_questions_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"))
    position: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    questioner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    starts_at: Mapped[str] = mapped_column(String(5), default="")
    minutes: Mapped[int] = mapped_column(default=20)
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    questioner: Mapped[Organisation | None] = relationship(foreign_keys=[questioner_id])


class Enquiry(Addressed, Base):
    """A line of enquiry: a question prepared for the day, and why it is asked."""

    __tablename__ = "enquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    question: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    asked_by: Mapped[Organisation | None] = relationship(foreign_keys=[asked_by_id])


class Outcome(Addressed, Base):
    """What was asked and answered on the day, and what was agreed."""

    __tablename__ = "challenge_outcome"
    __table_args__ = (CheckConstraint("challenge <> ''", name="says_what_was_asked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    enquiry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry.id"))
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    challenge: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    evidence_promised: Mapped[str] = mapped_column(Text, default="")
    agreed_level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    good_practice: Mapped[str] = mapped_column(Text, default="")
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    recorded_by_name: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[ChallengeDay] = relationship()
    organisation: Mapped[Organisation] = relationship()
    agreed_level: Mapped[Level | None] = relationship()
    action: Mapped[Action | None] = relationship()
