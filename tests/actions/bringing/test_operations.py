"""A plan is begun, its columns named, its rows mended, and it is taken into the plan once."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from s11.actions import personal, queries
from s11.actions.bringing import operations
from s11.actions.bringing.shapes import Meaning, Mended, RowKind
from s11.actions.models import Action, PlanImport, PlanSource, Recommendation
from s11.actions.operations import add_source, recommendation_saying
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.trail import queries as trail
from tests.actions.bringing.plans import BY_THEME
from tests.factories.world import OFFICE, World

pytestmark = pytest.mark.database

SMALL = (
    "Rec No.\tAction\tOwner\tTimescale\tRAG\tProgress\tNotes\n"
    "1\tTrain every sergeant\tAsha Rahman, Superintendent, Northshire Police\tMay 2027\tGreen\t"
    "Half are trained.\tSee Asha Rahman\n"
    "1 & 2\tAsk children\tHead of QA & Named GP\tJul 2027  Sep 2027\t\t\t\n"
    "2\t\t\t\t\t\t\n"
    "ALL\tTell the children\t\tOngoing\t\t\t\n"
)  # fmt: skip


def begun(world: World, pasted: str = SMALL, title: str = "Review of Child Q") -> int:
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        about = operations.About("review", title, date(2027, 2, 1))
        return operations.begin(board, about=about, pasted=pasted, by=people.by_address(OFFICE)).id


def taken_in(world: World, import_id: int) -> None:
    with world.app.app_context(), unit_of_work():
        operations.bring_in(db.session.get(PlanImport, import_id), by=people.by_address(OFFICE))


def actions_of(import_id: int) -> list[Action]:
    query = db.select(Action).where(Action.import_id == import_id).order_by(Action.import_row)
    return list(db.session.scalars(query))


def test_a_plan_is_kept_as_printed_with_a_guess_at_its_columns(app: Flask, world: World):
    import_id = begun(world)
    with app.app_context():
        import_ = db.session.get(PlanImport, import_id)
        assert import_.stage == "columns"
        assert import_.about == {"kind": "review", "title": "Review of Child Q", "dated_on": "2027-02-01"}
        assert operations.meanings_of(import_)[1][2] == Meaning.OWNER
        assert len(operations.understood(import_).rows) == 4
        assert trail.of("plan_import", import_id)[0].tag == "plan_import:plan:begun"


def test_a_plan_goes_into_the_plan_with_what_it_lacks(app: Flask, world: World):
    import_id = begun(world)
    taken_in(world, import_id)
    with app.app_context():
        source = db.session.scalars(db.select(PlanSource)).one()
        assert (source.title, source.kind, source.dated_on) == (
            "Review of Child Q",
            "review",
            date(2027, 2, 1),
        )
        first, second, third, last = actions_of(import_id)
        assert (first.organisation.name, first.owner_name) == ("Northshire Police", "Asha Rahman")
        assert (first.status, first.due_on, first.first_due_on) == ("on_track", *[date(2027, 5, 31)] * 2)
        assert [one.text for one in queries.updates(first.id)] == ["Half are trained."]
        assert first.printed["Notes"] == "See Asha Rahman"
        assert [one.number for one in second.recommendations] == ["1", "2"]
        assert (second.organisation, second.owner_name, second.owner_role) == (None, "", "Head of QA")
        assert [owner.role for owner in second.owners] == ["Named GP"]
        assert [(step.text, step.due_on) for step in second.milestones] == [
            ("By Jul 2027", date(2027, 7, 31)), ("By Sep 2027", date(2027, 9, 30)),
        ]  # fmt: skip
        assert third.text == "To be written: row 3 of the plan, for 2, does not say what is done."
        assert (last.due_on, last.owner_role, last.printed["Timescale"]) == (None, "", "Ongoing")
        assert len(last.recommendations) == 2
        import_ = db.session.get(PlanImport, import_id)
        assert (import_.stage, import_.source) == ("done", source)
        assert trail.of("plan_import", import_id)[0].after["actions"] == 4


def test_a_plan_is_taken_in_once(app: Flask, world: World):
    import_id = begun(world)
    taken_in(world, import_id)
    with pytest.raises(DomainError, match="has been brought in"):
        taken_in(world, import_id)
    with app.app_context(), unit_of_work():
        import_ = db.session.get(PlanImport, import_id)
        with pytest.raises(DomainError, match="has been brought in"):
            operations.mend(import_, 1, Mended(text="Later"), by=None, version=import_.version)
    with app.app_context():
        assert len(actions_of(import_id)) == 4


def test_what_is_mended_before_comes_in_mended_and_what_is_left_out_stays_with_the_import(app, world):
    import_id = begun(world)
    with app.app_context(), unit_of_work():
        import_ = db.session.get(PlanImport, import_id)
        police = organisations.by_name("Northshire Police")
        operations.choose_columns(import_, operations.meanings_of(import_), by=None, version=1)
        operations.mend(import_, 3, Mended(kind=RowKind.CONTINUED), by=None, version=2)
        operations.mend(import_, 4, Mended(kind=RowKind.LEFT_OUT), by=None, version=3)
        operations.merge_posts(
            import_, "head-of-qa", name="Jo Hart", role="Head of Quality", organisation_ref=police.ref,
            by=None, version=4,
        )  # fmt: skip
    taken_in(world, import_id)
    with app.app_context():
        _, second = actions_of(import_id)
        assert (second.owner_name, second.owner_role) == ("Jo Hart", "Head of Quality")
        assert second.organisation.name == "Northshire Police"
        assert second.printed["Owner"] == "Head of QA & Named GP"
        import_ = db.session.get(PlanImport, import_id)
        assert import_.tables[0]["rows"][3]["cells"][1] == "Tell the children"


def test_of_two_people_one_is_told(app: Flask, world: World):
    import_id = begun(world)
    with app.app_context(), unit_of_work():
        operations.mend(db.session.get(PlanImport, import_id), 1, Mended(text="Mine"), by=None, version=1)
    with app.app_context(), unit_of_work():
        import_ = db.session.get(PlanImport, import_id)
        with pytest.raises(Stale):
            operations.mend(import_, 1, Mended(text="Theirs"), by=None, version=1)
        assert operations.mended_of(import_) == {1: Mended(text="Mine")}


@pytest.mark.parametrize(
    ("field", "about", "pasted"),
    [
        ("title", ("review", " "), SMALL),
        ("kind", ("rumour", "Review of Child Q"), SMALL),
        ("pasted", ("review", "Review of Child Q"), "Only words."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    app: Flask, world: World, field: str, about: tuple[str, str], pasted: str
):
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        with pytest.raises(Invalid) as refusal:
            operations.begin(board, about=operations.About(*about), pasted=pasted, by=None)
    assert refusal.value.field == field


def test_columns_without_actions_are_refused(app: Flask, world: World):
    import_id = begun(world)
    with app.app_context(), unit_of_work():
        import_ = db.session.get(PlanImport, import_id)
        with pytest.raises(Invalid):
            operations.choose_columns(import_, {1: {0: Meaning.NUMBER}}, by=None, version=1)


def test_a_plan_for_a_review_that_is_there_answers_its_recommendations(app: Flask, world: World):
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        source = add_source(board, kind="review", title="Review of Child Q", by=None)
        for number in ("1", "2", "3"):
            recommendation_saying(source, f"Do the thing {number}").number = number
    import_id = begun(world, title="review of  child q")
    taken_in(world, import_id)
    with app.app_context():
        found = db.session.scalars(db.select(Recommendation).order_by(Recommendation.position)).all()
        assert [one.text for one in found] == [f"Do the thing {number}" for number in "123"]
        assert [one.number for one in actions_of(import_id)[1].recommendations] == ["1", "2"]
        assert len(actions_of(import_id)[3].recommendations) == 3


def test_a_plan_under_themes_has_its_recommendations_with_them(app: Flask, world: World):
    import_id = begun(world, BY_THEME)
    taken_in(world, import_id)
    with app.app_context():
        found = db.session.scalars(db.select(Recommendation).order_by(Recommendation.position)).all()
        assert [one.number for one in found] == ["1", "2", "3", "4", "6", "6", "7"]
        assert [theme.theme for theme in found[2].themes] == ["Ownership and Accountability"]
        told = actions_of(import_id)[-1]
        assert (told.theme, told.status, len(told.recommendations)) == ("Voice of the child", "complete", 7)
        assert actions_of(import_id)[0].mechanism == "policy_and_procedure"


def test_a_name_is_put_away_wherever_the_plan_printed_it(app: Flask, world: World):
    import_id = begun(world)
    taken_in(world, import_id)
    with app.app_context(), unit_of_work():
        lead = people.by_address(OFFICE)
        personal.forget(lead, name="Asha Rahman", known_as="Former owner 7")
    with app.app_context():
        first = actions_of(import_id)[0]
        import_ = db.session.get(PlanImport, import_id)
        assert first.owner_name == "Former owner 7"
        held = f"{first.printed} {import_.tables} {import_.mended} {import_.begun_by_name}"
        assert "Asha" not in held
        assert first.printed["Notes"] == "See Former owner 7"


def test_the_command_says_what_it_understood_and_brings_it_in(app: Flask, world: World, tmp_path: Path):
    file = tmp_path / "plan.txt"
    file.write_text(SMALL, encoding="utf-8")
    words = [
        "actions",
        "import",
        str(file),
        "--partnership",
        world.partnership,
        "--title",
        "Review of Child Q",
    ]
    looked = app.test_cli_runner().invoke(args=[*words, "--dry-run"])
    assert looked.exit_code == 0, looked.output
    assert "4 rows: 4 actions, 2 recommendations" in looked.output
    assert "Row 4: No owner, No end" in looked.output
    assert "Nothing was changed." in looked.output
    with app.app_context():
        assert not db.session.scalars(db.select(Action)).all()
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    assert "4 actions are in the plan." in done.output
    with app.app_context():
        assert len(db.session.scalars(db.select(Action)).all()) == 4
