"""Adding files to an answer: each by itself, asked about where something hides, within the limits."""

import errno
import json
import os
import shutil
import tracemalloc
from collections import namedtuple
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import storage
from s11.core.database import db
from s11.core.storage import LocalStorage, files
from s11.evidence.models import Document, Revision, Upload
from s11.evidence.operations import receiving
from s11.returns import queries
from s11.returns.evidence_rules import MEGABYTE, Held, Limits
from tests.evidence import corpus
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_HELPER, POLICE_LEAD, World
from tests.pages import Browser, Page

HIDING = corpus.tracked()
SAID = "Tracked changes: 2 insertions and 1 deletion by 2 people"


def place(world: World, number: str = "1.1") -> str:
    return f"/returns/{world.police}/evidence/{number}"


def send(
    browser: Browser,
    world: World,
    *sent: tuple[str, bytes],
    status: int = 302,
    number: str = "1.1",
    **more: str,
) -> Page:
    """Send files by the form, as a browser without script does: together."""
    browser.open(place(world, number))
    form = browser.page.form(f"/evidence/{number}")
    chosen = [(BytesIO(content), name) for name, content in sent]
    data = form.data(**{"file": chosen, "personal_data": "no", "asks": "personal_data", **more})
    return browser.post(form.action, data, status=status)


def shown(world: World, number: str = "1.1") -> list[str]:
    """The file names shown for a criterion."""
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        found = queries.evidence(return_.id)
        names = {c.id: c.number for s in queries.standards_of(return_) for c in s.criteria}
        return [one.revision.file_name for key, held in found.items() if names[key] == number for one in held]


def rows(app: Flask, model: type) -> list:
    with app.app_context():
        return list(db.session.scalars(select(model)))


def kept(app: Flask) -> int:
    """How many files lie in the store."""
    with app.app_context():
        return len(files().files)


def test_one_file_that_is_refused_does_not_stop_the_others(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = send(
        browser,
        world,
        ("a.pdf", b"%PDF-1.7 a"),
        ("setup.pdf", b"MZ\x90\0"),
        ("b.docx", corpus.word()),
        status=422,
    )
    assert "2 files added to 1.1" in page.text
    assert "“setup.pdf” is called PDF but its content is something else" in page.text
    assert shown(world) == ["a.pdf", "b.docx"] and kept(world.app) == 2


def test_a_script_hears_of_each_file_as_data(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = browser.open(place(world))

    def told(name: str, content: bytes, **more: str) -> tuple[int, dict]:
        data = page.form("/evidence/1.1").data(file=(BytesIO(content), name), personal_data="no", **more)
        answer = browser.client.post(place(world), data=data, headers={"Accept": "application/json"})
        return answer.status_code, json.loads(answer.data)

    assert told("a.pdf", b"%PDF-1.7 a") == (200, {"files": [{"sentence": "Added.", "state": "added"}]})
    status, said = told("b.docx", HIDING)
    assert status == 200 and said["files"][0]["state"] == "asks"
    status, said = told("run.exe", b"MZ")
    assert (
        status == 422
        and said["files"][0]["state"] == "refused"
        and "“run.exe”" in said["files"][0]["sentence"]
    )
    status, said = told("c.pdf", b"%PDF-1.7 c", note="x" * 300)
    assert status == 422 and said["error"] == "Say in 250 characters or fewer where to look."
    assert shown(world) == ["a.pdf"]


def test_what_hides_is_named_before_the_file_is_added(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = send(browser, world, ("policy.docx", HIDING), note="page 3")
    assert SAID in page.text and "In Word, choose File, Info, Check for issues, Inspect document" in page.text
    assert shown(world) == [] and not rows(world.app, Revision)
    # It waits for whoever answers, also from another page; and is not asked about elsewhere.
    assert SAID in browser.open(place(world)).text and SAID not in browser.open(place(world, "1.2")).text
    browser.open(place(world))
    page = browser.submit(next(f.action for f in browser.page.forms if "/waiting/" in f.action), go="add")
    assert "“policy.docx” was added" in page.text and "page 3" in page.text
    assert f"Known to hold: {SAID}" in page.text
    (revision,), (document,) = rows(world.app, Revision), rows(world.app, Document)
    assert revision.hidden == [SAID] and document.personal_data == "no"
    assert browser.client.get(f"/evidence/{revision.ref}").data == HIDING
    assert not rows(world.app, Upload)


def test_nobody_who_saves_an_answer_waits_while_files_are_looked_at(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, open_meanwhile = receiving.inspect, []

    def watched(*given: object, **more: object) -> object:
        open_meanwhile.append(db.session().in_transaction())
        return look(*given, **more)

    monkeypatch.setattr(receiving, "inspect", watched)
    browser.sign_in(POLICE_LEAD)
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"))
    assert open_meanwhile == [False] and shown(world) == ["a.pdf"]


def test_a_file_left_out_is_not_kept(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, ("policy.docx", HIDING))
    assert kept(world.app) == 1
    page = browser.submit(next(f.action for f in browser.page.forms if "/waiting/" in f.action), go="leave")
    assert "“policy.docx” was left out, and is not kept here" in page.text
    assert kept(world.app) == 0 and not rows(world.app, Upload) and not rows(world.app, Revision)


def test_a_second_click_adds_and_asks_once(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    for _ in range(2):
        send(browser, world, ("a.pdf", b"%PDF-1.7 a"), ("policy.docx", HIDING))
    assert shown(world) == ["a.pdf"] and len(rows(world.app, Upload)) == 1 and kept(world.app) == 2
    action = next(form.action for form in browser.page.forms if "/waiting/" in form.action)
    data = browser.page.form(action).data(go="add")
    browser.post(action, data)
    browser.post(action, data, status=404)
    assert shown(world) == ["a.pdf", "policy.docx"] and kept(world.app) == 2


def test_only_whoever_answers_there_decides(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, ("policy.docx", HIDING), number="2.1")
    action = next(form.action for form in browser.page.forms if "/waiting/" in form.action)
    for who, status in ((POLICE_HELPER, 403), (HOUSING_LEAD, 404)):
        other = Browser(app)
        other.sign_in(who)
        token = dict(other.open("/home").forms[0].fields)["csrf_token"]
        other.post(action, {"csrf_token": token, "go": "add"}, status=status)
    assert shown(world, "2.1") == [] and len(rows(app, Upload)) == 1


def test_whether_files_name_anybody_has_to_be_said(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    page = send(browser, world, ("a.pdf", b"%PDF-1.7 a"), status=422, personal_data="")
    assert "Say whether the files name children, families or staff." in page.text and shown(world) == []
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"), personal_data="redacted")
    assert rows(world.app, Document)[0].personal_data == "redacted"


def ruled(app: Flask, world: World, **rules: object) -> None:
    """Let the office change what evidence the cycle takes, on its page."""
    office = Browser(app)
    office.sign_in(MANAGER)
    office.open(f"/cycles/{world.cycle}/evidence")
    said = office.submit(f"/cycles/{world.cycle}/evidence", **rules).text
    assert "Saved. It holds from the next piece of evidence on" in said


def test_a_board_that_wants_no_files_is_obeyed_and_says_what_to_do(
    app: Flask, browser: Browser, world: World
) -> None:
    browser.sign_in(POLICE_LEAD)
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"))
    before = browser.open(place(world, "1.2"))
    ruled(app, world, takes_files="no")
    data = before.form("/evidence/1.2").data(file=(BytesIO(b"%PDF-1.7 b"), "b.pdf"), personal_data="no")
    page = browser.post(place(world, "1.2"), data, status=422)
    assert (
        "No files are asked for in this self-assessment. Add a link, or say where it can be seen."
        in page.text
    )
    page = browser.open(place(world, "1.2"))
    assert "Add a link, or say where the evidence can be seen" in page.text and "Add files" not in page.text
    assert "a.pdf" not in page.text  # nor from the library
    link = next(form for form in page.forms if ("what", "link") in form.fields)
    browser.post(link.action, link.data(target="https://police.example/policy", title="Policy"))
    assert shown(world) == ["a.pdf"] and "Policy" in browser.page.text


def test_the_cycles_limits_are_told_before_and_kept(app: Flask, browser: Browser, world: World) -> None:
    ruled(app, world, files_at_most="2", megabytes_at_most="1")
    browser.sign_in(POLICE_LEAD)
    assert "This return shows 0 of at most 2 files, with 0 of at most 1 MB" in browser.open(place(world)).text
    names = [(f"{letter}.pdf", b"%PDF-1.7 " + letter.encode()) for letter in "abc"]
    page = send(browser, world, *names, status=422)
    assert (
        "“c.pdf” was not added. This return shows 2 files already, and no more than 2 are taken" in page.text
    )
    assert shown(world) == ["a.pdf", "b.pdf"] and kept(app) == 2
    send(browser, world, names[0], number="1.2")  # shown already, so it counts once
    assert shown(world, "1.2") == ["a.pdf"]
    ruled(app, world, files_at_most="9", megabytes_at_most="1")
    large = [(f"large-{n}.pdf", b"%PDF-1.7 " + bytes([n]) * 600_000) for n in (1, 2)]
    page = send(browser, world, *large, status=422)
    assert "may have 1 MB together, and this one would go beyond that" in page.text
    assert shown(world) == ["a.pdf", "b.pdf", "large-1.pdf"]


def test_rules_that_cannot_be_are_named_at_the_field(app: Flask, world: World) -> None:
    office = Browser(app)
    office.sign_in(MANAGER)
    office.open(f"/cycles/{world.cycle}/evidence")
    page = office.submit("/evidence", files_at_most="0", status=422)
    assert "Enter a number from 1 to 1000, or leave it empty." in page.text


def test_what_a_return_may_show_by_default() -> None:
    limits = Limits.of(True, None, None)
    assert limits.refusal(Held(99, 0), 1) == "" and "no more than 100" in limits.refusal(Held(100, 0), 1)
    assert limits.refusal(Held(1, 499 * MEGABYTE), MEGABYTE) == ""
    assert "500 MB together" in limits.refusal(Held(1, 500 * MEGABYTE), 1)
    assert limits.said(Held(3, MEGABYTE)) == "" and "51 of at most 100 files" in limits.said(Held(51, 0))


@pytest.fixture
def on_disk(app: Flask, tmp_path: Path) -> Path:
    """Files in a folder, as in use."""
    storage.init(app, LocalStorage(tmp_path / "evidence", keep_free=1))
    return tmp_path / "evidence"


def lying(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_full_disk_is_said_and_nothing_is_half_written(
    browser: Browser, world: World, on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(POLICE_LEAD)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    page = send(browser, world, ("a.pdf", b"%PDF-1.7 a"), status=422)
    assert "This service has no room left for files, so the file was not added" in page.text
    assert shown(world) == [] and not lying(on_disk)
    monkeypatch.undo()
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"))
    assert shown(world) == ["a.pdf"] and len(lying(on_disk)) == 1


def test_a_nearly_full_disk_takes_no_more_files_and_answers_still_save(
    browser: Browser, world: World, on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = namedtuple("disk", "total used free")(100 * 2**30, 100 * 2**30, 900 * 2**20)
    storage.init(world.app, LocalStorage(on_disk, keep_free=1024 * 2**20))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    browser.sign_in(POLICE_LEAD)
    page = send(browser, world, ("a.pdf", b"%PDF-1.7 a"), status=422)
    assert "This service has no room left for files" in page.text and not lying(on_disk)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.submit("/standards/1", go="stay")
    # A tenth of a small disk is enough to keep free of it.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk._replace(total=5 * 2**30))
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"))
    assert shown(world) == ["a.pdf"]


def test_a_disk_that_fills_while_the_file_arrives_is_said_too(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    browser.sign_in(POLICE_LEAD)
    monkeypatch.setattr("s11.web.uploads.SpooledTemporaryFile", full)
    assert "no room left for files" in send(browser, world, ("a.pdf", b"%PDF-1.7 a")).text


def test_a_fault_after_a_file_was_stored_leaves_no_file(
    browser: Browser, world: World, on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    browser.sign_in(POLICE_LEAD)
    monkeypatch.setattr("s11.returns.operations.proving.attach", broken)
    send(browser, world, ("a.pdf", b"%PDF-1.7 a"), status=500)
    assert not lying(on_disk) and not rows(world.app, Revision)


def test_what_a_crash_left_is_swept_after_a_day(app: Flask, on_disk: Path) -> None:
    (on_disk / "ab").mkdir(parents=True)
    old, new = on_disk / "ab" / "abc.part", on_disk / "ab" / "abd.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    said = app.test_cli_runner().invoke(args=["evidence", "scan"])
    assert "1 left by broken uploads" in said.output
    assert not old.exists() and new.exists()


def test_a_large_file_goes_to_the_disk_and_not_through_memory(
    app: Flask, browser: Browser, world: World, on_disk: Path, tmp_path: Path
) -> None:
    app.config["S11"].upload_max_mb = 25
    browser.sign_in(POLICE_LEAD)
    form = browser.open(place(world)).form("/evidence/1.1").data(personal_data="no")
    body = tmp_path / "body"
    with body.open("wb") as file:
        for name, value in form.items():
            file.write(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        file.write(
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="large.pdf"\r\n\r\n'
            b"%PDF-1.7\n1 0 obj << /Subtype /Image >> stream\n"
        )
        for _ in range(24):
            file.write(os.urandom(2**20))
        file.write(b"\nendstream endobj\n%%EOF\r\n--b--\r\n")
    with body.open("rb") as file:
        tracemalloc.start()
        answer = browser.client.post(
            place(world),
            input_stream=file,
            content_length=body.stat().st_size,
            content_type="multipart/form-data; boundary=b",
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert answer.status_code == 303 and shown(world) == ["large.pdf"]
    assert most < 6 * 2**20, f"{most // 2**20} MB of memory for a file of 24 MB"


def test_more_than_is_taken_is_refused_before_it_is_read(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    answer = browser.client.post(
        place(world),
        data=b"",
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(30 * 2**20)},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 413 and "1 MB a file" in json.loads(answer.data)["error"]
