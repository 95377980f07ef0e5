"""Missing, old and reused evidence, as a person reads it on the screen and in the file."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from s11.analysis.pages import proved, proved_line, reused_documents
from s11.analysis.rules import By
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.evidence.models import Document, Revision
from s11.returns import operations, queries
from tests.analysis.figures import a_frame
from tests.analysis.test_proving import shown
from tests.factories.world import CHAIR, HOUSING_LEAD, POLICE_LEAD, World, a_return
from tests.pages import Browser

FRAME = a_frame({"Police": {"1": "G G A A", "2": "G G*"}, "Hill School": {"1": "G -"}})
PROOFS = shown(
    *((1, f"1.{n}", 7, 5, False) for n in range(1, 5)),
    (1, "2.1", 7, 5, True),
    (1, "1.4", 8, 1, False),
    (2, "1.1", 3, 0.5, False),
)


def test_answers_that_rest_on_one_document_are_counted_by_standard_and_organisation() -> None:
    by_organisation, by_standard = proved(FRAME, PROOFS, By.ORGANISATION), proved(FRAME, PROOFS, By.STANDARD)
    police = by_organisation["police"]
    assert (police.best, police.unproved, police.evidenced, police.old, police.outdated) == (4, 1, 5, 4, 1)
    assert police.reused == 5 and by_organisation["hill school"].reused == 0
    assert (by_standard["1"].reused, by_standard["1"].evidenced, by_standard["2"].reused) == (4, 5, 1)
    assert proved_line("1", "1", "", by_standard["1"]).cells[3] == ("4\u00a0of\u00a05", "80.0 %")
    found = reused_documents(PROOFS)
    assert [(one.title, one.figure) for one in found] == [("Document 7", "5 of 5")]


@pytest.mark.database
def test_the_page_and_its_file_say_what_is_missing_and_what_is_old(
    app: Flask, world: World, browser: Browser
) -> None:
    browser.sign_in(CHAIR)
    at = f"/analysis/cycles/{world.cycle}"
    assert "No return is in yet" in browser.open(f"{at}/evidence").text
    a_return(app, world.police, "G G A N", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        assert return_ is not None
        now = clock.now()
        document = Document(
            organisation_id=return_.organisation_id, kind="reference", title="Policy", target="Ask us",
            added_by_name="Pat", added_at=now,
        )  # fmt: skip
        revision = Revision(
            document=document, number=1, added_by_name="Pat", added_at=now - timedelta(days=1500)
        )
        db.session.add_all([document, revision])
        db.session.flush()
        operations.attach(return_, queries.edition_of(return_).by_number["1.1"], revision, by=None)
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G R G G", by=HOUSING_LEAD, submit=True)
    page = browser.open(browser.open(at).href("Missing, old and reused evidence"))
    assert "80.0 % best without evidence 4 of 5" in page.text
    assert "Northshire Police 1 of 2 50.0 % 1 of 1 100.0 % 0 of 1 0.0 % 0 of 1" in page.text
    assert "Harbour Housing 3 of 3 100.0 % – – –" in page.text
    assert "No document is shown for five criteria or more of one return." in page.text
    browser.open(f"{at}/tables/evidence.csv")
    text = browser.response.get_data(as_text=True).removeprefix("\ufeff")
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Everything"]["% of best without evidence"] == "80.0"
    assert rows["Northshire Police"]["Evidence old"] == "1" and rows["Harbour Housing"]["% old"] == ""
