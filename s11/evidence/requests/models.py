"""Requests for evidence outside a cycle, and what came."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.evidence.models import Revision
from s11.evidence.requests.rules import Outcome, Reason
from s11.organisations.models import Organisation, Partnership


class EvidenceRequest(Addressed, Base):
    """One thing one organisation is asked to show, outside a cycle."""

    __tablename__ = "evidence_request"
    __table_args__ = (
        CheckConstraint(f"reason IN ({', '.join(repr(str(one)) for one in Reason)})", name="reason_known"),
        CheckConstraint(
            f"outcome IN ('', {', '.join(repr(str(one)) for one in Outcome)})", name="outcome_known"
        ),
        CheckConstraint("(outcome = '') = (outcome_at IS NULL)", name="outcome_has_a_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    # The person it is asked of, where it is one; else it is for the safeguarding leads.
    of_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by_name: Mapped[str] = mapped_column(String(120), default="")
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    outcome_said: Mapped[str] = mapped_column(Text, default="")
    outcome_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    outcome_by_name: Mapped[str] = mapped_column(String(120), default="")
    organisation: Mapped[Organisation] = relationship()
    partnership: Mapped[Partnership] = relationship()


class EvidenceResponse(Addressed, Base):
    """What an organisation answers to a request, or the office wrote back: one after the other, all kept.

    One that is not sent is the organisation's alone: it is worked at, and nobody else sees it.
    """

    __tablename__ = "evidence_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("evidence_request.id"), index=True)
    # Whether the office wrote it: "this shows the policy, please add the training record".
    from_office: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")
    begun_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    shown: Mapped[list["ShownInResponse"]] = relationship(order_by="ShownInResponse.id")


class ShownInResponse(Base):
    """A document of the organisation's library that a response shows, as it was then."""

    __tablename__ = "shown_in_response"
    __table_args__ = (UniqueConstraint("response_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("evidence_response.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    revision: Mapped[Revision] = relationship()
