"""The composite action plan: every action of every source, with its owners, dates and milestones."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.models.bringing import PlanImport
from s11.actions.models.sources import PlanSource, Recommendation
from s11.actions.rules import Difference, Mechanism, Priority, Source, Status
from s11.core.database import Addressed, Base, Moment
from s11.cycles.models import Cycle
from s11.evidence.requests.models import EvidenceRequest
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person

# One action may answer several recommendations, and one recommendation may need several actions.
answers = Table(
    "action_answers",
    Base.metadata,
    Column("action_id", ForeignKey("action.id"), primary_key=True),
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True, index=True),
)


def _among(column: str, *values: str) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Action(Addressed, Base):
    """Something somebody has promised to do by a day.

    Only an action that was brought in from an existing plan may lack its owner or its date, until that is
    mended; what stood there instead is kept.
    """

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint(
            "import_id IS NOT NULL OR "
            "(owner_name <> '' AND owner_role <> '' AND due_on IS NOT NULL AND first_due_on IS NOT NULL)",
            name="owner_and_date_unless_brought_in",
        ),
        CheckConstraint(_among("source", *Source), name="source_known"),
        CheckConstraint(_among("status", *Status), name="status_known"),
        CheckConstraint(_among("mechanism", "", *Mechanism), name="mechanism_known"),
        CheckConstraint(_among("priority", "", *Priority), name="priority_known"),
        CheckConstraint(_among("difference", "", *Difference), name="difference_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    # Whose action it is; none where it is the Board's own.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    # The review, inspection or audit it answers. What comes from elsewhere is named by title and text.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("plan_source.id"), index=True)
    source_title: Mapped[str] = mapped_column(String(250), default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    evidence_request_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_request.id"), index=True)
    # The stable key of the criterion or standard it came from, so that next year's question finds it.
    standard_key: Mapped[str] = mapped_column(String(80), default="")
    criterion_key: Mapped[str] = mapped_column(String(80), default="")
    # The theme of an action that answers no recommendation.
    theme: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text, default="")
    evidence_expected: Mapped[str] = mapped_column(Text, default="")
    mechanism: Mapped[str] = mapped_column(String(40), default="")
    resources: Mapped[str] = mapped_column(Text, default="")
    # What is done if it does not work.
    contingency: Mapped[str] = mapped_column(Text, default="")
    priority: Mapped[str] = mapped_column(String(10), default="")
    # Who leads; whoever else has a part in it is an `Owner`.
    owner_name: Mapped[str] = mapped_column(String(120))
    owner_role: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    first_due_on: Mapped[date | None]
    times_moved: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20), default=Status.NOT_STARTED)
    last_said_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    # What was last answered about the difference it made, how often that was asked, and when it is next.
    difference: Mapped[str] = mapped_column(String(12), default="")
    times_asked: Mapped[int] = mapped_column(default=0)
    ask_on: Mapped[date | None] = mapped_column(index=True)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    # Where it was brought in: by which import, from which row, and that row as printed.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("plan_import.id"), index=True)
    import_row: Mapped[int | None]
    printed: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_name: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[Organisation | None] = relationship()
    partnership: Mapped[Partnership] = relationship()
    cycle: Mapped[Cycle | None] = relationship()
    plan_source: Mapped[PlanSource | None] = relationship()
    evidence_request: Mapped[EvidenceRequest | None] = relationship()
    superseded_by: Mapped["Action | None"] = relationship(remote_side=[id])
    imported: Mapped[PlanImport | None] = relationship()
    recommendations: Mapped[list[Recommendation]] = relationship(
        secondary=answers, order_by=Recommendation.position
    )
    owners: Mapped[list["Owner"]] = relationship(order_by="Owner.position", cascade="all, delete-orphan")
    milestones: Mapped[list["Milestone"]] = relationship(
        order_by="Milestone.position", cascade="all, delete-orphan"
    )

    @property
    def holder(self) -> str:
        """Whose action it is, in words: an organisation's, or the Board's own."""
        return self.organisation.name if self.organisation else self.partnership.name

    @property
    def led_by(self) -> str:
        """Who leads: "Alex Osei, Head of Safeguarding"; what is known of them where that is less."""
        return ", ".join(part for part in (self.owner_name, self.owner_role) if part)


class Owner(Base):
    """Somebody who has a part in an action that another leads."""

    __tablename__ = "action_owner"
    __table_args__ = (CheckConstraint("name <> '' OR role <> ''", name="is_somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(120), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation: Mapped[Organisation | None] = relationship()
    person: Mapped[Person | None] = relationship()


class Milestone(Addressed, Base):
    """A step on the way to an action's end."""

    __tablename__ = "action_milestone"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text)
    # May be empty where it was brought in without a date that could be read.
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_by_name: Mapped[str] = mapped_column(String(120), default="")
