"""A plan that is brought in from a file or a pasted table, until it is in the plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.models.sources import PlanSource
from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Partnership


class PlanImport(Addressed, Base):
    """One plan somebody brings: its tables as they were read, and what was decided about them so far.

    `tables` is what was read and never changes; `chosen` is what the columns mean; `mended` is what was
    typed about single rows. Rows of the plan keep the number of the row they came from.
    """

    __tablename__ = "plan_import"
    __table_args__ = (CheckConstraint("stage IN ('columns', 'rows', 'done')", name="stage_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    # The source it belongs to: there before, or made when the rows come in.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("plan_source.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    stage: Mapped[str] = mapped_column(String(10), default="columns")
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # kind, title and date of the source
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    mended: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    begun_by_name: Mapped[str] = mapped_column(String(120), default="")
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
    partnership: Mapped[Partnership] = relationship()
    source: Mapped[PlanSource | None] = relationship()
