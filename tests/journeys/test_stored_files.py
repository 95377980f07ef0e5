"""What a browser does with a stored file: it saves it, and runs nothing that is in it."""

import io

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.storage import files
from s11.evidence.models import Document, Revision
from s11.returns import queries as returns
from tests.factories.world import POLICE_LEAD, World
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.browser

SCRIPT = b"<script>document.title='ran';alert('ran')</script>"
# Kept as they are, past the inspection that would refuse them: this is about handing them out.
FILES = {
    "page.html": ("text/html", b"<!doctype html><title>page</title>" + SCRIPT),
    "picture.svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'),
    "plan.pdf": ("application/pdf", b"%PDF-1.4\n" + SCRIPT),
    "picture.gif": ("image/gif", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)"),
    "notes.txt": ("text/plain", SCRIPT),
}


def stored(app: Flask, world: World) -> dict[str, str]:
    """The ref of each file in the library of the police."""
    refs = {}
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        for name, (media_type, content) in FILES.items():
            kept = files().save(io.BytesIO(content))
            document = Document(
                organisation_id=return_.organisation_id, kind="file", title=name, added_by_name="Pat",
                added_at=clock.now(),
            )  # fmt: skip
            revision = Revision(
                document=document, number=1, file_name=name, media_type=media_type, size=kept.size,
                sha256=kept.sha256, storage_key=kept.key, added_by_name="Pat", added_at=clock.now(),
            )  # fmt: skip
            db.session.add(revision)
            db.session.flush()
            refs[name] = revision.ref
    return refs


def test_a_stored_file_is_saved_and_never_run(app: Flask, world: World, context: BrowserContext) -> None:
    refs = stored(app, world)
    # Not the page of other journeys: here the browser is meant to say what it refused.
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    sign_in(page, POLICE_LEAD)
    for name, ref in refs.items():
        with page.expect_download() as saving:
            page.evaluate("address => { location.href = address }", f"/evidence/{ref}")
        assert saving.value.suggested_filename == name
        # Nor when a page of ours is made to embed or to run it.
        page.evaluate(
            """address => {
                for (const [tag, where] of [['iframe', 'src'], ['embed', 'src'], ['object', 'data'],
                                            ['script', 'src'], ['img', 'src']]) {
                    const made = document.createElement(tag);
                    made[where] = address;
                    document.body.append(made);
                }
            }""",
            f"/evidence/{ref}",
        )
        page.wait_for_timeout(300)
    assert not ran and page.title() != "ran"
    assert any("object-src 'none'" in said for said in refused)
