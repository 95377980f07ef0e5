"""Sending a return's workbook back: what would change is shown, chosen, and only then applied."""

import pytest

from s11.core.database import unit_of_work
from s11.core.storage import files
from s11.people import queries as people
from s11.returns import queries
from s11.returns.merging import Said
from s11.returns.operations import AnswerChange, FieldChange, said_by, save_answers, save_fields
from s11.returns.rules import Stage
from tests.factories.audit import an_audit
from tests.factories.workbooks import apply, cell, downloaded, question, saved, send
from tests.factories.world import (
    HOUSING_LEAD,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_VIEWER,
    World,
    a_return,
)
from tests.pages import Browser
from tests.returns.test_fields import TOP

pytestmark = pytest.mark.database


@pytest.fixture
def lead(browser: Browser, world: World) -> Browser:
    """The lead of the police at work, with a return half answered."""
    a_return(world.app, world.police, "G A - -", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    return browser


def answered(world: World, number: str, ref: str = "") -> Said:
    with world.app.app_context():
        return_ = queries.by_ref(ref or world.police)
        assert return_ is not None
        criterion = queries.edition_of(return_).by_number[number]
        answer = queries.answer_of(return_.id, criterion.id)
        return said_by(answer) if answer else Said()


def write(world: World, number: str, by: str = POLICE_DEPUTY, **parts: object) -> None:
    """Somebody answers on screen meanwhile."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        assert return_ is not None
        criterion = queries.edition_of(return_).by_number[number]
        answer = queries.answer_of(return_.id, criterion.id)
        said = said_by(answer) if answer else Said()
        change = {
            "level_id": said.rating.level_id,
            "commentary": said.commentary,
            **parts,
        }
        save_answers(
            return_,
            [AnswerChange(criterion.id, answer.version if answer else 0, **change)],  # type: ignore[arg-type]
            by=people.by_address(by),
        )


def waiting(world: World) -> int:
    """How many files are kept."""
    with world.app.app_context():
        return len(files().files)  # type: ignore[attr-defined]


def test_it_is_downloaded_from_the_task_list_and_the_trail_says_so(lead: Browser, world: World):
    page = lead.open(f"/returns/{world.police}")
    page = lead.open(page.href("Your return as a workbook"))
    answer = lead.client.get(page.href("Download the workbook"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=TINY-2026-return.xlsx"
    assert "downloaded the return as a workbook" in lead.open(f"/returns/{world.police}/trail").text


def test_untouched_it_would_change_nothing_and_there_is_no_button(lead: Browser, world: World):
    page = send(lead, world.police, saved(downloaded(lead, world.police)))
    assert "Nothing: the workbook says what the return says already." in page.text
    assert "4 Stay as they are" in page.text
    assert not any("/workbook/" in form.action for form in page.forms)


def test_what_would_change_is_shown_word_by_word_and_applied_on_confirmation(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Why 1.1 is really G."
    cell(book, "1.2", "Rating").value = "red"
    cell(book, "2.1", "Rating").value = "Not applicable"
    cell(book, "2.1", "Why it does not apply").value = "We have no buildings."
    cell(book, "2.2", "Gaps").value = "=cmd|' /C calc'!A0"
    cell(book, "2.2", "Gaps").data_type = "s"
    cell(book, "2.2", "Come back to it").value = "yes"
    cells_named = [
        "1!" + cell(book, "1.1", "Commentary").coordinate,
        "2!" + ", ".join(cell(book, "2.1", one).coordinate for one in ("Rating", "Why it does not apply")),
    ]
    before = answered(world, "1.1")
    page = send(lead, world.police, saved(book))
    assert "4 Will change" in page.text and "0 For you to choose" in page.text
    assert "Why 1.1 is put in: really G." in page.text
    assert "Rating: Amber → becomes Red" in page.text
    assert all(f"Standard {where}" in page.text for where in cells_named)
    assert answered(world, "1.1") == before
    page = apply(lead)
    assert "4 answers were changed." in page.text
    assert answered(world, "1.1").commentary == "Why 1.1 is really G."
    assert answered(world, "2.1").rating.not_applicable
    assert answered(world, "2.1").not_applicable_reason == "We have no buildings."
    assert answered(world, "2.2").shortfalls == "=cmd|' /C calc'!A0" and answered(world, "2.2").come_back
    assert waiting(world) == 0
    trail = lead.open(f"/returns/{world.police}/trail").text
    assert "put in from a workbook 4 changes" in trail and "saved answers 1.1, 1.2, 2.1, 2.2" in trail


def test_an_emptied_cell_empties_the_answer_only_if_it_held_something_then(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = None
    write(world, "2.1", commentary="Written on screen since.")
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and "0 For you to choose" in page.text
    apply(lead)
    assert answered(world, "1.1").commentary == ""
    assert answered(world, "2.1").commentary == "Written on screen since."


def test_what_only_one_of_the_two_changed_is_merged_part_by_part(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Strengths").value = "From the workbook."
    write(world, "1.1", commentary="From the screen.")
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and "From the screen." not in page.text
    apply(lead)
    said = answered(world, "1.1")
    assert (said.commentary, said.strengths) == ("From the screen.", "From the workbook.")


def test_where_both_changed_the_same_both_texts_are_shown_and_one_has_to_be_chosen(
    lead: Browser, world: World
):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "From the workbook."
    cell(book, "1.1", "Rating").value = "Red"
    write(world, "1.1", commentary="From the screen.")
    page = send(lead, world.police, saved(book))
    assert "1 For you to choose" in page.text
    assert "Commentary on screen, by Des Deputy From the screen." in page.text
    assert "Here you both changed the same answer since the workbook was downloaded" in page.text
    assert "Rating: Green → becomes Red" in page.text
    page = apply(lead, status=422)
    assert "1.1 Commentary: Choose what should stand." in page.text
    assert answered(world, "1.1").commentary == "From the screen."
    with world.app.app_context():
        criterion = queries.edition_of(queries.by_ref(world.police)).by_number["1.1"].id
    apply(lead, **{f"k{criterion}-commentary": "both"})
    assert answered(world, "1.1").commentary == "From the screen.\n\nFrom the workbook."
    with world.app.app_context():
        level = queries.edition_of(queries.by_ref(world.police)).levels[
            answered(world, "1.1").rating.level_id or 0
        ]
        assert level.label == "Red"


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Workbook."), ("theirs", "Screen.")])
def test_the_choice_decides(lead: Browser, world: World, choice: str, stands: str):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Workbook."
    write(world, "1.1", commentary="Screen.")
    send(lead, world.police, saved(book))
    with world.app.app_context():
        criterion = queries.edition_of(queries.by_ref(world.police)).by_number["1.1"].id
    apply(lead, **{f"k{criterion}-commentary": choice})
    assert answered(world, "1.1").commentary == stands


def test_what_somebody_changes_while_it_is_shown_is_not_overwritten(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Workbook."
    cell(book, "1.2", "Commentary").value = "Also from the workbook."
    send(lead, world.police, saved(book))
    write(world, "1.1", commentary="Just now.")
    page = apply(lead, status=412)
    assert "1 answer was changed." in page.text and "1 For you to choose" in page.text
    assert answered(world, "1.1").commentary == "Just now."
    assert answered(world, "1.2").commentary == "Also from the workbook."


def test_only_what_was_shown_is_applied(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Workbook."
    cell(book, "1.2", "Commentary").value = "Workbook."
    send(lead, world.police, saved(book))
    form = next(form for form in lead.page.forms if "/workbook/" in form.action)
    first = str(form.data()["shown"]).split()[0]
    apply(lead, shown=f"{first} nonsense a1 a-1.2 f1.2")
    assert answered(world, "1.1").commentary == "Workbook."
    assert answered(world, "1.2").commentary == "Why 1.2 is A."


def test_good_rows_are_applied_although_others_have_faults(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Rating").value = "Grene"
    cell(book, "1.1", "Commentary").value = "Still taken."
    cell(book, "2.1", "Rating").value = "Amber"
    page = send(lead, world.police, saved(book))
    at = cell(book, "1.1", "Rating").coordinate
    assert f"Standard 1!{at} “Grene” is not one of Green, Amber, Red, Not applicable." in page.text
    assert "Apply the 2 that can be" in lead.response.get_data(as_text=True)
    page = apply(lead)
    assert "2 answers were changed." in page.text and "“Grene” is not one of" in page.text
    assert answered(world, "1.1").commentary == "Still taken."
    assert "Everything else has been applied." in page.text and waiting(world) == 1
    assert "not been applied yet" not in lead.open(f"/returns/{world.police}/workbook").text
    send(lead, world.police, saved(downloaded(lead, world.police)))
    assert waiting(world) == 1, "what was sent before is kept no longer"


def test_a_contributor_changes_only_what_they_were_given(lead: Browser, world: World):
    lead.sign_out()
    lead.sign_in(POLICE_HELPER)
    book = downloaded(lead, world.police)
    assert cell(book, "2.1", "Commentary").protection.locked
    assert not cell(book, "1.1", "Commentary").protection.locked
    cell(book, "1.1", "Commentary").value = "Mine."
    cell(book, "2.1", "Commentary").value = "Not mine."
    cell(book, "2.2", "Rating").value = "Nor this"
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and "Not taken" in page.text and ": 2.1." in page.text
    assert "0 Cannot be read" in page.text, "what is not theirs they need not correct"
    apply(lead)
    assert answered(world, "1.1").commentary == "Mine." and answered(world, "2.1").commentary == ""


def test_where_only_some_standards_came_back_the_others_stay_as_they_are(lead: Browser, world: World):
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        return_.sent_back_standards = [queries.standards_of(return_)[0].key]
    book = downloaded(lead, world.police)
    assert cell(book, "2.1", "Commentary").protection.locked
    cell(book, "1.1", "Commentary").value = "Put right."
    cell(book, "2.1", "Commentary").value = "Not asked for."
    page = send(lead, world.police, saved(book))
    assert "1 Will change" in page.text and ": 2.1." in page.text


def test_who_only_reads_downloads_it_locked_and_sends_nothing_in(lead: Browser, world: World):
    lead.sign_out()
    lead.sign_in(POLICE_VIEWER)
    assert cell(downloaded(lead, world.police), "1.1", "Commentary").protection.locked
    page = lead.open(f"/returns/{world.police}/workbook")
    assert not any(form.action.endswith("/workbook") for form in page.forms)
    data = {"csrf_token": page.forms[0].data()["csrf_token"]}
    lead.post(f"/returns/{world.police}/workbook", data, status=403)


def test_what_somebody_else_sent_is_not_there(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Mine."
    send(lead, world.police, saved(book))
    path = next(form.action for form in lead.page.forms if "/workbook/" in form.action)
    lead.sign_out()
    lead.sign_in(POLICE_DEPUTY)
    lead.open(path, status=404)


def test_a_workbook_of_another_return_is_refused_by_name(lead: Browser, world: World):
    mine = saved(downloaded(lead, world.police))
    lead.sign_out()
    lead.sign_in(HOUSING_LEAD)
    page = send(lead, world.housing, mine, status=422)
    assert "This workbook is of another return: Northshire Police, Cycle TINY-2026." in page.text


def test_a_return_that_was_signed_takes_no_workbook(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Too late."
    send(lead, world.police, saved(book))
    action = next(form.action for form in lead.page.forms if "/workbook/" in form.action)
    data = next(form for form in lead.page.forms if "/workbook/" in form.action).data()
    with world.app.app_context(), unit_of_work():
        queries.by_ref(world.police).stage = Stage.AWAITING_SIGN_OFF
    lead.post(action, data, status=409)
    assert answered(world, "1.1").commentary == "Why 1.1 is G."
    assert "can no longer be changed" in lead.open(f"/returns/{world.police}/workbook").text
    assert cell(downloaded(lead, world.police), "1.1", "Commentary").protection.locked


def test_a_workbook_that_is_gone_is_asked_for_again(lead: Browser, world: World):
    book = downloaded(lead, world.police)
    cell(book, "1.1", "Commentary").value = "Mine."
    send(lead, world.police, saved(book))
    with world.app.app_context():
        files().files.clear()  # type: ignore[attr-defined]
    page = apply(lead, status=422)
    assert "This workbook is no longer kept here" in page.text


def test_further_questions_come_back_with_their_kinds(browser: Browser, world: World):
    ref = an_audit(world, top=TOP, of_standards={"1": "fields: [{code: view, label: Overall view}]"})
    browser.sign_in(POLICE_LEAD)
    book = downloaded(browser, ref)
    for label, value in (
        ("Substitute contact", "Ann Bell"),
        ("Staff who work with children", 12.0),
        ("Last trained on", "31 March 2027"),
        ("Do you let rooms?", "no"),
        ("Size", "small"),
        ("Services", "Sport\nHousing"),
    ):
        question(book, label).value = value
    question(book, "Overall view", "1").value = "Good."
    cell(book, "1.2", "Areas for improvement").value = "Train more."
    cell(book, "1.2", "Deadline").value = "2027-05-01"
    for label in ("Trained people", "The policy"):
        assert question(book, label).protection.locked
        assert "on screen" in str(question(book, label).offset(column=-1).value)
    page = send(browser, ref, saved(book))
    assert "9 Will change" in page.text and "0 Cannot be read" in page.text
    assert "9 answers were changed." in apply(browser).text
    with world.app.app_context():
        return_ = queries.by_ref(ref)
        held = sorted(str(value) for value in queries.values_in(return_).values())
    assert held == sorted(
        ["Ann Bell", "12", "2027-03-31", "False", "Small", "['Housing', 'Sport']", "Good.", "Train more.",
         "2027-05-01"]
    )  # fmt: skip


def test_a_field_that_somebody_entered_meanwhile_has_to_be_chosen(browser: Browser, world: World):
    ref = an_audit(world, top=TOP)
    browser.sign_in(POLICE_LEAD)
    book = downloaded(browser, ref)
    question(book, "Substitute contact").value = "Ann Bell"
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        field = queries.fields_of(return_)[0].id
        save_fields(return_, [FieldChange(field, 0, 0, "Joe Day")], by=people.by_address(POLICE_DEPUTY))
    page = send(browser, ref, saved(book))
    assert "1 For you to choose" in page.text and "by Des Deputy Joe Day" in page.text
    apply(browser, **{f"kf{field}-0": "mine"})
    with world.app.app_context():
        assert queries.values_in(queries.by_ref(ref)) == {(field, 0): "Ann Bell"}
