"""What is past its time, in every room: said first, and removed only when asked to."""

from dataclasses import dataclass
from datetime import datetime, time

from s11.access import personal as access
from s11.core import clock
from s11.core.config import Settings
from s11.core.retention import Periods, Stale, periods_of
from s11.evidence.models import Revision
from s11.home.leaving import pseudonymise
from s11.notices import personal as notices
from s11.people import personal as people
from s11.people.models import Membership, Person
from s11.register import personal as register
from s11.returns import personal as returns
from s11.returns.operations.destroying import destroy
from s11.returns.queries.expired import revisions_past
from s11.trail import queries as trail
from s11.trail.operations import record
from s11.trail.retention import first_day_kept

FILES = "evidence files of cycles closed longer ago than their partnership keeps them"


@dataclass(frozen=True)
class Past:
    """What is past its time."""

    rows: list[Stale]
    offers: list[Membership]
    leavers: list[Person]
    files: list[Revision]
    trail: int

    def sentences(self) -> list[str]:
        """What there is, each with its number; nothing of which there is none."""
        counts = [(stale.count(), stale.what) for stale in self.rows]
        counts.append((len(self.offers), "offers of a role that were not taken up"))
        counts.append((len(self.leavers), "people who left and still stand here under their name"))
        counts.append((len(self.files), FILES))
        said = [f"{count} {what}" for count, what in counts if count]
        if self.trail:
            said.append(f"{self.trail} entries of the trail, which stay: see flask trail retention")
        return said


def past_its_time(settings: Settings) -> Past:
    """What is past its time now, by the settings."""
    now, periods = clock.now(), periods_of(settings)
    today = clock.today()
    trail_from = datetime.combine(first_day_kept(settings.trail_years, today), time(), clock.LONDON)
    return Past(
        rows=rows_past(now, periods),
        offers=access.offers_past(now, periods),
        leavers=people.left_before(first_day_kept(settings.leaver_years, today)),
        files=revisions_past(),
        trail=trail.older_than(trail_from)[0],
    )


def rows_past(now: datetime, periods: Periods) -> list[Stale]:
    return [
        *access.stale(now, periods),
        *returns.stale(now, periods),
        *notices.stale(now, periods),
        *register.stale(now, periods),
    ]


def remove(past: Past) -> dict[str, int]:
    """Remove it; gives how much of each went. Doing it again at once removes nothing more."""
    invited = [offer.person_id for offer in past.offers]
    access.withdraw_offers(past.offers)
    leavers = {person.id: person for person in past.leavers + people.never_taken_up(invited)}
    for person in leavers.values():
        pseudonymise(person, by=None)
    gone = {stale.what: stale.remove() for stale in past.rows}
    gone["offers of a role"] = len(invited)
    gone["names of people"] = len(leavers)
    gone[FILES] = destroy(past.files)
    gone = {what: count for what, count in gone.items() if count}
    if gone:
        record("installation:retention:run", 0, by=None, after=gone)
    return gone
