"""Receipts: by mail, on screen, and on the page where anybody can check one."""

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core.database import db, unit_of_work
from s11.notices.models import Notice
from s11.returns import queries
from tests.factories.audit import an_audit
from tests.factories.world import (
    DSL,
    GOVERNOR,
    HEAD,
    HOUSING_LEAD,
    MANAGER,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def as_(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def receipt_of(app: Flask, ref: str) -> tuple[str, str]:
    with app.app_context():
        submission = queries.submission(queries.by_ref(ref).id)
        return submission.ref, submission.checksum


def signed_by_all(world: World) -> None:
    a_return(world.app, world.school, "G A", by=DSL, submit=True)
    for email, step in ((HEAD, "headteacher"), (GOVERNOR, "chair_of_governors")):
        browser = as_(world.app, email)
        browser.open(f"/returns/{world.school}/check")
        browser.submit(f"/sign/{step}")


def test_the_receipt_goes_to_lead_and_every_signatory_once_and_holds_no_answer(
    app: Flask, world: World
) -> None:
    signed_by_all(world)
    ref, checksum = receipt_of(app, world.school)
    with app.app_context():
        mails = db.session.scalars(select(Notice).where(Notice.subject.startswith("Received"))).all()
        assert sorted(mail.to_address for mail in mails) == sorted([DSL, HEAD, GOVERNOR])
        for mail in mails:
            assert ref in mail.body and checksum[:4] + " " + checksum[4:8] in mail.body
            assert "/verify" in mail.body and "Why 1.1" not in mail.body and "Green" not in mail.body


def test_the_receipt_names_time_signatures_copies_and_where_to_check_it(app: Flask, world: World) -> None:
    signed_by_all(world)
    ref, checksum = receipt_of(app, world.school)
    page = as_(app, DSL).open(f"/returns/{world.school}/receipt")
    for words in ("Hetty Head", "Gus Governor", "Dee Ess", ref, checksum[:4], checksum[-4:]):
        assert words in page.text
    assert page.href("/verify") == f"/verify?receipt={ref}&checksum={checksum[:16]}"
    assert page.href("PDF").endswith("submitted.pdf?round=1") and page.href("Word").endswith("?round=1")


def check(browser: Browser, receipt: str, checksum: str, *, status: int = 200) -> str:
    browser.open("/verify")
    return browser.submit("/verify", receipt=receipt, checksum=checksum, status=status).text


def test_anybody_can_check_a_receipt_and_learns_only_that_it_is_genuine(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref, checksum = receipt_of(app, world.police)
    stranger = Browser(app)
    for typed in (checksum, checksum[:16], f" {checksum[:4]} {checksum[4:8]}-{checksum[8:20].upper()} "):
        text = check(stranger, f" {ref.upper()} ", typed)
        assert "This receipt is genuine" in text and "is the same" in text
        assert "Police" not in text and "TINY" not in text and "Pat" not in text
    scanned = stranger.open(f"/verify?receipt={ref}&checksum={checksum[:16]}")
    form = dict(scanned.form("/verify").fields)
    assert (form["receipt"], form["checksum"]) == (ref, checksum[:16])


def test_a_wrong_receipt_and_a_wrong_checksum_are_answered_alike(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref, checksum = receipt_of(app, world.police)
    stranger = Browser(app)
    wrong = "0" * 16 if not checksum.startswith("0" * 16) else "1" * 16
    assert "Nothing is kept here" in check(stranger, ref, wrong)
    assert "Nothing is kept here" in check(stranger, "abcdefghjkmn", checksum)
    assert "That has 15 characters" in check(stranger, ref, checksum[:15], status=422)


def test_a_record_that_was_changed_no_longer_fits(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref, checksum = receipt_of(app, world.police)
    with app.app_context(), unit_of_work():
        submission = queries.submission_by_ref(ref)
        submission.sealed = submission.sealed.replace("Why 1.1 is G.", "Why 1.1 is A.")
    text = check(Browser(app), ref, checksum)
    assert "This record is not as it was sealed" in text and "genuine" not in text


def test_who_may_read_it_is_told_whose_it_is_and_another_agency_is_not(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref, checksum = receipt_of(app, world.police)
    assert "It is the return of Northshire Police" in check(as_(app, MANAGER), ref, checksum)
    assert "Northshire Police" not in check(as_(app, HOUSING_LEAD), ref, checksum)


def test_guessing_is_stopped_and_right_ones_are_not_counted(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref, checksum = receipt_of(app, world.police)
    stranger = Browser(app)
    for _ in range(20):
        check(stranger, ref, "0" * 16)
        if _ % 4 == 0:
            assert "genuine" in check(stranger, ref, checksum)
    text = check(stranger, ref, "0" * 16, status=429)
    assert "Too many receipts were tried" in text


def test_the_director_gets_a_receipt_of_what_the_lead_and_they_signed(app: Flask, world: World) -> None:
    audit = an_audit(world, 1, 1, steps=("lead", "director"))
    a_return(app, audit, "G", by=POLICE_LEAD, submit=True)
    director = as_(app, POLICE_SIGNATORY)
    director.open(f"/returns/{audit}/check")
    director.submit("/sign/director")
    with app.app_context():
        query = select(Notice.to_address).where(Notice.subject.startswith("Received"))
        assert set(db.session.scalars(query)) >= {POLICE_LEAD, POLICE_SIGNATORY}
