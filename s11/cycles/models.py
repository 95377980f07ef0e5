"""One asking of an edition, and who is asked."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation, Partnership
from s11.questionnaires.models import Edition


class Cycle(Addressed, Base):
    """One asking of one edition to a set of organisations."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("partnership_id", "code"),
        CheckConstraint("opens_on <= due_on", name="opens_before_due"),
        CheckConstraint("closes_on IS NULL OR due_on <= closes_on", name="due_before_close"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    letter: Mapped[str] = mapped_column(Text, default="")
    opens_on: Mapped[date]
    due_on: Mapped[date]
    closes_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    # Some Boards forbid uploads and want a link or where to look; some want few. None: no limit of its own.
    takes_files: Mapped[bool] = mapped_column(default=True)
    files_at_most: Mapped[int | None]
    megabytes_at_most: Mapped[int | None]
    partnership: Mapped[Partnership] = relationship()
    edition: Mapped[Edition] = relationship(lazy="joined")


class Invitation(Base):
    """One organisation asked in one cycle, with its own date where it was given longer."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("cycle_id", "organisation_id"),
        CheckConstraint("exempted_at IS NULL OR exempt_reason <> ''", name="exemption_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(String(300), default="")
    exempted_at: Mapped[datetime | None] = mapped_column(Moment)
    exempt_reason: Mapped[str] = mapped_column(String(300), default="")
    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation] = relationship()
