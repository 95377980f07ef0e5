"""What can be wrong with the dates of a cycle or a group, and which days nobody is at work.

Plain Python: no clock. `today` is given.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
# Whoever types a year of two digits, or one digit too many, is told before anything is planned.
FURTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Dates:
    """The days of a cycle or of a submission group; a group has no moderation or challenge day of its own."""

    opens_on: date
    due_on: date
    closes_on: date | None = None
    moderation_on: date | None = None
    challenge_on: date | None = None

    def named(self) -> dict[str, date]:
        """The days that are there, by the name of their field."""
        return {name: day for name, day in vars(self).items() if day is not None}


def fault(dates: Dates) -> tuple[str, str] | None:
    """Why these dates cannot stand together, as a sentence and the field to change; None where they can."""
    if dates.due_on < dates.opens_on:
        return "The due date lies before the opening. Choose a later due date.", "due_on"
    if dates.closes_on is not None and dates.closes_on < dates.due_on:
        return "The closing date lies before the due date. Choose a later closing date.", "closes_on"
    for name, what in (("moderation_on", "Moderation"), ("challenge_on", "The challenge day")):
        day: date | None = getattr(dates, name)
        if day is not None and day < dates.due_on:
            return f"{what} lies before the due date. Choose a later day.", name
    return None


def far_off(dates: Dates, today: date) -> tuple[str, str] | None:
    """Why a day is taken for a slip of the pen: it lies years away."""
    for name, day in dates.named().items():
        if abs(day - today) > FURTHEST:
            return f"The year {day.year} is too far away. Check what you typed.", name
    return None


def moved_fault(before: Dates, after: Dates, today: date) -> tuple[str, str] | None:
    """Why the dates of what organisations are answering already cannot be moved so."""
    if after.opens_on != before.opens_on and before.opens_on <= today:
        return "It is open already, so the opening can no longer be moved.", "opens_on"
    if after.due_on < before.due_on and after.due_on <= today:
        return (
            "Nobody can be asked to have returned already. Choose a due date from tomorrow on.",
            "due_on",
        )
    if after.closes_on is not None and after.closes_on != before.closes_on and after.closes_on < today:
        return "The closing date has passed already. Choose a later one.", "closes_on"
    return None


def easter(year: int) -> date:
    """Easter Sunday, by the rule of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday  # after 28 March
    return date(year, 3, 28) + timedelta(days=days)


def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England and Wales that come every year. What is proclaimed once is not known."""
    sunday = easter(year)
    found = {
        sunday - timedelta(days=2): "Good Friday",
        sunday + timedelta(days=1): "Easter Monday",
        _monday(date(year, 5, 1)): "the early May bank holiday",
        _monday(date(year, 5, 25)): "the spring bank holiday",
        _monday(date(year, 8, 25)): "the summer bank holiday",
    }
    for day, name in (
        (date(year, 1, 1), "New Year’s Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ):
        # One that falls on a weekend is given on the next day at work.
        while day.weekday() >= SATURDAY or day in found:
            day += timedelta(days=1)
        found[day] = name
    return found


def _monday(first: date) -> date:
    return first + timedelta(days=-first.weekday() % 7)


def away_on(day: date) -> str:
    """Why nobody is at work on a day, as "a Saturday" or "Good Friday"; empty on a working day."""
    if day.weekday() >= SATURDAY:
        return f"a {day:%A}"
    return bank_holidays(day.year).get(day, "")


def warnings(dates: Dates, today: date) -> list[str]:
    """What is allowed and still worth a second look."""
    found = []
    for name, what in (("due_on", "The due date"), ("closes_on", "The closing date")):
        day: date | None = getattr(dates, name)
        if day is not None and (away := away_on(day)):
            found.append(
                f"{what}, {words_of(day)}, is {away}: help by telephone ends the working day before."
            )
    if dates.due_on < today:
        found.append("The due date has passed: everybody would be late from the first day.")
    elif (dates.due_on - max(dates.opens_on, today)).days < 14:
        found.append("There are fewer than 14 days to complete it.")
    return found


def working_day(day: date) -> date:
    """The day itself, or the next on which people are at work."""
    while away_on(day):
        day += timedelta(days=1)
    return day


def years_on(day: date, years: int) -> date:
    """The same date so many years later, on a working day; 29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return working_day(day.replace(year=day.year + years))


def words_of(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def following(dates: Dates, years: int) -> Dates:
    """The dates of the next round: so many years on, each on a working day and in their order."""
    return Dates(**{name: years_on(day, years) for name, day in dates.named().items()})
