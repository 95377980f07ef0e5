"""The partnership, and the organisations that sit at its table."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core import clock
from s11.core.database import Addressed, Base
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind, OrganisationFacts


class Partnership(Addressed, Base):
    """A safeguarding children partnership; people say "the Board"."""

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    board_word: Mapped[str] = mapped_column(String(60), default="the Board")
    office_email: Mapped[str] = mapped_column(String(254), default="")
    # What it calls the sub-group that approves the questionnaire and receives the report.
    quality_group: Mapped[str] = mapped_column(String(80), default="quality-assurance sub-group")
    # Under every mail it sends.
    mail_signature: Mapped[str] = mapped_column(Text, default="")
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    # A colour as #rrggbb, checked for contrast before it is kept; empty: the product's own.
    colour: Mapped[str] = mapped_column(String(7), default="")
    logo_key: Mapped[str] = mapped_column(String(100), default="")
    logo_type: Mapped[str] = mapped_column(String(40), default="")
    # What evidence a new cycle takes, until somebody rules otherwise for that cycle.
    takes_files: Mapped[bool] = mapped_column(default=True)
    files_at_most: Mapped[int | None]
    megabytes_at_most: Mapped[int | None]
    # Groups of fewer organisations are not shown beside others.
    small_group: Mapped[int] = mapped_column(default=5)
    # Years after the close of a cycle for which its evidence files are kept; None: as long as the record.
    evidence_years: Mapped[int | None]
    # A shorter time that somebody asked for and a second person has not confirmed: years, by (a ref), at.
    pending: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    # Roles, beyond those the installation demands it of, that need a second factor here.
    second_factor_roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Who signs after whom in a new edition, by framework code, as the questionnaire file writes it.
    sign_off_chains: Mapped[dict[str, list[dict[str, object]]]] = mapped_column(JSON, default=dict)


class Organisation(Addressed, Base):
    """An agency, school, setting or trust. It may sit in several partnerships."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint(f"kind IN ({', '.join(repr(str(kind)) for kind in Kind)})", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    short_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40), index=True)
    phase: Mapped[str] = mapped_column(String(20), default="")
    school_type: Mapped[str] = mapped_column(String(80), default="")
    district: Mapped[str] = mapped_column(String(80), default="")
    religious_character: Mapped[str] = mapped_column(String(80), default="")
    # Bound by section 11 itself, as opposed to asked to return by the Board or by contract.
    bound_by_statute: Mapped[bool] = mapped_column(default=False)
    residential: Mapped[bool] = mapped_column(default=False)
    commissions_services: Mapped[bool] = mapped_column(default=False)
    ofsted_grade: Mapped[str] = mapped_column(String(40), default="")
    # A childminder without assistants: proportion asks less of them, and often nothing.
    works_alone: Mapped[bool] = mapped_column(default=False)
    # Numbers in the registers of others: the school register, Ofsted, charities, the NHS.
    urn: Mapped[str | None] = mapped_column(String(20), unique=True)
    dfe_number: Mapped[str | None] = mapped_column(String(20), index=True)
    ukprn: Mapped[str | None] = mapped_column(String(20), index=True)
    ofsted_urn: Mapped[str | None] = mapped_column(String(20), unique=True)
    charity_number: Mapped[str | None] = mapped_column(String(20), index=True)
    ods_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    local_authority: Mapped[str] = mapped_column(String(80), default="")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    # The organisation it became part of, or that it turned out to be: its own rows stay where they are.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    pupils: Mapped[int | None]
    services: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent: Mapped["Organisation | None"] = relationship(
        remote_side=[id], back_populates="schools", foreign_keys=[parent_id]
    )
    schools: Mapped[list["Organisation"]] = relationship(
        back_populates="parent", order_by="Organisation.name", foreign_keys=[parent_id]
    )
    merged_into: Mapped["Organisation | None"] = relationship(
        remote_side=[id], foreign_keys=[merged_into_id], viewonly=True
    )
    seats: Mapped[list["Seat"]] = relationship(back_populates="organisation")

    @property
    def seated_in(self) -> frozenset[int]:
        """The partnerships at whose table the organisation sits today, by id."""
        return frozenset(seat.partnership_id for seat in self.seats if seat.left_on is None)

    @property
    def became_id(self) -> int:
        """The organisation it is part of today, through every merger; its own where there was none.

        A merger that is known ahead has not happened before its day.
        """
        seen, now, today = {self.id}, self, clock.today()
        while now.merged_into is not None and now.merged_into.id not in seen:
            if now.closed_on is not None and now.closed_on > today:
                break
            now = now.merged_into
            seen.add(now.id)
        return now.id

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[Kind(self.kind)]

    @property
    def phase_label(self) -> str:
        return PHASE_LABELS.get(self.phase, "")

    @property
    def facts(self) -> OrganisationFacts:
        return OrganisationFacts(
            kind=self.kind,
            phase=self.phase,
            bound_by_statute=self.bound_by_statute,
            residential=self.residential,
            ofsted_grade=self.ofsted_grade,
            commissions_services=self.commissions_services,
            works_alone=self.works_alone,
        )


class Seat(Base):
    """An organisation's place at one partnership's table."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("partnership_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    partnership: Mapped[Partnership] = relationship()
    organisation: Mapped[Organisation] = relationship(back_populates="seats")
