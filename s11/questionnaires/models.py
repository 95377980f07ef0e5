"""Questionnaires as stored: frameworks, their yearly editions, and everything asked in one."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Base, Moment


class Framework(Base):
    """A family of questionnaires: S11, S175, S40."""

    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    duty: Mapped[str] = mapped_column(String(300), default="")


class Edition(Base):
    """One version of a framework. Once issued it is frozen, and a change is a new edition."""

    __tablename__ = "edition"
    __table_args__ = (CheckConstraint("stage IN ('draft', 'approved', 'issued')", name="stage_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    introduction: Mapped[str] = mapped_column(Text, default="")
    declaration: Mapped[str] = mapped_column(Text, default="")
    approver: Mapped[str] = mapped_column(String(200), default="")
    labels: Mapped[dict[str, str]] = mapped_column(JSON)
    sign_off: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    retired: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    not_applicable_allowed: Mapped[bool] = mapped_column(default=True)
    not_applicable_meaning: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(20), default="draft")
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    framework: Mapped[Framework] = relationship(lazy="joined")
    predecessor: Mapped["Edition | None"] = relationship(remote_side=[id])


class Scale(Base):
    """A set of levels an edition rates with."""

    __tablename__ = "scale"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(120), default="")


class Level(Base):
    """One point of a scale. Best is the highest `order`, whatever its name, value or colour."""

    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("scale_id", "code"), UniqueConstraint("scale_id", "order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scale_id: Mapped[int] = mapped_column(ForeignKey("scale.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(60))
    letter: Mapped[str] = mapped_column(String(4))
    order: Mapped[int]
    value: Mapped[float | None]
    colour: Mapped[str] = mapped_column(String(20))
    meaning: Mapped[str] = mapped_column(Text, default="")
    counts: Mapped[bool] = mapped_column(default=True)


class Standard(Base):
    """A top grouping of criteria."""

    __tablename__ = "standard"
    __table_args__ = (UniqueConstraint("edition_id", "number"), UniqueConstraint("edition_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text, default="")
    introduction: Mapped[str] = mapped_column(Text, default="")
    good: Mapped[str] = mapped_column(Text, default="")


class Criterion(Base):
    """A line that is rated. `key` stays the same from edition to edition: that is its lineage."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("edition_id", "number"), UniqueConstraint("edition_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"), index=True)
    scale_id: Mapped[int] = mapped_column(ForeignKey("scale.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[list[str]] = mapped_column(JSON)
    themes: Mapped[list[str]] = mapped_column(JSON)
    practice_standards: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text, default="")
    must: Mapped[bool] = mapped_column(default=False)
    weight: Mapped[float] = mapped_column(default=1)
    only_if: Mapped[str] = mapped_column(Text, default="")
    not_applicable_allowed: Mapped[bool] = mapped_column(default=True)
    change: Mapped[str] = mapped_column(String(20), default="")
    change_from: Mapped[list[str]] = mapped_column(JSON)
    change_reason: Mapped[str] = mapped_column(Text, default="")


class Descriptor(Base):
    """What one level looks like for one criterion."""

    __tablename__ = "descriptor"
    __table_args__ = (UniqueConstraint("criterion_id", "level_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
