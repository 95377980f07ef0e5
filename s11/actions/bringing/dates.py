"""What a cell of timescales says. A month means its last day; a month without a year is no date.

Several dates are steps, the last of them the end. "Ongoing", "onwards" or "TBC" beside or instead of a date
mean that there is no end, whatever else is said.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from s11.actions.bringing.shapes import Lack, Step

MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"  # fmt: skip
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
NO_END = re.compile(
    r"\b(on-? ?going|onwards?|tbc|t\.b\.c|tba|tbd|asap|a\.s\.a\.p|continuous(?:ly)?|continual(?:ly)?|rolling|"
    r"to be (?:confirmed|agreed|decided|determined)|business as usual|in due course|until further notice)\b",
    re.IGNORECASE,
)
# These leave an end open only where no date stands beside them.
RECURS = re.compile(
    r"\b(immediate(?:ly)?|as required|regular(?:ly)?|monthly|quarterly|annual(?:ly)?|termly|weekly|daily|"
    r"(?:at )?each meeting)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\s*[,(–—-]?\s*(?:and\s+)?(?:onwards?|on-? ?going)\b\)?", re.IGNORECASE)
DONE = re.compile(r"\b(completed?|done|achieved|closed)\b", re.IGNORECASE)
WHEN = re.compile(
    rf"""
    (?P<iso>\b(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?\b)
    | (?P<figures>\b(?P<fd>\d{{1,2}})[/.-](?P<fm>\d{{1,2}})[/.-](?P<fy>(?:19|20)\d\d|\d\d)\b)
    | (?P<month_figures>\b(?P<mm>\d{{1,2}})/(?P<my>(?:19|20)\d\d)\b)
    | (?P<quarter>\bq(?P<q>[1-4])\s*[,/-]?\s*(?P<qy>(?:19|20)\d\d(?:\s*[/-]\s*\d\d(?:\d\d)?\b)?))
    | (?P<words>\b(?:(?P<wd>{_DAY})[\s-]*(?:of\s+)?)?(?P<wm>{_MONTH})
        (?:\s+(?P<wdd>{_DAY})(?=\s*,?\s*{_YEAR}))?(?:\s*[,-]?\s*(?P<wy>{_YEAR}|(?<=-)\d\d\b))?)
    | (?P<year>\b(?:by\s+(?:the\s+)?end\s+(?:of\s+)?|end\s+(?:of\s+)?)(?P<yy>(?:19|20)\d\d)\b(?!\s*[/-]\s*\d))
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Sep – Dec 2014" is one: what stands first is when it begins.
UNTIL = re.compile(r"\s*(?:[-–—]|\bto\b|\buntil\b|\bthrough\b)\s*", re.IGNORECASE)
SEASON = re.compile(
    r"\b((?:spring|summer|autumn|winter|early|mid|late)(?:\s+term)?)\b\s*((?:19|20)\d\d)?", re.IGNORECASE
)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
EARLIEST_SERIAL, LATEST_SERIAL = 36_526, 73_050  # the years 2000 to 2099
SERIALS_BEGIN = date(1899, 12, 30)
MIDDLE_OF_CENTURY = 70
# Words around a date that say nothing of what is done by then.
FILLING = re.compile(
    r"^(?:(?:by|from|the|end|of|at|in|on|start|beginning|due|date|until|and|then|first|week|w/c|"
    r"commencing|completed?|target)\b[\s:]*)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class When:
    """What a timescale says: its end, its steps where there are several, what it lacks, and sentences."""

    due_on: date | None = None
    steps: tuple[Step, ...] = ()
    lack: Lack | None = None
    done: bool = False
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    due_on: date | None
    printed: str


def when(cell: str) -> When:
    """What a cell of timescales says."""
    text = cell.strip()
    if not text or text in {"-", "–", "—", "n/a", "N/A"}:
        return When(lack=Lack.DUE)
    serial = _serial(text)
    found = [_Found(0, len(text), serial, text)] if serial else _found(text)
    steps = _steps(text, found)
    done = bool(DONE.search(text)) and len(found) <= 1
    dates = [step.due_on for step in steps if step.due_on is not None]
    unread = [step for step in steps if step.due_on is None]
    no_end = NO_END.search(text) or (None if found else RECURS.search(text))
    if no_end:
        return When(None, _several(steps), Lack.DUE_OPEN, said=(_no_end(text, no_end[0]),))
    if unread or not dates:
        what = "; ".join(f"“{step.printed}”" for step in unread) or f"“{_short(text)}”"
        return When(None, _several(steps), Lack.DUE_UNCLEAR, done, (_unclear(what, unread),))
    return When(max(dates), _several(steps), None, done, _read_as(text, steps, max(dates)))


def reads_as_date(cell: str) -> bool:
    """Whether a cell holds a timescale: a date, or words that stand instead of one, and not much besides."""
    text = cell.strip()
    if not text or len(text) > 120:
        return False
    return bool(_serial(text) or _found(text) or NO_END.fullmatch(text) or RECURS.fullmatch(text))


def _found(text: str) -> list[_Found]:
    """The dates of a text in order; a span is one date, its end."""
    found: list[_Found] = []
    marks = [*WHEN.finditer(text), *_seasons(text)]
    for mark in sorted(marks, key=lambda one: one.start()):
        goes_on = GOES_ON.match(text, mark.end())
        end = goes_on.end() if goes_on else mark.end()
        day = None if goes_on else _day(mark)
        one = _Found(mark.start(), end, day, text[mark.start() : end].strip())
        before = found[-1] if found else None
        if before is not None and one.start < before.end:
            continue
        if before is not None and UNTIL.fullmatch(text[before.end : one.start]):
            found[-1] = _Found(before.start, one.end, one.due_on, text[before.start : one.end].strip())
        else:
            found.append(one)
    return [one for one in found if one.printed.lower().rstrip(".") != "may" or "May" in one.printed]


def _seasons(text: str) -> list[re.Match[str]]:
    return [one for one in SEASON.finditer(text) if one[2] or one[1].lower() not in {"early", "mid", "late"}]


def _day(mark: re.Match[str]) -> date | None:
    """The day that is meant, or None where it cannot be told."""
    if mark.re is SEASON:
        return None
    part = mark.groupdict()
    if part["iso"]:
        return _date(int(part["iy"]), int(part["im"]), int(part["id"]))
    if part["figures"]:
        return _date(_year(part["fy"]), int(part["fm"]), int(part["fd"]))
    if part["month_figures"]:
        return _last_day(int(part["my"]), int(part["mm"]))
    if part["quarter"]:
        return _quarter(int(part["q"]), part["qy"])
    if part["year"]:
        return date(int(part["yy"]), 12, 31)
    if not part["wy"]:
        return None
    month = next(at for name, at in MONTHS.items() if name.startswith(part["wm"].lower().rstrip(".")[:3]))
    day = part["wd"] or part["wdd"]
    year = _year(part["wy"].lstrip("'’"))
    return _date(year, month, int(re.sub(r"\D", "", day))) if day else _last_day(year, month)


def _quarter(quarter: int, printed: str) -> date:
    """The end of a quarter: of the year, or where two years are named of the financial year from April."""
    year = int(printed[:4])
    if len(printed) == 4:
        return _last(year, quarter * 3)
    return _last(year + 1, 3) if quarter == 4 else _last(year, quarter * 3 + 3)


def _steps(text: str, found: list[_Found]) -> list[Step]:
    """A step for each date, with the words beside the date that say what is done by then.

    They stand before it, unless the cell begins with a date and ends with words.
    """
    if not found:
        return []
    ends = [one.end for one in found]
    starts = [one.start for one in found]
    if not _words(text[: starts[0]]) and _words(text[ends[-1] :]):
        parts = zip(ends, [*starts[1:], len(text)], strict=True)
    else:
        parts = zip([0, *ends[:-1]], starts, strict=True)
    between = [_words(text[start:end]) for start, end in parts]
    return [Step(words, one.due_on, one.printed) for words, one in zip(between, found, strict=True)]


def _words(text: str) -> str:
    """What stands beside a date and says something."""
    said = NO_END.sub("", " ".join(text.split())).strip(" ,;:–—-&()")
    return "" if FILLING.match(said) else said


def _several(steps: list[Step]) -> tuple[Step, ...]:
    return tuple(steps) if len(steps) > 1 else ()


def _serial(text: str) -> date | None:
    """A day as Excel keeps it: a number of days."""
    if not SERIAL.fullmatch(text) or not EARLIEST_SERIAL <= float(text) <= LATEST_SERIAL:
        return None
    return SERIALS_BEGIN + timedelta(days=int(float(text)))


def _year(figures: str) -> int:
    year = int(figures)
    if year >= 100:
        return year
    return year + (2000 if year < MIDDLE_OF_CENTURY else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date | None:
    return _last(year, month) if 1 <= month <= 12 else None


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def day_said(day: date) -> str:
    """A day in words: 31 May 2016."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _read_as(text: str, steps: list[Step], due_on: date) -> tuple[str, ...]:
    if len(steps) > 1:
        return (f"{len(steps)} dates became steps; the last, {day_said(due_on)}, is the end.",)
    return () if _is_plain(text) else (f"“{_short(text)}” was read as {day_said(due_on)}.",)


def _is_plain(text: str) -> bool:
    """Whether a cell is a day with its month in words and its whole year: there is one way to read it."""
    mark = WHEN.fullmatch(text.strip())
    return mark is not None and bool(
        mark["words"] and (mark["wd"] or mark["wdd"]) and len(mark["wy"] or "") == 4
    )


def _no_end(text: str, words: str) -> str:
    said = _short(text)
    which = "" if said.casefold() == words.casefold() else f" (“{words}”)"
    return f"“{said}” has no end{which}. Enter the day by which this will be done."


def _unclear(what: str, unread: list[Step]) -> str:
    if unread and all(re.fullmatch(_MONTH, step.printed, re.IGNORECASE) for step in unread):
        return f"{what} names no year. Enter the day by which this will be done."
    return f"{what} is not a date. Enter the day by which this will be done."


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 60 else f"{said[:57].rstrip()}…"
