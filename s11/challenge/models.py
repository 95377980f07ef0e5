"""The challenge day: its sessions, the questions prepared for it, and what came of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.models import Action
from s11.challenge.kinds import Attendance, EnquiryState, Part
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
    # Where to join it from afar.
    link: Mapped[str] = mapped_column(String(500), default="")
    # Whether partners read each other's packs from the day on.
    shares_packs: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    # What the overview report begins with, and the feedback letter as this day words it; empty: as shipped.
    foreword: Mapped[str] = mapped_column(Text, default="")
    letter: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    cycle: Mapped[Cycle] = relationship()


class Session(Addressed, Base):
    """One organisation's turn, and who questions it; or a part of the day that is nobody's, by its title."""

    __tablename__ = "challenge_session"
    __table_args__ = (
        UniqueConstraint("day_id", "organisation_id"),
        CheckConstraint("organisation_id <> questioner_id", name="never_questions_itself"),
        CheckConstraint("organisation_id IS NOT NULL OR title <> ''", name="is_somebodys_or_titled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"))
    position: Mapped[int]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str] = mapped_column(String(200), default="")
    questioner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    starts_at: Mapped[str] = mapped_column(String(5), default="")
    minutes: Mapped[int] = mapped_column(default=20)
    # When it really began and ended, for who keeps the time.
    began_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id])
    questioner: Mapped[Organisation | None] = relationship(foreign_keys=[questioner_id])

    @property
    def name(self) -> str:
        """Whose turn it is, or what this part of the day is."""
        return self.organisation.name if self.organisation else self.title


class Enquiry(Addressed, Base):
    """A line of enquiry: a question prepared for the day, and why it is asked."""

    __tablename__ = "enquiry"
    __table_args__ = (
        UniqueConstraint("day_id", "suggestion"),
        CheckConstraint(f"state IN ({', '.join(repr(str(s)) for s in EnquiryState)})", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # Who of them asks it, where that is settled.
    asker_name: Mapped[str] = mapped_column(String(120), default="")
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    criterion_key: Mapped[str] = mapped_column(String(80), default="")
    question: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text, default="")
    # The rule that raised it, and about what: the same is never suggested twice. Empty: added by hand.
    rule: Mapped[str] = mapped_column(String(40), default="")
    suggestion: Mapped[str | None] = mapped_column(String(250))
    state: Mapped[str] = mapped_column(String(12), default=EnquiryState.CHOSEN)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    asked_by: Mapped[Organisation | None] = relationship(foreign_keys=[asked_by_id])


class Outcome(Addressed, Base):
    """What was asked and answered on the day, and what was agreed."""

    __tablename__ = "challenge_outcome"
    __table_args__ = (UniqueConstraint("day_id", "once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    enquiry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry.id"))
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    criterion_key: Mapped[str] = mapped_column(String(80), default="")
    # Two of the same key are one: a page that saves itself may send its first words twice.
    once: Mapped[str | None] = mapped_column(String(40))
    # Who asked: an organisation, a person by name, or both.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    asker_name: Mapped[str] = mapped_column(String(120), default="")
    challenge: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    evidence_promised: Mapped[str] = mapped_column(Text, default="")
    agreed_level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    good_practice: Mapped[str] = mapped_column(Text, default="")
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    # An action as far as it is typed: it enters the plan once it has an owner and a date.
    action_draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # When its question was last put before the room.
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
    changed_by_name: Mapped[str] = mapped_column(String(120), default="")
    recorded_by_name: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[ChallengeDay] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    asked_by: Mapped[Organisation | None] = relationship(foreign_keys=[asked_by_id])
    agreed_level: Mapped[Level | None] = relationship()
    action: Mapped[Action | None] = relationship()


class Attendee(Addressed, Base):
    """Somebody who is to be at a challenge day, for an organisation or the Board, and whether they were."""

    __tablename__ = "challenge_attendee"
    __table_args__ = (
        CheckConstraint(f"part IN ({', '.join(repr(str(one)) for one in Part)})", name="part_known"),
        CheckConstraint(
            f"attendance IN ({', '.join(repr(str(one)) for one in Attendance)})", name="attendance_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # Their account, where they have one.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    part: Mapped[str] = mapped_column(String(12), default=Part.PRESENTS)
    attendance: Mapped[str] = mapped_column(String(12), default=Attendance.EXPECTED)
    # Whom they stand in for, or what an apology said.
    note: Mapped[str] = mapped_column(String(300), default="")
    invited_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation | None] = relationship()


class Tie(Base):
    """Two organisations of a partnership that are not to question each other: one commissions the other, or
    they are too near in another way. It holds in both directions."""

    __tablename__ = "organisation_tie"
    __table_args__ = (
        UniqueConstraint("partnership_id", "organisation_id", "other_id"),
        CheckConstraint("organisation_id <> other_id", name="is_between_two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    why: Mapped[str] = mapped_column(String(300))
    declared_at: Mapped[datetime] = mapped_column(Moment)
    declared_by_name: Mapped[str] = mapped_column(String(120))
