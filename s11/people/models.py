"""Persons, and what they are here for."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core import clock
from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation, Partnership
from s11.people.rules import BOARD_ROLES, ROLE_LABELS, TRUST_ROLES, Role

TITLES = frozenset({"Dr", "Prof", "Professor", "Rev", "Reverend", "Cllr", "Councillor", "Sir", "Dame"})


class Person(UserMixin, Addressed, Base):
    """Somebody who can sign in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    # Raised to end every session of this person at once.
    session_version: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_signed_in_at: Mapped[datetime | None] = mapped_column(Moment)
    # When the name and address of somebody who left were taken out.
    pseudonymised_at: Mapped[datetime | None] = mapped_column(Moment)
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id", lazy="selectin"
    )
    # The partnership somebody with several works in just now; None: no narrowing. Set for a request only.
    _working_in = None

    def work_in(self, partnership_id: int | None) -> None:
        """Narrow the roles in force to those that count in one partnership."""
        self._working_in = partnership_id

    @property
    def working_in(self) -> int | None:
        return self._working_in

    @property
    def greeting(self) -> str:
        """The first name; of somebody with a title, the title and the surname."""
        first, *others = self.name.split()
        return f"{first} {others[-1]}" if first.rstrip(".") in TITLES and others else first

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """What the session holds: it stops fitting when the version is raised."""
        return f"{self.ref}.{self.session_version}"

    @property
    def current(self) -> list["Membership"]:
        """The memberships in force, in the partnership worked in where there are several."""
        held = [membership for membership in self.memberships if membership.in_force]
        if self._working_in is None:
            return held
        return [m for m in held if not m.partnership_ids or self._working_in in m.partnership_ids]

    def roles_at(self, organisation_id: int) -> frozenset[Role]:
        """Roles held in an organisation; in a school also those held at its trust for all its schools."""
        held = {Role(m.role) for m in self.current if m.organisation_id == organisation_id}
        if organisation_id in self.trust_school_ids:
            held |= {Role(m.role) for m in self._of_trusts if organisation_id in m.school_ids}
        return frozenset(held)

    def roles_for(self, partnership_id: int) -> frozenset[Role]:
        """Roles held at a partnership's own level."""
        return frozenset(Role(m.role) for m in self.current if m.partnership_id == partnership_id)

    @property
    def _of_trusts(self) -> list["Membership"]:
        return [m for m in self.current if Role(m.role) in TRUST_ROLES]

    @property
    def trust_school_ids(self) -> frozenset[int]:
        """The schools of the trusts at which somebody holds a trust's role."""
        return frozenset(school_id for m in self._of_trusts for school_id in m.school_ids)

    @property
    def organisation_ids(self) -> list[int]:
        """The organisations somebody belongs to, the schools of their trust among them."""
        own = {m.organisation_id for m in self.current if m.organisation_id is not None}
        return sorted(own | self.trust_school_ids)

    @property
    def bound_to(self) -> frozenset[int]:
        """The organisations somebody belongs to, wherever they work now: switching ends no interest."""
        own = {m.organisation_id for m in self.memberships if m.in_force and m.organisation_id is not None}
        trusts = [m for m in self.memberships if m.in_force and Role(m.role) in TRUST_ROLES]
        return frozenset(own | {school_id for m in trusts for school_id in m.school_ids})

    @property
    def partnership_ids(self) -> list[int]:
        return sorted({m.partnership_id for m in self.current if m.partnership_id is not None})


class Membership(Addressed, Base):
    """A role somebody holds: at a partnership or in an organisation, never both; the system
    administrator's at neither."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN role = 'system_administrator' THEN partnership_id IS NULL AND organisation_id IS NULL "
            "ELSE (partnership_id IS NULL) <> (organisation_id IS NULL) END",
            name="one_place",
        ),
        CheckConstraint(f"role IN ({', '.join(repr(str(role)) for role in Role)})", name="role_known"),
        Index("ix_membership_organisation", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    job_title: Mapped[str] = mapped_column(String(120), default="")
    # The step of a sign-off chain a signatory gives: "headteacher", "chair_of_governors", "director".
    signs_as: Mapped[str] = mapped_column(String(40), default="")
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    started_on: Mapped[date]
    # The last day of a role given for a time, such as an inspector's.
    until: Mapped[date | None]
    ended_on: Mapped[date | None]
    # Offered, and not yet taken up by the person: gives no right.
    pending: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship(back_populates="memberships")
    partnership: Mapped[Partnership | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def in_force(self) -> bool:
        """Whether the role can be acted in today. In SQL: `s11.people.queries.in_force`."""
        if self.pending or self.ended_on is not None:
            return False
        return self.until is None or self.until >= clock.today()

    @property
    def partnership_ids(self) -> frozenset[int]:
        """The partnerships in which this role counts; empty for the installation's own."""
        if self.partnership_id is not None:
            return frozenset({self.partnership_id})
        return self.organisation.seated_in if self.organisation is not None else frozenset()

    @property
    def school_ids(self) -> frozenset[int]:
        """The schools of the trust this role is held at."""
        return (
            frozenset(school.id for school in self.organisation.schools) if self.organisation else frozenset()
        )

    @property
    def role_label(self) -> str:
        return ROLE_LABELS[Role(self.role)]

    @property
    def place(self) -> str:
        """Where the role is held, in the short form."""
        if self.organisation is not None:
            return self.organisation.short_name
        return self.partnership.name if self.partnership is not None else "this installation"

    @property
    def full_place(self) -> str:
        """Where the role is held, by its full name."""
        return self.organisation.name if self.organisation is not None else self.place

    @property
    def is_board(self) -> bool:
        return Role(self.role) in BOARD_ROLES
