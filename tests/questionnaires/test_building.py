"""The pages on which a business manager builds next year's edition."""

import pytest

from s11.core.database import unit_of_work
from s11.questionnaires import queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.forms.criteria import (
    BLANK_VARIANT,
    CRITERION_LABELS,
    STANDARD_LABELS,
    criterion_values,
    standard_values,
)
from s11.questionnaires.forms.fields import BLANK_FIELD
from s11.questionnaires.forms.meanwhile import CELLS
from s11.questionnaires.forms.scales import BLANK_LEVEL, SCALE_LABELS, scale_values
from s11.questionnaires.forms.words import STEP_NAMES, WORDS_LABELS, words_values
from s11.questionnaires.operations.writing import write
from s11.questionnaires.rules import SOURCES, THEMES
from tests.factories.world import CHAIR, INSPECTOR, OUTSIDER, POLICE_LEAD, World
from tests.pages import Browser
from tests.questionnaires.drafting import (
    BUILD,
    DRAFT,
    a_draft,
    a_manager,
    numbers,
    the_criterion,
    the_file,
    the_version,
)

FIRST = f"{BUILD}/criteria/criterion-1-1"


@pytest.fixture
def manager(world: World) -> Browser:
    a_draft(world)
    return a_manager(world)


def test_every_page_of_the_builder_opens(manager: Browser):
    for path in (
        "", "/words", "/fields/fields", "/fields/each_standard", "/fields/each_criterion",
        "/fields/standard:standard-1", "/fields/criterion:criterion-1-1", "/scales", "/scales/rag",
        "/preview",
        "/add-standard", "/standards/standard-1", "/standards/standard-1/add", "/standards/standard-1/retire",
        "/criteria/criterion-1-1", "/criteria/criterion-1-1/split", "/criteria/criterion-1-1/move",
        "/criteria/criterion-1-1/retire", "/criteria/criterion-1-1/lineage", "/retired/criterion-1-1",
        "/merge?key=criterion-1-1&key=criterion-1-2",
    ):  # fmt: skip
        manager.open(f"{BUILD}{path}")
    manager.open("/questionnaires/DRAFT-2027/delete")
    manager.open("/questionnaires/TINY-2026/next")
    manager.open("/questionnaires/new")


@pytest.mark.parametrize("who", [CHAIR, INSPECTOR, POLICE_LEAD, OUTSIDER])
def test_nobody_but_the_office_builds(world: World, who: str):
    a_draft(world)
    browser = Browser(world.app)
    browser.sign_in(who)
    browser.open(BUILD, status=403 if who in (CHAIR, INSPECTOR) else 404)


def test_what_came_from_a_file_is_not_built_but_copied(world: World):
    browser = a_manager(world)
    browser.open("/questionnaires/TINY-2026/build", status=403)
    page = browser.open("/questionnaires/TINY-2026")
    assert page.href("Start next year’s edition") == "/questionnaires/TINY-2026/next"


def test_next_years_edition_is_suggested_and_started(world: World):
    browser = a_manager(world)
    page = browser.open("/questionnaires/TINY-2026/next")
    fields = dict(page.form("/next").fields)
    assert (fields["code"], fields["year"]) == ("TINY-2027", "2027")
    assert fields["title"] == "Tiny questionnaire 2027"
    page = browser.submit("/next")
    assert "TINY-2027 is a draft" in page.text and "Nothing has changed yet" in page.text
    browser.open("/questionnaires/TINY-2026/next")
    page = browser.submit("/next", code="TINY-2027", title="Twice", status=422)
    assert "is the code of another edition" in page.text
    assert dict(page.form("/next").fields)["title"] == "Twice"
    page = browser.submit("/next", code="new", status=422)
    assert "has a page of its own" in page.text


def test_a_new_questionnaire_is_started_with_a_scale_that_is_ready_made(world: World):
    browser = a_manager(world)
    browser.open("/questionnaires/new")
    told = {
        "framework_title": "Housing self-assessment", "framework_code": "HSA", "title": "Housing 2027",
        "code": "HSA-2027", "scale": "percent", "standard": "Leadership", "criterion": "One person leads.",
    }  # fmt: skip
    page = browser.submit("/new", **{**told, "code": "HSA 2027"}, status=422)
    assert "letters, digits and dashes" in page.text
    browser.submit("/new", **told)
    file = the_file(world, "HSA-2027")
    assert file.scale.steps is not None and file.criteria[0].key == "one-person-leads"
    assert file.criteria[0].lineage is None


def test_a_draft_is_deleted_after_a_question(manager: Browser):
    manager.open("/questionnaires/DRAFT-2027/delete")
    page = manager.submit("/delete")
    assert "DRAFT-2027 is deleted." in page.text
    manager.open("/questionnaires/DRAFT-2027", status=404)


def test_a_reworded_criterion_needs_a_reason_and_nothing_typed_is_lost(manager: Browser, world: World):
    manager.open(FIRST)
    page = manager.submit("/criterion-1-1", text="Other words.", guidance="Think twice.", status=422)
    assert "Say why it is worded anew" in page.text
    assert dict(page.form("/criterion-1-1").fields)["guidance"] == "Think twice."
    page = manager.submit("/criterion-1-1", reason="Two reviews asked for it.", why_source="review")
    assert "1 reworded" in page.text
    changed = the_criterion(world, "criterion-1-1")
    assert changed.text == "Other words." and changed.guidance == "Think twice."
    assert changed.lineage is not None and changed.lineage.source == "review"


def test_everything_of_a_criterion_can_be_changed(manager: Browser, world: World):
    manager.open(FIRST)
    manager.submit(
        "/criterion-1-1",
        **{"evidence": "- Minutes\n- Rota\n\n", "d-green": "All of it.", "themes": "ownership"},
        practice_standards="6.1; 6.2",
        weight="2,5",
        only_if="kind != 'childminder'",
        must="y",
        references="Health audit 1.2",
    )
    changed = the_criterion(world, "criterion-1-1")
    assert changed.evidence == ["Minutes", "Rota"] and changed.descriptors == {"green": "All of it."}
    assert changed.practice_standards == ["6.1", "6.2"] and changed.weight == 2.5 and changed.must
    assert changed.themes == ["ownership"] and changed.only_if == "kind != 'childminder'"
    assert changed.lineage is not None and changed.lineage.change == "unchanged"
    page = manager.open(BUILD)
    assert "statutory" in page.text and "weight 2.5" in page.text and "asked of some" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("only_if", "kind == 'polis'", "unknown kind 'polis'"),
        ("weight", "heavy", "Write a number here"),
        ("weight", "-1", "more than 0"),
        ("number", "1.2", "1.2 is the number of another criterion"),
        ("number", "one two", "digits, letters and dots"),
        ("text", "", "Write what is to be rated"),
        ("group", "x" * 201, "Shorten this"),
        ("themes", "luck", "Unknown theme"),
        ("guidance", "odd \u2028 character", "cannot be printed"),
    ],
)
def test_a_refusal_stands_at_its_field(manager: Browser, field: str, typed: str, sentence: str):
    manager.open(FIRST)
    page = manager.submit("/criterion-1-1", **{field: typed}, status=422)
    assert sentence in page.text
    if "printed" not in sentence:
        assert f"{field}-error" in page.ids


def test_a_criterion_is_added_once_however_often_it_is_clicked(manager: Browser, world: World):
    page = manager.open(f"{BUILD}/standards/standard-1/add")
    form = page.form("/add")
    data = form.data(text="Staff know whom to tell.", reason="A review asked for it.")
    manager.post(form.action, data)
    manager.post(form.action, data)
    assert numbers(world) == "1.1 1.2 1.3 2.1 2.2"
    assert the_criterion(world, "staff-know-whom-tell").lineage is not None


def test_a_criterion_is_split_and_two_are_merged(manager: Browser, world: World):
    manager.open(f"{FIRST}/split")
    told = {"text-1": "Staff are trained.", "text-2": "Volunteers are trained."}
    assert "Say why 1.1 is split" in manager.submit("/split", **told, status=422).text
    page = manager.submit("/split", **told, reason="Two ideas in one line.", anew="y")
    assert numbers(world) == "1.1 1.2 1.3 2.1 2.2" and "2 split" in page.text
    manager.open(f"{BUILD}/merge?key=criterion-2-1&key=criterion-2-2")
    page = manager.submit("/merge", key=["criterion-2-1", "criterion-2-2"], text="Both.", reason="One idea.")
    assert "1 merged" in page.text and numbers(world) == "1.1 1.2 1.3 2.1"
    merged = the_criterion(world, "both")
    assert merged.lineage is not None and merged.lineage.from_ == ["criterion-2-1", "criterion-2-2"]


def test_merging_fewer_than_two_says_what_to_do(manager: Browser):
    page = manager.open(BUILD)
    page = manager.submit("/merge", key="criterion-1-1")
    assert "Tick two or more criteria" in page.text


def test_a_criterion_is_retired_and_asked_again(manager: Browser, world: World):
    manager.open(f"{FIRST}/retire")
    assert "Say why 1.1 of TINY-2026 is no longer asked" in manager.submit("/retire", status=422).text
    page = manager.submit("/retire", reason="Nobody used it.")
    assert "No longer asked" in page.text and "Nobody used it." in page.text and "1 retired" in page.text
    manager.open(f"{BUILD}/retired/criterion-1-1")
    page = manager.submit("/retired/criterion-1-1")
    assert "No longer asked" not in page.text
    assert sorted(numbers(world).split()) == ["1.1", "1.2", "2.1", "2.2"]


def test_a_criterion_moves_by_buttons_and_by_a_list_of_places(manager: Browser, world: World):
    page = manager.open(BUILD)
    order = dict(page.form("/merge").fields)["order"]
    token = dict(page.form("/merge").fields)["csrf_token"]
    down = {"csrf_token": token, "go": "down:criterion:criterion-1-1", "order": order}
    page = manager.post(f"{BUILD}/move", down)
    assert numbers(world) == "1.2 1.1 2.1 2.2" and "1 moved" in page.text
    page = manager.post(f"{BUILD}/move", down)
    assert numbers(world) == "1.2 1.1 2.1 2.2"
    page = manager.post(f"{BUILD}/move", {**down, "go": "up:criterion:criterion-1-1"})
    assert numbers(world) == "1.2 1.1 2.1 2.2" and "second click" in page.text
    manager.open(f"{FIRST}/move")
    manager.submit("/move", place="standard-2/criterion-2-1", anew="y")
    assert [one.key for one in the_file(world).standards[1].criteria] == [
        "criterion-2-1", "criterion-1-1", "criterion-2-2"
    ]  # fmt: skip
    assert numbers(world) == "1.1 2.1 2.2 2.3"


def test_why_a_criterion_moves_is_kept_told_and_not_asked_again(manager: Browser, world: World):
    page = manager.open(f"{FIRST}/move")
    assert "Why is it moved?" in page.text
    told = {"place": "standard-2/criterion-2-1", "reason": "It is about standard 2.", "anew": "y"}
    page = manager.submit("/move", **told, why_source="nonsense", status=422)
    assert "Choose what prompted the change." in page.text and "It is about standard 2." in page.text
    page = manager.submit("/move", **told, why_source="audit")
    assert "1.1 is now 2.2 in 2 Standard 2, after 2.1." in page.text
    lineage = the_criterion(world, "criterion-1-1").lineage
    assert lineage is not None
    assert (lineage.change, lineage.reason, lineage.source) == (
        "unchanged", "It is about standard 2.", "audit"
    )  # fmt: skip
    page = manager.open(f"/questionnaires/{DRAFT}/changes")
    assert "Why: It is about standard 2." in page.text
    manager.open(FIRST)
    manager.submit("/criterion-1-1", guidance="Think twice.")
    lineage = the_criterion(world, "criterion-1-1").lineage
    assert lineage is not None and lineage.reason == "It is about standard 2."
    page = manager.open(f"{FIRST}/move")
    assert dict(page.form("/move").fields)["reason"] == "It is about standard 2."
    page = manager.submit("/move", place="standard-2/")
    assert "2.2 is now in 2 Standard 2, as the first." in page.text


def test_of_a_reworded_criterion_its_reason_stays_when_it_moves(manager: Browser, world: World):
    manager.open(FIRST)
    manager.submit("/criterion-1-1", text="Fully met.", reason="Too vague.")
    page = manager.open(f"{FIRST}/move")
    assert "Why is it moved?" not in page.text
    page = manager.submit("/move", place="standard-2/", reason="Another.")
    assert "1.1 is now in 2 Standard 2, as the first." in page.text
    lineage = the_criterion(world, "criterion-1-1").lineage
    assert lineage is not None and lineage.reason == "Too vague."


def test_numbers_follow_the_order_on_request(manager: Browser, world: World):
    page = manager.open(BUILD)
    fields = dict(page.form("/merge").fields)
    manager.post(f"{BUILD}/move", {**fields, "go": "down:standard:standard-1"})
    assert numbers(world) == "2.1 2.2 1.1 1.2"
    manager.post(f"{BUILD}/number", {"csrf_token": fields["csrf_token"], "all": "y"})
    assert numbers(world) == "1.1 1.2 2.1 2.2" and the_file(world).standards[0].key == "standard-2"


def test_a_standard_is_added_changed_and_retired(manager: Browser, world: World):
    manager.open(f"{BUILD}/add-standard")
    assert "first criterion" in manager.submit("/add-standard", title="Online safety", status=422).text
    manager.submit("/add-standard", text="Filters are on.", reason="New guidance.")
    assert numbers(world).endswith("3.1") and the_file(world).standards[2].key == "online-safety"
    manager.open(f"{BUILD}/standards/online-safety")
    manager.submit("/online-safety", question="Are children safe online?", sign_off_label="Named nurse")
    standard = the_file(world).standards[2]
    assert standard.question == "Are children safe online?" and standard.sign_off is not None
    manager.open(f"{BUILD}/standards/standard-1/retire")
    manager.submit("/retire", reason="Asked elsewhere.")
    assert [one.key for one in the_file(world).retired] == ["criterion-1-1", "criterion-1-2"]


def test_the_editions_own_words_are_changed(manager: Browser, world: World):
    manager.open(f"{BUILD}/words")
    chair = {"step-2-label": "Chair", "step-2-step": "chair", "step-2-after": "chief_officer"}
    told = {"step-1-label": "Chief officer", "step-1-step": "", **chair, "label_criterion": "Statement"}
    manager.submit("/words", title="Our questionnaire", declaration="It is so.", **told)
    file = the_file(world)
    assert file.edition.title == "Our questionnaire" and file.labels.criterion == "Statement"
    assert [(step.step, step.label, step.after) for step in file.sign_off] == [
        ("lead", "Lead", ""), ("chief_officer", "Chief officer", ""), ("chair", "Chair", "chief_officer")
    ]  # fmt: skip
    assert "Lead, then Chief officer, then Chair" in manager.open(BUILD).text
    manager.open(f"{BUILD}/words")
    page = manager.submit("/words", **{"step-2-after": "mayor"}, status=422)
    assert "Unknown step 'mayor'" in page.text and "step-2-after-error" in page.ids
    manager.open(f"{BUILD}/words")
    page = manager.submit("/words", declaration="", status=422)
    assert "declaration-error" in page.ids


def test_fields_are_added_ordered_and_taken_out(manager: Browser, world: World):
    manager.open(f"{BUILD}/fields/fields")
    manager.submit("/fields/fields", **{"field-0-label": "How many staff?", "field-0-kind": "number"})
    manager.open(f"{BUILD}/fields/fields")
    table = {"field-1-label": "Visits", "field-1-kind": "table", "field-1-options": "Day | date\nWho"}
    manager.submit("/fields/fields", **table)
    many, visits = the_file(world).fields
    assert (many.code, many.kind) == ("how_many_staff", "number")
    assert [(column.label, column.kind) for column in visits.columns] == [("Day", "date"), ("Who", "text")]
    manager.open(f"{BUILD}/fields/fields")
    page = manager.submit("/fields/fields", go="up:1", status=200)
    assert "Nothing is saved yet" in page.text
    manager.submit("/fields/fields", **{"field-1-remove": "y"})
    assert [one.label for one in the_file(world).fields] == ["Visits"]
    manager.open(f"{BUILD}/fields/each_criterion")
    told = {"field-0-label": "What next?", "field-0-kind": "choice", "field-0-options": "Nothing"}
    page = manager.submit("/each_criterion", **told, status=422)
    assert "at least two options" in page.text and "field-0-label-error" in page.ids


def test_saving_fields_stays_with_the_next_empty_one_ready(manager: Browser, world: World):
    manager.open(f"{BUILD}/fields/each_criterion")
    page = manager.submit("/each_criterion", **{"field-0-label": "What next?"})
    assert "The fields are saved." in page.text and page.href("Back to the draft") == BUILD
    page = manager.submit("/each_criterion", **{"field-1-label": "By when?", "field-1-kind": "date"})
    assert [one.label for one in the_file(world).each_criterion] == ["What next?", "By when?"]
    assert dict(page.form("/each_criterion").fields)["field-2-label"] == ""


def test_saving_fields_unchanged_says_so_and_writes_nothing(manager: Browser, world: World):
    manager.open(f"{BUILD}/fields/fields")
    manager.submit("/fields/fields", **{"field-0-label": "How many staff?"})
    before = the_version(world)
    page = manager.submit("/fields/fields")
    assert "Nothing was changed." in page.text and "are saved" not in page.text
    assert the_version(world) == before


def test_another_meaning_of_a_level_needs_a_reason_and_other_scales_can_be_chosen(
    manager: Browser, world: World
):
    manager.open(f"{BUILD}/scales/rag")
    page = manager.submit("/scales/rag", **{"level-0-meaning": "In place and shown."}, status=422)
    assert "Say why the scale is another" in page.text
    manager.submit("/scales/rag", reason="It was read in two ways.")
    file = the_file(world)
    assert file.scale.levels[0].meaning == "In place and shown." and file.scale_change is not None
    manager.open(f"{BUILD}/scales/rag")
    level = {"level-3-label": "Not known", "level-3-letter": "?", "level-3-meaning": "Nobody looked."}
    manager.submit("/scales/rag", **level)
    assert [one.code for one in the_file(world).scale.levels] == ["green", "amber", "red", "not_known"]
    manager.open(f"{BUILD}/scales")
    manager.submit("/scales", ready="met", instead="beside")
    manager.open(FIRST)
    manager.submit("/criterion-1-1", scale="met")
    page = manager.open(f"{BUILD}/scales/met")
    assert "1.1 is rated on it" in page.text
    manager.open(FIRST)
    manager.submit("/criterion-1-1", scale="rag")
    manager.open(f"{BUILD}/scales/met")
    manager.submit("/remove")
    assert not the_file(world).other_scales
    manager.open(f"{BUILD}/scales")
    manager.submit("/scales", ready="percent", instead="instead", reason="Finer.")
    assert the_file(world).scale.steps is not None


def test_lineage_is_corrected_by_hand_with_its_checks(manager: Browser, world: World):
    manager.open(f"{FIRST}/lineage")
    told = {"change": "split", "keys": ["criterion-1-1"], "reason": "It is a part only."}
    manager.submit("/lineage", **told)
    split = next(one for one in the_file(world).criteria if one.number == "1.1")
    assert split.key != "criterion-1-1" and split.lineage is not None
    assert split.lineage.from_ == ["criterion-1-1"]
    manager.open(f"{BUILD}/criteria/{split.key}/lineage")
    page = manager.submit("/lineage", change="unchanged", keys=["criterion-1-2"], status=422)
    assert "1.2 is that criterion already" in page.text
    manager.submit("/lineage", change="unchanged", keys=["criterion-1-1"])
    assert the_criterion(world, "criterion-1-1").number == "1.1"


def test_other_words_for_some_are_written_and_taken_out(manager: Browser, world: World):
    manager.open(FIRST)
    told = {"variant-0-only_if": "kind == 'skool'", "variant-0-text": "Pupils are safe."}
    page = manager.submit("/criterion-1-1", **told, status=422)
    assert "variant-0-only_if-error" in page.ids
    manager.submit("/criterion-1-1", **{"variant-0-only_if": "kind == 'school'"})
    (variant,) = the_criterion(world, "criterion-1-1").variants
    assert (variant.only_if, variant.text) == ("kind == 'school'", "Pupils are safe.")
    assert "1 other wording" in manager.page.text
    assert "Pupils are safe." in manager.open(f"{BUILD}/preview?kind=school").text
    manager.open(FIRST)
    manager.submit("/criterion-1-1", **{"variant-0-only_if": "", "variant-0-text": ""})
    assert not the_criterion(world, "criterion-1-1").variants


def test_who_starts_next_year_twice_is_told_of_the_first(manager: Browser):
    page = manager.open("/questionnaires/TINY-2026/next")
    assert "TINY-2026 is followed already by DRAFT-2027" in page.text


def test_a_preview_shows_what_an_organisation_would_be_asked(manager: Browser):
    manager.open(FIRST)
    manager.submit("/criterion-1-1", only_if="kind == 'school'")
    assert "3 criteria of 4" in manager.open(f"{BUILD}/preview?kind=police").text
    page = manager.open(f"{BUILD}/preview?kind=school&phase=primary&bound=y")
    assert "4 criteria of 4" in page.text and "Criterion 1.1 is met." in page.text
    manager.open(f"{BUILD}/preview?kind=nothing&phase=odd&grade=%3Cb%3E")


def test_two_who_change_different_things_of_one_criterion_do_not_collide(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(FIRST)
    other.open(FIRST)
    other.submit("/criterion-1-1", guidance="Theirs.")
    manager.submit("/criterion-1-1", source="Ours.")
    changed = the_criterion(world, "criterion-1-1")
    assert (changed.guidance, changed.source) == ("Theirs.", "Ours.")


def test_two_who_change_the_same_words_see_both(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(FIRST)
    other.open(FIRST)
    other.submit("/criterion-1-1", guidance="Theirs.", source="Also theirs.")
    page = manager.submit("/criterion-1-1", guidance="Mine.", status=412)
    assert "Saved meanwhile" in page.text and "Theirs." in page.text
    assert dict(page.form("/criterion-1-1").fields)["guidance"] == "Mine."
    manager.submit("/criterion-1-1", guidance="Theirs, and mine.")
    changed = the_criterion(world, "criterion-1-1")
    assert (changed.guidance, changed.source) == ("Theirs, and mine.", "Also theirs.")


def test_two_who_wrote_the_same_are_told_by_the_names_of_the_form(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(FIRST)
    other.open(FIRST)
    theirs = {"why_source": "review", "themes": ["ownership"], "reason": "Theirs."}
    other.submit("/criterion-1-1", **theirs, text="Other words.")
    ours = {"why_source": "audit", "reason": "Mine.", "text": "My words."}
    page = manager.submit("/criterion-1-1", **ours, themes=["voice-of-the-child"], status=412)
    told = page.text.partition("What they changed elsewhere")[2].partition("Correct what became of it")[0]
    for words in (
        "Why is it changed?",
        "What prompted it?",
        "Themes",
        THEMES["ownership"],
        SOURCES["review"],
    ):
        assert words in told
    for raw in ("why_source", "voice-of-the-child", "reason "):
        assert raw not in told


def test_a_field_can_be_filled_from_the_register(manager: Browser, world: World):
    manager.open(f"{BUILD}/fields/fields")
    asked = {"field-0-label": "Pupils on roll", "field-0-kind": "number"}
    page = manager.submit("/fields/fields", status=422, **asked, **{"field-0-prefill": "head"})
    assert "head is no number" in page.text
    manager.submit("/fields/fields", **asked, **{"field-0-prefill": "pupils"})
    assert [one.prefill for one in the_file(world).fields] == ["pupils"]
    assert (
        dict(manager.open(f"{BUILD}/fields/fields").form("/fields/fields").fields)["field-0-prefill"]
        == "pupils"
    )


def test_two_who_change_the_same_fields_read_them_in_words(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(f"{BUILD}/fields/fields")
    other.open(f"{BUILD}/fields/fields")
    told = {"field-0-kind": "number", "field-0-required": "y"}
    other.submit("/fields/fields", **{"field-0-label": "How many staff?"}, **told)
    page = manager.submit("/fields/fields", **{"field-0-label": "How many children?"}, status=412)
    assert "Question: How many staff? Kind of answer: A number" in page.text
    assert "A return cannot be signed without it: Yes" in page.text and " · " not in page.text


def test_every_value_of_a_form_has_a_name_for_people(world: World, manager: Browser):
    file = the_file(world)
    levels = {f"d-{level.code}" for level in file.scale.levels}
    assert set(criterion_values(file.criteria[0], file)) - levels <= set(CRITERION_LABELS)
    assert set(standard_values(file.standards[0])) <= set(STANDARD_LABELS)
    assert set(scale_values(file.scale, file)) <= set(SCALE_LABELS)
    assert set(words_values(file)) <= set(WORDS_LABELS)
    assert set(CELLS["fields"]) == set(BLANK_FIELD) - {"was"}
    assert set(CELLS["levels"]) == set(BLANK_LEVEL) - {"was"}
    assert set(CELLS["variants"]) == set(BLANK_VARIANT) - {"was"}
    assert set(CELLS["steps"]) == set(STEP_NAMES)


def test_what_was_reworded_meanwhile_is_not_retired_unseen(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(f"{FIRST}/retire")
    other.open(FIRST)
    other.submit("/criterion-1-1", text="Much better words.", reason="Clearer.")
    page = manager.submit("/retire", reason="Nobody used it.", status=412)
    assert (
        "Much better words." in page.text and "Nobody used it." in dict(page.form("/retire").fields)["reason"]
    )
    manager.submit("/retire")
    assert [one.key for one in the_file(world).retired] == ["criterion-1-1"]


def test_what_is_typed_for_a_criterion_that_is_gone_is_given_back(manager: Browser, world: World):
    other = a_manager(world)
    manager.open(FIRST)
    other.open(f"{FIRST}/retire")
    other.submit("/retire", reason="Nobody used it.")
    page = manager.submit("/criterion-1-1", guidance="Long and careful words.", status=409)
    assert "no longer in the draft" in page.text and "Long and careful words." in page.text


def test_saving_a_criterion_as_it_is_changes_nothing(world: World) -> None:
    """Boxes have an order of their own; the themes of a criterion keep theirs."""
    a_draft(world)
    with world.app.app_context(), unit_of_work():
        draft = queries.edition_by_code(DRAFT)
        file = file_of(draft)
        themes = ["voice-of-the-child", "ownership"]
        first = file.standards[0]
        asked = [first.criteria[0].model_copy(update={"themes": themes}), *first.criteria[1:]]
        standards = [first.model_copy(update={"criteria": asked}), *file.standards[1:]]
        write(file.model_copy(update={"standards": standards}), draft.framework, draft.predecessor, draft)
    browser = a_manager(world)
    browser.open(f"{BUILD}/criteria/criterion-1-1")
    page = browser.page.form("/criteria/criterion-1-1")
    boxes = [value for name, value in page.fields if name == "themes"]
    browser.post(page.action, {**page.data(), "themes": boxes})
    assert the_criterion(world, "criterion-1-1").themes == themes
