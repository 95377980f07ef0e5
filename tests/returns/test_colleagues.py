"""A lead shares a return out among contributors, who answer what they were given and nothing else."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import queries as notices
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries
from s11.trail.models import Entry
from s11.trail.words import said
from tests.factories.world import (
    DSL,
    HOUSING_LEAD,
    MANAGER,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_VIEWER,
    TRUST_LEAD,
    World,
    a_person,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def signed_in(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def ids(world: World) -> dict[str, int]:
    """Criterion ids of the police's return by number."""
    with world.app.app_context():
        return {c.number: c.id for c in queries.edition_of(queries.by_ref(world.police)).criteria}


def ref_of(world: World, email: str) -> str:
    with world.app.app_context():
        return people.by_address(email).ref


def given(world: World) -> list[tuple[str, str, str]]:
    """Who was given what in the police's return: name, standard, note."""
    with world.app.app_context():
        found = queries.assignments(queries.by_ref(world.police).id)
        return sorted((a.person.name, a.standard.number, a.note) for a in found)


def stored(world: World) -> dict[str, str]:
    """The words kept for the police's return, by number."""
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        numbers = {c.id: c.number for c in queries.edition_of(return_).criteria}
        return {numbers[c]: a.commentary for c, a in queries.answers(return_.id).items()}


def soon(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def waiting_mail(world: World) -> list[tuple[str, str, str]]:
    with world.app.app_context():
        written = sorted(notices.waiting(), key=lambda notice: notice.id)
        return [(n.to_address, n.subject, n.body) for n in written]


def another_contributor(world: World, *, pending: bool = False) -> str:
    with world.app.app_context(), unit_of_work():
        police = organisations.by_name("Northshire Police")
        if pending:
            person = people_operations.add(name="Ivy Invited", email="ivy@police.example")
            people_operations.give_role(person, Role.CONTRIBUTOR, at=police, pending=True)
            return "ivy@police.example"
        a_person("Tom Training", "tom@police.example", Role.CONTRIBUTOR, police)
        return "tom@police.example"


def test_a_contributor_answers_the_standard_they_were_given(app: Flask, world: World) -> None:
    browser = signed_in(app, POLICE_HELPER)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.submit("/standards/1", **{f"c{ids(world)['1.1']}": "We do this."}, go="stay")
    assert stored(world) == {"1.1": "We do this."}


def test_another_standard_is_read_only_and_says_whom_to_ask(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R -", by=POLICE_LEAD)
    browser = signed_in(app, POLICE_HELPER)
    page = browser.open(f"/returns/{world.police}/standards/2")
    assert "2. Standard 2 was not given to you. Ask Pat Lead if you should answer it." in page.text
    assert "Why 2.1 is R." in page.text
    assert not any(form.action.endswith("/standards/2") for form in page.forms)
    assert not any(
        "/evidence/" in form.action for form in browser.open(f"/returns/{world.police}/evidence/2.1").forms
    )


def test_no_writing_route_lets_a_contributor_into_another_standard(app: Flask, world: World) -> None:
    """Every route that posts to a standard or a criterion of a return, found in the map of routes."""
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/evidence/2.1")
    lead.post(
        f"/returns/{world.police}/evidence/2.1",
        page.form("/evidence/2.1").data(file=(BytesIO(b"%PDF-1.7 x"), "a.pdf")),
    )
    remove = next(form.action for form in lead.page.forms if "/remove/" in form.action)
    revision = remove.rpartition("/")[2]
    a_return(app, world.police, "G A R -", by=POLICE_LEAD)
    before = stored(world)
    helper = signed_in(app, POLICE_HELPER)
    token = dict(helper.open("/home").forms[0].fields)["csrf_token"]
    tried = 0
    for rule in app.url_map.iter_rules():
        within = rule.rule.startswith(
            ("/returns/<ref>/standards/", "/returns/<ref>/evidence/", "/returns/<ref>/review/")
        )
        signs = rule.endpoint == "returns.sign_standard"  # for a signatory; nobody answers by it
        if "POST" not in rule.methods or not within or signs:
            continue
        number = "2" if "/standards/" in rule.rule else "2.1"
        path = rule.rule.replace("<ref>", world.police).replace("<number>", number)
        path = path.replace("<revision>", revision)
        criterion = ids(world)["2.1"]
        words = {f"v{criterion}": "1", f"c{criterion}": "Words that must not be lost.", "csrf_token": token}
        page = helper.post(path, {**words, "what": "link", "target": "https://a.example"}, status=403)
        assert "was not given to you. Ask Pat Lead" in page.text, path
        assert "Words that must not be lost." in page.text
        tried += 1
    assert tried == 7
    about = f"/actions/new?return={world.police}&criterion="
    helper.open(f"{about}2.1", status=403)
    helper.post(f"{about}2.1", {"text": "An action", "csrf_token": token}, status=403)
    assert stored(world) == before
    assert "a.pdf" in lead.open(f"/returns/{world.police}/evidence/2.1").text


def test_a_contributor_records_an_action_where_they_answer(app: Flask, world: World) -> None:
    browser = signed_in(app, POLICE_HELPER)
    browser.open(f"/returns/{world.police}/standards/1")
    browser.submit("/standards/1", **{f"r{ids(world)['1.1']}": "red"}, go="stay")
    browser.submit("/standards/1", go="action:1.1")
    fields = {"text": "Appoint a lead.", "owner_name": "Pat Lead", "owner_role": "Head", "due_on": "1 9 2028"}
    page = browser.submit("criterion=1.1", **fields)
    assert "The action is in the plan." in page.text and "1. Standard 1" in page.text
    # The plan itself is the lead's to add to.
    browser.open("/actions/new", status=404)


@pytest.mark.parametrize(
    ("email", "ref"),
    [(POLICE_LEAD, "police"), (POLICE_DEPUTY, "police"), (TRUST_LEAD, "school"), (DSL, "school")],
)
def test_leads_deputies_and_trust_leads_answer_everything(
    app: Flask, world: World, email: str, ref: str
) -> None:
    browser = signed_in(app, email)
    browser.open(f"/returns/{getattr(world, ref)}/standards/1")
    browser.submit("/standards/1", go="stay")


def test_a_viewer_answers_nothing(app: Flask, world: World) -> None:
    browser = signed_in(app, POLICE_VIEWER)
    page = browser.open(f"/returns/{world.police}/standards/1")
    assert not any(form.action.endswith("/standards/1") for form in page.forms)


def test_saving_leads_a_contributor_on_to_their_own_next_standard_only(app: Flask, world: World) -> None:
    browser = signed_in(app, POLICE_HELPER)
    page = browser.open(f"/returns/{world.police}/standards/1")
    assert "Save and finish" in page.text and "Save and continue" not in page.text
    page = browser.submit("/standards/1", **{f"c{ids(world)['1.1']}": "We do this."}, go="next")
    assert "Saved: 1 Standard 1" in page.text and "Answered by others" in page.text
    page = signed_in(app, POLICE_LEAD).open(f"/returns/{world.police}/standards/1")
    assert "Save and continue" in page.text


def test_what_came_back_waits_for_a_contributor_though_every_question_is_answered(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    manager = signed_in(app, MANAGER)
    manager.open(f"/returns/{world.police}/submitted")
    manager.submit("/send-back", reason="Please say more about 1.1.")
    page = signed_in(app, POLICE_HELPER).page
    assert "Put right" in page.text and "Please say more about 1.1." in page.text
    assert "2 of 2 of your questions answered." in page.text


def test_home_counts_a_contributors_own_questions_and_their_own_day(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
    lead.submit("/1", **{"s1-due_on": soon(5), "s1-note": "The figures, please."})
    browser = signed_in(app, POLICE_HELPER)
    assert "0 of 2 of your questions answered." in browser.page.text and "in 5 days" in browser.page.text
    a_return(app, world.police, "G - - -", by=POLICE_HELPER)
    assert "1 of 2 of your questions answered." in browser.open("/home").text
    page = browser.open(f"/returns/{world.police}")
    assert page.text.index("Yours") < page.text.index("1. Standard 1") < page.text.index("Answered by others")
    assert "The figures, please." in page.text
    assert "The figures, please." in browser.open(f"/returns/{world.police}/standards/1").text
    a_return(app, world.police, "G G - -", by=POLICE_HELPER)
    page = browser.open("/home")
    assert "of your questions" not in page.text and "Under way" in page.text


def test_a_lead_gives_standards_and_the_contributor_hears_of_it(app: Flask, world: World) -> None:
    tom = another_contributor(world)
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}")
    page = lead.open(page.href("Colleagues"))
    assert "Helen Helper" in page.text and "Not started" in page.text
    lead.open(page.href("Give to a contributor"))
    page = lead.submit(
        "/give", person=ref_of(world, tom), standards=["1", "2"], due_on=soon(7), note="Training, please."
    )
    assert "Tom Training now answers 2 standards more." in page.text and "Training, please." in page.text
    assert given(world) == [
        ("Helen Helper", "1", ""),
        ("Tom Training", "1", "Training, please."),
        ("Tom Training", "2", "Training, please."),
    ]
    ((_, _, body),) = [mail for mail in waiting_mail(world) if mail[0] == tom]
    assert "1. Standard 1\n2. Standard 2" in body and f"http://localhost/returns/{world.police}" in body
    assert "Training, please." not in body
    browser = signed_in(app, tom)
    browser.open(f"/returns/{world.police}/standards/2")
    browser.submit("/standards/2", **{f"c{ids(world)['2.1']}": "Tom's words"}, go="stay")
    assert stored(world) == {"2.1": "Tom's words"}


def test_giving_twice_changes_nothing(app: Flask, world: World) -> None:
    before, mail = given(world), waiting_mail(world)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give?standard=1")
    page = lead.submit("/give", person=ref_of(world, POLICE_HELPER), note="Another note")
    assert "Helen Helper has these already. Nothing was changed." in page.text
    assert given(world) == before and waiting_mail(world) == mail


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"person": ""}, "Choose one of your contributors."),
        ({"standards": []}, "Tick at least one standard to give."),
        ({"due_on": "yesterday"}, "Enter a date that exists"),
        ({"due_on": "1 1 2020"}, "That day is over."),
        ({"due_on": "1 1 2090"}, "The return itself is due on"),
        ({"note": "word " * 200}, "Shorten the note to 500 characters."),
    ],
)
def test_what_cannot_be_given_is_refused_at_its_field_and_kept(
    app: Flask, world: World, fields: dict[str, object], sentence: str
) -> None:
    before = given(world)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give")
    whole = {
        "person": ref_of(world, POLICE_HELPER),
        "standards": ["2"],
        "note": "Kept on the page.",
        **fields,
    }
    page = lead.submit("/give", status=422, **whole)
    assert sentence in page.text
    assert str(page.form("/give").data()["note"]).strip() == str(whole["note"]).strip()
    assert given(world) == before


def test_somebody_who_is_no_contributor_here_cannot_be_given_anything(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give")
    for email in (HOUSING_LEAD, POLICE_VIEWER, MANAGER):
        lead.submit("/give", status=422, person=ref_of(world, email), standards=["2"])
    assert given(world) == [("Helen Helper", "1", "")]


def test_what_is_given_to_somebody_invited_counts_once_they_have_joined(app: Flask, world: World) -> None:
    ivy = another_contributor(world, pending=True)
    mail = waiting_mail(world)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give?standard=2")
    page = lead.submit("/give", person=ref_of(world, ivy))
    assert "Ivy Invited (invited, has not joined yet)" in page.text
    assert waiting_mail(world) == mail  # the invitation is their mail
    with app.app_context(), unit_of_work():
        person = people.by_address(ivy)
        people_operations.set_password(person, "correct horse battery staple")
    browser = Browser(app)
    browser.sign_in(ivy)
    browser.open(f"/returns/{world.police}/standards/2", status=404)
    with app.app_context(), unit_of_work():
        people_operations.take_up(people.by_address(ivy).memberships[0])
    page = browser.open(f"/returns/{world.police}/standards/2")
    assert any(form.action.endswith("/standards/2") for form in page.forms)


def test_a_lead_invites_a_new_contributor_with_their_standards(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    lead.open(page.href("Invite a contributor"))
    fields = {"name": "Nell New", "email": "nell@police.example", "standards": ["2"], "due_on": soon(9)}
    page = lead.submit("/invite", **fields, note="Commissioning, please.")
    assert "The invitation is on its way to Nell New." in page.text
    assert "(invited, has not joined yet)" in page.text
    assert ("Nell New", "2", "Commissioning, please.") in given(world)
    ((_, _, body),) = [mail for mail in waiting_mail(world) if mail[0] == "nell@police.example"]
    assert "/join/" in body and "Commissioning" not in body
    nell = Browser(app)
    nell.open("/join/" + body.split("/join/")[1].split()[0], status=302)
    nell.open("/join")
    nell.submit("/join", password="four calm words by the harbour")
    page = nell.open(f"/returns/{world.police}/standards/2")
    assert "Commissioning, please." in page.text
    nell.submit("/standards/2", **{f"c{ids(world)['2.1']}": "Nell's words"}, go="stay")
    assert stored(world) == {"2.1": "Nell's words"}


def test_inviting_somebody_known_elsewhere_shows_only_what_the_lead_typed(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/invite?standard=2")
    page = lead.submit("/invite", name="H. Lead", email=HOUSING_LEAD)
    assert "H. Lead" in page.text and "Hari" not in page.text
    with app.app_context():
        person = people.by_address(HOUSING_LEAD)
        police = queries.by_ref(world.police)
        assert person.roles_at(police.organisation_id) == frozenset()
    share = f"/returns/{world.police}/colleagues/people/{ref_of(world, HOUSING_LEAD)}"
    assert "Hari" not in lead.open(share).text
    assert "Hari" not in lead.open(f"/returns/{world.police}/trail").text
    signed_in(app, HOUSING_LEAD).open(f"/returns/{world.police}", status=404)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Enter the name of your colleague."),
        ({"email": "nell"}, "is not an e-mail address"),
        ({"email": POLICE_HELPER}, "holds this role here already"),
        ({"standards": []}, "Tick at least one standard to give."),
        ({"due_on": "1 1 2090"}, "The return itself is due on"),
    ],
)
def test_an_invitation_that_cannot_be_sent_is_refused_whole(
    app: Flask, world: World, fields: dict[str, object], sentence: str
) -> None:
    before, mail = given(world), waiting_mail(world)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/invite")
    whole = {"name": "Nell New", "email": "nell@police.example", "standards": ["2"], **fields}
    page = lead.submit("/invite", status=422, **whole)
    assert sentence in page.text
    assert given(world) == before and waiting_mail(world) == mail


def test_taking_back_ends_the_right_at_the_next_request_and_keeps_the_words(app: Flask, world: World) -> None:
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/1")
    helper.submit("/standards/1", **{f"c{ids(world)['1.1']}": "Kept."}, go="stay")
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
    form = lead.page.form("/1")
    page = lead.post(f"{form.action}/take-back", form.data())
    assert "Helen Helper no longer answers 1. What they wrote is kept." in page.text
    page = helper.submit("/standards/1", **{f"c{ids(world)['1.1']}": "Typed meanwhile."}, status=403)
    assert "Typed meanwhile." in page.text
    assert stored(world) == {"1.1": "Kept."} and given(world) == []
    lead.post(f"{form.action}/take-back", form.data(), status=404)


def test_a_contributor_whose_role_ended_answers_nothing(app: Flask, world: World) -> None:
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/1")
    with app.app_context(), unit_of_work():
        people_operations.end_role(people.by_address(POLICE_HELPER).memberships[0], by=None)
    helper.submit("/standards/1", status=404)
    page = signed_in(app, POLICE_LEAD).open(f"/returns/{world.police}/colleagues")
    assert "Helen Helper (no longer a contributor)" in page.text


def test_a_reminder_is_sent_once_a_day_and_not_to_who_has_finished(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
    form = lead.page.form("/remind")
    assert "A reminder to Helen Helper is on its way." in lead.submit("/remind").text
    ((_, subject, body),) = [mail for mail in waiting_mail(world) if mail[0] == POLICE_HELPER]
    assert subject == "Reminder: your part of Cycle TINY-2026" and "1. Standard 1" in body
    page = lead.post(form.action, form.data(), status=409)
    assert "Helen Helper was reminded today already." in page.text
    with clock.pretend(clock.now() + timedelta(days=1)):
        tomorrow = signed_in(app, POLICE_LEAD)
        tomorrow.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
        tomorrow.submit("/remind")
    assert len([mail for mail in waiting_mail(world) if mail[0] == POLICE_HELPER]) == 2
    a_return(app, world.police, "G G - -", by=POLICE_LEAD)
    assert "has finished everything" in lead.post(form.action, form.data(), status=409).text


def test_once_the_return_is_in_nothing_can_be_shared_out(app: Flask, world: World) -> None:
    another_contributor(world)
    lead = signed_in(app, POLICE_LEAD)
    give = lead.open(f"/returns/{world.police}/colleagues/give").form("/give")
    one = lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}").form("/1")
    remind = lead.page.form("/remind")
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    tom = ref_of(world, "tom@police.example")
    for path, data in (
        (give.action, give.data(person=tom, standards=["2"])),
        (one.action, one.data(**{"s1-note": "Late"})),
        (f"{one.action}/take-back", one.data()),
        (remind.action, remind.data()),
    ):
        page = lead.post(path, data, status=409)
        assert "This return is submitted, so who answers what can no longer be changed." in page.text, path
    assert given(world) == [("Helen Helper", "1", "")]
    page = lead.open(f"/returns/{world.police}/colleagues")
    assert "cannot be changed now" in page.text
    lead.open(f"/returns/{world.police}/colleagues/give", status=409)


def test_who_sees_and_who_decides_who_answers_what(app: Flask, world: World) -> None:
    page = signed_in(app, TRUST_LEAD).open(f"/returns/{world.school}/colleagues")
    assert not any("Give" in text for _, text in page.links)
    for email, ref, status in (
        (TRUST_LEAD, world.school, 403),
        (POLICE_HELPER, world.police, 403), (POLICE_VIEWER, world.police, 403),
        (HOUSING_LEAD, world.police, 404), (MANAGER, world.police, 404),
    ):  # fmt: skip
        browser = signed_in(app, email)
        browser.open(f"/returns/{ref}/colleagues/give", status=status)
        if email != TRUST_LEAD:
            browser.open(f"/returns/{ref}/colleagues", status=status)


def test_a_person_or_standard_that_was_given_nothing_is_not_found(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, HOUSING_LEAD)}", status=404)
    lead.open(f"/returns/{world.police}/colleagues/people/nobody", status=404)
    page = lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, POLICE_HELPER)}")
    form = page.form("/1")
    lead.post(form.action.removesuffix("1") + "2", form.data(), status=404)
    # The same person in another organisation's return is not reached through this one.
    lead.open(f"/returns/{world.housing}/colleagues", status=404)


def test_every_act_is_in_the_trail_in_words(app: Flask, world: World) -> None:
    tom = another_contributor(world)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/give")
    lead.submit("/give", person=ref_of(world, tom), standards=["1", "2"])
    lead.open(f"/returns/{world.police}/colleagues/people/{ref_of(world, tom)}")
    lead.submit("/2", **{"s2-due_on": soon(3)})
    lead.submit("/remind")
    form = lead.page.form("/2")
    lead.post(f"{form.action}/take-back", form.data())
    with app.app_context():
        query = select(Entry).where(Entry.tag.startswith("return:standards:")).order_by(Entry.number)
        entries = [(e.person_name, said(e.tag, e.before, e.after)) for e in db.session.scalars(query)]
    on = clock.today() + timedelta(days=3)
    day = f"{on.day} {on:%B %Y}"
    assert entries[1:] == [
        ("Pat Lead", "gave Tom Training to answer standards 1, 2"),
        ("Pat Lead", f"changed for Tom Training the day or note of standard 2, to be answered by {day}"),
        ("Pat Lead", "reminded Tom Training of standards 1, 2"),
        ("Pat Lead", "took back from Tom Training the right to answer standard 2"),
    ]
    assert "gave Tom Training to answer standards 1, 2" in lead.open(f"/returns/{world.police}/trail").text
    # Who answers what within an organisation is not the Board's to read.
    assert "to answer standards" not in signed_in(app, MANAGER).open("/trail/").text
