"""Who did what, when, to what. Entries are added and never changed.

The database refuses to change or remove one: the triggers are made by migration 0002.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from s11.core.database import Base, Moment


class Entry(Base):
    """One act. `tag` reads subject:part:act, as in "return:answers:saved"."""

    __tablename__ = "trail_entry"
    __table_args__ = (
        Index("ix_trail_entry_subject", "subject", "subject_id"),
        Index("ix_trail_entry_partnership", "partnership_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Counted from 1 without gaps. With the two hashes it is given when the work is kept: s11.trail.chaining.
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    tag: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    # The name is kept beside the person: words outlive the account that wrote them.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(120))
    # What the person was there, in words, at that moment. Empty for the system, and before it was recorded.
    role: Mapped[str] = mapped_column(String(200))
    # Where the request came from. Empty for a command.
    address: Mapped[str] = mapped_column(String(45))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class TrailHead(Base):
    """The last entry, noted once more: without it nobody could tell that the end was cut off."""

    __tablename__ = "trail_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
