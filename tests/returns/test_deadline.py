"""At the last second, in the lost hour of March, from two windows: one submission, or a plain refusal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.people import queries as people
from s11.returns import permissions, queries
from s11.returns.models import Submission
from s11.returns.operations import AnswerChange, save_answers, send_back, sign
from s11.returns.sealing import unseal
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database
# Clocks go forward on 28 March 2027 at 01:00 UTC. The day before ends at midnight, in winter time.
MARCH = date(2027, 3, 27)
END = datetime(2027, 3, 28, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def closing(world: World, day: date) -> None:
    """Let the cycle be due and close on a day, however far that is."""
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(world.police).cycle
        cycle.opens_on, cycle.due_on, cycle.closes_on = day - timedelta(days=60), day, day


def at(world: World, moment: datetime) -> str:
    """What signing at a moment gives: the receipt's time, or the refusal."""
    with world.app.app_context(), clock.pretend(moment), unit_of_work():
        try:
            submission = sign(queries.by_ref(world.police), "lead", by=people.by_address(POLICE_LEAD))
        except DomainError as refusal:
            return refusal.sentence
        return submission.submitted_at.astimezone(UTC).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("day", "moment", "what"),
    [
        (MARCH, END - SECOND, "2027-03-27T23:59:59+00:00"),
        (MARCH, END, "2027-03-28T00:00:00+00:00"),
        (MARCH, END + timedelta(minutes=15), "2027-03-28T00:15:00+00:00"),
        (MARCH, END + timedelta(minutes=15) + SECOND, "This closed at the end of 27 March 2027"),
        # The day of 23 hours: it ends at 23:00 UTC, not at midnight.
        (date(2027, 3, 28), datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "2027-03-28T01:00:00+00:00"),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC), "2027-03-28T22:59:59+00:00"),
        (
            date(2027, 3, 28),
            datetime(2027, 3, 28, 23, 15, 1, tzinfo=UTC),
            "This closed at the end of 28 March",
        ),
        # The day of 25 hours.
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), "2026-10-25T23:59:59+00:00"),
        (date(2026, 12, 31), datetime(2027, 1, 1, 0, 15, 1, tzinfo=UTC), "This closed at the end of 31 Dec"),
    ],
)
def test_the_last_second(app: Flask, world: World, day: date, moment: datetime, what: str) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    closing(world, day)
    assert at(world, moment).startswith(what)


def test_late_is_taken_as_long_as_the_cycle_does_not_close(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        cycle = queries.by_ref(world.police).cycle
        cycle.due_on, cycle.closes_on = MARCH - timedelta(days=20), MARCH
    assert at(world, END - timedelta(days=5)).startswith("2027-03-23")


def test_longer_for_one_organisation_counts_beyond_the_close(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    closing(world, MARCH)
    with app.app_context(), unit_of_work():
        queries.by_ref(world.police).invitation.extended_to = MARCH + timedelta(days=7)
    assert at(world, END + timedelta(days=3)).startswith("2027-03-31")


def test_after_the_close_pages_show_no_form_and_what_was_typed_in_time_is_kept(
    app: Flask, world: World
) -> None:
    closing(world, MARCH)
    with app.app_context(), clock.pretend(END + timedelta(minutes=10)), unit_of_work():
        return_ = queries.by_ref(world.police)
        lead = people.by_address(POLICE_LEAD)
        assert not permissions.can_answer_now(lead, return_, queries.standards_of(return_)[0])
        assert save_answers(return_, [], by=lead).kept == ()  # from a page opened before: taken


def test_what_was_sent_back_can_be_put_right_after_the_close(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    closing(world, MARCH)
    with app.app_context(), unit_of_work():
        send_back(queries.by_ref(world.police), reason="Say more.", by=people.by_address(MANAGER))
    assert at(world, END + timedelta(days=9)).startswith("2027-04-06")


def test_a_request_counts_from_when_it_came_in(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    with app.test_request_context(), app.app_context():
        came_in = clock.now() - timedelta(minutes=20)
        clock.note_arrival(came_in)
        try:
            with unit_of_work():
                queries.by_ref(world.police).cycle.closes_on = None
                sealed = sign(queries.by_ref(world.police), "lead", by=people.by_address(POLICE_LEAD))
                assert sealed.submitted_at == came_in
        finally:
            clock.note_arrival(None)


def test_many_windows_in_the_last_second_make_one_submission_with_one_receipt(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    closing(world, clock.today())
    browsers = [Browser(app) for _ in range(5)]
    last = clock.end_of(clock.today()) - SECOND
    for browser in browsers:
        with clock.pretend(last - SECOND):
            browser.sign_in(POLICE_LEAD)
            browser.open(f"/returns/{world.police}/check")
    start = Barrier(len(browsers))

    def press(browser: Browser) -> str:
        form = browser.page.form("/sign/lead")
        start.wait()
        with clock.pretend(last):
            return browser.post(form.action, form.data()).text

    with ThreadPoolExecutor(len(browsers)) as pool:
        pages = list(pool.map(press, browsers))
    assert len(set(pages)) == 1 and "Checksum" in pages[0]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_save_racing_the_signature_is_in_the_record_or_refused(app: Flask, world: World) -> None:
    """Whatever was acknowledged before the seal stands in it; nothing is acknowledged after it."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    start = Barrier(2)

    def type_on() -> str:
        last = "Why 1.1 is G."
        start.wait()
        for turn in range(12):
            try:
                with app.app_context(), unit_of_work():
                    return_ = queries.by_ref(world.police)
                    criterion = queries.edition_of(return_).criteria[0]
                    known = queries.answer_of(return_.id, criterion.id)
                    words = f"Turn {turn}."
                    change = AnswerChange(
                        criterion.id, known.version, level_id=known.level_id, commentary=words
                    )
                    save_answers(return_, [change], by=people.by_address(POLICE_LEAD))
                last = words
            except DomainError:
                return last
        return last

    def press() -> str:
        start.wait()
        with app.app_context(), unit_of_work():
            return sign(queries.by_ref(world.police), "lead", by=people.by_address(POLICE_LEAD)).sealed

    with ThreadPoolExecutor(2) as pool:
        typed, sealed = pool.submit(type_on), pool.submit(press)
        assert unseal(sealed.result()).standards[0].answers[0].commentary == typed.result()
