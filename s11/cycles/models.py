"""One asking of an edition, and who is asked."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.cycles.rules import AskedAs, LetOff
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.questionnaires.models import Edition


class Cycle(Addressed, Base):
    """One asking of one edition to a set of organisations."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("partnership_id", "code"),
        CheckConstraint("opens_on <= due_on", name="opens_before_due"),
        CheckConstraint("closes_on IS NULL OR due_on <= closes_on", name="due_before_close"),
        CheckConstraint(
            f"asked_as IN ({', '.join(repr(str(one)) for one in AskedAs)})", name="asked_as_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    letter: Mapped[str] = mapped_column(Text, default="")
    guidance: Mapped[str] = mapped_column(Text, default="")
    opens_on: Mapped[date]
    due_on: Mapped[date]
    closes_on: Mapped[date | None]
    # The day by which moderators are to be finished, and the challenge day; both for the calendar.
    moderation_on: Mapped[date | None]
    challenge_on: Mapped[date | None]
    asked_as: Mapped[str] = mapped_column(String(20), default=AskedAs.FULL)
    # Keys of the standards a deep dive or a themed mini-audit asks; empty: the whole edition.
    only_standards: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Who is asked, as a rule that can be read and applied again: see `cycles.audience`.
    audience: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    # In how many years it is asked again; for the calendar.
    every_years: Mapped[int] = mapped_column(default=1)
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    # Some Boards forbid uploads and want a link or where to look; some want few. None: no limit of its own.
    takes_files: Mapped[bool] = mapped_column(default=True)
    files_at_most: Mapped[int | None]
    megabytes_at_most: Mapped[int | None]
    partnership: Mapped[Partnership] = relationship()
    edition: Mapped[Edition] = relationship(lazy="joined")


class SubmissionGroup(Addressed, Base):
    """Organisations of one cycle with dates of their own, as schools' audits are spread over a year."""

    __tablename__ = "submission_group"
    __table_args__ = (
        UniqueConstraint("cycle_id", "name"),
        CheckConstraint("opens_on <= due_on", name="opens_before_due"),
        CheckConstraint("closes_on IS NULL OR due_on <= closes_on", name="due_before_close"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    name: Mapped[str] = mapped_column(String(80))
    opens_on: Mapped[date]
    due_on: Mapped[date]
    closes_on: Mapped[date | None]
    cycle: Mapped[Cycle] = relationship()


class Invitation(Base):
    """One organisation asked in one cycle, with its own date where it was given longer."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("cycle_id", "organisation_id"),
        CheckConstraint("exempted_at IS NULL OR exempt_reason <> ''", name="exemption_has_a_reason"),
        CheckConstraint(
            f"exempted_as IN ({', '.join(repr(str(one)) for one in LetOff)})", name="let_off_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("submission_group.id"), index=True)
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(String(300), default="")
    exempted_at: Mapped[datetime | None] = mapped_column(Moment)
    exempt_reason: Mapped[str] = mapped_column(String(300), default="")
    # Exempt: need not return this time. Withdrawn: was asked and is there no more, or by mistake.
    exempted_as: Mapped[str] = mapped_column(String(12), default=LetOff.EXEMPT)
    cycle: Mapped[Cycle] = relationship()
    organisation: Mapped[Organisation] = relationship()
    group: Mapped[SubmissionGroup | None] = relationship(lazy="joined")

    @property
    def asked_by(self) -> date:
        """The date the organisation was first given: its group's, or everybody's."""
        return self.group.due_on if self.group else self.cycle.due_on

    @property
    def due_on(self) -> date:
        """The date that counts: its own where it was given longer. In SQL: `queries.due_day`.

        Once everybody has until later, so has who was given longer before.
        """
        return self.extended_to if self.extended_to and self.has_longer else self.asked_by

    @property
    def has_longer(self) -> bool:
        """Whether it has until later than the others it was asked with."""
        return self.extended_to is not None and self.extended_to > self.asked_by

    @property
    def opens_on(self) -> date:
        return self.group.opens_on if self.group else self.cycle.opens_on

    @property
    def closes_on(self) -> date | None:
        """The last day of its group, or of the cycle."""
        return (self.group.closes_on if self.group else None) or self.cycle.closes_on


class Extension(Base):
    """One time an organisation was given another date, and why: all of them are kept."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), index=True)
    before: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")


class Issue(Addressed, Base):
    """The asking of many organisations at once: begun, carried on after whatever stopped it, finished."""

    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    tells: Mapped[bool] = mapped_column(default=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Person | None] = relationship()


class IssueLine(Base):
    """One organisation of an issue: to be asked, asked at a moment, or exempt from the start."""

    __tablename__ = "issue_line"
    __table_args__ = (UniqueConstraint("issue_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("submission_group.id"))
    exempt_reason: Mapped[str] = mapped_column(String(300), default="")
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship()
