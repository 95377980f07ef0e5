"""A stored file that is not what was added any more never leaves the service."""

import hashlib
import tracemalloc
from pathlib import Path

import pytest

from s11.core import storage
from s11.core.database import unit_of_work
from s11.core.storage import LocalStorage, files
from s11.evidence import queries as documents
from s11.evidence.checking import Kept, NotServed, opened, reading
from s11.trail import queries as trail
from tests.factories.proof import a_document, key_of
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database


def alter(world: World, key: str) -> None:
    """Turn one bit of a stored file round."""
    with world.app.app_context():
        content = bytearray(files().files[key])
        content[3] ^= 1
        files().files[key] = bytes(content)


def acts(world: World) -> list[str]:
    with world.app.app_context():
        return [row["tag"] for rows in trail.batches() for row in rows]


def test_a_file_in_which_one_bit_changed_is_not_handed_out(
    browser: Browser, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    kept = a_document(world, shown="1.1")
    key = key_of(world, kept.revision)
    alter(world, key)
    browser.sign_in(POLICE_LEAD)
    for address in (f"/evidence/{kept.revision}", f"/returns/{world.police}/files/{kept.revision}"):
        page = browser.open(address, status=409)
        assert "“policy.txt” is no longer what was added" in page.text
        assert "Tell whoever runs this service" in page.text
        assert "attachment" not in browser.response.headers.get("Content-Disposition", "")
    page = browser.open(f"/evidence/{kept.revision}/preview")
    assert "no longer what was added" in page.text and "Our policy" not in page.text
    assert key in caplog.text
    assert acts(world).count("document:revision:withheld") == 3


def test_the_board_is_not_handed_it_either(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1")
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/files/{kept.revision}")
    assert browser.response.data == b"Our policy.\n"
    alter(world, key_of(world, kept.revision))
    browser.open(f"/returns/{world.police}/files/{kept.revision}", status=409)


def test_a_file_that_is_gone_is_said_and_not_a_fault(browser: Browser, world: World) -> None:
    kept = a_document(world, shown="1.1")
    with world.app.app_context():
        files().files.clear()
    browser.sign_in(POLICE_LEAD)
    assert "is missing from the store" in browser.open(f"/evidence/{kept.revision}", status=409).text


def test_the_nightly_check_names_what_is_wrong_and_fails(world: World) -> None:
    good, bad = a_document(world, "good.txt", b"good"), a_document(world, "bad.txt", b"bad, soon")
    run = world.app.test_cli_runner().invoke
    result = run(args=["evidence", "verify"])
    assert (result.exit_code, result.output) == (0, "2 stored files, all as they were added\n")
    alter(world, key_of(world, bad.revision))
    result = run(args=["evidence", "verify"])
    assert result.exit_code == 1
    assert f"Northshire Police, revision {bad.revision}: “bad.txt” is no longer" in result.output
    assert "good.txt" not in result.output and "Of 2 stored files, 1 cannot" in result.output
    assert acts(world).count("document:revision:altered") == 1
    assert good.revision not in result.output


@pytest.mark.parametrize("state", ["infected", "unchecked"])
def test_a_file_the_scanner_keeps_back_stays_locked(browser: Browser, world: World, state: str) -> None:
    kept = a_document(world, shown="1.1")
    with world.app.app_context(), unit_of_work():
        documents.revision_by_ref(kept.revision).scan_state = state
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/evidence/{kept.revision}", status=409)
    page = browser.open(f"/evidence/{kept.revision}/preview")
    assert "Our policy" not in page.text and "This file cannot be opened now" in page.text


def test_a_very_large_file_is_checked_a_piece_at_a_time(tmp_path: Path) -> None:
    store, size = LocalStorage(tmp_path), 96 * 1024 * 1024
    key = "ab" * 16
    (tmp_path / "ab").mkdir()
    with (tmp_path / "ab" / key).open("wb") as sparse:
        sparse.truncate(size)
    digest = hashlib.sha256()
    for _ in range(size // storage.CHUNK):
        digest.update(bytes(storage.CHUNK))
    tracemalloc.start()
    with reading(store, Kept("large.pdf", key, size, digest.hexdigest(), "")) as content:
        assert content.read(4) == bytes(4)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * storage.CHUNK
    with pytest.raises(NotServed):
        opened(store, Kept("large.pdf", key, size, "0" * 64, ""))
