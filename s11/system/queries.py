"""How the installation is: counts and states, never what anybody wrote."""

from dataclasses import dataclass

from sqlalchemy import func, select, text

from s11.core import clock
from s11.core.database import db
from s11.joining.queries import holding
from s11.notices.models import Notice
from s11.notices.queries import unsure
from s11.organisations.models import Partnership, Seat
from s11.people.rules import Role


@dataclass(frozen=True)
class Tenant:
    """A partnership of this installation: how large, and who runs it."""

    partnership: Partnership
    organisations: int
    managers: tuple[str, ...]


def tenants() -> list[Tenant]:
    """Every partnership, by name."""
    counts = (
        select(Seat.partnership_id, func.count()).where(Seat.left_on.is_(None)).group_by(Seat.partnership_id)
    )
    seated = {id_: count for id_, count in db.session.execute(counts)}
    query = select(Partnership).order_by(Partnership.name, Partnership.id)
    return [
        Tenant(
            one,
            seated.get(one.id, 0),
            tuple(f"{m.person.name} ({m.person.email})" for m in holding(Role.BUSINESS_MANAGER, one.id)),
        )
        for one in db.session.scalars(query)
    ]


def unsure_of_no_partnership() -> int:
    """How many mails of no partnership, such as links for new passwords, may have been sent."""
    query = select(func.count(Notice.id)).where(unsure(clock.now()), Notice.partnership_id.is_(None))
    return db.session.scalar(query) or 0


def database_version() -> str:
    """Which database answers, with its version."""
    if db.engine.dialect.name == "sqlite":
        return f"SQLite {db.session.scalar(text('SELECT sqlite_version()'))}"
    return f"PostgreSQL {db.session.scalar(text('SHOW server_version'))}"


def schema() -> str:
    """The revision the database is at."""
    return str(db.session.scalar(text("SELECT version_num FROM alembic_version")) or "none")
