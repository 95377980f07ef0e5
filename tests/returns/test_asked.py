"""A colleague without an account answers one standard by a personal link, and reaches nothing else."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import operations as cycles
from s11.notices import queries as notices
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.models import PersonalLink
from s11.trail.models import Entry
from s11.trail.words import said
from tests.factories.audit import an_audit
from tests.factories.world import (
    HOUSING_LEAD,
    MANAGER,
    POLICE_DEPUTY,
    POLICE_HELPER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database
JO = "jo@hr.police.example"


def signed_in(app: Flask, email: str) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def ids(world: World) -> dict[str, int]:
    """Criterion ids by number."""
    with world.app.app_context():
        return {c.number: c.id for c in queries.edition_of(queries.by_ref(world.police)).criteria}


def ask(
    world: World,
    *,
    ref: str = "",
    standard: str = "1",
    email: str = JO,
    days: int = 14,
    by: str = POLICE_LEAD,
) -> str:
    """Ask Jo for a standard; gives the path of her link."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref or world.police)
        wanted = next(s for s in queries.standards_of(return_) if s.number == standard)
        operations.ask(
            return_,
            wanted,
            name="Jo Ashworth",
            email=email,
            until=clock.today() + timedelta(days=days),
            note="The figures of last year, please.",
            by=people.by_address(by),
        )
    return newest_link(world)


def newest_link(world: World) -> str:
    """The path in the newest mail with a personal link."""
    with world.app.app_context():
        bodies = [notice.body for notice in notices.waiting() if "/asked/" in notice.body]
    return re.search(r"http://localhost(/asked/\S+)", bodies[-1])[1]


def link_row(world: World) -> PersonalLink:
    with world.app.app_context():
        return db.session.scalars(select(PersonalLink).order_by(PersonalLink.id.desc())).first()


def stored(world: World, ref: str = "") -> dict[str, tuple[str, str, int | None]]:
    """Words, name and person kept for a return, by number."""
    with world.app.app_context():
        return_ = queries.by_ref(ref or world.police)
        numbers = {c.id: c.number for c in queries.edition_of(return_).criteria}
        found = queries.answers(return_.id)
        return {numbers[c]: (a.commentary, a.updated_by_name, a.updated_by_id) for c, a in found.items()}


def opened(app: Flask, path: str) -> Browser:
    """A browser in which the link was opened and begun."""
    browser = Browser(app)
    browser.open(path, status=303)
    browser.open("/asked")
    browser.submit("/asked/begin")
    return browser


@pytest.fixture
def later() -> Iterator[object]:
    """Let it be so many days and hours later for the rest of the test."""
    stack: list[object] = []

    def go(**much: float) -> None:
        entered = clock.pretend(clock.now() + timedelta(**much))
        entered.__enter__()
        stack.append(entered)

    yield go
    for entered in reversed(stack):
        entered.__exit__(None, None, None)


def test_a_lead_asks_a_colleague_by_mail(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    page = lead.open(page.href("Ask somebody without an account"))
    form = page.form("/ask").data()
    usual = clock.today() + timedelta(days=14)
    assert form["until"] == f"{usual.day} {usual.month} {usual.year}"
    page = lead.submit("/ask", name="Jo Ashworth", email=JO, standard="2", note="Please see me first.")
    assert "The link for 2 is on its way to Jo Ashworth." in page.text and "Not opened yet" in page.text
    with app.app_context():
        (mail,) = [notice for notice in notices.waiting() if notice.to_address == JO]
    assert "Pat Lead of Northshire Police asks you" in mail.body and "2. Standard 2" in mail.body
    assert "Please see me first." not in mail.body
    token = newest_link(world).removeprefix("/asked/")
    assert len(token) >= 43
    assert token not in str(link_row(world).token_hash) and len(link_row(world).token_hash) == 64


def test_the_holder_answers_that_standard_under_their_own_name(app: Flask, world: World) -> None:
    a_return(app, world.police, "G - R -", by=POLICE_LEAD)
    browser = opened(app, ask(world))
    page = browser.page
    assert "Pat Lead asks you, Jo Ashworth, for this part" in page.text
    assert "The figures of last year, please." in page.text and "Why 1.1 is G." in page.text
    fields = {f"r{ids(world)['1.2']}": "amber", f"c{ids(world)['1.2']}": "We checked 40 files."}
    page = browser.submit("/asked", **fields)
    assert "Saved." in page.text and "2 of 2 complete" in page.text
    assert stored(world)["1.2"] == ("We checked 40 files.", "Jo Ashworth, by personal link", None)
    assert stored(world)["1.1"][1] == "Pat Lead"
    lead = signed_in(app, POLICE_LEAD)
    assert "by Jo Ashworth, by personal link" in lead.open(f"/returns/{world.police}/standards/1").text
    text = lead.open(f"/returns/{world.police}/colleagues").text
    assert "Answered" in text and "Opened" in text and "Last saved" in text
    assert "Jo Ashworth (Asked by link) saved answer 1.2" in lead.open(f"/returns/{world.police}/trail").text


def test_the_address_holds_no_token_after_the_first_click_and_nothing_is_kept(
    app: Flask, world: World
) -> None:
    path = ask(world)
    browser = Browser(app)
    browser.open(path, status=303)
    assert browser.response.headers["Location"] == "/asked"
    browser.open("/asked")
    for status in ("/asked",):
        browser.open(status)
        assert browser.response.headers["Cache-Control"] == "no-store"
        assert path.removeprefix("/asked/") not in browser.response.get_data(as_text=True)
    browser.submit("/asked/begin")
    assert path.removeprefix("/asked/") not in browser.response.get_data(as_text=True)


def test_following_the_link_as_a_scanner_does_changes_nothing_and_shows_no_answer(
    app: Flask, world: World
) -> None:
    a_return(app, world.police, "G - R -", by=POLICE_LEAD)
    path = ask(world)

    def everything() -> list[object]:
        with app.app_context():
            return [db.session.execute(select(table)).all() for table in db.metadata.sorted_tables]

    before = everything()
    for method in ("HEAD", "GET", "GET"):
        scanner = app.test_client()
        answer = scanner.open(path, method=method, follow_redirects=True)
        assert answer.status_code == 200 and b"Why 1.1 is G." not in answer.data
    assert everything() == before
    opened(app, path)
    assert link_row(world).opened_at is not None


def test_no_name_evidence_or_other_standard_is_shown(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R -", by=POLICE_HELPER.replace("helper", "lead"))
    browser = opened(app, ask(world))
    text = browser.response.get_data(as_text=True)
    assert "Why 1.1 is G." in text and "Why 2.1" not in text and "Standard 2" not in text
    assert not any("/returns/" in href or "/evidence" in href for href, _ in browser.page.links)
    assert "Helen" not in text and "by Pat Lead" not in text


def test_the_link_opens_nothing_else(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R -", by=POLICE_LEAD)
    browser = opened(app, ask(world))
    for path in ("", "/standards/1", "/evidence/1.1", "/check", "/trail", "/colleagues"):
        browser.open(f"/returns/{world.police}{path}", status=302)
        assert "/sign-in" in browser.response.headers["Location"]
    form = dict(browser.open("/asked").form("/asked").data())
    browser.post(f"/returns/{world.police}/standards/1", form, status=401)


@pytest.mark.parametrize("field", ["v", "c", "r"])
def test_fields_of_another_standard_are_refused_and_nothing_changes(
    app: Flask, world: World, field: str
) -> None:
    browser = opened(app, ask(world))
    other, own = ids(world)["2.1"], ids(world)["1.1"]
    words = {f"c{own}": "Words that must not be lost.", f"{field}{other}": "0"}
    page = browser.submit("/asked", status=403, **words)
    assert "This link is for one standard only." in page.text and "Words that must not be lost." in page.text
    assert stored(world) == {}


def test_a_page_of_another_link_is_not_saved_under_this_one(app: Flask, world: World) -> None:
    """The same questions are asked of two organisations; a tab of one must not write into the other."""
    browser = opened(app, ask(world))
    form = browser.page.form("/asked")
    data = form.data(**{f"c{ids(world)['1.1']}": "About the police only."})
    housing = ask(world, ref=world.housing, by=HOUSING_LEAD)
    browser.open(housing, status=303)
    browser.open("/asked")
    browser.submit("/asked/begin")
    page = browser.post("/asked", data, status=409)
    assert "You have opened another link meanwhile" in page.text and "About the police only." in page.text
    assert stored(world) == {} and stored(world, world.housing) == {}


def test_a_link_ends_with_its_last_day_and_says_whom_to_ask(app: Flask, world: World, later) -> None:
    path = ask(world, days=3)
    browser = opened(app, path)
    form = browser.page.form("/asked")
    later(days=3)
    opened(app, path)
    later(days=1)
    browser = Browser(app)
    browser.open(path, status=303)
    page = browser.open("/asked", status=410)
    assert "This link worked until" in page.text and "Ask Pat Lead at Northshire Police" in page.text
    data = form.data(**{f"c{ids(world)['1.1']}": "Too late, but not lost."})
    page = browser.post("/asked", {**data, "csrf_token": token_of(browser)}, status=410)
    assert "Too late, but not lost." in page.text and stored(world) == {}


def token_of(browser: Browser) -> str:
    browser.open("/sign-in")
    return str(dict(browser.page.form("/sign-in").fields)["csrf_token"])


def test_a_link_taken_back_opens_nothing_from_the_next_click_on(app: Flask, world: World) -> None:
    browser = opened(app, ask(world))
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    lead.open(page.href("Jo Ashworth"))
    assert "opens nothing any more" in lead.submit("/withdraw").text
    page = browser.submit("/asked", **{f"c{ids(world)['1.1']}": "Typed meanwhile."}, status=410)
    assert "This link was taken back." in page.text and "Typed meanwhile." in page.text
    assert stored(world) == {}
    assert "Taken back" in lead.open(f"/returns/{world.police}/colleagues").text


def test_a_link_sent_anew_kills_the_one_before(app: Flask, world: World) -> None:
    old = ask(world)
    browser = opened(app, old)
    lead = signed_in(app, POLICE_LEAD)
    page = lead.open(f"/returns/{world.police}/colleagues")
    lead.open(page.href("Jo Ashworth"))
    assert "A new link is on its way" in lead.submit("/anew").text
    page = browser.submit("/asked", **{f"c{ids(world)['1.1']}": "With the old link."}, status=404)
    assert "replaced by a newer one" in page.text and "With the old link." in page.text
    assert newest_link(world) != old
    opened(app, newest_link(world)).submit("/asked", **{f"c{ids(world)['1.1']}": "With the new one."})
    assert stored(world)["1.1"][0] == "With the new one."


def test_a_link_nobody_made_opens_nothing(app: Flask, world: World) -> None:
    browser = Browser(app)
    assert "Open the link in your mail" in browser.open("/asked").text
    browser.open("/asked/not-a-token", status=303)
    assert "This link opens nothing." in browser.open("/asked", status=404).text


def test_once_the_return_is_signed_the_link_rests_and_wakes_when_it_comes_back(
    app: Flask, world: World
) -> None:
    browser = opened(app, ask(world))
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    before = stored(world)
    page = browser.submit("/asked", **{f"c{ids(world)['1.1']}": "After submission."}, status=409)
    assert "The return is not open for answers now." in page.text and "After submission." in page.text
    assert stored(world) == before
    browser.open("/asked", status=409)
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        operations.send_back(return_, reason="Say more about 1.1.", by=people.by_address(MANAGER))
    browser.open("/asked")
    browser.submit("/asked", **{f"c{ids(world)['1.1']}": "Put right."})
    assert stored(world)["1.1"][0] == "Put right."


def test_an_exempted_organisation_is_asked_nothing(app: Flask, world: World) -> None:
    browser = opened(app, ask(world))
    with app.app_context(), unit_of_work():
        cycles.exempt(queries.by_ref(world.police).invitation, reason="Merged with another force.")
    browser.open("/asked", status=409)


def test_a_newer_answer_is_not_overwritten_by_either(app: Flask, world: World) -> None:
    first = ids(world)["1.1"]
    browser = opened(app, ask(world))
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/standards/1")
    lead.submit("/standards/1", **{f"c{first}": "Pat's words"}, go="stay")
    page = browser.submit("/asked", **{f"c{first}": "Jo's words"}, status=412)
    assert "A colleague saved a newer answer to 1.1" in page.text and "Pat Lead saved" not in page.text
    assert "Pat's words" in page.text and "Jo's words" in page.text
    assert stored(world)["1.1"][0] == "Pat's words"
    browser.submit("/asked")
    assert stored(world)["1.1"][0] == "Jo's words"
    page = lead.submit("/standards/1", **{f"c{first}": "Pat again"}, status=412)
    assert "Jo Ashworth, by personal link saved a newer answer" in page.text


def test_two_windows_of_one_link_at_once_keep_every_acknowledged_save(app: Flask, world: World) -> None:
    first, path = ids(world)["1.1"], ask(world)
    browsers = [opened(app, path) for _ in range(3)]

    def save(turn: int) -> int:
        form = browsers[turn].page.form("/asked")
        data = form.data(**{f"c{first}": f"window {turn}"})
        answer = browsers[turn].client.post("/asked", data=data, headers={"Sec-Fetch-Site": "same-origin"})
        return answer.status_code

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(save, range(3)))
    assert sorted(answers) == [303, 412, 412]
    assert stored(world)["1.1"][0] == f"window {answers.index(303)}"


def test_what_cannot_be_kept_is_refused_at_its_field_and_kept(app: Flask, world: World) -> None:
    first = ids(world)["1.1"]
    browser = opened(app, ask(world))
    page = browser.submit("/asked", **{f"c{first}": "word " * 2500}, status=422)
    assert "Shorten it to 10,000" in page.text
    assert len(page.form("/asked").data()[f"c{first}"]) == 12_499
    page = browser.submit("/asked", **{f"r{first}": "na", f"c{first}": ""})
    assert "Say why 1.1 does not apply" in page.text


def test_it_is_apart_from_being_signed_in(app: Flask, world: World) -> None:
    browser = signed_in(app, HOUSING_LEAD)
    path = ask(world)
    browser.open(path, status=303)
    browser.open("/asked")
    page = browser.submit("/asked/begin")
    assert "Hari Lead" not in page.text and "Menu" not in page.text
    browser.submit("/asked", **{f"c{ids(world)['1.1']}": "As Jo."})
    assert stored(world)["1.1"][1:] == ("Jo Ashworth, by personal link", None)
    # What Hari may is neither more nor less than before.
    browser.open(f"/returns/{world.housing}")
    browser.open(f"/returns/{world.police}", status=404)
    browser.open("/home")
    browser.sign_out()
    assert "Open the link in your mail" in browser.open("/asked").text


def test_leaving_the_page_leaves_nothing_in_the_browser(app: Flask, world: World) -> None:
    browser = opened(app, ask(world))
    assert "Nothing of your link is left" in browser.submit("/finish", status=200).text
    assert "Open the link in your mail" in browser.open("/asked").text


def test_the_session_of_a_link_ends_after_twelve_hours(app: Flask, world: World, later) -> None:
    browser = opened(app, ask(world))
    later(hours=11, minutes=59)
    browser.open("/asked")
    later(minutes=2)
    assert "Open the link in your mail again" in browser.open("/asked").text
    page = browser.post("/asked", {**browser_form(browser), "c1": "Words of twelve hours."}, status=401)
    assert "Words of twelve hours." in page.text


def browser_form(browser: Browser) -> dict[str, object]:
    return {"csrf_token": token_of(browser)}


def test_a_form_without_its_token_is_not_saved_and_gives_the_words_back(app: Flask, world: World) -> None:
    first = ids(world)["1.1"]
    browser = opened(app, ask(world))
    data = browser.page.form("/asked").data(**{f"c{first}": "Typed for an hour."})
    data["csrf_token"] = "wrong"
    answer = browser.client.post("/asked", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400 and b"Typed for an hour." not in answer.data
    page = browser.post("/asked", data, status=400)
    assert page.form("/asked").data()[f"c{first}"] == "Typed for an hour."
    browser.submit("/asked")
    assert stored(world)["1.1"][0] == "Typed for an hour."
    browser.client.delete_cookie("s11")
    page = browser.post("/asked", data, status=401)
    assert "Typed for an hour." in page.text and "Open the link in your mail again" in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "Enter"),
        ({"name": "See https://evil.example"}, "Enter a name only"),
        ({"name": "J" * 101}, "at most 100 characters"),
        ({"email": "jo"}, "is not an e-mail address"),
        ({"email": POLICE_HELPER}, "Helen Helper has an account here as a contributor."),
        ({"standard": ""}, "Choose what you ask them for."),
        ({"until": ""}, "Enter the last day of the link."),
        ({"until": "1 1 2020"}, "That day is over."),
        ({"until": "+61"}, "A link works for at most 60 days."),
        ({"until": "+31"}, "The return itself is due on"),
        ({"note": "word " * 200}, "Shorten the note"),
    ],
)
def test_a_link_that_cannot_be_sent_is_refused_at_its_field(
    app: Flask, world: World, fields: dict[str, str], sentence: str
) -> None:
    if fields.get("until", "").startswith("+"):
        day = clock.today() + timedelta(days=int(fields["until"]))
        fields = {"until": f"{day.day} {day.month} {day.year}"}
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/ask?standard=1")
    page = lead.submit("/ask", status=422, **{"name": "Jo Ashworth", "email": JO, **fields})
    assert sentence in page.text
    assert link_row(world) is None


def test_a_link_may_be_good_after_the_return_is_due_where_it_is_said(app: Flask, world: World) -> None:
    day = clock.today() + timedelta(days=40)
    lead = signed_in(app, POLICE_DEPUTY)
    lead.open(f"/returns/{world.police}/colleagues/ask?standard=1")
    lead.submit("/ask", name="Jo Ashworth", email=JO, until=f"{day.day} {day.month} {day.year}", beyond="y")
    assert link_row(world).expires_at == clock.end_of(day)


def test_asking_twice_sends_one_mail(app: Flask, world: World) -> None:
    lead = signed_in(app, POLICE_LEAD)
    form = lead.open(f"/returns/{world.police}/colleagues/ask").form("/ask")
    data = form.data(name="Jo Ashworth", email=JO, standard="1")
    lead.post(form.action, data)
    assert "is asked for 1 already" in lead.post(form.action, data).text
    with app.app_context():
        assert db.session.scalar(select(func.count(PersonalLink.id))) == 1
        assert len([n for n in notices.waiting() if n.to_address == JO]) == 1


def test_nobody_is_asked_once_the_return_is_in(app: Flask, world: World) -> None:
    path = ask(world)
    lead = signed_in(app, POLICE_LEAD)
    form = lead.open(f"/returns/{world.police}/colleagues/ask").form("/ask")
    ref = link_row(world).ref
    anew = lead.open(f"/returns/{world.police}/colleagues/links/{ref}").form("/anew")
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    data = form.data(name="Al Other", email="al@hr.example", standard="1")
    assert "can no longer be changed" in lead.post(form.action, data, status=409).text
    lead.post(anew.action, anew.data(), status=409)
    lead.open(f"/returns/{world.police}/colleagues/ask", status=409)
    assert newest_link(world) == path


def test_only_the_lead_and_the_deputy_ask_and_see_who_was_asked(app: Flask, world: World) -> None:
    ask(world)
    ref = link_row(world).ref
    for email, status in ((POLICE_HELPER, 403), (HOUSING_LEAD, 404), (MANAGER, 404)):
        browser = signed_in(app, email)
        browser.open(f"/returns/{world.police}/colleagues/ask", status=status)
        browser.open(f"/returns/{world.police}/colleagues/links/{ref}", status=status)
    # A link is reached through its own return only.
    signed_in(app, HOUSING_LEAD).open(f"/returns/{world.housing}/colleagues/links/{ref}", status=404)


def test_every_act_is_in_the_trail_and_none_of_it_reaches_the_board(app: Flask, world: World) -> None:
    path = ask(world)
    opened(app, path).submit("/asked", **{f"c{ids(world)['1.1']}": "Said."})
    opened(app, path)
    lead = signed_in(app, POLICE_LEAD)
    lead.open(f"/returns/{world.police}/colleagues/links/{link_row(world).ref}")
    lead.submit("/anew")
    lead.submit("/withdraw")
    with app.app_context():
        query = select(Entry).where(Entry.subject == "return").order_by(Entry.number)
        found = [
            (e.person_name, e.role, said(e.tag, e.before, e.after), e.person_id is None)
            for e in db.session.scalars(query)
            if e.tag.startswith("return:link") or e.tag == "return:answers:saved"
        ]
    on = clock.today() + timedelta(days=14)
    day = f"{on.day} {on:%B %Y}"
    assert found == [
        (
            "Pat Lead",
            "Safeguarding lead",
            f"asked Jo Ashworth by a personal link for standard 1, to be answered by {day}",
            False,
        ),
        ("Jo Ashworth", "Asked by link", "opened a personal link for standard 1", True),
        ("Jo Ashworth", "Asked by link", "saved answer 1.1", True),
        (
            "Pat Lead",
            "Safeguarding lead",
            f"sent Jo Ashworth a new personal link for standard 1, to be answered by {day}",
            False,
        ),
        (
            "Pat Lead",
            "Safeguarding lead",
            "took back from Jo Ashworth the personal link for standard 1",
            False,
        ),
    ]
    assert "Jo Ashworth" not in signed_in(app, MANAGER).open("/trail/").text
    assert app.test_cli_runner().invoke(args=["trail", "verify"]).exit_code == 0


FIELDS = "each_criterion: [{code: deadline, label: Deadline, kind: date}]"


def test_fields_beside_the_questions_are_answered_by_a_link_too(app: Flask, world: World) -> None:
    audit = an_audit(world, top=FIELDS, of_standards={"1": "fields: [{code: view, label: Overall view}]"})
    with app.app_context():
        standard = queries.edition_of(queries.by_ref(audit)).standards[0]
        view = f"f{standard.fields[0].id}-{standard.id}"
        criterion = standard.criteria[0]
        deadline = f"f{criterion.fields[0].id}-{criterion.id}"
    browser = opened(app, ask(world, ref=audit))
    page = browser.submit("/asked", status=422, **{view: "We are on the way.", deadline: "soon"})
    assert "Deadline: Enter a date that exists" in page.text
    assert page.form("/asked").data()[deadline] == "soon"
    browser.submit("/asked", **{deadline: "1 9 2027"})
    with app.app_context():
        kept = queries.field_answers(queries.by_ref(audit).id)
        assert sorted(str(entry.value) for entry in kept.values()) == ["2027-09-01", "We are on the way."]
        assert {entry.updated_by_name for entry in kept.values()} == {"Jo Ashworth, by personal link"}


def test_a_field_of_another_standard_is_not_reached_by_a_link(app: Flask, world: World) -> None:
    audit = an_audit(world, top=FIELDS)
    with app.app_context():
        other = queries.edition_of(queries.by_ref(audit)).standards[1].criteria[0]
        name = f"{other.fields[0].id}-{other.id}"
    browser = opened(app, ask(world, ref=audit))
    data = browser.page.form("/asked").data(**{f"fv{name}": "0", f"f{name}": "1 9 2027"})
    page = browser.post("/asked", data, status=403)
    assert "This link is for one standard only." in page.text
    with app.app_context():
        assert queries.field_answers(queries.by_ref(audit).id) == {}
