"""Proof: files, links and references, kept once and pointed at from wherever they are used."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core import clock
from s11.core.database import Addressed, Base, Moment
from s11.evidence.rules import ScanState
from s11.organisations.models import Organisation


class Document(Addressed, Base):
    """Something an organisation can show: a file with its revisions, a link, or where to look."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("kind IN ('file', 'link', 'reference')", name="kind_known"),
        CheckConstraint("personal_data IN ('', 'no', 'yes', 'redacted')", name="personal_data_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(250))
    # The address of a link, or the words of a reference: "seen in the HR system, ask the HR director".
    target: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_by_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(Moment)
    # The last day on which it still shows how things are, where it has one; and who last said that it does.
    current_until: Mapped[date | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by_name: Mapped[str] = mapped_column(String(120), default="")
    # What was said of personal data about children or staff in it: "", "no", "yes" or "redacted".
    personal_data: Mapped[str] = mapped_column(String(10), default="")
    # Taken out of the library; what was shown with it stays.
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()


class Revision(Addressed, Base):
    """One state of a document. Answers point at a revision, so a later one changes no old answer."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        CheckConstraint(
            f"scan_state IN ({', '.join(repr(str(s)) for s in ScanState)})", name="scan_state_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    storage_key: Mapped[str] = mapped_column(String(64), default="")
    scan_state: Mapped[str] = mapped_column(String(20), default=ScanState.NOT_SCANNED, index=True)
    scanned_at: Mapped[datetime | None] = mapped_column(Moment)
    scan_note: Mapped[str] = mapped_column(String(200), default="")
    # When the file itself was removed under a partnership's retention rule; what is known of it stays.
    destroyed_at: Mapped[datetime | None] = mapped_column(Moment)
    # What was found hidden in it when it was added, in the sentences people read.
    hidden: Mapped[list[str]] = mapped_column(JSON, default=list)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_by_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(Moment)
    document: Mapped[Document] = relationship(lazy="joined")

    @property
    def gone(self) -> str:
        """That its file was removed, and when; empty where it was not."""
        if self.destroyed_at is None:
            return ""
        day = clock.local(self.destroyed_at)
        return f"Removed under the retention rule on {day.day} {day:%B %Y}"


class Upload(Addressed, Base):
    """A file that has arrived and is not evidence yet: somebody has to decide about it first.

    Swept away after a day. `purpose` says where it was meant for, in the words of the room that took it.
    """

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    purpose: Mapped[dict[str, Any]] = mapped_column(JSON)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64))
    hidden: Mapped[list[str]] = mapped_column(JSON, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
