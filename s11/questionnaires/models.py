"""Questionnaires as stored: frameworks, their yearly editions, and everything asked in one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Partnership
from s11.questionnaires.rules import FIELD_KINDS
from s11.questionnaires.stages import Stage


class Framework(Base):
    """A family of questionnaires: S11, S175, S40."""

    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    duty: Mapped[str] = mapped_column(String(300), default="")


class Edition(Base):
    """One version of a framework. Once issued it is frozen, and a change is a new edition.

    One that was loaded from a file belongs to no partnership and may be used by each; one made on screen
    belongs to the partnership whose office made it.
    """

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint(
            "stage IN ('draft', 'in_review', 'approved', 'issued', 'archived')", name="stage_known"
        ),
        CheckConstraint(
            "approved_on IS NULL OR (approved_by <> '' AND approved_at_meeting <> '')",
            name="approval_has_a_name",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
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
    scale_change: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    not_applicable_allowed: Mapped[bool] = mapped_column(default=True)
    not_applicable_meaning: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(20), default="draft")
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    # Counts the changes made to a draft, so that two who edit it at once notice each other.
    version: Mapped[int] = mapped_column(default=1)
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    approved_at_meeting: Mapped[str] = mapped_column(String(200), default="")
    approved_on: Mapped[date | None]
    partnership: Mapped[Partnership | None] = relationship()
    framework: Mapped[Framework] = relationship(lazy="joined")
    predecessor: Mapped["Edition | None"] = relationship(remote_side=[id])
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @property
    def is_ready(self) -> bool:
        """Whether it can be sent out: approved, or from a file, which was approved before it became one."""
        return self.partnership_id is None or Stage(self.stage) in (Stage.APPROVED, Stage.ISSUED)


class Scale(Base):
    """A set of levels an edition rates with."""

    __tablename__ = "scale"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(120), default="")
    # {"from", "to", "by", "unit"} of a scale of even steps, and the bands its author wrote.
    steps: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    bands: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


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
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)


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
    only_if: Mapped[str] = mapped_column(Text, default="")
    sign_off: Mapped[dict[str, str] | None] = mapped_column(JSON)


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
    change_source: Mapped[str] = mapped_column(String(20), default="")
    group: Mapped[str] = mapped_column(String(200), default="")
    references: Mapped[list[str]] = mapped_column(JSON, default=list)
    recommendations: Mapped[list[str]] = mapped_column(JSON, default=list)
    resources: Mapped[list[str]] = mapped_column(JSON, default=list)
    rated: Mapped[bool] = mapped_column(default=True)
    # Other words for certain organisations; descriptors in them by the code of their level.
    variants: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class QuestionField(Base):
    """Something asked beside the ratings: about the whole return, in a standard, or beside a criterion.

    Without a standard or criterion of its own it is asked in every one of its `scope`.
    """

    __tablename__ = "question_field"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint(
            "CASE scope WHEN 'edition' THEN standard_id IS NULL AND criterion_id IS NULL "
            "WHEN 'standard' THEN criterion_id IS NULL WHEN 'criterion' THEN standard_id IS NULL "
            "ELSE false END",
            name="scope_known",
        ),
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in FIELD_KINDS)})", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id", ondelete="CASCADE"))
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    scope: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(300))
    hint: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(10))
    required: Mapped[bool] = mapped_column(default=False)
    options: Mapped[list[str]] = mapped_column(JSON)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    only_if: Mapped[str] = mapped_column(Text, default="")
    # What the register of organisations already knows, filled in for whoever opens the return.
    prefill: Mapped[str] = mapped_column(String(30), default="")


class EditionComment(Addressed, Base):
    """What somebody said about an edition in review: about the whole, or a standard or criterion by key."""

    __tablename__ = "edition_comment"
    __table_args__ = (
        CheckConstraint("about IN ('edition', 'standard', 'criterion')", name="about_known"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_name = '')", name="resolved_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    about: Mapped[str] = mapped_column(String(10))
    # Not a foreign key: a draft's rows are written anew with every change, its keys stay.
    key: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resolved_by_name: Mapped[str] = mapped_column(String(120), default="")
    edition: Mapped[Edition] = relationship()

    @property
    def partnership_id(self) -> int | None:
        return self.edition.partnership_id


class Descriptor(Base):
    """What one level looks like for one criterion."""

    __tablename__ = "descriptor"
    __table_args__ = (UniqueConstraint("criterion_id", "level_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
