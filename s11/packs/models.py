"""Packs that were built and are kept as they were built."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle


class Pack(Addressed, Base):
    """A challenge-day pack as a file, with who is in it and who built it when."""

    __tablename__ = "pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    organisations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    file_name: Mapped[str] = mapped_column(String(200))
    storage_key: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int]
    built_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    built_by_name: Mapped[str] = mapped_column(String(120))
    built_at: Mapped[datetime] = mapped_column(Moment)
    cycle: Mapped[Cycle] = relationship()
