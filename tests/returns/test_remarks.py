"""What colleagues say to each other beside an answer: kept apart from it, and from everybody outside."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.shares import tells_by_mail
from tests.factories.world import (
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    POLICE_VIEWER,
    World,
    a_return,
)
from tests.pages import Browser
from tests.returns.test_colleagues import ids, signed_in, soon, stored, waiting_mail

pytestmark = pytest.mark.database
SECRET = "Quietly: is the rota really kept?"


def said(world: World) -> list[tuple[str, str, bool, str]]:
    """Who said what: name, text, whether it is a question, who settled it."""
    with world.app.app_context():
        return_ = queries.by_ref(world.police)
        found = queries.remarks(return_.id, ids_of(return_)).values()
        return [(r.person_name, r.text, r.is_question, r.settled_by_name) for one in found for r in one]


def ids_of(return_: object) -> list[int]:
    return [criterion.id for criterion in queries.edition_of(return_).criteria]


def ask(
    world: World, browser: Browser, text: str = SECRET, number: str = "1.1", act: str = "question"
) -> None:
    standard = number.split(".")[0]
    browser.open(f"/returns/{world.police}/standards/{standard}")
    action = f"/standards/{standard}"
    if not any(form.action.endswith(action) for form in browser.page.forms):
        action = f"/remarks/{number}"
    browser.submit(action, **{f"remark{ids(world)[number]}": text}, go=f"{act}:{number}")


def test_a_question_is_added_with_the_page_it_was_typed_on(app: Flask, world: World) -> None:
    one = ids(world)["1.1"]
    helper = signed_in(app, POLICE_HELPER)
    page = helper.open(f"/returns/{world.police}/standards/1")
    assert "Remarks between colleagues: none yet" in page.text
    fields = {f"remark{one}": SECRET, f"c{one}": "Typed, not yet saved.", f"r{one}": "amber"}
    page = helper.submit("/standards/1", **fields, go="question:1.1")
    assert "Your question about 1.1 is asked." in page.text and "1 open question" in page.text
    assert SECRET in page.text and "Open question" in page.text
    assert helper.response.request.full_path.endswith("?thread=1.1")
    assert stored(world) == {"1.1": "Typed, not yet saved."}
    assert said(world) == [("Helen Helper", SECRET, True, "")]


def test_a_refused_remark_keeps_the_answers_and_the_words(app: Flask, world: World) -> None:
    one = ids(world)["1.1"]
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/1")
    page = helper.submit("/standards/1", **{f"c{one}": "Kept."}, go="question:1.1", status=422)
    assert "Write what you want to say about 1.1." in page.text and stored(world) == {"1.1": "Kept."}
    long = "word " * 500
    page = helper.submit("/standards/1", **{f"remark{one}": long}, go="remark:1.1", status=422)
    assert "Shorten it to 2,000." in page.text
    assert str(page.form("/standards/1").data()[f"remark{one}"]).strip() == long.strip()
    assert said(world) == []


def test_what_stands_in_the_box_is_not_lost_whatever_button_is_pressed(app: Flask, world: World) -> None:
    one = ids(world)["1.1"]
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/1")
    page = helper.submit("/standards/1", **{f"remark{one}": "Ask HR first."}, go="next")
    assert "Your remark on 1.1 is added." in page.text
    assert said(world) == [("Helen Helper", "Ask HR first.", False, "")]
    # A script that saves by itself presses no button: it speaks for nobody.
    helper.open(f"/returns/{world.police}/standards/1")
    helper.submit("/standards/1", **{f"remark{one}": "Half a"})
    assert len(said(world)) == 1


def test_a_clash_keeps_the_remark_in_its_box(app: Flask, world: World) -> None:
    one = ids(world)["1.1"]
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/1")
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/standards/1")
    lead.submit("/standards/1", **{f"c{one}": "Theirs."}, go="stay")
    fields = {f"c{one}": "Mine.", f"remark{one}": SECRET}
    page = helper.submit("/standards/1", **fields, go="question:1.1", status=412)
    assert page.form("/standards/1").data()[f"remark{one}"] == SECRET and said(world) == []


def test_a_question_is_settled_by_somebody_and_stays_to_be_read(app: Flask, world: World) -> None:
    ask(world, signed_in(app, POLICE_HELPER))
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}")
    assert "1 open question between colleagues: 1.1" in page.text
    page = lead.open(page.href("1.1"))
    button = re.search(r'value="(settle:[^"]+)"', lead.response.get_data(as_text=True))[1]
    page = lead.submit("/standards/1", **{f"remark{ids(world)['1.1']}": "Yes, it is."}, go=button)
    assert "The question about 1.1 is settled." in page.text and "Question settled" in page.text
    assert [(name, settled) for name, _, _, settled in said(world)] == [
        ("Helen Helper", "Pat Lead"),
        ("Pat Lead", ""),
    ]
    assert "open question" not in lead.open(f"/returns/{world.police}").text
    # Settling it again changes nothing.
    lead.open(f"/returns/{world.police}/standards/1")
    lead.submit("/standards/1", go=button)
    assert said(world)[0][3] == "Pat Lead"


def test_who_signs_can_ask_and_who_only_reads_can_read(app: Flask, world: World) -> None:
    ask(world, signed_in(app, POLICE_SIGNATORY), "Who checks this?", number="2.1")
    assert said(world) == [("Sig Natory", "Who checks this?", True, "")]
    viewer = signed_in(app, POLICE_VIEWER)
    page = viewer.open(f"/returns/{world.police}/standards/2")
    assert "Who checks this?" in page.text and not any("/remarks/" in form.action for form in page.forms)
    token = dict(page.forms[0].fields)["csrf_token"]
    sent = {"csrf_token": token, f"remark{ids(world)['2.1']}": "Me too", "go": "remark:2.1"}
    viewer.post(f"/returns/{world.police}/remarks/2.1", sent, status=403)
    # A contributor says something about a criterion that is not theirs to answer.
    ask(world, signed_in(app, POLICE_HELPER), "I know.", number="2.1", act="remark")
    assert len(said(world)) == 2
    helper = signed_in(app, POLICE_HELPER)
    helper.open(f"/returns/{world.police}/standards/2")
    page = helper.submit("/remarks/2.1", go="remark:2.1", status=422)
    assert "Write what you want to say about 2.1." in page.text


def test_a_question_is_told_to_those_who_answer_without_its_words(app: Flask, world: World) -> None:
    before = len(waiting_mail(world))
    ask(world, signed_in(app, POLICE_DEPUTY))
    mails = waiting_mail(world)[before:]
    assert sorted(address for address, _, _ in mails) == [POLICE_HELPER, POLICE_LEAD]
    _, subject, body = mails[0]
    assert subject == "A question about 1.1 in Cycle TINY-2026" and "Des Deputy has asked" in body
    assert SECRET not in body and f"/returns/{world.police}/standards/1?thread=1.1#thread-1.1" in body
    ask(world, signed_in(app, POLICE_DEPUTY), "And another?")
    assert len(waiting_mail(world)) == before + 2  # within the hour
    with clock.pretend(clock.now() + timedelta(minutes=61)):
        ask(world, signed_in(app, POLICE_DEPUTY), "And now?")
    assert len(waiting_mail(world)) == before + 4
    # Of 2.1, which Helen was not given, she hears nothing; and a remark is told to nobody.
    ask(world, signed_in(app, POLICE_LEAD), number="2.1")
    told = [address for address, subject, _ in waiting_mail(world) if "about 2.1" in subject]
    assert told == [POLICE_DEPUTY]
    ask(world, signed_in(app, POLICE_LEAD), number="2.2", act="remark")
    assert len(waiting_mail(world)) == before + 5


def test_a_thread_tells_at_most_once_an_hour() -> None:
    now = clock.now()

    def ago(*minutes: int) -> list:
        return [now - timedelta(minutes=m) for m in minutes]

    assert tells_by_mail([], now)
    assert not tells_by_mail(ago(59), now)
    assert tells_by_mail(ago(60), now)
    # 70 minutes ago a mail was sent, 20 minutes ago none: the next is due.
    assert tells_by_mail(ago(70, 20), now)
    assert not tells_by_mail(ago(100, 70, 30), now)


def test_nobody_outside_the_organisation_comes_to_see_a_remark(app: Flask, world: World) -> None:
    ask(world, signed_in(app, POLICE_HELPER))
    a_return(app, world.police, "G A R R", by=POLICE_LEAD, submit=True)
    with app.app_context():
        return_ = queries.by_ref(world.police)
        assert SECRET not in queries.submission(return_.id, 1).sealed
    for email in (MANAGER, MODERATOR):
        browser = signed_in(app, email)
        browser.open(f"/returns/{world.police}/standards/1", status=404)
        browser.open(f"/returns/{world.police}/history/1.1", status=404)
        for path in ("submitted", "trail"):
            text = browser.open(f"/returns/{world.police}/{path}").text
            assert SECRET not in text and "question" not in text.replace("questionnaire", ""), path
    signed_in(app, HOUSING_LEAD).open(f"/returns/{world.police}/standards/1", status=404)
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/standards/1")
    assert SECRET in page.text and not any("/remarks/" in form.action for form in page.forms)
    token = dict(page.forms[0].fields)["csrf_token"]
    sent = {"csrf_token": token, f"remark{ids(world)['1.1']}": "Late.", "go": "remark:1.1"}
    assert "This return is in." in lead.post(f"/returns/{world.police}/remarks/1.1", sent, status=409).text


def test_a_personal_link_shows_no_remark_no_history_and_nobody_at_work(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    ask(world, lead)
    lead.open(f"/returns/{world.police}/colleagues/ask")
    lead.submit("/ask", name="Jo Ashworth", email="jo@x.example", standard="1", until=soon(5))
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        criterion = queries.standards_of(return_)[0].criteria[0]
        operations.be_at(return_, criterion, person=people.by_address(POLICE_LEAD))
    body = next(body for address, _, body in waiting_mail(world) if address == "jo@x.example")
    jo = Browser(app)
    jo.open(re.search(r"/asked/\S+", body)[0], status=303)
    jo.open("/asked")
    page = jo.submit("/asked/begin")
    assert "1.1" in page.text
    for word in (SECRET, "Remarks between", "History", "working on", "presence"):
        assert word not in jo.response.get_data(as_text=True)
    # What is sent by hand is not said either.
    jo.submit("/asked", **{f"remark{criterion.id}": "Let me in."}, go="remark:1.1", status=302)
    assert len(said(world)) == 1
