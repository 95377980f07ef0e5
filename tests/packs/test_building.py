"""Building a pack: gathered at once, written file by file, each exactly once, whatever stops it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.organisations import queries as organisations
from s11.packs import operations, queries
from s11.packs.kinds import Format
from s11.packs.models import Pack, PackFile
from s11.packs.pdf import NotSet
from s11.packs.writing import formats
from s11.people import queries as people
from s11.returns import queries as returns
from s11.returns.operations import sign
from s11.trail import queries as trail
from tests.actions.some import an_action
from tests.factories.world import CHAIR, DSL, EDUCATION_ADVISER, GOVERNOR, HEAD, MANAGER, a_return
from tests.packs.some import HOUSING, POLICE, a_pack, returned

pytestmark = pytest.mark.database


def stands(world, ref: str) -> list[tuple[str, bool, str]]:
    """Each file of a pack: its format, whether it is written, and what went wrong."""
    with world.app.app_context():
        found = queries.files_of([queries.by_ref(ref).id])
        return [
            (one.format, one.written_at is not None, one.fault)
            for (files,) in [found.values()]
            for one in files
        ]


def test_the_office_builds_a_pack_file_by_file_and_opens_it(world, browser, quick):
    returned(world)
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{world.cycle}"
    page = browser.open(path)
    assert POLICE in page.text and HOUSING in page.text
    token = page.form(path).data()["csrf_token"]
    refs = refs_in(world)
    page = browser.post(
        path, {"csrf_token": token, "audience": "chair", "organisations": refs, "formats": ["pdf", "docx"]}
    )
    assert "Files written 0 of 2" in page.text
    page = browser.submit("/go-on")
    assert "Files written 1 of 2" in page.text
    page = browser.submit("/go-on")
    assert "Build it again" in page.text and quick == [Format.PDF, Format.WORD]
    browser.open(page.href("PDF"))
    assert browser.response.mimetype == "application/pdf"
    assert browser.response.headers["Content-Disposition"] == (
        "attachment; filename=cycle-tiny-2026-chairs-pack.pdf"
    )
    with world.app.app_context():
        pack = db.session.scalar(select(Pack))
        assert [entry.tag for entry in trail.of("pack", pack.id)] == [
            "pack:file:downloaded",
            "pack:file:built",
        ]


def refs_in(world) -> list[str]:
    """The organisations whose returns are in, as the form names them."""
    with world.app.app_context():
        found = returns.submitted(cycles.by_ref(world.cycle).id)
        return [one.ref for one in queries.organisations([one.organisation_id for one in found])]


def test_two_who_write_at_once_write_different_files(world, quick):
    returned(world)
    ref = a_pack(world, formats=(Format.PDF, Format.WORD), writes=False)
    with world.app.app_context():
        pack_id, now = queries.by_ref(ref).id, clock.now()
        with unit_of_work():
            taken = [queries.claim(pack_id, now) for _ in range(3)]
        assert len(set(taken)) == 3 and taken[2] is None
        assert not operations.write_next(pack_id)
    assert quick == []


def test_what_somebody_was_killed_at_is_written_by_the_next(world, quick):
    returned(world)
    ref = a_pack(world, formats=(Format.PDF,), writes=False)
    with world.app.app_context():
        pack_id = queries.by_ref(ref).id
        with unit_of_work():
            queries.claim(pack_id, clock.now() - timedelta(minutes=4))
        assert operations.finish_all() == "1 files of packs written."
        assert operations.finish_all() == "No pack waited to be written."
    assert stands(world, ref) == [("pdf", True, "")]


def test_whoever_took_so_long_that_another_wrote_it_changes_nothing(world, monkeypatch):
    returned(world)
    ref = a_pack(world, formats=(Format.PDF,), writes=False)

    def slow(*_: object) -> formats.Written:
        with unit_of_work():
            file = db.session.scalar(select(PackFile))
            file.written_at, file.storage_key = clock.now(), "theirs"
        return formats.Written(b"mine")

    monkeypatch.setattr(formats, "write", slow)
    with world.app.app_context():
        operations.write_next(queries.by_ref(ref).id)
        assert db.session.scalar(select(PackFile.storage_key)) == "theirs"


def test_a_file_that_cannot_be_written_says_so_and_is_tried_again(world, browser, monkeypatch, quick):
    returned(world)
    works = formats.write

    def fails(document, as_, look=None):
        if as_ is Format.PDF:
            raise NotSet("no room on the page")
        return works(document, as_, look)

    monkeypatch.setattr(formats, "write", fails)
    ref = a_pack(world, formats=(Format.PDF, Format.EXCEL))
    assert [(which, done) for which, done, _ in stands(world, ref)] == [("pdf", False), ("xlsx", True)]
    browser.sign_in(MANAGER)
    page = browser.open(f"/packs/{ref}")
    assert (
        "Not every file could be written." in page.text and "PDF: The file could not be written." in page.text
    )
    monkeypatch.setattr(formats, "write", works)
    assert "Files written 1 of 2" in browser.submit("/again").text
    browser.submit("/go-on")
    assert [fault for _, done, fault in stands(world, ref) if done] == ["", ""]


def test_pressed_twice_it_is_one_pack(world, quick):
    returned(world)
    assert a_pack(world) == a_pack(world, formats=(Format.PDF, Format.WORD))
    with world.app.app_context():
        assert len(db.session.scalars(select(Pack)).all()) == 1
        assert [one.format for one in db.session.scalars(select(PackFile).order_by(PackFile.id))] == [
            "pdf",
            "docx",
        ]


def test_the_page_says_when_the_data_changed_and_builds_it_again(world, browser, quick):
    returned(world)
    ref = a_pack(world)
    browser.sign_in(MANAGER)
    assert "The data changed since" not in browser.open(f"/packs/{ref}").text
    an_action(world)
    assert "The data changed since this pack was built." in browser.open(f"/packs/{ref}").text
    assert "Data changed since" in browser.open(f"/packs/cycles/{world.cycle}").text
    browser.open(f"/packs/{ref}")
    page = browser.submit("/rebuild")
    assert "Files written 0 of 1" in page.text
    browser.submit("/go-on")
    with world.app.app_context():
        first, second = db.session.scalars(select(Pack).order_by(Pack.id))
        assert (first.audience, first.organisations) == (second.audience, second.organisations)
        assert first.data_version != second.data_version
        assert "Train every duty sergeant." not in queries.contents_of(first.id)
        assert "Train every duty sergeant." in queries.contents_of(second.id)


def test_choosing_nothing_is_refused_at_the_field(world, browser):
    returned(world)
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{world.cycle}"
    token = browser.open(path).form(path).data()["csrf_token"]
    text = browser.post(path, {"csrf_token": token, "audience": "chair"}, status=422).text
    assert "Choose at least one organisation for the pack." in text
    assert "Choose at least one format." in text
    text = browser.post(path, {"csrf_token": token, "audience": "cluster", "formats": "pdf"}, status=422).text
    assert "Choose which schools the pack is about." in text
    text = browser.post(path, {"csrf_token": token, "audience": "nobody", "formats": "exe"}, status=422).text
    assert "Choose at least one" in text


def test_each_agency_marked_gets_a_pack_of_its_own(world, browser, quick):
    returned(world)
    browser.sign_in(MANAGER)
    path = f"/packs/cycles/{world.cycle}"
    token = browser.open(f"{path}?audience=agency").form(path).data()["csrf_token"]
    data = {"csrf_token": token, "audience": "agency", "organisations": refs_in(world), "formats": ["docx"]}
    page = browser.post(path, data)
    assert "Agency’s pack: Police" in page.text and "Agency’s pack: Housing" in page.text
    assert "Files written 0 of 2" in page.text
    browser.submit("/go-on")
    assert "Being written" not in browser.submit("/go-on").text


def test_the_chair_reads_packs_and_does_not_build_them(world, browser, quick):
    returned(world)
    ref = a_pack(world)
    browser.sign_in(CHAIR)
    page = browser.open(f"/packs/cycles/{world.cycle}")
    assert "Build the pack" not in page.text
    token = page.form("/sign-out").data()
    assert "Build it again" not in browser.open(f"/packs/{ref}").text
    browser.post(f"/packs/cycles/{world.cycle}", token, status=403)
    browser.post(f"/packs/{ref}/rebuild", token, status=403)


def test_an_adviser_builds_the_cluster_pack_of_their_own_audit(world, browser, quick):
    a_return(world.app, world.school, "G A", by=DSL, submit=True)
    for step, who in (("headteacher", HEAD), ("chair_of_governors", GOVERNOR)):
        with world.app.app_context(), unit_of_work():
            sign(returns.by_ref(world.school), step, by=people.by_address(who))
    browser.sign_in(EDUCATION_ADVISER)
    path = f"/packs/cycles/{world.school_cycle}"
    page = browser.open(f"{path}?audience=cluster")
    assert "Harbour Trust (1)" in page.text and "Primary (1)" in page.text
    with world.app.app_context():
        cluster = f"trust:{organisations.by_name('Harbour Trust').ref}"
    token = page.form(path).data()["csrf_token"]
    page = browser.post(
        path, {"csrf_token": token, "audience": "cluster", "cluster": cluster, "formats": "xlsx"}
    )
    browser.submit("/go-on")
    with world.app.app_context():
        pack = db.session.scalar(select(Pack))
        assert pack.title == "Cluster pack: Harbour Trust, Cycle SCHOOL-2026"
        assert [one["name"] for one in pack.organisations] == ["Hill Primary School"]
        assert operations.wanted_of(pack).about == "Harbour Trust"


def test_the_command_writes_the_file(world, tmp_path, quick):
    returned(world)
    output = tmp_path / "pack.docx"
    args = ["packs", "build", "--cycle", "TINY-2026", "--audience", "agency", "--organisation", POLICE]
    done = world.app.test_cli_runner().invoke(args=[*args, "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "about 1 organisation" in done.output and quick == [Format.WORD]
    assert output.read_text().startswith("Agency’s pack")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--cycle", "NONE"], "No cycle has the code “NONE”"),
        (["--cycle", "TINY-2026", "--organisation", "Nobody"], "is called “Nobody”"),
        (["--cycle", "TINY-2026", "--organisation", HOUSING], "not in cannot be in the pack"),
        (["--cycle", "TINY-2026", "--audience", "agency"], "Name the one organisation"),
        (["--cycle", "SCHOOL-2026"], "No return of this cycle is in yet"),
    ],
)
def test_the_command_says_why_there_is_no_pack(world, tmp_path, args, sentence):
    returned(world, housing=False)
    output = tmp_path / "pack.pdf"
    done = world.app.test_cli_runner().invoke(args=["packs", "build", *args, "--output", str(output)])
    assert done.exit_code != 0 and sentence in done.output
    assert not output.exists()
