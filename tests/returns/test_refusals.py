"""What must not happen to a return, each once seen to happen."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.questionnaires import queries as questionnaires
from s11.returns import queries
from s11.returns.operations import AnswerChange, issue, save_answers
from s11.returns.sealing import unseal
from tests.factories.world import DSL, HEAD, MANAGER, POLICE_LEAD, World, a_cycle, a_return
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database


def ids(world: World, ref: str) -> dict[str, int]:
    with world.app.app_context():
        return {c.number: c.id for c in queries.edition_of(queries.by_ref(ref)).criteria}


def police(world: World) -> str:
    with world.app.app_context():
        return organisations.by_name("Northshire Police").ref


def wants_an_approver(world: World) -> None:
    """Let the agencies' questionnaire ask who approved the return, as the real one does."""
    with world.app.app_context(), unit_of_work():
        edition = questionnaires.edition_by_code("TINY-2026")
        edition.approver = "Chief executive who has approved this return"
        edition.frozen_at = clock.now()  # kept content is known by this moment


def test_a_lead_names_who_approved_and_is_told_at_the_field_what_is_missing(
    browser: Browser, world: World
) -> None:
    wants_an_approver(world)
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/check")
    page = browser.submit("/sign/lead", role="", approver_name="Ann", approver_role="", status=422)
    # Everything that is wrong is said at once.
    assert "Enter your role" in page.text and "Enter the role of the person who approved" in page.text
    assert "Enter the full name of the person who approved" in page.text
    page = browser.submit("/sign/lead", role="Lead", approver_name="Ann Bell", approver_role="", status=422)
    assert "Enter the role of the person who approved" in page.text and "has to change" not in page.text
    page = browser.submit("/sign/lead", approver_name="Ann Bell", approver_role="Chief Constable")
    assert "Checksum" in page.text
    with world.app.app_context():
        sealed = unseal(queries.submission(queries.by_ref(world.police).id).sealed)
        assert sealed.signatures[0].approver_name == "Ann Bell"


def test_words_left_behind_in_the_other_box_are_not_submitted(app: Flask, world: World) -> None:
    first = ids(world, world.police)["1.1"]
    with app.app_context(), unit_of_work():
        change = AnswerChange(
            first,
            0,
            not_applicable=True,
            not_applicable_reason="No such work.",
            commentary="A first thought.",
        )
        save_answers(queries.by_ref(world.police), [change], by=people.by_address(POLICE_LEAD))
    a_return(app, world.police, "- G G G", by=POLICE_LEAD, submit=True)
    with app.app_context():
        text = queries.submission(queries.by_ref(world.police).id).sealed
        assert "No such work." in text and "A thought." not in text


def test_a_refused_save_leaves_the_versions_as_they_were(browser: Browser, world: World) -> None:
    one, two = list(ids(world, world.police).values())[:2]
    a_return(world.app, world.police, "G G G G", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    page = browser.submit("/standards/1", **{f"c{one}": "Better words.", f"c{two}": "x" * 10_001}, status=422)
    assert page.form("/standards/1").data()[f"v{one}"] == "1"
    page = browser.submit("/standards/1", **{f"c{two}": "Shorter."}, go="stay")
    assert page.form("/standards/1").data()[f"c{one}"] == "Better words."


def test_a_head_cannot_give_the_leads_signature_and_a_lead_cannot_decline(app: Flask, world: World) -> None:
    a_return(app, world.school, "G A", by=DSL, submit=True)
    head, dsl = Browser(app), Browser(app)
    head.sign_in(HEAD)
    head.open(f"/returns/{world.school}/check")
    form = head.page.form("/sign/headteacher")
    head.post(form.action.replace("headteacher", "lead"), form.data(), status=403)
    dsl.sign_in(DSL)
    token = dsl.open("/account/password").form("/account/password").data()["csrf_token"]
    data = {"csrf_token": token, "reason": "I changed my mind"}
    dsl.post(f"/returns/{world.school}/decline", data, status=403)


def test_a_return_that_is_in_can_no_longer_be_exempted(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/organisations/{police(world)}")
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)  # while the page is open
    page = browser.submit("/exempt", reason="Not this year", status=409)
    assert "has returned already" in page.text


def test_an_exempt_organisation_is_told_and_answers_nothing(app: Flask, world: World) -> None:
    manager, lead = Browser(app), Browser(app)
    manager.sign_in(MANAGER)
    manager.open(f"/cycles/{world.cycle}/organisations/{police(world)}")
    manager.submit("/exempt", reason="An inspection covers it")
    lead.sign_in(POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}")
    assert "need not complete this: An inspection covers it" in page.text
    page = lead.open(f"/returns/{world.police}/standards/1")
    assert not any(form.action.endswith("/standards/1") for form in page.forms)


def a_later_cycle(world: World, *, opens_in: int) -> str:
    with world.app.app_context(), unit_of_work():
        partnership = organisations.partnership_by_code(world.partnership)
        cycle, _ = a_cycle(partnership, "TINY-2026", "LATER", [], days=200)
        cycle.opens_on = clock.today() + timedelta(days=opens_in)
        (return_,) = issue(cycle, [organisations.by_name("Northshire Police")])
        return str(return_.ref)


def test_nothing_is_saved_before_a_cycle_opens(browser: Browser, world: World) -> None:
    ref = a_later_cycle(world, opens_in=90)
    browser.sign_in(POLICE_LEAD)
    assert "This opens on" in browser.open(f"/returns/{ref}").text
    page = browser.open(f"/returns/{ref}/standards/1")
    assert not any(form.action.endswith("/standards/1") for form in page.forms)


def test_last_year_is_found_behind_a_cycle_that_asked_others(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    ref = a_later_cycle(world, opens_in=-1)
    with app.app_context(), unit_of_work():
        a_cycle(organisations.partnership_by_code(world.partnership), "TINY-2026", "BETWEEN", [], days=100)
    with app.app_context():
        assert queries.last_year(queries.by_ref(ref))["criterion-1-1"].rating.label == "Green"


@pytest.mark.parametrize("asked", ["abc", "0", "-1", "2", "9" * 25])
def test_a_round_that_never_was_is_not_found(browser: Browser, world: World, asked: str) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/submitted?round={asked}", status=200 if asked == "abc" else 404)


def test_a_reason_for_sending_back_is_asked_for_and_kept_when_too_long(
    browser: Browser, world: World
) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    browser.open(f"/returns/{world.police}/submitted")
    assert "Say what the organisation should put right." in browser.submit("/send-back", status=422).text
    page = browser.submit("/send-back", reason="word " * 500, status=422)
    assert "Shorten the reason" in page.text
    assert str(page.form("/send-back").data()["reason"]).count("word") == 500


def test_signing_is_never_resumed_by_the_button_that_saves_words(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/check")
    form = browser.page.form("/sign/lead")
    browser.client.delete_cookie("s11")
    browser.post(form.action, form.data(), status=401)
    page = browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=200)
    assert "nothing has been done yet" in page.text
    assert not any(form.action.endswith("/sign/lead") for form in page.forms)


def test_characters_no_database_stores_are_dropped(browser: Browser, world: World) -> None:
    first = ids(world, world.police)["1.1"]
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    page = browser.submit("/standards/1", **{f"c{first}": "a\x00b\x07c\td"}, go="stay")
    assert page.form("/standards/1").data()[f"c{first}"] == "abc\td"
    browser.open("/returns/abc%00def", status=404)
    page = browser.open(f"/returns/{world.police}/evidence/1.1")
    link = next(form for form in page.forms if ("what", "link") in form.fields)
    data = link.data(target="https://a.example", title="t" * 3000, note="n" * 300)
    assert "250 characters or fewer" in browser.post(link.action, data, status=422).text


def test_a_copied_session_ends_when_its_owner_signs_out(app: Flask, world: World) -> None:
    owner, thief = Browser(app), Browser(app)
    owner.sign_in(POLICE_LEAD)
    thief.client.set_cookie("s11", owner.client.get_cookie("s11").value)
    thief.open("/home")
    owner.sign_out()
    thief.open("/home", status=302)
