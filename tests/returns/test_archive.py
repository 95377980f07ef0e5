"""All the evidence of a return as one ZIP file with an index."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.storage import files
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.evidence.checking import Kept
from s11.people import queries as people
from s11.returns import queries
from s11.returns.archiving import Item, safe_name, with_paths
from s11.returns.operations import attach
from tests.factories.proof import a_document, a_newer_one, key_of
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

PDF = b"%PDF-1.7 the plan"


def taken(browser: Browser, address: str) -> zipfile.ZipFile:
    browser.open(address)
    assert browser.response.mimetype == "application/zip"
    assert "sandbox" in browser.response.headers["Content-Security-Policy"]
    archive = zipfile.ZipFile(io.BytesIO(browser.response.data))
    assert archive.testzip() is None
    return archive


def rows(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))


def elsewhere(world: World, kind: str, target: str, title: str, number: str) -> None:
    """Show a link or a reference for a criterion."""
    with world.app.app_context(), unit_of_work():
        return_, lead = queries.by_ref(world.police), people.by_address(POLICE_LEAD)
        of, parts = return_.organisation, {"title": title, "by": lead}
        if kind == "link":
            added = evidence.add_link(of, address=target, **parts)
        else:
            added = evidence.add_reference(of, words=target, **parts)
        criterion = next(c for c in queries.edition_of(return_).criteria if c.number == number)
        attach(return_, criterion, added, by=lead)


@pytest.mark.database
def test_it_holds_every_file_by_standard_and_an_index_of_everything(browser: Browser, world: World) -> None:
    a_document(world, "plan.pdf", PDF, title="Our plan: 2027/28", shown="1.1 2.1", note="page 4")
    a_document(world, "=sum.csv", b"a,b\n", title="=HYPERLINK(1)", shown="1.1")
    elsewhere(world, "link", "https://police.example/safe", "Pages for staff", "2.2")
    elsewhere(world, "reference", "In the HR system, ask Ann Bell", "Supervision records", "1.2")
    browser.sign_in(POLICE_LEAD)
    archive = taken(browser, f"/returns/{world.police}/evidence.zip")
    plan = "1 Standard 1/1.1 Our plan 2027 28.pdf"
    figures = "1 Standard 1/1.1 =HYPERLINK(1).csv"
    assert set(archive.namelist()) == {plan, figures, "index.html", "index.csv"}
    assert archive.read(plan) == PDF and archive.read(figures) == b"a,b\n"
    index = rows(archive)
    assert [row["Title"] for row in index] == [
        "Our plan: 2027/28", "'=HYPERLINK(1)", "Supervision records", "Our plan: 2027/28", "Pages for staff",
    ]  # fmt: skip
    first, again = index[0], index[3]
    assert first["Criterion"].startswith("1.1 ") and again["Criterion"].startswith("2.1 ")
    assert first["File"] == again["File"] == plan and first["Where to look"] == "page 4"
    assert first["Bytes"] == str(len(PDF)) and len(first["SHA-256"]) == 64
    assert first["Added by"] == "Pat Lead" and first["Remark"] == ""
    assert index[2]["Link or where it can be seen"] == "In the HR system, ask Ann Bell"
    page = archive.read("index.html").decode()
    assert 'href="1%20Standard%201/1.1%20Our%20plan%202027%2028.pdf"' in page
    assert "https://police.example/safe" in page and "Northshire Police" in page
    assert "evidence.zip" in browser.response.headers["Content-Disposition"]


@pytest.mark.database
def test_what_is_missing_altered_or_locked_is_named_and_the_rest_is_there(
    browser: Browser, world: World
) -> None:
    names = ("altered", "missing", "locked", "good")
    kept = {name: a_document(world, f"{name}.txt", name.encode(), shown="1.1") for name in names}
    with world.app.app_context(), unit_of_work():
        files().files[key_of(world, kept["altered"].revision)] = b"altereD"
        files().delete(key_of(world, kept["missing"].revision))
        documents.revision_by_ref(kept["locked"].revision).scan_state = "infected"
    browser.sign_in(POLICE_LEAD)
    archive = taken(browser, f"/returns/{world.police}/evidence.zip")
    assert archive.namelist() == ["1 Standard 1/1.1 good.txt", "index.html", "index.csv"]
    remarks = {row["Title"]: row["Remark"] for row in rows(archive)}
    assert "no longer what was added" in remarks["altered.txt"]
    assert "missing from the store" in remarks["missing.txt"]
    assert "holds a virus" in remarks["locked.txt"] and remarks["good.txt"] == ""
    assert "Not in this archive" in archive.read("index.html").decode()


@pytest.mark.database
def test_a_submission_gives_what_was_submitted_also_to_the_board(browser: Browser, world: World) -> None:
    kept = a_document(world, "plan.txt", b"as submitted", title="Plan", shown="1.1")
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/submitted/evidence.zip", status=404)
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    a_newer_one(world, kept.document, b"after it", "plan.txt")
    with world.app.app_context(), unit_of_work():
        documents.document_by_ref(kept.document).title = "Renamed since"
    archive = taken(browser, f"/returns/{world.police}/submitted/evidence.zip")
    assert archive.read("1 Standard 1/1.1 Plan.txt") == b"as submitted"
    assert "As submitted on" in archive.read("index.html").decode()
    browser.open(f"/returns/{world.police}/evidence.zip", status=404)
    browser.open(f"/returns/{world.police}/submitted/evidence.zip?round=2", status=404)
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    text = browser.open(f"/returns/{world.police}/trail").text
    assert "downloaded all the evidence of the return" in text
    page = browser.open(f"/returns/{world.police}/submitted")
    assert page.href("Download all its evidence") in (
        f"/returns/{world.police}/submitted/evidence.zip?round=1",
    )
    browser.sign_out()
    browser.sign_in(HOUSING_LEAD)
    browser.open(f"/returns/{world.police}/submitted/evidence.zip", status=404)


@pytest.mark.database
def test_a_return_without_evidence_gives_an_index_that_says_so(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    archive = taken(browser, f"/returns/{world.police}/evidence.zip")
    assert archive.namelist() == ["index.html", "index.csv"] and rows(archive) == []
    assert "No evidence is shown" in archive.read("index.html").decode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("../../etc: passwd?", "etc passwd"),
        ("ends in dots... ", "ends in dots"),
        ("gpj\u202eexe\r\n", "gpj exe"),
        ("", "document"),
        ("x" * 200, "x" * 80),
    ],
)
def test_names_are_safe_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name, 80) == safe


def test_two_files_of_one_name_are_told_apart_whatever_their_letters() -> None:
    one = Item(
        folder="1 Leading", number="1.1", asked="", title="Plan", note="", kind="file", target="",
        added_by="", added_at=clock.now(), file=Kept("plan.pdf", "a", 1, "", ""),
    )  # fmt: skip
    two = replace(one, title="PLAN.pdf", file=Kept("p.PDF", "b", 1, "", ""))
    again = replace(one, number="2.1")
    assert [placed.path for placed in with_paths([one, two, again])] == [
        "1 Leading/1.1 Plan.pdf", "1 Leading/1.1 PLAN (2).pdf", "1 Leading/1.1 Plan.pdf",
    ]  # fmt: skip
