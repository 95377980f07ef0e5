"""What is kept only for a time. Each room names what of its own is past it; `home.retention` asks all."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select

from s11.core.config import Settings
from s11.core.database import Base, db


@dataclass(frozen=True)
class Periods:
    """For how long things are kept after their use is over."""

    sign_ins: timedelta
    links: timedelta
    mail: timedelta
    session: timedelta  # after which a sign-in is over in any case
    leavers: timedelta  # who had a role or was a contact


def periods_of(settings: Settings) -> Periods:
    return Periods(
        sign_ins=timedelta(days=settings.sign_in_days),
        links=timedelta(days=settings.link_days),
        mail=timedelta(days=settings.mail_days),
        session=timedelta(hours=settings.session_hours),
        leavers=timedelta(days=int(365.25 * settings.leaver_years)),
    )


@dataclass(frozen=True)
class Stale:
    """Rows past their time: what they are, in words, and which."""

    what: str
    table: type[Base]
    where: ColumnElement[bool]

    def count(self) -> int:
        return db.session.scalar(select(func.count()).select_from(self.table).where(self.where)) or 0

    def remove(self) -> int:
        """Remove them; gives how many there were."""
        count = self.count()
        db.session.execute(delete(self.table).where(self.where))
        return count
