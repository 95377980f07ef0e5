"""The second look: a rating and a reason, kept beside the agency's own for ever."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Base, Moment
from s11.questionnaires.models import Criterion, Level


class Moderation(Base):
    """A moderated rating of one criterion of one return, in one round of it."""

    __tablename__ = "moderation"
    __table_args__ = (
        UniqueConstraint("return_id", "round", "criterion_id"),
        CheckConstraint("(level_id IS NULL) = not_applicable", name="rated_or_not_applicable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    round: Mapped[int]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    moderator_name: Mapped[str] = mapped_column(String(120))
    moderated_at: Mapped[datetime] = mapped_column(Moment)
    criterion: Mapped[Criterion] = relationship()
    level: Mapped[Level | None] = relationship()
    # The database refuses an update that rests on an older version, whatever the code above forgot.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}
