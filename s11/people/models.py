"""Persons, and what they are here for."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.core.database import Addressed, Base, Moment
from s11.organisations.models import Organisation, Partnership
from s11.people.rules import BOARD_ROLES, ROLE_LABELS, Role

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
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.id", lazy="selectin"
    )

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
        """The memberships in force."""
        return [membership for membership in self.memberships if membership.ended_on is None]

    def roles_at(self, organisation_id: int) -> frozenset[Role]:
        """Roles held in an organisation."""
        return frozenset(Role(m.role) for m in self.current if m.organisation_id == organisation_id)

    def roles_for(self, partnership_id: int) -> frozenset[Role]:
        """Roles held at a partnership's own level."""
        return frozenset(Role(m.role) for m in self.current if m.partnership_id == partnership_id)

    @property
    def organisation_ids(self) -> list[int]:
        return sorted({m.organisation_id for m in self.current if m.organisation_id is not None})

    @property
    def partnership_ids(self) -> list[int]:
        return sorted({m.partnership_id for m in self.current if m.partnership_id is not None})


class Membership(Base):
    """A role somebody holds, at a partnership or in an organisation, never both."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(partnership_id IS NULL) <> (organisation_id IS NULL)", name="one_place"),
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
    ended_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="memberships")
    partnership: Mapped[Partnership | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def role_label(self) -> str:
        return ROLE_LABELS[Role(self.role)]

    @property
    def place(self) -> str:
        """Where the role is held, in the short form."""
        if self.organisation is not None:
            return self.organisation.short_name
        return self.partnership.name if self.partnership is not None else ""

    @property
    def is_board(self) -> bool:
        return Role(self.role) in BOARD_ROLES
