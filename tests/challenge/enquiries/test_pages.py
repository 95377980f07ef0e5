"""Lines of enquiry on the screen: suggested, chosen, worded, given to somebody, ordered, set aside."""

import pytest

from s11.challenge import operations, queries
from s11.challenge.enquiries import operations as enquiries
from s11.challenge.enquiries.gathering import gather
from s11.challenge.enquiries.rules import suggestions
from s11.core.database import unit_of_work
from s11.core.errors import Stale
from s11.organisations import queries as organisations
from tests.challenge.some import a_day
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, MODERATOR, POLICE_LEAD, a_return

pytestmark = pytest.mark.database

BARE = "In 1 Standard 1 Northshire Police rated 1 criterion at the best level and shows no evidence for it."
WORST = "What will be done about 2.1, by whom and by what day?"
PLACES = ("worst-without-action", "standard-2"), ("best-without-evidence", "standard-1")


@pytest.fixture
def day(world, app):
    """The ref of a day on which housing questions the police, whose return is in."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        queries.sessions(queries.by_ref(ref).id)[0].questioner = organisations.by_name("Harbour Housing")
    return ref


@pytest.fixture
def path(day):
    return f"/challenge/{day}/enquiries/suggested"


def marks(app, day):
    """What a form sends for the two questions that are suggested for the police."""
    with app.app_context():
        abouts, whole = gather(queries.by_ref(day), [organisations.by_name("Northshire Police")])
        found = {(one.rule, one.standard.key): one.mark for one in suggestions(abouts[0], whole)}
        return [found[place] for place in PLACES]


def press(browser, path, **data):
    """Press a button of the suggestions, and follow to the page it leads to."""
    token = browser.page.form("/sign-out").data()
    browser.post(path, {**token, **data}, status=303)
    return browser.open(browser.response.headers["Location"].split("#")[0])


def test_questions_are_suggested_with_why_and_lead_to_the_answers(browser, path):
    browser.sign_in(MANAGER)
    page = browser.open(path)
    assert page.text.index(WORST) < page.text.index(BARE)
    assert "To be asked by Harbour Housing" in page.text
    assert "Standard 2" in browser.open(page.href("Read the answers behind: What will be done")).text


def test_one_press_chooses_a_question_for_the_questioner_of_the_session(app, browser, day, path):
    browser.sign_in(CHAIR)
    browser.open(path)
    page = press(browser, path, choose=marks(app, day)[0])
    assert "1 question chosen for the day." in page.text and WORST not in page.text and BARE in page.text
    page = browser.open(f"{path}?show=chosen")
    assert (
        f"1. {WORST}" in page.text and "asked by Harbour Housing; suggested: The lowest rating" in page.text
    )
    assert WORST in browser.open(f"/challenge/{day}").text


def test_several_that_are_ticked_are_chosen_at_once_and_a_second_press_adds_nothing(app, day, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    assert "2 questions chosen" in press(browser, path, choose="", suggestion=marks(app, day)).text
    assert "Nothing changed" in press(browser, path, choose="", suggestion=marks(app, day)).text
    page = browser.open(f"{path}?show=chosen")
    assert page.text.count("suggested:") == 2 and page.text.index(f"1. {WORST}") < page.text.index(
        "2. You rated"
    )


def test_what_is_set_aside_is_not_suggested_again_and_can_be_chosen_later(app, browser, day, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    assert WORST not in press(browser, path, aside=marks(app, day)[0]).text
    assert WORST not in browser.open(f"/challenge/{day}").text
    page = browser.open(f"{path}?show=aside")
    assert WORST in page.text
    browser.submit("/back?show=aside")
    assert f"1. {WORST}" in browser.open(f"{path}?show=chosen").text
    browser.submit("/aside?show=chosen")
    assert WORST in browser.open(f"{path}?show=aside").text


def test_nothing_ticked_is_answered_with_what_to_do(browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    token = browser.page.form("/sign-out").data()
    assert "Tick the questions you want" in browser.post(path, {**token, "choose": ""}, status=422).text


def test_a_mark_of_nothing_that_is_suggested_chooses_nothing(app, day, browser, path):
    browser.sign_in(MANAGER)
    browser.open(path)
    ref = marks(app, day)[0].split(".")[0]
    for mark in ("x", "..", "nobody.0123456", f"{ref}.0123456", "a" * 5_000, f"{ref}.\x00🙂"):
        assert "Nothing changed" in press(browser, path, choose=mark).text


def test_an_address_that_means_nothing_is_read_as_far_as_it_goes(browser, path):
    browser.sign_in(MANAGER)
    for query in (
        "show=x&page=0",
        "page=99999999999",
        "rule=x&standard=%00",
        "organisation=nobody",
        "page=²",
    ):
        browser.open(f"{path}?{query}")


def test_the_list_is_narrowed_by_rule_standard_and_organisation(browser, path):
    browser.sign_in(MANAGER)
    page = browser.open(f"{path}?rule=worst-without-action")
    assert WORST in page.text and BARE not in page.text
    assert BARE in browser.open(f"{path}?standard=standard-1").text
    assert "Nothing is suggested here" in browser.open(f"{path}?standard=standard-2&rule=fell").text


def chosen(app, day, browser, path):
    """The police's question is chosen; the address at which it is changed."""
    browser.sign_in(CHAIR)
    browser.open(path)
    press(browser, path, choose=marks(app, day)[0])
    return browser.open(f"{path}?show=chosen").href(f"Change: {WORST}")


def test_a_chosen_question_keeps_the_words_it_is_given_and_the_person_who_asks_it(app, day, browser, path):
    change = chosen(app, day, browser, path)
    browser.open(change)
    page = browser.submit(
        change, question="Who leads on 2.1?", criterion_key="criterion-2-1", asker_name="Asha Rahman"
    )
    assert (
        "Who leads on 2.1?" in page.text
        and "2.1, in 2 Standard 2; asked by Asha Rahman, Harbour" in page.text
    )
    assert WORST not in browser.open(path).text  # it is the same question still


def test_junk_in_a_question_is_refused_or_kept_and_never_a_fault(app, browser, day, path):
    change = chosen(app, day, browser, path)
    good = browser.open(change).form(change).data()
    new = {**good, "about": marks(app, day)[0].split(".")[0]}
    added = f"/challenge/{day}/enquiries"
    for name in ("question", "standard_key", "criterion_key", "asked_by", "asker_name", "version"):
        for address, typed, junk in (
            (change, good, "x" * 100_000), (change, good, "a\x00²"), (added, new, "🙂\u202e"),
        ):  # fmt: skip
            data, site = {**typed, name: junk}, {"Sec-Fetch-Site": "same-origin"}
            answer = browser.client.post(address, data=data, headers=site)
            assert answer.status_code in (303, 412, 422), (address, name, junk[:20])


def test_who_saves_second_is_shown_what_the_first_saved_and_loses_nothing(app, day, browser, path):
    change = chosen(app, day, browser, path)
    browser.open(change)
    first = browser.page.form(change).data()
    browser.submit(change, question="The chair’s words?")
    page = browser.post(change, {**first, "question": "The office’s words?"}, status=412)
    assert "Somebody else changed this question" in page.text and "The chair’s words?" in page.text
    assert page.form(change).data()["question"].strip() == "The office’s words?"
    assert "The office’s words?" in browser.submit(change).text


def test_of_two_saves_at_once_one_is_told(app, world, day):
    with app.app_context(), unit_of_work():
        plan = queries.by_ref(day)
        police = organisations.by_name("Northshire Police")
        question = operations.add_enquiry(plan, organisation=police, question="Why?")
        enquiries.change(question, plan, question="Why so?", version=1)
        with pytest.raises(Stale):
            enquiries.change(question, plan, question="Why not?", version=1)
        assert (question.question, question.version) == ("Why so?", 2)


def test_questions_are_put_into_another_order(app, world, day, browser, path):
    with app.app_context(), unit_of_work():
        plan, police = queries.by_ref(day), organisations.by_name("Northshire Police")
        for question in ("One?", "Two?", "Three?"):
            operations.add_enquiry(plan, organisation=police, question=question)
    browser.sign_in(MANAGER)
    page = browser.open(f"{path}?show=chosen")
    later = next(form for form in page.forms if form.action.split("?")[0].endswith("/move"))
    browser.post(later.action, later.data(), status=303)
    page = browser.open(f"{path}?show=chosen")
    assert "1. Two?" in page.text and "2. One?" in page.text and "3. Three?" in page.text
    browser.post(later.action, {**later.data(), "place": "²"}, status=400)


def test_a_question_whose_answer_is_recorded_is_not_set_aside(app, day, browser, path):
    change = chosen(app, day, browser, path)
    with app.app_context(), unit_of_work():
        plan, police = queries.by_ref(day), organisations.by_name("Northshire Police")
        (asked,) = queries.enquiries(plan.id)
        operations.record_outcome(plan, organisation=police, challenge="Why?", enquiry=asked, by=None)
    assert "Recorded" in browser.open(f"{path}?show=chosen").text
    token = browser.page.form("/sign-out").data()
    browser.post(f"{change.split('?')[0]}/aside", token, status=303)
    page = browser.open(f"{path}?show=chosen")
    assert "What came of this question is recorded" in page.text and WORST in page.text


def test_a_question_written_by_hand_comes_last_and_keeps_what_was_typed_when_refused(browser, day, path):
    browser.sign_in(CHAIR)
    browser.open(browser.open(path).href("Write a question"))
    page = browser.submit("/enquiries", status=422, asker_name="Asha Rahman", question="")
    assert "Choose the organisation" in page.text and "Write down the question" in page.text
    assert page.form("/enquiries").data()["asker_name"] == "Asha Rahman"


def test_everybody_of_the_board_reads_the_rules_and_only_the_office_and_the_chair_choose(browser, day, path):
    browser.sign_in(MODERATOR)
    rules = path.replace("suggested", "rules")
    page = browser.open(rules)
    assert "The only one of its kind below the best" in page.text
    assert "fewer than 5 of them are in: police forces (1)" in page.text
    browser.open(path, status=403)
    browser.post(path, {**browser.page.form("/sign-out").data(), "choose": "x"}, status=403)


def test_an_agency_sees_no_suggestion_about_anybody(browser, path):
    browser.sign_in(HOUSING_LEAD)
    browser.open(path, status=404)
