"""The second look: ratings and reasons, kept beside the agency's own for ever."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle
from s11.moderation.marks import Mark
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Criterion, Level
from s11.returns.models import Return

MARK_KNOWN = f"mark IN ({', '.join(repr(str(one)) for one in Mark)})"


class Moderation(Base):
    """The moderated rating of one criterion of one return, in one round of it, as it was agreed."""

    __tablename__ = "moderation"
    __table_args__ = (
        UniqueConstraint("return_id", "round", "criterion_id"),
        CheckConstraint("(level_id IS NULL) = not_applicable", name="rated_or_not_applicable"),
        CheckConstraint(MARK_KNOWN, name="mark_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    # What the Board wants to point at: good practice to share, or something to improve.
    mark: Mapped[str] = mapped_column(String(16), default=Mark.NONE)
    version: Mapped[int] = mapped_column(default=1)
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    moderator_name: Mapped[str] = mapped_column(String(120))
    moderated_at: Mapped[datetime] = mapped_column(Moment)
    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()
    # The database refuses an update that rests on an older version, whatever the code above forgot.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Interest(Base):
    """Somebody is too near to an organisation to moderate it, and said so; until they take it back."""

    __tablename__ = "moderator_interest"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    why: Mapped[str] = mapped_column(String(300))
    declared_at: Mapped[datetime] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()


class Assignment(Addressed, Base):
    """A moderator was given a return, in one round of it, to rate by themselves before one is agreed."""

    __tablename__ = "moderation_assignment"
    __table_args__ = (
        UniqueConstraint("return_id", "round", "person_id"),
        CheckConstraint("declined_at IS NULL OR declined_reason <> ''", name="declining_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    assigned_at: Mapped[datetime] = mapped_column(Moment)
    assigned_by_name: Mapped[str] = mapped_column(String(120))
    # When they said that nothing stands in the way; or that something does, and what.
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    declined_at: Mapped[datetime | None] = mapped_column(Moment)
    declined_reason: Mapped[str] = mapped_column(String(300), default="")
    # From here on their own ratings stand, and they see those of others.
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship()
    return_: Mapped[Return] = relationship()

    @property
    def cycle(self) -> Cycle:
        return self.return_.cycle

    @property
    def organisation_id(self) -> int:
        return self.return_.organisation_id


class SecondRating(Base):
    """What one moderator made of one criterion, before they saw what another made of it."""

    __tablename__ = "second_rating"
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id"),
        CheckConstraint("(level_id IS NULL) = not_applicable", name="rated_or_not_applicable"),
        CheckConstraint(MARK_KNOWN, name="mark_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("moderation_assignment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    mark: Mapped[str] = mapped_column(String(16), default=Mark.NONE)
    version: Mapped[int] = mapped_column(default=1)
    rated_at: Mapped[datetime] = mapped_column(Moment)
    assignment: Mapped[Assignment] = relationship()
    level: Mapped[Level | None] = relationship()
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class Reply(Base):
    """What an agency says to a moderated rating before the challenge day; it changes no rating."""

    __tablename__ = "moderation_reply"
    __table_args__ = (UniqueConstraint("return_id", "round", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    accepts: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
