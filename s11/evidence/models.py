"""Proof: files, links and references, kept once and pointed at from wherever they are used."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation


class Document(Addressed, Base):
    """Something an organisation can show: a file with its revisions, a link, or where to look."""

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("kind IN ('file', 'link', 'reference')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(250))
    # The address of a link, or the words of a reference: "seen in the HR system, ask the HR director".
    target: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_by_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()


class Revision(Addressed, Base):
    """One state of a document. Answers point at a revision, so a later one changes no old answer."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("size >= 0", name="size_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    storage_key: Mapped[str] = mapped_column(String(64), default="")
    scan_state: Mapped[str] = mapped_column(String(20), default="not_scanned")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_by_name: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime] = mapped_column(Moment)
    document: Mapped[Document] = relationship(lazy="joined")
