"""Evidence files of cycles closed long ago are removed, and nothing else that anybody still shows."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.storage import files
from s11.evidence import queries as documents
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse, ShownInResponse
from s11.evidence.requests.rules import Reason
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from s11.returns.models import AnswerEvidence
from s11.trail.models import Entry
from tests.factories.proof import Kept, a_document, a_newer_one, key_of
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database
YEARS_LATER = timedelta(days=4 * 366)


@pytest.fixture
def shown(world: World) -> Kept:
    """A file shown in the submitted return of the police."""
    kept = a_document(world, "policy.txt", shown="1.1", title="Our policy")
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    return kept


def close(world: World, *, years: int | None = 3) -> None:
    """The cycle is closed today, and files are kept so many years after."""
    with world.app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        return_.cycle.closed_at = clock.now()
        return_.cycle.partnership.evidence_years = years


def take_out(world: World, kept: Kept) -> None:
    """The organisation takes a document out of its library."""
    with world.app.app_context(), unit_of_work():
        document = documents.document_by_ref(kept.document)
        assert document is not None
        document.removed_at = clock.now()


def run(app: Flask, *, later: timedelta = YEARS_LATER, really: bool = True) -> str:
    with clock.pretend(datetime.now(UTC) + later):
        done = app.test_cli_runner().invoke(args=["retention", *(["--run"] if really else [])])
    assert done.exit_code == 0, done.output
    return done.output


def is_kept(world: World, kept: Kept) -> bool:
    return bool(key_of(world, kept.revision))


def test_a_file_past_its_time_is_removed_and_says_so_wherever_it_was_shown(
    app: Flask, world: World, shown: Kept, browser: Browser
) -> None:
    close(world)
    take_out(world, shown)
    key = key_of(world, shown.revision)
    assert "1 evidence files of cycles closed longer ago" in run(app, really=False)
    assert is_kept(world, shown)
    assert "Removed: 1 evidence files of cycles closed longer ago" in run(app)
    with app.app_context():
        with pytest.raises((KeyError, OSError)):
            files().open(key)
        revision = documents.revision_by_ref(shown.revision)
        assert revision is not None
        assert (revision.file_name, len(revision.sha256), revision.size) == ("policy.txt", 64, 12)
        entry = db.session.scalars(select(Entry).where(Entry.tag == "document:revision:expired")).one()
        assert entry.after == {"revision": 1, "sha256": revision.sha256}
        said = revision.gone
    assert said.startswith("Removed under the retention rule on ")
    browser.sign_in(MANAGER)
    assert said in browser.open(f"/returns/{world.police}/submitted").text
    assert said in browser.open(f"/returns/{world.police}/files/{shown.revision}/preview").text
    assert said in browser.open(f"/returns/{world.police}/files/{shown.revision}", status=409).text
    assert browser.client.get(f"/returns/{world.police}/submitted/evidence.zip").status_code == 200
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    assert said in lead.open(f"/evidence/documents/{shown.document}").text
    assert "evidence files" not in run(app, really=False)


def test_nothing_goes_before_the_time_is_over_or_where_no_time_is_set(
    app: Flask, world: World, shown: Kept
) -> None:
    close(world)
    take_out(world, shown)
    run(app, later=timedelta(days=3 * 365 - 5))
    assert is_kept(world, shown)
    close(world, years=None)
    run(app)
    assert is_kept(world, shown)


def test_a_cycle_that_was_never_closed_keeps_its_files(app: Flask, world: World, shown: Kept) -> None:
    with app.app_context(), unit_of_work():
        organisations.partnerships()[0].evidence_years = 1
    take_out(world, shown)
    run(app)
    assert is_kept(world, shown)


def test_what_stands_in_the_library_stays_and_its_older_revision_goes(
    app: Flask, world: World, shown: Kept
) -> None:
    close(world)
    run(app)
    assert is_kept(world, shown), "it is the newest in the organisation's own library"
    newer = a_newer_one(world, shown.document, b"Our new policy.\n")
    run(app)
    assert not is_kept(world, shown)
    assert is_kept(world, Kept(shown.document, newer))


def test_what_answers_a_request_for_evidence_stays(app: Flask, world: World, shown: Kept) -> None:
    close(world)
    take_out(world, shown)
    with app.app_context(), unit_of_work():
        revision, partnership = documents.revision_by_ref(shown.revision), organisations.partnerships()[0]
        assert revision is not None
        request = EvidenceRequest(
            partnership_id=partnership.id,
            organisation_id=revision.document.organisation_id,
            title="Policy",
            reason=next(iter(Reason)),
            why="To see it.",
            what="The policy.",
            due_on=clock.today(),
            asked_at=clock.now(),
        )
        db.session.add(request)
        db.session.flush()
        response = EvidenceResponse(request_id=request.id, begun_at=clock.now(), sent_at=clock.now())
        db.session.add(response)
        db.session.flush()
        db.session.add(ShownInResponse(response_id=response.id, revision_id=revision.id))
    run(app)
    assert is_kept(world, shown)


def test_what_a_later_return_shows_stays(app: Flask, world: World, shown: Kept) -> None:
    """The same document is shown in a return of a cycle that is not closed."""
    close(world)
    take_out(world, shown)
    with app.app_context(), unit_of_work():
        found = documents.revision_by_ref(shown.revision)
        other = returns.by_ref(world.school)
        assert found is not None and other is not None
        criterion = returns.edition_of(other).criteria[0]
        shown_again = AnswerEvidence(
            return_id=other.id, criterion_id=criterion.id, revision_id=found.id, added_at=clock.now()
        )
        db.session.add(shown_again)
    run(app)
    assert is_kept(world, shown)


def test_the_settings_say_what_the_next_run_would_remove(
    app: Flask, world: World, shown: Kept, browser: Browser
) -> None:
    close(world, years=1)
    take_out(world, shown)
    with clock.pretend(datetime.now(UTC) + YEARS_LATER):
        browser.sign_in(MANAGER)
        page = browser.open("/partnerships/settings", status=302)
        page = browser.open(f"{browser.response.headers['Location']}/retention")
        assert "1 file of 1 closed cycle" in page.text
        browser.submit("/retention", keep="always", years="")
        browser.open(browser.response.request.path + "/retention")
        page = browser.submit("/settings/retention", keep="years", years="2")
        assert "1 file of 1 closed cycle would be removed in the next run: 1 of Cycle TINY-2026" in page.text
