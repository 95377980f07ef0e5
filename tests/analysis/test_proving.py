"""Old evidence, evidence that is out of date, and one document behind many answers."""

from datetime import timedelta

import pandas as pd
import pytest
from flask import Flask

from s11.analysis import frames, measures
from s11.analysis.measures import evidence_age, reuse
from s11.analysis.rules import By
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.evidence.models import Document, Revision
from s11.returns import operations, queries
from tests.analysis.figures import a_frame
from tests.factories.world import POLICE_LEAD, World, a_return

YEAR = 365.25


def shown(*rows: tuple[int, str, int, float, bool]) -> pd.DataFrame:
    """Return, criterion, document, age in years, and whether it was past its day."""
    return pd.DataFrame(
        [(return_id, criterion, document, f"Document {document}", age * YEAR, past)
         for return_id, criterion, document, age, past in rows],
        columns=["return_id", "criterion", "document_id", "title", "days", "past"],
    )  # fmt: skip


PROOFS = shown(
    (1, "1.1", 7, 5, False),
    (1, "1.1", 8, 1, False),
    (1, "1.2", 7, 5, True),
    (1, "2.1", 7, 5, True),
    (1, "2.1", 9, 4, False),
    (2, "1.1", 3, 0.5, False),
)
FRAME = a_frame({"Police": {"1": "G G", "2": "A"}, "Hill School": {"1": "G -"}})


def test_the_newest_piece_says_how_old_the_evidence_of_an_answer_is() -> None:
    row = evidence_age(PROOFS, FRAME, years=3).loc["police"]
    assert row[["evidenced", "old", "outdated"]].tolist() == [3, 2, 1]
    assert row["median_years"] == 4 and round(row["old_pct"], 1) == 66.7
    assert evidence_age(PROOFS, FRAME, years=4.5).loc["police", "old"] == 1


def test_answers_without_evidence_are_not_counted_and_a_share_of_none_is_none() -> None:
    table = evidence_age(PROOFS.iloc[:0], FRAME, By.STANDARD)
    assert list(table["evidenced"]) == [0, 0] and table["old_pct"].isna().all()


def test_a_document_shown_everywhere_is_found_with_its_share_of_what_is_evidenced() -> None:
    table = reuse(PROOFS, at_least=2)
    assert [tuple(key) for key in table.index] == [(1, 7)]
    assert table.iloc[0][["title", "criteria", "evidenced", "share_pct"]].tolist() == [
        "Document 7",
        3,
        3,
        100,
    ]
    assert len(reuse(PROOFS)) == 0 and len(reuse(PROOFS.iloc[:0])) == 0


@pytest.mark.database
def test_what_was_shown_is_read_with_its_age_on_the_day_of_submission(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A R", by=POLICE_LEAD)
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        assert return_ is not None
        now = clock.now()
        document = Document(
            organisation_id=return_.organisation_id, kind="reference", title="Policy", target="Ask us",
            added_by_name="Pat", added_at=now, current_until=clock.today() - timedelta(days=1),
        )  # fmt: skip
        other = Document(
            organisation_id=return_.organisation_id, kind="reference", title="Minutes", target="Ask us",
            added_by_name="Pat", added_at=now, confirmed_at=now - timedelta(days=10),
        )  # fmt: skip
        old = now - timedelta(days=1500)
        revisions = [
            Revision(document=document, number=1, added_by_name="Pat", added_at=old),
            Revision(document=document, number=2, added_by_name="Pat", added_at=now - timedelta(days=100)),
            Revision(document=other, number=1, added_by_name="Pat", added_at=old),
        ]
        db.session.add_all([document, other, *revisions])
        db.session.flush()
        by_number = queries.edition_of(return_).by_number
        for number, revision in (("1.1", 0), ("1.1", 1), ("1.2", 0), ("2.1", 2)):
            operations.attach(return_, by_number[number], revisions[revision], by=None)
    a_return(app, world.police, "G G A R", by=POLICE_LEAD, submit=True)
    with app.app_context():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        proofs = frames.proofs(cycle)
        table = measures.evidence_age(proofs, frames.ratings(cycle), years=3)
    said = {(row.criterion, row.title): (round(row.days), row.past) for row in proofs.itertuples()}
    assert said == {
        ("1.1", "Policy"): (100, True),
        ("1.2", "Policy"): (1500, True),
        ("2.1", "Minutes"): (10, False),
    }
    assert table.iloc[0][["evidenced", "old", "outdated"]].tolist() == [3, 1, 2]
