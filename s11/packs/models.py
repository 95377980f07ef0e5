"""Packs and feedback letters that were made, and are kept as they were made."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.challenge.models import ChallengeDay
from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.packs.kinds import Audience, Format


class Pack(Addressed, Base):
    """A challenge-day pack or report: what it says, for whom, and from which state of the data."""

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint(
            f"audience IN ({', '.join(repr(str(one)) for one in Audience)})", name="audience_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    audience: Mapped[str] = mapped_column(String(12), default=Audience.CHAIR)
    # Whose pack it is: the agency it is about, or the one that asks the questions.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Ref and name of every organisation whose answers are in it under its name.
    organisations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # All that it says, as `packs.document` writes it: every format is written from this.
    contents: Mapped[str] = mapped_column(Text, deferred=True, default="")
    # A digest of everything it was made from: another one means that the data changed since.
    data_version: Mapped[str] = mapped_column(String(64), default="")
    built_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    built_by_name: Mapped[str] = mapped_column(String(120))
    built_at: Mapped[datetime] = mapped_column(Moment)
    # From when on the organisation it is for may read it.
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    released_by_name: Mapped[str] = mapped_column(String(120), default="")
    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class PackFile(Addressed, Base):
    """A pack in one format: asked for with the pack, written one after another, and kept."""

    __tablename__ = "pack_file"
    __table_args__ = (
        UniqueConstraint("pack_id", "format"),
        CheckConstraint(f"format IN ({', '.join(repr(str(one)) for one in Format)})", name="format_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    format: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(200))
    # Whoever writes it says so first, so that nobody writes it twice; a claim that is old counts no more.
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    written_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(String(300), default="")
    storage_key: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)
    pack: Mapped[Pack] = relationship()


class Letter(Addressed, Base):
    """The feedback letter to an agency after a challenge day: the office drafts it, the chair releases it."""

    __tablename__ = "feedback_letter"
    __table_args__ = (UniqueConstraint("day_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("challenge_day.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # The words of this letter; its findings, ratings and actions are put in when it is read or released.
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    drafted_by_name: Mapped[str] = mapped_column(String(120))
    # As it was released, and never changed after: as `packs.document` writes it.
    contents: Mapped[str] = mapped_column(Text, deferred=True, default="")
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    released_by_name: Mapped[str] = mapped_column(String(120), default="")
    day: Mapped[ChallengeDay] = relationship()
    organisation: Mapped[Organisation] = relationship()
