"""The reporting calendar, and its file."""

from datetime import UTC, date, datetime

from s11.cycles.calendar import Asking, What, happenings, months, year_of
from s11.cycles.days import Dates
from s11.cycles.ics import calendar_file, escaped, folded

TODAY = date(2026, 11, 27)
SCHOOLS = Asking(
    "ref1",
    "School audit 2026",
    "1 S175",
    Dates(date(2026, 9, 1), date(2026, 12, 11), date(2027, 1, 31), challenge_on=date(2027, 3, 1)),
    1,
    groups=(("Spring", Dates(date(2027, 1, 4), date(2027, 3, 19))),),
)
BEFORE = Asking("ref0", "School audit 2024", "1 S175", Dates(date(2024, 9, 1), date(2024, 12, 1)), 2)
DIVE = Asking("ref2", "Deep dive", "1 S11", Dates(date(2026, 10, 1), date(2026, 11, 1)), 1, is_full=False)
FULL = Asking("ref3", "Section 11 2026", "1 S11", Dates(date(2026, 1, 5), date(2026, 3, 2)), 2)


def test_everything_of_a_year_stands_by_day_with_its_group() -> None:
    found = [one for one in happenings([SCHOOLS, BEFORE], TODAY) if one.ref == "ref1"]
    assert [(one.on.isoformat(), one.what, one.group, one.past) for one in found] == [
        ("2026-09-01", What.OPENS, "", True),
        ("2026-12-11", What.DUE, "", False),
        ("2027-01-04", What.OPENS, "Spring", False),
        ("2027-01-31", What.CLOSES, "", False),
        ("2027-03-01", What.CHALLENGE, "", False),
        ("2027-03-19", What.DUE, "Spring", False),
        ("2027-12-01", What.EXPECTED, "", False),
    ]


def test_the_next_round_follows_the_last_full_one_by_its_own_rhythm() -> None:
    expected = [one for one in happenings([FULL, DIVE], TODAY) if one.what is What.EXPECTED]
    assert [(one.on, one.title) for one in expected] == [(date(2028, 3, 1), "Section 11 2026")]


def test_a_round_that_should_have_come_and_did_not_is_not_expected_in_the_past() -> None:
    assert not [one for one in happenings([BEFORE], date(2027, 2, 1)) if one.what is What.EXPECTED]


def test_a_year_has_twelve_months_the_empty_ones_too() -> None:
    shown = months(happenings([SCHOOLS], TODAY), year_of(TODAY, 9))
    assert [month.name for month in shown][::11] == ["September 2026", "August 2027"]
    assert [len(month.happenings) for month in shown][:5] == [1, 0, 0, 1, 2]
    assert year_of(TODAY, 4) == date(2026, 4, 1) and year_of(date(2027, 3, 31), 4) == date(2026, 4, 1)


def test_the_file_is_what_other_calendars_read() -> None:
    at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    text = calendar_file(happenings([SCHOOLS], TODAY), name="Year", host="audit.example", at=at)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20261211" in lines and "DTEND;VALUE=DATE:20261212" in lines
    assert "SUMMARY:Due: School audit 2026 (Spring)" in lines and "DTSTAMP:20261127T090000Z" in lines
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == 7


def test_what_has_a_meaning_is_escaped_and_long_lines_are_folded_between_letters() -> None:
    assert escaped("a,b;c\\d\ne\rf") == "a\\,b\\;c\\\\d\\nef"
    line = "SUMMARY:" + "é" * 100
    parts = folded(line).split("\r\n ")
    assert len(parts[0].encode()) <= 75 and all(len(part.encode()) <= 74 for part in parts[1:])
    assert "".join(parts) == line
