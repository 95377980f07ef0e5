"""Who is asked, ticked in place of written, and the condition that follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s11.core.database import unit_of_work
from s11.organisations.rules import PHASE_LABELS, Kind
from s11.questionnaires import queries
from s11.questionnaires.editing.choosing import EVERYBODY, FACT_LABELS, Choice, chosen, written
from s11.questionnaires.editing.parts import criterion_of, with_criterion
from s11.questionnaires.filing import file_of
from s11.questionnaires.forms.asking import offered
from s11.questionnaires.operations.writing import write
from tests.factories.drafts import DRAFT
from tests.factories.world import World
from tests.pages import Browser
from tests.questionnaires.drafting import BUILD, a_draft, a_manager, the_criterion, the_file

SECOND = f"{BUILD}/criteria/criterion-1-2"


def some(values, most=8):
    return st.frozensets(st.sampled_from(sorted(values)), max_size=most)


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
ratings = st.one_of(
    st.just(("", frozenset())),
    st.tuples(names, st.frozensets(names, min_size=1, max_size=3)),
)
choices = st.builds(
    lambda kinds, phases, facts, rating: Choice(kinds, phases, facts, *rating),
    some(map(str, Kind)), some(PHASE_LABELS, 4), some(FACT_LABELS), ratings,
)  # fmt: skip


@given(choices)
def test_what_is_ticked_is_ticked_again_when_the_condition_is_read(choice: Choice):
    assert chosen(written(choice)) == choice


@pytest.mark.parametrize(
    ("condition", "choice"),
    [
        ("", EVERYBODY),
        ("kind == 'school'", Choice(kinds=frozenset({"school"}))),
        ("phase in ['primary', 'pru']", Choice(phases=frozenset({"primary", "pru"}))),
        ("residential and (bound_by_statute)", Choice(facts=frozenset({"residential", "bound_by_statute"}))),
        ("rating( '2.1' ) == 'na'", Choice(after="2.1", levels=frozenset({"na"}))),
    ],
)
def test_a_simple_condition_has_boxes_however_it_is_spaced(condition: str, choice: Choice):
    assert chosen(condition) == choice


@pytest.mark.parametrize(
    "condition",
    [
        "kind != 'childminder'",
        "not residential",
        "residential == True",
        "kind == 'school' or residential",
        "kind == 'school' and kind == 'college'",
        "kind == 'school' and (residential or bound_by_statute)",
        "phase in ('primary', '')",
        "rating('1.1') in ('', 'red')",
        "rating('1.1') == 'red' and rating('1.2') == 'red'",
        "rating('1.1') < 30",
        "field('staff') > 10",
        "ofsted_grade == 'Good'",
        "kind == 'skool'",
        "kind ==",
    ],
)
def test_what_no_box_can_say_is_left_to_be_written(condition: str):
    assert chosen(condition) is None


def test_a_choice_is_written_in_the_order_of_the_page():
    choice = Choice(
        kinds=frozenset({"school", "police"}), phases=frozenset({"primary"}),
        facts=frozenset({"residential"}), after="2.1", levels=frozenset({"red", "amber"}),
    )  # fmt: skip
    assert written(choice) == (
        "kind in ('police', 'school') and phase == 'primary' and residential "
        "and rating('2.1') in ('amber', 'red')"
    )


def test_only_what_comes_before_is_offered(world: World):
    a_draft(world)
    file = the_file(world)
    assert [one.number for one in offered(file, "criterion-2-1").criteria] == ["1.1", "1.2"]
    assert [one.number for one in offered(file, "standard-2").criteria] == ["1.1", "1.2"]
    assert offered(file, "criterion-1-1").criteria == ()
    assert len(offered(file).criteria) == 4


@pytest.fixture
def manager(world: World) -> Browser:
    a_draft(world)
    browser = a_manager(world)
    browser.open(SECOND)
    return browser


def rewrite(world: World, condition: str) -> None:
    """Store a condition as a file would bring it, line ends and all."""
    with world.app.app_context(), unit_of_work():
        draft = queries.edition_by_code(DRAFT)
        assert draft is not None
        file = file_of(draft)
        criterion = criterion_of(file, "criterion-1-2").model_copy(update={"only_if": condition})
        write(with_criterion(file, "criterion-1-2", criterion), draft.framework, draft.predecessor, draft)


def asked(world: World) -> str:
    return the_criterion(world, "criterion-1-2").only_if


def test_a_manager_ticks_who_is_asked(manager: Browser, world: World):
    manager.submit(
        "/criterion-1-2", who_kinds=["school", "college"], who_after="1.1", who_levels=["red", "na"]
    )
    assert asked(world) == "kind in ('school', 'college') and rating('1.1') in ('na', 'red')"
    fields = manager.open(SECOND).form("/criterion-1-2").data()
    assert fields["who_kinds"] == ["school", "college"] and fields["who_after"] == "1.1"
    manager.submit("/criterion-1-2", who_kinds=[], who_after="", who_levels=[])
    assert asked(world) == ""


@pytest.mark.parametrize(
    "condition",
    [
        "kind != 'childminder'",
        "phase in ['primary','pru']  and  residential",
        "rating('criterion-1-1') == 'red'",
        "kind in (\n  'school',\n  'college')",
    ],
)
def test_what_nobody_touched_stays_as_it_was_written(manager: Browser, world: World, condition: str):
    rewrite(world, condition)
    manager.open(SECOND)
    manager.submit("/criterion-1-2", guidance="Other guidance.")
    assert the_criterion(world, "criterion-1-2").guidance == "Other guidance."
    assert asked(world) == condition


def test_what_is_written_wins_over_boxes_nobody_touched(manager: Browser, world: World):
    manager.submit("/criterion-1-2", who_kinds="school")
    manager.open(SECOND)
    manager.submit("/criterion-1-2", only_if="kind != 'school'")
    assert asked(world) == "kind != 'school'"
    assert "more than boxes can say here" in manager.open(SECOND).text
    manager.submit("/criterion-1-2", who_facts="residential")
    assert asked(world) == "residential"


def test_ticking_and_writing_different_things_is_refused_with_both_kept(manager: Browser, world: World):
    page = manager.submit("/criterion-1-2", who_kinds="school", only_if="residential", status=422)
    assert "only_if-error" in page.ids and "Either tick who is asked or write it" in page.text
    fields = page.form("/criterion-1-2").data()
    assert (fields["who_kinds"], fields["only_if"]) == ("school", "residential")
    manager.submit("/criterion-1-2", only_if="kind == 'school'")
    assert asked(world) == "kind == 'school'"


@pytest.mark.parametrize(
    ("ticked", "at"), [({"who_after": "1.1"}, "who_levels"), ({"who_levels": "red"}, "who_after")]
)
def test_half_an_earlier_rating_is_refused_at_the_other_half(manager: Browser, ticked: dict, at: str):
    page = manager.submit("/criterion-1-2", **ticked, status=422)
    assert f"{at}-error" in page.ids
    assert page.form("/criterion-1-2").data()[next(iter(ticked))] == next(iter(ticked.values()))


def test_boxes_are_kept_when_another_field_is_refused(manager: Browser, world: World):
    manager.submit("/criterion-1-2", who_kinds="police", weight="heavy", status=422)
    manager.submit("/criterion-1-2", weight="2")
    assert asked(world) == "kind == 'police'"


def test_who_ticks_and_who_changes_the_words_do_not_collide(manager: Browser, world: World):
    other = a_manager(world)
    other.open(SECOND)
    other.submit("/criterion-1-2", who_kinds="police")
    manager.submit("/criterion-1-2", guidance="Ours.")
    assert asked(world) == "kind == 'police'"
    other.open(SECOND)
    manager.open(SECOND)
    other.submit("/criterion-1-2", who_kinds="school")
    page = manager.submit("/criterion-1-2", who_kinds="college", status=412)
    assert "kind == 'school'" in page.text and "kind == 'college'" in page.text


def test_a_standard_is_asked_of_whom_is_ticked(manager: Browser, world: World):
    manager.open(f"{BUILD}/standards/standard-2")
    manager.submit("/standard-2", who_phases="primary", who_facts="residential")
    assert the_file(world).standards[1].only_if == "phase == 'primary' and residential"
    manager.open(f"{BUILD}/add-standard")
    manager.submit("/add-standard", title="More", text="More is done.", reason="New.", who_kinds="police")
    assert the_file(world).standards[-1].only_if == "kind == 'police'"
