"""What was sealed is read alike wherever it is read; and what was sealed before an answer could hold so much
is read as it was."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import update

from s11.actions import operations as plan
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.evidence import queries as documents
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.models import Submission
from s11.returns.operations import AnswerChange, save_answers
from s11.returns.sealing import checksum, unseal
from tests.factories.proof import a_document, a_newer_one
from tests.factories.world import MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser
from tests.returns.test_colleagues import signed_in

pytestmark = pytest.mark.database
SAID = (
    "Why 1.1 is G.", "A lead in every team.", "None at night.", "Name a lead for nights.",
    "Asha Rahman, Head of service", "Seen on a visit.", "page 4", "policy.txt",
)  # fmt: skip
# Keys of an answer, a standard and the whole that a record sealed in the first year did not have.
LATER = ("fields", "rated", "group", "strengths", "shortfalls", "doubts", "actions")


def everything_said(world: World) -> str:
    """A return in which 1.1 says all an answer can say, submitted; the ref of the revision that is shown."""
    kept = a_document(world, shown="1.1", note="page 4")
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    with world.app.app_context(), unit_of_work():
        return_, lead = queries.by_ref(world.police), people.by_address(POLICE_LEAD)
        documents.revision_by_ref(kept.revision).document.current_until = clock.today() - timedelta(days=1)
        first = queries.edition_of(return_).criteria[0]
        answer = queries.answer_of(return_.id, first.id)
        change = AnswerChange(
            first.id, answer.version, answer.level_id, commentary=answer.commentary,
            strengths="A lead in every team.", shortfalls="None at night.",
        )  # fmt: skip
        save_answers(return_, [change], by=lead)
        plan.add(
            return_.cycle.partnership, return_.organisation, source="self_assessment",
            text="Name a lead for nights.", owner_name="Asha Rahman", owner_role="Head of service",
            due_on=clock.today() + timedelta(days=9), cycle=return_.cycle, standard_key="standard-1",
            criterion_key=first.key, by=lead,
        )  # fmt: skip
        doubts = [one for one in queries.doubts_of(return_) if one.number == "1.1"]
        assert doubts, "what is shown is out of date"
        operations.reply_to_doubts(return_, doubts, reason="Seen on a visit.", by=lead)
        operations.sign(return_, "lead", by=lead)
    a_newer_one(world, kept.document, b"newer, after submission")
    return kept.revision


def read(app: Flask, world: World) -> str:
    return signed_in(app, MANAGER).open(f"/returns/{world.police}/submitted").text


def moderated(app: Flask, world: World) -> str:
    return signed_in(app, MANAGER).open(f"/moderation/{world.police}/1").text


def in_pdf(app: Flask, world: World) -> str:
    content = signed_in(app, MANAGER).client.get(f"/returns/{world.police}/submitted.pdf").data
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def in_word(app: Flask, world: World) -> str:
    content = signed_in(app, MANAGER).client.get(f"/returns/{world.police}/submitted.docx").data
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


PLACES = (read, moderated, in_pdf, in_word)


def test_all_of_an_answer_is_read_wherever_it_is_read(app: Flask, world: World) -> None:
    revision = everything_said(world)
    for place in PLACES:
        text = place(app, world)
        assert [words for words in SAID if words not in text] == [], place.__name__
    with app.app_context():
        sealed = unseal(queries.submission(queries.by_ref(world.police).id).sealed)
        assert [one.revision for one in sealed.evidence] == [revision], "the one that was shown on the day"


def as_sealed_in_the_first_year(world: World) -> None:
    """Take out of the sealed record what came later."""
    with world.app.app_context(), unit_of_work():
        submission = queries.submission(queries.by_ref(world.police).id)
        record = json.loads(submission.sealed)
        for part in [record, *record["standards"], *(a for s in record["standards"] for a in s["answers"])]:
            for key in LATER:
                part.pop(key, None)
        for standard in record["standards"]:
            standard.pop("signature")
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        db.session.execute(
            update(Submission)
            .where(Submission.id == submission.id)
            .values(sealed=text, checksum=checksum(text))
        )


@pytest.mark.parametrize("place", PLACES)
def test_a_record_of_the_first_year_is_still_read_and_printed(
    app: Flask, world: World, place: Callable[[Flask, World], str]
) -> None:
    everything_said(world)
    as_sealed_in_the_first_year(world)
    text = place(app, world)
    assert "Why 1.1 is G." in text and "policy.txt" in text and "None at night." not in text


def test_a_second_submission_is_set_beside_one_of_the_first_year(
    app: Flask, browser: Browser, world: World
) -> None:
    everything_said(world)
    as_sealed_in_the_first_year(world)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/submitted")
    browser.submit("/send-back", reason="Please say more about training.")
    a_return(app, world.police, "- - - N", by=POLICE_LEAD, submit=True)
    page = browser.open(f"/returns/{world.police}/difference")
    assert "A lead in every team." in page.text and "Name a lead for nights." in page.text
    assert "Criterion 2.2 is met." not in page.text, "what is said as before is no change"
