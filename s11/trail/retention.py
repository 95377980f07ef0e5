"""What is older than the trail is kept. It says so, and removes nothing."""

from datetime import date, datetime, time

from s11.core import clock
from s11.trail import queries


def sentences(years: int, *, today: date) -> list[str]:
    """How much is older than so many years, and why it is still here."""
    until = first_day_kept(years, today)
    count, oldest = queries.older_than(datetime.combine(until, time(), clock.LONDON))
    kept = f"The trail is kept for {years} years (S11_TRAIL_YEARS)"
    if not count or oldest is None:
        return [f"{kept}. No entry is older."]
    first = clock.local(oldest).date()
    entries = "1 entry is" if count == 1 else f"{count} entries are"
    return [
        f"{kept}. {entries} from before {_day(until)}, the oldest of {_day(first)}.",
        "Nothing was removed: the chain breaks where an entry goes. A later version seals what is to go "
        "under one hash that stays, and removes it then.",
    ]


def first_day_kept(years: int, today: date) -> date:
    """The first day whose entries stay; 29 February becomes 28."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
