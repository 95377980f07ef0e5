"""Contacts, what happened to organisations, and register files waiting to be taken in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation, Partnership
from s11.register.rules import ContactRole, Happening


class Contact(Addressed, Base):
    """Somebody a partnership writes to or rings in an organisation. No account, no right."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(str(one)) for one in ContactRole)})", name="role_known"),
        CheckConstraint("name <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Whose contact it is: another partnership at whose table the organisation sits does not see it.
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    role: Mapped[str] = mapped_column(String(12), default=ContactRole.LEAD)
    name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    telephone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    # Whom this contact stands in for.
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    ended_on: Mapped[date | None]
    organisation: Mapped[Organisation] = relationship()
    substitute_for: Mapped["Contact | None"] = relationship(remote_side=[id])


class OrganisationEvent(Base):
    """One thing that happened to an organisation: a new name, a merger, a closure, another trust."""

    __tablename__ = "organisation_event"
    __table_args__ = (
        CheckConstraint(f"what IN ({', '.join(repr(str(one)) for one in Happening)})", name="what_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # Which partnership's office entered it.
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    what: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(String(300), default="")
    # Where it was read: "School register of 12 November 2026", or empty where it was typed.
    source: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(120), default="")


class RegisterFile(Addressed, Base):
    """A register somebody brought: read, compared and shown; nothing changes until it is applied."""

    __tablename__ = "register_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    layout: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    # The rows as read, in our own words; emptied once they are applied or put aside.
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # What was chosen when it was brought: districts, what each column is, whether to close what is missing.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    brought_at: Mapped[datetime] = mapped_column(Moment)
    brought_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    brought_by_name: Mapped[str] = mapped_column(String(120), default="")
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    put_aside_at: Mapped[datetime | None] = mapped_column(Moment)
    # How many were added, changed, closed, left.
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    partnership: Mapped[Partnership] = relationship()


class NotTheSame(Base):
    """Two organisations that look alike, and somebody said that they are two. `one_id` is the smaller."""

    __tablename__ = "not_the_same"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="smaller_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(Moment)
    said_by_name: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(Text, default="")
