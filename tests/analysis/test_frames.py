"""The fast way of reading ratings against the slow one, and moderation in the same form."""

import pandas as pd
import pytest
from flask import Flask

from s11.analysis import frames
from s11.analysis.rules import Basis
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.evidence.models import Document, Revision
from s11.moderation import operations as moderation
from s11.people import queries as people
from s11.returns import operations, queries
from tests.factories.world import HOUSING_LEAD, MANAGER, MODERATOR, POLICE_LEAD, World, a_return

pytestmark = pytest.mark.database


def ratings(app: Flask, ref: str, basis: Basis = Basis.SELF) -> pd.DataFrame:
    with app.app_context():
        cycle = cycles.by_ref(ref)
        assert cycle is not None
        return frames.ratings(cycle, basis)


def show(app: Flask, ref: str, number: str, *titles: str) -> None:
    """Attach references as evidence to one answer."""
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        assert return_ is not None
        for title in titles:
            document = Document(
                organisation_id=return_.organisation_id, kind="reference", title=title, target="Ask us",
                added_by_name="Pat", added_at=clock.now(),
            )  # fmt: skip
            revision = Revision(document=document, number=1, added_by_name="Pat", added_at=clock.now())
            db.session.add(revision)
            db.session.flush()
            criterion = queries.edition_of(return_).by_number[number]
            operations.attach(return_, criterion, revision, by=None)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with its texts as texts."""
    texts = frame.select_dtypes("category").columns
    frame = frame.astype(dict.fromkeys(texts, object))
    return frame.astype({name: "int64" for name in ("order", "evidence", "return_id", "organisation_id")})


def test_packed_ratings_say_the_same_as_the_answers_one_by_one(app: Flask, world: World) -> None:
    a_return(app, world.housing, "G N R G", by=HOUSING_LEAD)
    show(app, world.housing, "1.1", "Policy")
    a_return(app, world.housing, "G N R G", by=HOUSING_LEAD, submit=True)
    a_return(app, world.police, "G G A N", by=POLICE_LEAD)
    show(app, world.police, "1.2", "Minutes", "Training record")
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    fast = plain(ratings(app, world.cycle))
    with app.app_context():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        slow = plain(frames.ratings_from_answers(cycle).astype(object).infer_objects())
    assert len(fast) == 8
    for name in frames.COLUMNS:
        assert list(fast[name].fillna(-1)) == list(slow[name].fillna(-1)), name
    assert list(fast["evidence"]) == [1, 0, 0, 0, 0, 2, 0, 0]  # Harbour Housing comes first


def test_a_row_says_what_was_answered(app: Flask, world: World) -> None:
    a_return(app, world.police, "G N A R", by=POLICE_LEAD, submit=True)
    rows = ratings(app, world.cycle)
    first, second = rows.iloc[0], rows.iloc[1]
    assert (first["organisation"], first["standard"], first["criterion"]) == ("Northshire Police", "1", "1.1")
    assert (first["rating"], first["label"], first["value"], first["order"]) == ("green", "Green", 3, 3)
    assert first["counts"] and first["best"] and first["evidence"] == 0
    assert (second["rating"], second["counts"]) == ("not_applicable", False)
    assert second["not_applicable_reason"] == "We do not do this."


def test_only_returns_that_are_in_are_counted(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD)
    assert ratings(app, world.cycle).empty
    a_return(app, world.housing, "G G G G", by=HOUSING_LEAD, submit=True)
    assert set(ratings(app, world.cycle)["organisation"]) == {"Harbour Housing"}


def test_a_return_sent_back_is_not_in_and_comes_back_with_its_new_round(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G G G", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_, manager = queries.by_ref(world.police), people.by_address(MANAGER)
        assert return_ is not None and manager is not None
        operations.send_back(return_, reason="Explain 1.1 please.", by=manager)
    assert ratings(app, world.cycle).empty
    a_return(app, world.police, "R G G G", by=POLICE_LEAD, submit=True)
    assert list(ratings(app, world.cycle)["rating"]) == ["red", "green", "green", "green"]


def test_what_nobody_moderated_is_blank_on_the_moderated_basis(app: Flask, world: World) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_, by = queries.by_ref(world.police), people.by_address(MODERATOR)
        assert return_ is not None and by is not None
        first, second, *_ = queries.edition_of(return_).criteria
        red = first.scale.levels[2]
        moderation.rate(return_, first, level_id=red.id, reason="No policy was shown.", by=by)
        moderation.rate(return_, second, level_id=None, not_applicable=True, reason="It is no duty.", by=by)
    rows = ratings(app, world.cycle, Basis.MODERATED)
    assert list(rows["rating"]) == ["red", "not_applicable", "", ""]
    assert list(rows["counts"]) == [True, False, False, False]
