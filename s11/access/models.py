"""How people get in: their sign-ins, second factors, remembered devices, links and outside identities.

No secret of anybody's is stored as it is: what only has to be compared is hashed, what has to be
read again is hidden under the service's own key.
"""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from s11.access.rules import Purpose
from s11.core.database import Addressed, Base, Moment
from s11.people.models import Membership, Person


class SignIn(Addressed, Base):
    """One browser in which somebody is, or was, signed in."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # The person's session version when it began: raising that ends every sign-in made before.
    version: Mapped[int]
    # How they showed who they are, in words: "password and code", "NHSmail".
    way: Mapped[str] = mapped_column(String(60))
    # In plain words: "Chrome on Windows".
    device: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(45))
    began_at: Mapped[datetime] = mapped_column(Moment)
    # To within a few minutes: a page that is only read does not write each time.
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship(lazy="joined")


class SecondFactor(Base):
    """The secret from which somebody's telephone makes its codes; a first code has shown that it knows it."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    hidden_secret: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
    # The time step of the last code taken: no code is taken twice.
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code kept on paper for the day the telephone is lost; each is good once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Device(Addressed, Base):
    """A browser its owner asked to remember, so that it is not asked for a code each time."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    # The person's session version when it was made: what ends every session forgets every device.
    session_version: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[Person] = relationship()


class Link(Addressed, Base):
    """A link sent by mail that is good once and for a time: to join, to set a new password, or to show
    that a new address is one's own."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(f"purpose IN ({', '.join(repr(str(one)) for one in Purpose)})", name="purpose_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # The role offered by an invitation.
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    # As the inviter wrote it: the person's own name is theirs to say.
    name: Mapped[str] = mapped_column(String(120), default="")
    # The address to be, of a link that changes it.
    address: Mapped[str] = mapped_column(String(254), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # What the person's address and password were when it was made, hashed together: a link that
    # sets a password dies with either. Empty for one that does not depend on them.
    made_for: Mapped[str] = mapped_column(String(64), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_by_name: Mapped[str] = mapped_column(String(120), default="")
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    membership: Mapped[Membership | None] = relationship()


class Identity(Addressed, Base):
    """Somebody as an outside provider knows them: its own name for itself and its number for them."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    provider: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(250))
    subject: Mapped[str] = mapped_column(String(250))
    email: Mapped[str] = mapped_column(String(254))
    linked_at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[Person] = relationship()


class Guess(Base):
    """When something was tried lately: what is counted, hashed, and the moments as seconds since 1970."""

    __tablename__ = "guess"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    moments: Mapped[list[float]] = mapped_column(JSON)
    # From then on the row says nothing any more, and is swept.
    over_at: Mapped[datetime] = mapped_column(Moment, index=True)
