"""Evidence asked for outside a cycle: asked, answered, asked for more, judged."""

import io
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.evidence.requests import operations, queries
from s11.evidence.requests.models import EvidenceRequest
from s11.evidence.requests.rules import Turn, reminder_due, standing
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.people import queries as people
from tests.evidence.corpus import tracked
from tests.factories.world import (
    CHAIR,
    DSL,
    EDUCATION_ADVISER,
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_VIEWER,
    World,
)
from tests.pages import Browser, Page

pytestmark = pytest.mark.database
DAY = date(2027, 3, 31)


def asked(world: World, *, of: str = "", days: int = 14, title: str = "Training record") -> str:
    """The office asks the police for evidence; gives the request's ref."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        police = organisations.by_name("Police")
        assert board is not None and police is not None
        manager = people.by_address(MANAGER)
        assert manager is not None
        return operations.ask(
            board,
            police,
            title=title,
            reason="challenge",
            why="You said so in March.",
            what="The register of the three sessions.",
            due_on=clock.today() + timedelta(days=days),
            of=people.by_address(of) if of else None,
            by=manager,
        ).ref


def sign_in(browser: Browser, email: str) -> None:
    """Somebody else takes the keyboard."""
    browser.client.delete_cookie("s11")
    browser.sign_in(email)


def send(browser: Browser, address: str, fields: dict[str, object], *, status: int = 302) -> Page:
    """Fill in the form of the page that posts to this address."""
    page, _, action = address.rpartition("/")
    browser.open(address if "/new/" in address else page)
    return browser.submit(f"/{action}", status=status, **fields)


def add(browser: Browser, page: str, fields: dict[str, object], *, status: int = 302) -> Page:
    """Press one of the buttons of an answer that add something to it."""
    typed = browser.open(page).form("/answer").data(**fields)
    return browser.post(f"{page}/evidence", {**typed, "go": ""}, status=status)


def said(browser: Browser) -> str:
    return browser.response.get_data(as_text=True)


def form_of(title: str = "Training record", **changes: object) -> dict[str, object]:
    day = clock.today() + timedelta(days=20)
    return {
        "title": title,
        "reason": "review",
        "why": "A review asked for it.",
        "what": "The register.",
        "of": "",
        "due_on": f"{day.day} {day.month} {day.year}",
    } | changes


def mails(app: Flask, template: str) -> list[tuple[str, str]]:
    with app.app_context():
        query = select(Notice.to_address, Notice.body).where(Notice.template == template)
        return [(to, body) for to, body in db.session.execute(query.order_by(Notice.id))]


@pytest.mark.parametrize(
    ("outcome", "last_from", "today", "turn", "words"),
    [
        ("", "", DAY, Turn.ORGANISATION, "Waiting for an answer"),
        ("", "", DAY + timedelta(days=1), Turn.ORGANISATION, "Waiting for an answer, late"),
        ("", "organisation", DAY + timedelta(days=9), Turn.OFFICE, "Answered, to be judged"),
        ("", "office", DAY, Turn.ORGANISATION, "More is asked for"),
        ("in_part", "organisation", DAY, Turn.NOBODY, "Shown in part"),
    ],
)
def test_a_request_says_whose_turn_it_is(
    outcome: str, last_from: str, today: date, turn: Turn, words: str
) -> None:
    found = standing(outcome=outcome, last_from=last_from, due_on=DAY, today=today)
    assert (found.turn, found.words) == (turn, words)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (DAY - timedelta(days=8), None),
        (DAY - timedelta(days=7), DAY - timedelta(days=7)),
        (DAY, DAY - timedelta(days=1)),
        (DAY + timedelta(days=2), DAY + timedelta(days=1)),
        (DAY + timedelta(days=30), DAY + timedelta(days=8)),
    ],
)
def test_a_reminder_is_due_a_week_and_a_day_before_and_after_the_day(today: date, due: date | None) -> None:
    assert reminder_due(due_on=DAY, today=today, asked_on=DAY - timedelta(days=60)) == due


def test_nobody_is_reminded_of_what_was_asked_only_since_then() -> None:
    """Asked five days before it is due: the reminder of a week before is over."""
    days = {"due_on": DAY, "asked_on": DAY - timedelta(days=5)}
    assert reminder_due(today=DAY - timedelta(days=4), **days) is None
    assert reminder_due(today=DAY - timedelta(days=1), **days) == DAY - timedelta(days=1)


def test_the_office_asks_and_the_lead_is_told_without_a_word_of_why(browser: Browser, world: World) -> None:
    sign_in(browser, MANAGER)
    page = browser.open("/evidence-requests/new?words=north+POL")
    (address,) = [href for href, words in page.links if words == "Northshire Police"]
    page = send(browser, address, form_of())
    assert "Northshire Police is asked." in page.text and "Waiting for an answer" in page.text
    ((to, body), (other, _)) = mails(world.app, "request")
    assert {to, other} == {POLICE_LEAD, POLICE_DEPUTY}
    assert "Training record" in body and "A review asked for it" not in body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Say in a line what is asked for."),
        ({"why": ""}, "Say why it is asked for"),
        ({"due_on": "31 2 2027"}, "Enter a date that exists"),
        ({"due_on": "1 1 2020"}, "Choose a day after today"),
        ({"reason": ""}, "Choose where the request comes from."),
        ({"title": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    browser: Browser, world: World, changes: dict[str, object], sentence: str
) -> None:
    sign_in(browser, MANAGER)
    with world.app.app_context():
        police = organisations.by_name("Police")
        assert police is not None
        ref = police.ref
    page = send(browser, f"/evidence-requests/new/{ref}", form_of(**changes), status=422)
    assert sentence in page.text
    assert "The register." in said(browser)
    with world.app.app_context():
        assert queries.unanswered(clock.today()) == []


def test_an_answer_is_the_organisations_alone_until_it_is_sent(browser: Browser, world: World) -> None:
    ref = asked(world)
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{ref}"
    file = {
        "what": "file",
        "personal_data": "no",
        "file": (io.BytesIO(b"Session 1: 12 people"), "register.txt"),
    }
    add(browser, page, file)
    send(browser, f"{page}/answer", {"text": "All but one were there.", "go": "keep"})
    assert "All but one were there." in browser.open(page).form("/answer").data()["text"]
    sign_in(browser, MANAGER)
    unsent = browser.open(page).text
    assert "All but one" not in unsent and "register.txt" not in unsent
    sign_in(browser, POLICE_LEAD)
    send(browser, f"{page}/answer", {"text": "All but one were there.", "go": "send"})
    sign_in(browser, MANAGER)
    sent = browser.open(page)
    assert "All but one were there." in sent.text and "register.txt" in sent.text
    (file_address,) = [href for href, _ in sent.links if "/files/" in href and "preview" not in href]
    browser.open(file_address)
    assert browser.response.data == b"Session 1: 12 people"
    assert "Answered, to be judged" in browser.open("/evidence-requests/?show=office").text


def test_the_office_asks_for_more_and_says_in_the_end_what_it_showed(browser: Browser, world: World) -> None:
    ref = asked(world)
    page = f"/evidence-requests/{ref}"
    sign_in(browser, POLICE_LEAD)
    send(browser, f"{page}/answer", {"text": "We trained everybody.", "go": "send"})
    sign_in(browser, MANAGER)
    send(browser, f"{page}/more", {"text": "Please add the register.", "due_on": ""})
    assert [to for to, _ in mails(world.app, "request")] == [POLICE_DEPUTY, POLICE_LEAD] * 2
    sign_in(browser, POLICE_LEAD)
    assert "Please add the register." in browser.open(page).text
    send(browser, f"{page}/answer", {"text": "It is in the library.", "go": "send"})
    sign_in(browser, MANAGER)
    refused = send(browser, f"{page}/outcome", {"outcome": "in_part", "outcome_said": ""}, status=422)
    assert "Say why, so that it can be understood next year." in refused.text
    send(browser, f"{page}/outcome", {"outcome": "shown", "outcome_said": "All sessions."})
    sign_in(browser, POLICE_LEAD)
    shown = browser.open(page)
    assert "What it showed" in shown.text and "All sessions." in shown.text
    assert "/answer" not in said(browser)
    with world.app.app_context():
        request_, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        assert request_ is not None and lead is not None
        with pytest.raises(DomainError, match="This request has ended"):
            operations.keep_text(request_, "More", by=lead)


def test_whoever_it_is_asked_of_answers_and_others_of_the_organisation_read(
    browser: Browser, world: World
) -> None:
    page = f"/evidence-requests/{asked(world, of=POLICE_HELPER)}"
    assert [to for to, _ in mails(world.app, "request")] == [POLICE_HELPER]
    for email, status in ((POLICE_VIEWER, 403), (HOUSING_LEAD, 404), (DSL, 404)):
        sign_in(browser, email)
        token = browser.open("/home").form("/sign-out").data()
        browser.post(f"{page}/answer", {"text": "No", "go": "keep", **token}, status=status)
    sign_in(browser, POLICE_HELPER)
    send(browser, f"{page}/answer", {"text": "Mine to answer.", "go": "keep"})


def test_chair_reads_moderators_and_other_advisers_do_not(browser: Browser, world: World) -> None:
    page = f"/evidence-requests/{asked(world)}"
    for email, status in ((CHAIR, 200), (MODERATOR, 404), (EDUCATION_ADVISER, 404)):
        sign_in(browser, email)
        browser.open(page, status=status)


def test_an_adviser_asks_a_school_and_no_agency(browser: Browser, world: World) -> None:
    sign_in(browser, EDUCATION_ADVISER)
    names = [words for href, words in browser.open("/evidence-requests/new").links if "/new/" in href]
    assert names == ["Harbour Trust", "Hill Primary School"]


def test_an_empty_answer_is_not_sent(browser: Browser, world: World) -> None:
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{asked(world)}"
    refused = send(browser, f"{page}/answer", {"text": "  ", "go": "send"}, status=422)
    assert "Write something, or add what shows it, before you send." in refused.text


def test_a_file_in_which_something_hides_is_decided_about_before_it_is_sent(
    browser: Browser, world: World
) -> None:
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{asked(world)}"
    file = {"what": "file", "personal_data": "no", "file": (io.BytesIO(tracked()), "draft.docx")}
    shown = add(browser, page, file)
    assert "Decide: something hides in this file" in shown.text
    refused = send(browser, f"{page}/answer", {"text": "Here.", "go": "send"}, status=422)
    assert "Decide first about the files in which something hides." in refused.text
    (form,) = [form for form in refused.forms if "/waiting/" in form.action]
    browser.post(form.action, form.data(go="add"))
    send(browser, f"{page}/answer", {"text": "Here.", "go": "send"})
    sign_in(browser, MANAGER)
    assert "draft.docx" in browser.open(page).text


def test_what_is_taken_off_stays_in_the_library(browser: Browser, world: World) -> None:
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{asked(world)}"
    where = {
        "what": "reference",
        "reference-title": "Supervision records",
        "reference-target": "In the HR system, ask Ann Bell",
    }
    added = add(browser, page, where)
    (form,) = [form for form in added.forms if "/evidence/remove/" in form.action]
    taken_off = browser.post(form.action, form.data())
    assert (
        "“Supervision records” does not go with your answer. It is still in your library." in taken_off.text
    )


def test_words_of_an_answer_are_kept_whatever_is_added_beside_them(browser: Browser, world: World) -> None:
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{asked(world)}"
    words = {"text": "All but one were there.", "what": "link"}
    refused = add(browser, page, {**words, "link-target": "nonsense"}, status=422)
    typed = refused.form("/answer").data()
    assert (typed["text"], typed["link-target"]) == ("All but one were there.", "nonsense")
    added = add(browser, page, {**words, "link-target": "https://example.org/a", "link-title": "Register"})
    assert added.form("/answer").data()["text"] == "All but one were there."


def test_a_file_that_was_chosen_goes_with_the_answer_that_is_sent(browser: Browser, world: World) -> None:
    sign_in(browser, POLICE_LEAD)
    page = f"/evidence-requests/{asked(world)}"
    chosen = {"text": "Here.", "go": "send", "file": (io.BytesIO(b"Session 1"), "register.txt")}
    refused = send(browser, f"{page}/answer", chosen, status=422)
    assert "Say whether the files name children" in refused.text
    chosen = {**chosen, "file": (io.BytesIO(b"Session 1"), "register.txt"), "personal_data": "no"}
    sent = send(browser, f"{page}/answer", chosen)
    assert "when you send it" not in sent.text and "You sent it on" in sent.text
    sign_in(browser, MANAGER)
    assert "register.txt" in browser.open(page).text


def test_the_office_corrects_what_is_asked_until_it_is_answered(browser: Browser, world: World) -> None:
    page = f"/evidence-requests/{asked(world)}"
    sign_in(browser, MANAGER)
    browser.open(f"{page}/correct")
    assert "Say what would show it." in browser.submit("/correct", status=422, what="").text
    shown = browser.submit("/correct", title="Training register", what="The register of two sessions.")
    assert "Training register" in shown.text and "The register of two sessions." in shown.text
    sign_in(browser, POLICE_LEAD)
    send(browser, f"{page}/answer", {"text": "Here.", "go": "send"})
    sign_in(browser, MANAGER)
    assert "Correct what is asked" not in browser.open(page).text
    browser.open(f"{page}/correct")
    browser.submit("/correct", title="Something else", status=409)


def test_a_request_is_taken_back_with_the_reason(browser: Browser, world: World) -> None:
    page = f"/evidence-requests/{asked(world)}"
    sign_in(browser, MANAGER)
    forms = [form for form in browser.open(page).forms if form.action.endswith("/outcome")]
    (form,) = [form for form in forms if form.data().get("outcome") == "withdrawn"]
    refused = browser.post(form.action, form.data(outcome_said=""), status=422)
    assert "Say why, so that it can be understood next year." in refused.text
    taken = browser.post(form.action, form.data(outcome_said="Asked by mistake."))
    assert "Withdrawn" in taken.text and "Asked by mistake." in taken.text


def test_a_reminder_goes_by_hand_once_a_day(app: Flask, world: World) -> None:
    ref = asked(world)
    with app.app_context(), unit_of_work():
        request_, manager = queries.by_ref(ref), people.by_address(MANAGER)
        assert request_ is not None and manager is not None
        assert operations.remind(request_, by=manager) == 2
        with pytest.raises(DomainError, match="within the last day"):
            operations.remind(request_, by=manager)


def test_the_clock_reminds_once_for_each_day_however_often_it_runs(app: Flask, world: World) -> None:
    asked(world, days=14)
    with app.app_context():
        start = clock.now()
        for days, so_far in ((6, 0), (7, 1), (7, 1), (8, 1), (13, 2), (15, 3), (16, 3), (22, 4), (60, 4)):
            with clock.pretend(start + timedelta(days=days)):
                operations.remind_what_is_due()
                assert len(mails(app, "request_reminder")) == 2 * so_far, days  # lead and deputy


def test_nobody_is_reminded_once_they_have_answered(app: Flask, world: World) -> None:
    ref = asked(world, days=7)
    with app.app_context():
        with unit_of_work():
            request_, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
            assert request_ is not None and lead is not None
            operations.send_answer(request_, "Done.", by=lead)
        with clock.pretend(clock.now() + timedelta(days=6)):
            assert operations.remind_what_is_due() == "0 reminders of requests for evidence queued."


def test_somebody_of_another_organisation_is_not_asked_for_it(app: Flask, world: World) -> None:
    with pytest.raises(Invalid, match="is not at Northshire Police any more"):
        asked(world, of=HOUSING_LEAD)


def test_a_request_that_has_ended_is_opened_again_by_the_office(browser: Browser, world: World) -> None:
    ref = asked(world)
    sign_in(browser, MANAGER)
    page = f"/evidence-requests/{ref}"
    send(browser, f"{page}/outcome", {"outcome": "withdrawn", "outcome_said": "Asked by mistake."})
    assert "Ended" in browser.open("/evidence-requests/?show=nobody").text
    again = send(browser, f"{page}/open-again", {})
    assert "Waiting for an answer" in again.text
    with world.app.app_context():
        found = db.session.scalars(select(EvidenceRequest)).one()
        assert (found.outcome, found.outcome_at, found.outcome_said) == ("", None, "")


def test_two_answers_sent_at_once_are_one_draft(app: Flask, world: World) -> None:
    """A double click on "send": the second finds nothing to send."""
    ref = asked(world)
    with app.app_context(), unit_of_work():
        request_, lead = queries.by_ref(ref), people.by_address(POLICE_LEAD)
        assert request_ is not None and lead is not None
        operations.send_answer(request_, "Done.", by=lead)
        with pytest.raises(Invalid):
            operations.send_answer(request_, "", by=lead)
        assert len(queries.responses(request_.id)) == 1
