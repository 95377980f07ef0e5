"""Declaring, signing, submitting, sending back."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core.database import db
from s11.notices.models import Notice
from s11.returns import queries
from s11.returns.models import Submission
from s11.returns.packing import NOT_APPLICABLE
from s11.returns.sealing import checksum, unseal
from tests.factories.world import (
    DSL,
    GOVERNOR,
    HEAD,
    HOUSING_LEAD,
    MANAGER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def stage(world: World, ref: str) -> str:
    with world.app.app_context():
        return queries.by_ref(ref).stage


def count_submissions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Submission))


def test_gaps_are_links_and_nothing_is_submitted(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G - A -", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/check")
    assert "2 answers are not complete" in page.text
    assert page.href("Rate 1.2").endswith("/standards/1?check=1#q1.2")
    page = browser.open(page.href("Rate 2.2").split("#")[0])
    assert "There is a problem" in page.text and "Rate 2.2" in page.text


def test_submitting_with_a_gap_lists_it_as_a_link(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/check")
    form = browser.page.form("/sign/lead")
    a_blank(world)
    page = browser.post(form.action, form.data(), status=422)
    assert "There is a problem" in page.text and page.href("Say what lies behind your rating of 1.1")
    assert stage(world, world.police) == "in_progress" and count_submissions(world.app) == 0


def a_blank(world: World) -> None:
    with world.app.app_context():
        answer = next(iter(queries.answers(queries.by_ref(world.police).id).values()))
        answer.commentary = ""
        db.session.commit()


def test_a_lead_declares_and_submits_and_gets_a_receipt(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    page = browser.open(f"/returns/{world.police}/check")
    assert "This is a fair account." in page.text
    page = browser.submit("/sign/lead")
    assert "Submitted" in page.text and "Checksum" in page.text
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        submission = queries.submission(return_.id)
        sealed = unseal(submission.sealed)
        assert checksum(submission.sealed) == submission.checksum
        assert list(submission.ratings) == [0, 1, 2, NOT_APPLICABLE]
        assert sealed.standards[0].answers[0].rating.label == "Green"
        assert sealed.standards[1].answers[1].not_applicable_reason == "We do not do this."
        assert sealed.signatures[0].name == "Pat Lead"
        assert sealed.signatures[0].role == "Head of Vulnerability"
        receipts = db.session.scalars(select(Notice.subject).order_by(Notice.id)).all()
        assert "Received: Cycle TINY-2026" in receipts


def test_submitting_twice_makes_one_submission(app: Flask, browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/check")
    form = browser.page.form("/sign/lead")
    browser.post(form.action, form.data())
    page = browser.post(form.action, form.data())
    assert "Submitted" in page.text and count_submissions(app) == 1


def test_a_submitted_return_can_no_longer_be_changed(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    late = browser.page.form("/standards/1")
    data = {
        k: ("red" if k.startswith("r") and not k.endswith("reason") else v) for k, v in late.data().items()
    }
    a_return(world.app, world.police, "- - - -", by=POLICE_LEAD, submit=True)
    page = browser.post(late.action, data, status=409)
    assert "can no longer be changed" in page.text


def test_a_school_is_submitted_once_lead_head_and_governor_have_signed(app: Flask, world: World) -> None:
    a_return(app, world.school, "G A", by=DSL, submit=True)
    assert stage(world, world.school) == "awaiting_sign_off"
    governor = Browser(app)
    governor.sign_in(GOVERNOR)
    assert "Sign: Cycle SCHOOL-2026" in governor.page.text
    governor.open(f"/returns/{world.school}/check")
    governor.submit("/sign/chair_of_governors")
    assert stage(world, world.school) == "awaiting_sign_off"
    head = Browser(app)
    head.sign_in(HEAD)
    head.open(f"/returns/{world.school}/check")
    assert "Submitted" in head.submit("/sign/headteacher").text
    assert stage(world, world.school) == "submitted"


def test_nobody_signs_in_anothers_place(app: Flask, world: World) -> None:
    a_return(app, world.school, "G A", by=DSL, submit=True)
    head = Browser(app)
    head.sign_in(HEAD)
    head.open(f"/returns/{world.school}/check")
    form = head.page.form("/sign/headteacher")
    head.post(form.action.replace("headteacher", "chair_of_governors"), form.data(), status=403)


def test_a_head_who_declines_gives_the_return_back_with_the_reason(app: Flask, world: World) -> None:
    a_return(app, world.school, "G A", by=DSL, submit=True)
    head = Browser(app)
    head.sign_in(HEAD)
    head.open(f"/returns/{world.school}/check")
    head.submit("/decline", reason="", status=422)
    assert "Say what has to change" in head.page.text
    head.submit("/decline", reason="1.2 is not green yet.")
    dsl = Browser(app)
    dsl.sign_in(DSL)
    assert "1.2 is not green yet." in dsl.open(f"/returns/{world.school}").text
    assert stage(world, world.school) == "in_progress"


def test_the_office_sends_back_and_a_second_submission_is_sealed_beside_the_first(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    manager = Browser(app)
    manager.sign_in(MANAGER)
    page = manager.open(f"/returns/{world.police}/submitted")
    assert "Why 1.1 is G." in page.text
    manager.submit("/send-back", reason="Please say more about 1.1.")
    assert stage(world, world.police) == "sent_back"
    manager.open(f"/returns/{world.police}/submitted", status=404)
    a_return(app, world.police, "A A R N", by=POLICE_LEAD, submit=True)
    with app.app_context():
        sealed = queries.submissions(queries.by_ref(world.police).id)
        assert [s.round for s in sealed] == [2, 1]
        assert [next(iter(s.ratings)) for s in sealed] == [1, 0]


def test_another_agency_never_finds_a_return(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    other = Browser(app)
    other.sign_in(HOUSING_LEAD)
    for path in ("", "/submitted", "/check", "/receipt", "/standards/1", "/evidence/1.1"):
        other.open(f"/returns/{world.police}{path}", status=404)
