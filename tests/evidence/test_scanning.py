"""With a virus scanner set up, nothing leaves that it has not found clean; and it may be away at any time."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.config import Settings
from s11.core.database import db, unit_of_work
from s11.core.storage import files
from s11.evidence import scanning
from s11.evidence.models import Revision, Upload
from s11.evidence.rules import ScanState, can_leave
from s11.notices.models import Notice
from s11.returns import queries
from tests.evidence import corpus
from tests.evidence.clamd import EICAR, Daemon, daemon
from tests.factories.world import POLICE_LEAD, World
from tests.pages import Browser


@pytest.fixture
def scanner(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    monkeypatch.setattr(scanning, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr("s11.evidence.operations.sweeping.PATIENCE_OF_THE_COMMAND", 0.5)
    with daemon() as made:
        app.config["S11"].clamav = made.address
        yield made


def send(browser: Browser, world: World, content: bytes, name: str = "notes.txt", status: int = 302) -> str:
    page = browser.open(f"/returns/{world.police}/evidence/1.1")
    data = page.form("/evidence/1.1").data(file=(BytesIO(content), name), personal_data="no")
    return browser.post(f"/returns/{world.police}/evidence/1.1", data, status=status).text


def warnings() -> list[Notice]:
    """The letters that tell of a virus."""
    return list(db.session.scalars(select(Notice).where(Notice.subject.contains("virus"))))


def revision(app: Flask) -> Revision:
    with app.app_context():
        return db.session.scalars(select(Revision)).one()


def test_what_the_scanner_finds_clean_is_added_and_opens(
    app: Flask, browser: Browser, world: World, scanner: Daemon
) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, b"our minutes")
    assert scanner.seen == [b"our minutes"]
    kept = revision(app)
    assert kept.scan_state == ScanState.CLEAN and kept.scanned_at is not None
    assert browser.client.get(f"/evidence/{kept.ref}").data == b"our minutes"


def test_what_holds_a_virus_is_refused_and_the_lead_is_written_to(
    app: Flask, browser: Browser, world: World, scanner: Daemon
) -> None:
    browser.sign_in(POLICE_LEAD)
    text = send(browser, world, EICAR, status=422)
    assert "“notes.txt” holds a virus (Eicar-Test-Signature) and was not kept" in text
    with app.app_context():
        assert not db.session.scalars(select(Revision)).all() and not files().files
        letters = warnings()
        assert POLICE_LEAD in [one.to_address for one in letters]
        assert "notes.txt" in letters[0].body and "Eicar-Test-Signature" in letters[0].body


@pytest.mark.parametrize("says", ["hang", "", "stream: maybe", "OK", "stream: OK and more"])
def test_a_scanner_that_is_slow_or_strange_leaves_the_file_kept_and_locked(
    app: Flask, browser: Browser, world: World, scanner: Daemon, says: str
) -> None:
    scanner.says = says
    browser.sign_in(POLICE_LEAD)
    text = send(browser, world, b"our minutes")
    assert "notes.txt" in text and "Being checked for viruses" in text
    kept = revision(app)
    assert kept.scan_state == ScanState.WAITING
    browser.open(f"/evidence/{kept.ref}", status=409)
    page = browser.open(f"/returns/{world.police}/files/{kept.ref}", status=409)
    assert "“notes.txt” is being checked for viruses and is locked until that is done" in page.text


def test_a_scanner_that_is_down_is_said_and_asked_again_by_the_command(
    app: Flask, browser: Browser, world: World
) -> None:
    app.config["S11"].clamav = "127.0.0.1:9"
    browser.sign_in(POLICE_LEAD)
    send(browser, world, b"our minutes")
    said = app.test_cli_runner().invoke(args=["evidence", "scan"])
    assert said.exit_code == 1 and "The scanner does not answer. 1 files wait and stay locked" in said.output
    assert revision(app).scan_state == ScanState.WAITING
    with daemon() as back:
        app.config["S11"].clamav = back.address
        said = app.test_cli_runner().invoke(args=["evidence", "scan"])
    assert said.exit_code == 0 and "Scanned: 1 clean" in said.output
    assert browser.client.get(f"/evidence/{revision(app).ref}").data == b"our minutes"


def test_a_virus_found_later_locks_the_file_for_ever_and_the_same_file_is_not_taken_again(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, EICAR)  # before any scanner was set up
    kept = revision(app)
    assert kept.scan_state == ScanState.NOT_SCANNED and browser.client.get(f"/evidence/{kept.ref}").data
    with daemon() as found:
        app.config["S11"].clamav = found.address
        browser.open(f"/evidence/{kept.ref}", status=409)  # locked from the moment there is one
        app.test_cli_runner().invoke(args=["evidence", "scan"])
        assert revision(app).scan_state == ScanState.INFECTED
        text = browser.open(f"/returns/{world.police}/evidence/1.1").text
        assert "Blocked: a virus was found" in text
    app.config["S11"].clamav = ""
    browser.open(f"/evidence/{kept.ref}", status=409)
    assert "a virus was found before" in send(browser, world, EICAR, "copy.txt", status=422)
    with app.app_context():
        assert "The file is locked" in warnings()[0].body


def test_what_the_scanner_cannot_look_into_stays_locked(
    app: Flask, browser: Browser, world: World, scanner: Daemon
) -> None:
    scanner.says = "INSTREAM size limit exceeded. ERROR"
    browser.sign_in(POLICE_LEAD)
    assert "Blocked: could not be checked" in send(browser, world, b"our minutes")
    assert revision(app).scan_state == ScanState.UNCHECKED


def test_the_scanner_is_also_reached_by_a_socket(app: Flask, tmp_path: Path) -> None:
    with daemon(str(tmp_path / "clamd")) as made, app.app_context():
        app.config["S11"].clamav = made.address
        assert scanning.scan(BytesIO(b"words")).state is ScanState.CLEAN
        assert scanning.scan(BytesIO(EICAR)).state is ScanState.INFECTED


@pytest.mark.parametrize("address", ["localhost", "clamd:", ":3310", "clamd:port"])
def test_an_address_that_is_none_keeps_the_service_from_starting(address: str) -> None:
    with pytest.raises(ValueError, match="write host:port"):
        Settings(clamav=address)


@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize("state", list(ScanState))
def test_what_may_leave(state: ScanState, configured: bool) -> None:
    leaves = can_leave(Revision(scan_state=state), configured)
    if configured:
        assert leaves is (state is ScanState.CLEAN)
    else:
        assert leaves is (state not in (ScanState.INFECTED, ScanState.UNCHECKED))


def test_a_day_after_nobody_decided_a_file_is_swept_away(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, corpus.tracked(), "policy.docx")
    assert app.test_cli_runner().invoke(args=["evidence", "scan"]).exit_code == 0
    with app.app_context(), unit_of_work():
        upload = db.session.scalars(select(Upload)).one()
        assert files().files
        upload.at = clock.now() - timedelta(hours=25)
    said = app.test_cli_runner().invoke(args=["evidence", "scan"])
    assert "Swept away: 1 files nobody decided about" in said.output
    with app.app_context():
        assert not db.session.scalars(select(Upload)).all() and not files().files
        return_ = queries.by_ref(world.police)
        assert not queries.evidence(return_.id)
