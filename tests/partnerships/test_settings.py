"""The office sets what its partnership is called, how it looks, what it asks and how long it keeps."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import select

from s11.access.models import SecondFactor
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.storage import files
from s11.organisations import queries as organisations
from s11.partnerships.operations import change, set_logo
from s11.partnerships.operations import held as settings_held
from s11.partnerships.rules import Subject, evidence_defaults, mark_of
from s11.people import queries as people_queries
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.returns import queries as returns
from s11.trail.models import Entry
from tests.factories.pictures import image
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, OFFICE, POLICE_LEAD, QUALITY, World
from tests.pages import PASSWORD, Browser, Page

pytestmark = pytest.mark.database


@pytest.fixture
def office(world: World, browser: Browser) -> Browser:
    browser.sign_in(MANAGER)
    return browser


def to(browser: Browser, subject: str = "") -> Page:
    """The settings, or the page of one subject, found as somebody would."""
    page = browser.open("/partnerships/settings", status=302)
    page = browser.open(browser.response.headers["Location"])
    address = browser.response.request.path
    return browser.open(f"{address}/{subject}") if subject else page


def save(browser: Browser, subject: str, *, status: int = 302, **typed: object) -> Page:
    to(browser, subject)
    return browser.submit(f"/settings/{subject}", status=status, **typed)


def held(app: Flask, name: str, code: str = "northshire") -> Any:
    with app.app_context():
        found = organisations.partnership_by_code(code)
        assert found is not None
        return getattr(found, name)


def last_entry(app: Flask, tag: str) -> Entry:
    with app.app_context():
        found = db.session.scalars(select(Entry).where(Entry.tag == tag).order_by(Entry.id.desc())).first()
        assert found is not None
        return found


def put(app: Flask, code: str = "northshire", **values: object) -> None:
    with app.app_context(), unit_of_work():
        found = organisations.partnership_by_code(code)
        assert found is not None
        for name, value in values.items():
            setattr(found, name, value)


def test_another_name_stands_on_every_page_and_the_old_one_in_the_trail(app: Flask, office: Browser) -> None:
    page = save(office, "names", name="Northshire Safeguarding", board_word="the Partnership")
    assert "Names: saved." in page.text and "Northshire Safeguarding" in page.text
    entry = last_entry(app, "partnership:settings:changed")
    assert entry.before is not None and entry.after is not None
    assert (entry.before["name"], entry.after["name"]) == (
        "Northshire Partnership",
        "Northshire Safeguarding",
    )
    assert entry.after["subject"] == "names" and entry.role == "Business manager"


def test_a_name_cannot_be_empty_and_nothing_typed_is_lost(app: Flask, office: Browser) -> None:
    page = save(office, "names", status=422, name=" ", board_word="the Table")
    assert "Enter the name of the partnership." in page.text
    assert ("board_word", "the Table") in page.form("/names").fields
    assert held(app, "board_word") == "the Board"


def test_who_comes_second_is_told_what_stands_now_and_can_save_all_the_same(
    app: Flask, office: Browser
) -> None:
    to(office, "names")
    put(app, board_word="the Partnership")
    page = office.submit("/settings/names", status=412, board_word="the Table")
    assert "Somebody else changed these settings while you had this page open" in page.text
    assert "What people call it, as it stands now the Partnership" in page.text
    assert held(app, "board_word") == "the Partnership"
    office.submit("/settings/names")
    assert held(app, "board_word") == "the Table"


def test_a_colour_too_light_for_white_words_is_refused_with_one_that_would_do(
    app: Flask, office: Browser
) -> None:
    page = save(office, "colour", status=422, colour="#6aa7d8")
    assert "have a contrast of 2.5 : 1, and need 4.5 : 1" in page.text and "#307bb8 would do" in page.text
    page = save(office, "colour", colour="1A5C8E")
    assert held(app, "colour") == "#1a5c8e"
    sheet = next(line for line in office.response.get_data(as_text=True).splitlines() if "/look/" in line)
    address = sheet.split('href="')[1].split('"')[0]
    answer = office.client.get(address)
    assert answer.get_data(as_text=True).startswith(":root{--s11-brand:#1a5c8e;")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert office.client.get(address.replace("1a5c8e", "a81220")).status_code == 404


def test_an_empty_colour_is_the_colour_of_the_service(app: Flask, office: Browser) -> None:
    put(app, colour="#1a5c8e")
    save(office, "colour", colour="")
    assert held(app, "colour") == "" and "/look/" not in office.response.get_data(as_text=True)


def a_logo_that_tells(kind: str = "PNG") -> bytes:
    """A picture with words hidden beside it."""
    written = io.BytesIO()
    told = PngInfo()
    told.add_text("Author", "Mary Manager")
    Image.new("RGB", (1200, 300), "navy").save(written, kind, pnginfo=told)
    return written.getvalue()


def test_a_logo_is_drawn_anew_without_what_was_said_beside_it(app: Flask, office: Browser) -> None:
    to(office, "logo")
    page = office.submit("/settings/logo", logo=(io.BytesIO(a_logo_that_tells()), "logo.png"))
    assert "The logo is shown beside the name" in page.text
    html = office.response.get_data(as_text=True)
    address = html.split('class="s11-header__logo" src="')[1].split('"')[0]
    assert 'alt="Northshire Partnership"' in html
    answer = office.client.get(address)
    kept = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, kept.format, kept.size) == ("image/png", "PNG", (640, 160))
    assert b"Mary" not in answer.data and not kept.info
    assert "immutable" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
    office.open("/home")


def test_a_removed_logo_is_gone_from_the_store(app: Flask, office: Browser) -> None:
    to(office, "logo")
    office.submit("/settings/logo", logo=(io.BytesIO(image("JPEG", (80, 40))), "logo.jpg"))
    key = held(app, "logo_key")
    to(office, "logo")
    assert "The logo is removed." in office.submit("/logo/remove").text
    assert held(app, "logo_key") == "" and "s11-header__logo" not in office.response.get_data(as_text=True)
    with app.app_context(), pytest.raises((KeyError, OSError)):
        files().open(key)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo.svg", "save the logo as png"),
        (b"<?xml version='1.0'?><svg/>", "logo.png", "save the logo as png"),
        (b"\x89PNG\r\n\x1a\nnot at all", "logo.png", "no png or jpeg that can be read"),
        (image("GIF", (8, 8)), "logo.gif", "no png or jpeg that can be read"),
        (image("PNG", (4001, 4)), "logo.png", "wider or higher than 4,000 pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 1_000_000, "logo.png", "larger than 1 mb"),
        (b"", "logo.png", "choose a picture"),
    ],
)
def test_what_is_no_logo_is_refused_with_what_to_do(
    app: Flask, office: Browser, content: bytes, name: str, sentence: str
) -> None:
    to(office, "logo")
    page = office.submit("/settings/logo", status=422, logo=(io.BytesIO(content), name))
    assert sentence in page.text.lower()
    assert held(app, "logo_key") == ""


def test_the_logo_and_colour_are_for_the_partnerships_own_people(app: Flask, office: Browser) -> None:
    to(office, "logo")
    office.submit("/settings/logo", logo=(io.BytesIO(image("PNG", (80, 40))), "logo.png"))
    put(app, colour="#1a5c8e")
    addresses = [
        f"/partnerships/{held(app, 'ref')}/logo/{held(app, 'logo_key')}.png",
        f"/partnerships/{held(app, 'ref')}/look/1a5c8e.css",
    ]
    for who, status in ((HOUSING_LEAD, 200), ("manager@elsewhere.example", 404)):
        browser = Browser(app)
        browser.sign_in(who)
        assert [browser.client.get(one).status_code for one in addresses] == [status, status], who
    assert [app.test_client().get(one).status_code for one in addresses] == [302, 302]
    assert "s11-header__logo" not in app.test_client().get("/sign-in").get_data(as_text=True)


def test_a_mail_is_shown_with_its_signature_before_anything_is_saved(app: Flask, office: Browser) -> None:
    to(office, "mail")
    page = office.submit("/mail", status=200, mail_signature="The office\n01632 960 001", preview="y")
    assert "Section 11 audit 2027 is due on 31 March 2027" in page.text and "01632 960 001" in page.text
    assert held(app, "mail_signature") == ""
    form = page.form("/mail")
    office.post(form.action, {name: value for name, value in form.data().items() if name != "preview"})
    assert held(app, "mail_signature") == "The office\n01632 960 001"


def test_an_office_has_a_whole_address_or_none(app: Flask, office: Browser) -> None:
    page = save(office, "mail", status=422, office_email="office")
    assert "Enter a whole e-mail address" in page.text
    save(office, "mail", office_email="")
    assert held(app, "office_email") == ""


def test_a_deadline_lasts_as_long_as_the_day_does_where_the_partnership_is(
    app: Flask, world: World, office: Browser
) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        last = return_.cycle.closes_on = return_.cycle.due_on
    after_london = clock.end_of(last) + timedelta(minutes=30)  # 20:30 or 21:30 in Stanley
    for zone, open_ in (("Europe/London", False), ("Atlantic/Stanley", True)):
        save(office, "time-zone", time_zone=zone)
        with clock.pretend(after_london):
            lead = Browser(app)
            lead.sign_in(POLICE_LEAD)
            page = lead.open(f"/returns/{world.police}/standards/1")
            assert any(form.action.endswith("/standards/1") for form in page.forms) is open_, zone


def test_times_are_those_of_the_zone_and_say_so_where_it_is_not_londons(app: Flask, office: Browser) -> None:
    with clock.pretend(clock.start_of(clock.today() + timedelta(days=1)) + timedelta(hours=12)):
        pages = []
        for zone in ("Europe/London", "Atlantic/Stanley"):
            put(app, time_zone=zone)
            browser = Browser(app)
            browser.sign_in(MANAGER)
            pages.append(browser.open("/account/sign-ins").text)
    assert "Stanley time" not in pages[0] and "(Stanley time)" in pages[1]


def test_a_zone_that_is_none_is_refused(app: Flask, office: Browser) -> None:
    page = save(office, "time-zone", status=422, time_zone="Mars/Olympus")
    assert "Not a valid choice" in page.text or "Choose a time zone" in page.text
    assert held(app, "time_zone") == "Europe/London"


def test_a_new_cycle_begins_with_the_rules_of_the_partnership(app: Flask, office: Browser) -> None:
    page = save(office, "evidence", takes_files="yes", files_at_most="20", megabytes_at_most="")
    assert "Files, at most 20 files for each return" in page.text
    with app.app_context():
        found = organisations.partnership_by_code("northshire")
        assert found is not None
        assert evidence_defaults(found) == {
            "takes_files": True,
            "files_at_most": 20,
            "megabytes_at_most": None,
        }


@pytest.mark.parametrize(("typed", "kept"), [("2", 5), ("21", 5), ("many", 5), ("", 5), ("3", 3), ("20", 20)])
def test_a_small_group_is_of_three_to_twenty(app: Flask, office: Browser, typed: str, kept: int) -> None:
    save(office, "small-groups", status=422 if kept == 5 else 302, small_group=typed)
    assert held(app, "small_group") == kept


def test_the_chair_reads_and_does_not_change(app: Flask, world: World, browser: Browser) -> None:
    browser.sign_in(CHAIR)
    page = to(browser)
    assert "The office changes these" in page.text
    assert not [text for _, text in page.links if text.startswith("Change")]
    browser.open(f"/partnerships/{held(app, 'ref')}/settings/names", status=403)


def test_who_neither_runs_nor_chairs_finds_no_settings(app: Flask, world: World, browser: Browser) -> None:
    page = browser.sign_in(QUALITY)
    assert "Settings" not in [text for _, text in page.links]
    browser.open(f"/partnerships/{held(app, 'ref')}/settings", status=404)
    browser.open("/partnerships/settings", status=404)


# How long evidence files are kept


def ask_for(browser: Browser, years: int) -> Page:
    return save(browser, "retention", keep="years", years=str(years))


def test_a_shorter_time_holds_only_when_a_second_person_agrees(app: Flask, office: Browser) -> None:
    page = ask_for(office, 6)
    assert "it holds once another business manager or the chair agrees" in page.text
    assert held(app, "evidence_years") is None
    assert not [form for form in page.forms if form.action.endswith("/agree")]
    form = page.form("/withdraw")
    office.post(form.action.replace("withdraw", "agree"), form.data(), status=409)
    assert held(app, "evidence_years") is None

    chair = Browser(app)
    chair.sign_in(CHAIR)
    page = to(chair)
    assert (
        "asked that evidence files are kept for no longer than 6 years after the cycle is closed" in page.text
    )
    page = chair.post(
        page.form("/withdraw").action.replace("withdraw", "agree"), page.form("/withdraw").data()
    )
    assert "Evidence files are kept for 6 years after a cycle is closed." in page.text
    assert (held(app, "evidence_years"), held(app, "pending")) == (6, {})
    entry = last_entry(app, "partnership:retention:agreed")
    assert (entry.before, entry.after) == ({"years": None, "asked": 6}, {"years": 6})


def test_nobody_agrees_to_another_figure_than_they_read(app: Flask, office: Browser) -> None:
    ask_for(office, 6)
    chair = Browser(app)
    chair.sign_in(CHAIR)
    form = to(chair).form("/withdraw")
    ask_for(office, 1)
    chair.post(form.action.replace("withdraw", "agree"), form.data(), status=409)
    assert held(app, "evidence_years") is None


def test_the_office_alone_cannot_agree_and_anybody_asked_can_leave_it(app: Flask, office: Browser) -> None:
    ask_for(office, 6)
    other = Browser(app)
    other.sign_in(OFFICE)
    form = to(other).form("/withdraw")
    other.post(form.action.replace("withdraw", "agree"), form.data(), status=403)
    to(other)
    assert "It stays as it was." in other.submit("/withdraw").text
    assert (held(app, "evidence_years"), held(app, "pending")) == (None, {})


def test_a_longer_time_holds_at_once(app: Flask, office: Browser) -> None:
    put(app, evidence_years=3)
    assert "Saved." in ask_for(office, 7).text
    assert held(app, "evidence_years") == 7
    save(office, "retention", keep="always", years="")
    assert held(app, "evidence_years") is None


@pytest.mark.parametrize("years", ["", "0", "31", "-1", "six"])
def test_a_number_of_years_is_one_to_thirty(app: Flask, office: Browser, years: str) -> None:
    save(office, "retention", status=422, keep="years", years=years)
    assert held(app, "pending") == {}


# Who signs


def test_a_new_edition_begins_with_the_partnerships_own_signatures(app: Flask, office: Browser) -> None:
    to(office, "signing/TINY")
    page = office.submit(
        "/signing/TINY",
        status=200,
        **{"step-0-label": "Safeguarding lead", "step-0-step": "lead", "another": "y"},
    )
    rows = {
        "step-0-label": "Safeguarding lead",
        "step-0-step": "lead",
        "step-0-after": "",
        "step-1-label": "Chief executive",
        "step-1-step": "",
        "step-1-after": "lead",
    }
    action = page.form("/signing/TINY").action
    page = office.post(action, {**page.form("/signing/TINY").data(), **rows, "another": None} | rows)
    assert "Safeguarding lead, then Chief executive" in page.text

    page = office.open("/questionnaires/TINY-2026/next")
    office.submit("/next", code="OWN-2027", own_chain="y")
    page = office.open("/questionnaires/TINY-2026/next")
    office.submit("/next", code="SAME-2027")
    with app.app_context():
        own, same, first = (questionnaires.edition_by_code(c) for c in ("OWN-2027", "SAME-2027", "TINY-2026"))
        assert own is not None and same is not None and first is not None
        assert [step["label"] for step in own.sign_off] == ["Safeguarding lead", "Chief executive"]
        assert same.sign_off == first.sign_off != own.sign_off


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Lead", "lead", ""), ("Head", "lead", "")], "“Head” stands here twice"),
        ([("Lead", "lead", "head"), ("Head", "head", "")], "The lead signs first"),
        ([("Head", "head", "chair"), ("Chair", "chair", "head")], "would wait for their own signature"),
        ([("Head", "head", "nobody")], "after somebody who signs no more"),
        ([("Head", "He Ad!", "")], "This page is too old"),
        ([("H" * 5000, "head", "")], "Shorten"),
    ],
)
def test_a_chain_nobody_could_sign_is_refused_at_its_line(
    app: Flask, office: Browser, rows: list[tuple[str, str, str]], sentence: str
) -> None:
    to(office, "signing/TINY")
    typed = {
        f"step-{at}-{name}": value
        for at, row in enumerate(rows)
        for name, value in zip(("label", "step", "after"), row, strict=True)
    }
    page = office.submit("/signing/TINY", status=422, **typed)
    assert sentence in page.text
    assert held(app, "sign_off_chains") == {}


def test_who_signs_shows_the_signatures_of_the_newest_edition_and_saving_them_changes_nothing(
    app: Flask, office: Browser
) -> None:
    labels = ["Lead", "Headteacher", "Chair of governors"]
    with app.app_context():
        first = questionnaires.edition_by_code("TINY-2026")
        assert first is not None
        head = {"step": "head", "label": "Headteacher", "after": ""}
        chair = {"step": "chair", "label": "Chair of governors", "after": "head"}
        first.sign_off = [*first.sign_off, head, chair]
        db.session.commit()
    page = to(office, "signing/TINY")
    typed = page.form("/signing/TINY").data()
    assert [typed[f"step-{at}-label"] for at in range(len(labels))] == labels
    assert "hort name" not in page.text and "Only after" not in page.text
    assert "Nothing was changed" in office.submit("/signing/TINY").text
    assert held(app, "sign_off_chains") == {}


def test_a_signature_goes_when_its_line_is_emptied_and_a_new_one_can_be_waited_for(
    app: Flask, office: Browser
) -> None:
    to(office, "signing/TINY")
    rows = {f"step-{at}-{name}": "" for at in range(3) for name in ("label", "step", "after")}
    rows |= {"step-0-label": "Lead", "step-0-step": "lead", "step-1-label": "Chief executive"}
    page = office.submit("/signing/TINY", status=200, **rows, another="y")
    assert "chief_executive" in page.form("/signing/TINY").data().values()
    action, typed = page.form("/signing/TINY").action, page.form("/signing/TINY").data()
    office.post(action, {**typed, "step-2-label": "Chair", "step-2-after": "chief_executive"})
    chain = held(app, "sign_off_chains")["TINY"]
    assert [(one["label"], one["after"]) for one in chain] == [
        ("Lead", ""),
        ("Chief executive", ""),
        ("Chair", "chief_executive"),
    ]


def test_the_signatures_of_a_framework_that_is_not_here_are_no_page(app: Flask, office: Browser) -> None:
    office.open(f"/partnerships/{held(app, 'ref')}/settings/signing/S99", status=404)
    office.open(f"/partnerships/{held(app, 'ref')}/settings/nonsense", status=404)


# The second step


def test_a_partnership_asks_more_people_for_a_second_step_as_they_next_sign_in(
    app: Flask, world: World, office: Browser
) -> None:
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    page = save(office, "second-step", second_factor_roles=["lead", "chair"])
    assert "Chair or independent scrutineer, Safeguarding lead" in page.text
    assert "4 people have no second step yet" in page.text  # the chair and three leads
    page = lead.open("/home")
    assert "Your partnership asks for a second step as you sign in" in page.text
    assert "Set it up now" in page.text
    lead.sign_out()
    lead.open("/sign-in")
    page = lead.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD)
    assert "/set-up" in lead.response.request.path or "telephone" in page.text


def test_who_has_a_second_step_is_not_counted_and_not_told(app: Flask, world: World, office: Browser) -> None:
    with app.app_context(), unit_of_work():
        chair = people_queries.by_address(CHAIR)
        assert chair is not None
        db.session.add(SecondFactor(person_id=chair.id, hidden_secret="", confirmed_at=clock.now()))
    assert (
        "Everybody it concerns has a second step already."
        in save(office, "second-step", second_factor_roles=["chair"]).text
    )
    assert "asks for a second step" not in office.open("/home").text


def test_what_the_installation_asks_cannot_be_lowered(app: Flask, office: Browser) -> None:
    app.extensions["s11-second-factor-roles"] = frozenset({Role.INSPECTOR})
    page = to(office, "second-step")
    assert "This installation asks it of: Inspector (read only)." in page.text
    page = office.submit("/second-step", second_factor_roles=["lead"])
    assert app.extensions["s11-second-factor-roles"] == frozenset({Role.INSPECTOR})
    assert held(app, "second_factor_roles") == ["lead"]


def test_a_role_nobody_knows_cannot_be_chosen(app: Flask, office: Browser) -> None:
    save(office, "second-step", status=422, second_factor_roles=["emperor"])
    assert held(app, "second_factor_roles") == []


def test_another_partnerships_rule_asks_nothing_of_people_here(
    app: Flask, world: World, browser: Browser
) -> None:
    with app.app_context(), unit_of_work():
        for one in organisations.partnerships():
            one.second_factor_roles = ["lead"] if one.code != "northshire" else []
    page = browser.sign_in(POLICE_LEAD)
    assert "second step" not in page.text


def test_changes_of_one_piece_of_work_are_all_kept(app: Flask, world: World) -> None:
    """Each operation reads the partnership anew, and loses nothing that was set just before."""
    with app.app_context(), unit_of_work():
        found, person = organisations.partnership_by_code("northshire"), people_queries.by_address(MANAGER)
        assert found is not None and person is not None
        began = mark_of(settings_held(found, Subject.COLOUR))
        change(found, Subject.COLOUR, {"colour": "#1a5c8e"}, began=began, by=person)
        set_logo(found, io.BytesIO(image("PNG", (60, 30))), by=person)
    assert held(app, "colour") == "#1a5c8e" and held(app, "logo_key")
