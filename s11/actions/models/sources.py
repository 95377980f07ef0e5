"""What recommends: reviews, inspections and audits, with their recommendations as printed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.actions.rules import WITH_RECOMMENDATIONS
from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation, Partnership


class PlanSource(Addressed, Base):
    """A review, an inspection or an audit whose recommendations the plan answers."""

    __tablename__ = "plan_source"
    __table_args__ = (
        CheckConstraint(
            f"kind IN ({', '.join(repr(str(one)) for one in WITH_RECOMMENDATIONS)})", name="kind_known"
        ),
        CheckConstraint("title <> ''", name="has_a_title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(250))
    # What a paper for the public calls it, where its title would tell whom it is about.
    public_title: Mapped[str] = mapped_column(String(250), default="")
    # The day it was published or received; whom it inspected or audited, where that is one organisation.
    dated_on: Mapped[date | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    summary: Mapped[str] = mapped_column(Text, default="")
    # How many recommendations it says it makes: a number that is missing is then seen.
    how_many: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_name: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)
    partnership: Mapped[Partnership] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Recommendation(Addressed, Base):
    """One recommendation of a source, with its number as printed; two may bear the same number."""

    __tablename__ = "recommendation"
    __table_args__ = (CheckConstraint("text <> ''", name="says_something"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("plan_source.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    # What the review found, and in what circumstances; what the Board answered to it.
    finding: Mapped[str] = mapped_column(Text, default="")
    context: Mapped[str] = mapped_column(Text, default="")
    response: Mapped[str] = mapped_column(Text, default="")
    practice_standard: Mapped[str] = mapped_column(String(200), default="")
    # Why the Board does not accept it; empty where it does.
    not_accepted: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    source: Mapped[PlanSource] = relationship()
    themes: Mapped[list["RecommendationTheme"]] = relationship(
        order_by="RecommendationTheme.position", cascade="all, delete-orphan"
    )
    tests: Mapped[list["RecommendationTest"]] = relationship(
        order_by="RecommendationTest.id", cascade="all, delete-orphan"
    )

    @property
    def partnership_id(self) -> int:
        """Whose plan it belongs to, for the guards."""
        return self.source.partnership_id


class RecommendationTheme(Base):
    """A theme or cornerstone under which a recommendation stands."""

    __tablename__ = "recommendation_theme"
    __table_args__ = (UniqueConstraint("recommendation_id", "theme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"))
    position: Mapped[int] = mapped_column(default=0)
    theme: Mapped[str] = mapped_column(String(120), index=True)


class RecommendationTest(Base):
    """A criterion, by its stable key, whose ratings tell whether a recommendation was heeded."""

    __tablename__ = "recommendation_test"
    __table_args__ = (UniqueConstraint("recommendation_id", "criterion_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"))
    criterion_key: Mapped[str] = mapped_column(String(80), index=True)
