"""A challenge day in somebody's calendar: at the right hour wherever it is read."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from s11.challenge.invites import Entry, Method, begins, calendar_of, told_by

NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)


def an_entry(**changes):
    details = {
        "uid": "challenge-day-abc@audit.example", "sequence": 3, "held_on": date(2027, 3, 3),
        "starts_at": "09:30", "ends_at": "14:10", "zone": ZoneInfo("Europe/London"),
        "title": "Challenge day; 2027", "place": "County Hall, Room 2", "link": "https://meet.example/x",
        "words": "You come for Police.", "organiser": ("Northshire", "office@board.example"),
        "attendee": ('Pat "Patsy" Lead', "lead@police.example"),
    }  # fmt: skip
    return Entry(**{**details, **changes})


def unfolded(text):
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_a_request_names_the_day_whoever_asks_and_whoever_is_asked():
    lines = unfolded(calendar_of(an_entry(), Method.REQUEST, at=NOW))
    for line in (
        "METHOD:REQUEST", "UID:challenge-day-abc@audit.example", "SEQUENCE:3", "DTSTAMP:20270105T120000Z",
        "DTSTART:20270303T093000Z", "DTEND:20270303T141000Z", r"SUMMARY:Challenge day\; 2027",
        r"LOCATION:County Hall\, Room 2", "URL:https://meet.example/x", "STATUS:CONFIRMED",
        'ORGANIZER;CN="Northshire":mailto:office@board.example',
        'ATTENDEE;CN="Pat  Patsy  Lead";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:'
        "mailto:lead@police.example",
    ):  # fmt: skip
        assert line in lines


@pytest.mark.parametrize(
    ("day", "zone", "begins_at"),
    [
        (date(2027, 3, 3), "Europe/London", "20270303T093000Z"),
        (date(2027, 3, 27), "Europe/London", "20270327T093000Z"),
        (date(2027, 3, 28), "Europe/London", "20270328T083000Z"),  # the clocks went forward that night
        (date(2027, 10, 31), "Europe/London", "20271031T093000Z"),  # and back
        (date(2027, 7, 1), "Atlantic/Stanley", "20270701T123000Z"),
    ],
)
def test_half_past_nine_is_half_past_nine_by_the_clock_on_the_wall(day, zone, begins_at):
    text = calendar_of(an_entry(held_on=day, zone=ZoneInfo(zone)), Method.REQUEST, at=NOW)
    assert told_by(text)["DTSTART"] == begins_at
    assert begins(text, ZoneInfo(zone)) == f"{day.day} {day:%B %Y}, 09:30"


def test_a_day_without_sessions_lasts_all_day():
    told = told_by(calendar_of(an_entry(starts_at="", ends_at=""), Method.REQUEST, at=NOW))
    assert (told["DTSTART"], told["DTEND"]) == ("20270303", "20270304")


def test_a_day_published_asks_nobody_and_one_called_off_says_so():
    published = calendar_of(an_entry(), Method.PUBLISH, at=NOW)
    assert "ATTENDEE" not in published and "METHOD:PUBLISH" in published
    cancelled = calendar_of(an_entry(), Method.CANCEL, at=NOW)
    assert "METHOD:CANCEL" in cancelled and "STATUS:CANCELLED" in cancelled and "RSVP" not in cancelled


def test_nothing_typed_begins_a_line_of_its_own():
    typed = "x\r\nATTENDEE:mailto:evil@example.org\nBEGIN:VEVENT"
    text = calendar_of(
        an_entry(title=typed, place=typed, link=f"https://a.example/{typed}", words=typed,
                 organiser=(typed, typed), attendee=(typed, typed)),
        Method.REQUEST, at=NOW,
    )  # fmt: skip
    lines = unfolded(text)
    assert [line for line in lines if line.startswith("BEGIN")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1


def test_what_was_told_is_read_back_and_a_new_number_alone_is_no_other_time():
    one = calendar_of(an_entry(words="A long part. " * 20), Method.REQUEST, at=NOW)
    same = calendar_of(an_entry(words="A long part. " * 20, sequence=9), Method.REQUEST, at=datetime.now(UTC))
    later = calendar_of(an_entry(words="A long part. " * 20, ends_at="15:00"), Method.REQUEST, at=NOW)
    assert told_by(one) == told_by(same) != told_by(later)
    assert begins("rubbish", ZoneInfo("Europe/London")) == ""
