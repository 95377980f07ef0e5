"""The second step of signing in: codes, recovery codes, remembered devices, and whose role needs them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from s11 import create_app
from s11.access.models import Device, RecoveryCode, SecondFactor
from s11.access.operations import factors
from s11.access.permissions import init as read_required_roles
from s11.core import clock
from s11.core.config import Settings, UnsafeSettings
from s11.core.database import db, unit_of_work
from s11.notices.models import Notice
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries as returns
from s11.trail.models import Entry
from tests.conftest import SERVER, settings
from tests.factories.telephone import RECOVERY_CODE, Telephone, a_telephone, enter_code, wrong
from tests.factories.world import HOUSING_LEAD, MANAGER, POLICE_LEAD, World
from tests.pages import PASSWORD, Browser

pytestmark = pytest.mark.database


@pytest.fixture
def strict(app: Flask) -> Flask:
    """An installation in which the Board's roles need the second factor, as on a public address."""
    required = app.config["S11"].model_copy(update={"second_factor_roles": "board"})
    read_required_roles(app, required)
    return app


def mails_to(app: Flask, address: str) -> list[str]:
    with app.app_context():
        query = select(Notice.subject).where(Notice.to_address == address).order_by(Notice.id)
        return [subject for subject in db.session.scalars(query) if not subject.startswith("Cycle ")]


def acts_of(app: Flask, address: str) -> list[str]:
    with app.app_context():
        person = people.by_address(address)
        assert person is not None
        query = select(Entry.tag).where(Entry.subject == "person", Entry.subject_id == person.id)
        return list(db.session.scalars(query.order_by(Entry.id)))


def past_the_password(browser: Browser, email: str) -> None:
    """As far as the page that asks for the code."""
    assert "Enter your code" in browser.sign_in(email).text


# Turning it on


def test_somebody_turns_it_on_and_is_asked_from_then_on(app: Flask, browser: Browser, world: World) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in(POLICE_LEAD)
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/second-factor")
    browser.open(browser.page.href("Turn on the second step"))
    browser.submit("/turn-on", password=PASSWORD)
    telephone = Telephone.told_by(browser.page)
    page = browser.submit("/set-up", code=wrong(telephone.code()), status=422)
    assert "That code is not right." in page.text
    with app.app_context():
        assert db.session.scalar(select(SecondFactor)) is None, "no code has shown yet that it works"
    page = browser.submit("/set-up", code=telephone.code(), status=200)
    codes = RECOVERY_CODE.findall(page.text)
    assert len(set(codes)) == 10
    elsewhere.open("/home", status=302)
    browser.open("/account/second-factor")
    assert "Recovery codes left 10" in browser.page.text
    browser.sign_out()
    past_the_password(browser, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(seconds=31)):
        assert "Hello, Pat" in enter_code(browser, telephone.code()).text
    assert mails_to(app, POLICE_LEAD) == ["Second step turned on"]
    assert "person:factor:turned_on" in acts_of(app, POLICE_LEAD)


def test_the_picture_holds_the_key_that_is_printed(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/second-factor/turn-on")
    browser.submit("/turn-on", password=PASSWORD)
    shown = browser.response.text
    assert re.search(r'<img[^>]+src="data:image/png;base64,[A-Za-z0-9+/=]+"[^>]+alt="QR code', shown)
    with browser.app.app_context():
        person = people.by_address(POLICE_LEAD)
        secret = Telephone.told_by(browser.page).secret
        said = factors.address_of(secret, person)
    assert said.startswith("otpauth://totp/Safeguarding%20self-assessment:lead%40police.example?")
    assert f"secret={secret}" in said and len(secret) == 32


def test_neither_key_nor_recovery_code_stands_in_the_database_as_it_is(app: Flask, world: World) -> None:
    telephone, codes = a_telephone(world, POLICE_LEAD)
    with app.app_context():
        kept = db.session.scalars(select(SecondFactor)).one().hidden_secret
        digests = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert telephone.secret not in kept
    assert len(digests) == 10 and not digests & set(codes)


def test_the_key_is_shown_only_after_the_password(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/second-factor/set-up", status=303)
    browser.open("/account/second-factor/turn-on")
    page = browser.submit("/turn-on", password="not the one", status=422)
    assert "That is not your password." in page.text
    page = browser.submit("/turn-on", password="", status=422)
    assert "Enter your password." in page.text


# Codes


def test_a_code_works_once(app: Flask, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    first, second = Browser(app), Browser(app)
    past_the_password(first, POLICE_LEAD)
    past_the_password(second, POLICE_LEAD)
    code = telephone.code()
    enter_code(first, code)
    assert "has been used already" in enter_code(second, code, status=422).text
    assert "used already" in enter_code(second, telephone.code(steps=-1), status=422).text


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_code_may_be_one_step_early_or_late(
    app: Flask, browser: Browser, world: World, steps: int, taken: bool
) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        past_the_password(browser, POLICE_LEAD)
        enter_code(browser, telephone.code(steps=steps), status=302 if taken else 422)


def test_a_code_of_the_step_before_is_taken_once(app: Flask, browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        past_the_password(browser, POLICE_LEAD)
        enter_code(browser, telephone.code(steps=-1))


def test_spaces_in_a_code_do_not_matter(browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    code = telephone.code()
    assert "Hello, Pat" in enter_code(browser, f" {code[:3]} {code[3:]} ").text


def test_the_field_for_a_code_is_one_that_telephones_fill(browser: Browser, world: World) -> None:
    a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    field = re.search(r'<input[^>]+name="code"[^>]*>', browser.response.text)
    assert field and 'autocomplete="one-time-code"' in field[0] and 'inputmode="numeric"' in field[0]


def test_an_empty_code_says_what_to_enter(browser: Browser, world: World) -> None:
    a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    assert "Enter the six digits your app shows." in enter_code(browser, "", status=422).text


# Between the steps


@pytest.mark.parametrize("path", ["/home", "/account", "/account/second-factor", "/returns/{police}"])
def test_between_password_and_code_no_page_opens(browser: Browser, world: World, path: str) -> None:
    a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    browser.open(path.format(police=world.police), status=302)
    assert "/sign-in" in browser.response.headers["Location"]


def test_the_code_has_to_follow_the_password_within_ten_minutes(browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = enter_code(browser, telephone.code(), status=401)
        assert "More than ten minutes have passed" in page.text
        browser.open("/home", status=302)


def test_without_the_password_no_code_is_asked_for_or_taken(browser: Browser, world: World) -> None:
    telephone, codes = a_telephone(world, POLICE_LEAD)
    browser.open("/sign-in/code", status=302)
    browser.open("/sign-in")
    token = browser.page.form("/sign-in").data()["csrf_token"]
    for path, code in (("/sign-in/code", telephone.code()), ("/sign-in/recovery-code", codes[0])):
        browser.post(path, {"code": code, "csrf_token": token}, status=401)
        browser.open("/home", status=302)


def test_a_new_password_ends_what_was_between_the_steps(app: Flask, browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    with app.app_context(), unit_of_work():
        people_operations.set_password(people.by_address(POLICE_LEAD), "quite another password")
    enter_code(browser, telephone.code(), status=401)
    browser.open("/home", status=302)


def test_the_session_after_the_code_is_another_than_before(browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    before = browser.client.get_cookie("s11")
    enter_code(browser, telephone.code())
    after = browser.client.get_cookie("s11")
    assert before and after and before.value != after.value
    copied = Browser(browser.app)
    copied.client.set_cookie("s11", before.value)
    copied.open("/home", status=302)


def test_a_page_asked_for_before_signing_in_opens_after_the_code(browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    browser.open(f"/returns/{world.police}", status=302)
    browser.open(browser.response.headers["Location"])
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD)
    assert "Standard 1" in enter_code(browser, telephone.code()).text


def typed(browser: Browser, world: World) -> None:
    """Type something for a minute, and find when saving it that the session has ended."""
    browser.open(f"/returns/{world.police}/standards/1")
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if re.fullmatch(r"c\d+", name))
    browser.client.delete_cookie("s11")
    browser.post(form.action, form.data(**{field: "An hour of careful typing."}), status=401)


def saved(world: World) -> list[str]:
    with world.app.app_context():
        return [a.commentary for a in returns.answers(returns.by_ref(world.police).id).values()]


@pytest.mark.parametrize("way", ["code", "recovery code", "late"])
def test_what_was_typed_survives_the_second_step_too(browser: Browser, world: World, way: str) -> None:
    browser.sign_in(POLICE_LEAD)
    telephone, codes = a_telephone(world, POLICE_LEAD)
    browser.client.delete_cookie("s11")
    past_the_password(browser, POLICE_LEAD)
    enter_code(browser, telephone.code())
    typed(browser, world)
    page = browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=200)
    assert "Enter your code" in page.text and "An hour" not in page.text
    enter_code(browser, wrong(telephone.code()), status=422)
    with time_machine.travel(clock.now() + timedelta(minutes=11 if way == "late" else 1)):
        if way == "late":
            page = enter_code(browser, telephone.code(), status=401)
            assert "What you typed is kept on this page" in page.text
            browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=200)
        if way == "recovery code":
            data = browser.page.form("/sign-in/code").data(instead="y")
            browser.post("/sign-in/recovery-code", data, status=200)
            browser.submit("/recovery-code", code="wrong-wrong", status=422)
            browser.submit("/recovery-code", code=codes[0], status=200)
        else:
            enter_code(browser, telephone.code(), status=200)
        assert "An hour of careful typing." in browser.page.text
        browser.submit("/standards/1")
    assert saved(world) == ["An hour of careful typing."]


# Guessing


def test_ten_wrong_codes_in_five_minutes_are_all(app: Flask, browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False) as now:
        past_the_password(browser, POLICE_LEAD)
        for _ in range(10):
            enter_code(browser, wrong(telephone.code()), status=422)
        page = enter_code(browser, telephone.code(), status=429)
        assert "Too many codes were tried." in page.text
        assert int(browser.response.headers["Retry-After"]) <= 300
        enter_code(browser, telephone.code(), status=429)
        assert mails_to(app, POLICE_LEAD)[1:] == ["Many wrong sign-in codes"], "the owner is told once"
        now.shift(timedelta(minutes=5, seconds=1))
        assert "Hello, Pat" in enter_code(browser, telephone.code()).text


def test_thirty_wrong_codes_a_day_are_all_but_a_new_password_opens_the_door(
    app: Flask, browser: Browser, world: World
) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False) as now:
        past_the_password(browser, POLICE_LEAD)
        for _ in range(3):
            for _ in range(10):
                enter_code(browser, wrong(telephone.code()), status=422)
            now.shift(timedelta(minutes=5, seconds=1))
            past_the_password(browser, POLICE_LEAD)
        assert "Wait about 24 hours" in enter_code(browser, telephone.code(), status=429).text
        new = "four quite other words"
        with app.app_context(), unit_of_work():
            people_operations.set_password(people.by_address(POLICE_LEAD), new)
        browser.sign_in(POLICE_LEAD, new)
        assert "Hello, Pat" in enter_code(browser, telephone.code()).text


# Recovery codes


def test_a_recovery_code_works_once_and_says_how_many_are_left(
    app: Flask, browser: Browser, world: World
) -> None:
    _, codes = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    browser.open("/sign-in/recovery-code")
    page = browser.submit("/recovery-code", code=f" {codes[0][:5].upper()} {codes[0][5:]}")
    assert "You used a recovery code; 9 are left." in page.text
    browser.sign_out()
    past_the_password(browser, POLICE_LEAD)
    browser.open("/sign-in/recovery-code")
    page = browser.submit("/recovery-code", code=codes[0], status=422)
    assert "or it has been used" in page.text
    assert mails_to(app, POLICE_LEAD)[-1] == "A recovery code was used"


def test_anothers_recovery_code_opens_nothing(browser: Browser, world: World) -> None:
    a_telephone(world, POLICE_LEAD)
    _, others = a_telephone(world, HOUSING_LEAD)
    past_the_password(browser, POLICE_LEAD)
    browser.open("/sign-in/recovery-code")
    browser.submit("/recovery-code", code=others[0], status=422)


def test_new_recovery_codes_put_an_end_to_the_old(app: Flask, browser: Browser, world: World) -> None:
    telephone, old = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    enter_code(browser, telephone.code())
    browser.open("/account/second-factor/new-codes")
    page = browser.submit("/new-codes", password=PASSWORD, status=200)
    new = RECOVERY_CODE.findall(page.text)
    assert len(new) == 10
    browser.sign_out()
    past_the_password(browser, POLICE_LEAD)
    browser.open("/sign-in/recovery-code")
    browser.submit("/recovery-code", code=old[0], status=422)
    assert "9 are left" in browser.submit("/recovery-code", code=new[0]).text


# Remembered devices


def remembered(browser: Browser, world: World) -> Telephone:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    enter_code(browser, telephone.code(), remember="y")
    browser.sign_out()
    return telephone


def test_a_remembered_device_is_asked_for_the_password_only(
    app: Flask, browser: Browser, world: World
) -> None:
    remembered(browser, world)
    browser.open("/sign-in")
    browser.submit("/sign-in", email=POLICE_LEAD, password="not the one", status=422)
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text
    past_the_password(Browser(app), POLICE_LEAD)
    with app.app_context():
        device = db.session.scalars(select(Device)).one()
        cookie = browser.client.get_cookie("s11-device")
        assert cookie and cookie.value not in (device.key_hash, device.ref)


def test_a_device_is_forgotten_after_its_days(browser: Browser, world: World) -> None:
    remembered(browser, world)
    with time_machine.travel(clock.now() + timedelta(days=29)):
        assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text
        browser.sign_out()
    with time_machine.travel(clock.now() + timedelta(days=31)):
        past_the_password(browser, POLICE_LEAD)


def test_a_device_remembered_for_one_person_does_nothing_for_another(browser: Browser, world: World) -> None:
    remembered(browser, world)
    a_telephone(world, HOUSING_LEAD)
    past_the_password(browser, HOUSING_LEAD)


def test_a_device_can_be_forgotten_by_its_owner_alone(app: Flask, browser: Browser, world: World) -> None:
    remembered(browser, world)
    browser.sign_in(POLICE_LEAD)
    page = browser.open("/account/second-factor")
    action = next(form.action for form in page.forms if form.action.endswith("/forget"))
    other = Browser(app)
    other.sign_in(HOUSING_LEAD)
    token = other.page.form("/sign-out").data()["csrf_token"]
    other.post(action, {"csrf_token": token}, status=404)
    browser.submit(action)
    assert "That device is asked for a code again." in browser.page.text
    browser.sign_out()
    past_the_password(browser, POLICE_LEAD)


@pytest.mark.parametrize("what", ["password", "new telephone"])
def test_a_new_password_or_telephone_forgets_every_device(
    app: Flask, browser: Browser, world: World, what: str
) -> None:
    remembered(browser, world)
    password = PASSWORD
    with app.app_context(), unit_of_work():
        person = people.by_address(POLICE_LEAD)
        if what == "password":
            password = "four quite other words"
            people_operations.set_password(person, password)
        else:
            new = Telephone(factors.new_secret())
            factors.turn_on(person, new.secret, new.code())
    assert "Enter your code" in browser.sign_in(POLICE_LEAD, password).text


def test_where_no_device_is_remembered_none_is_offered_or_counts(browser: Browser, world: World) -> None:
    remembered(browser, world)
    browser.app.config["S11"] = browser.app.config["S11"].model_copy(update={"remember_device_days": 0})
    past_the_password(browser, POLICE_LEAD)
    assert "on this device" not in browser.page.text


@pytest.mark.skipif(bool(SERVER), reason="has an application and a SQLite file of its own")
def test_on_https_the_cookie_of_a_device_is_for_this_host_alone(tmp_path: Path, empty_database: Path) -> None:
    # Only the answer's header is looked at: the rest is as on http.
    (tmp_path / "s11.sqlite3").write_bytes(empty_database.read_bytes())
    chosen = settings(tmp_path, "").model_copy(
        update={
            "base_url": "https://s11.example",
            "fast_passwords": False,
            "mail_server": "localhost",
            "proxies": 1,
            "secret_key": SECRET,
            "second_factor_roles": "none",
        }
    )
    app = create_app(chosen)
    with app.app_context(), unit_of_work():
        person = people_operations.add(name="Pat Lead", email=POLICE_LEAD, password=PASSWORD)
        telephone = Telephone(factors.new_secret())
        factors.turn_on(person, telephone.secret, telephone.code(steps=-1))
    client = app.test_client()
    at = {"base_url": "https://s11.example", "headers": {"Sec-Fetch-Site": "same-origin"}}

    def token() -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]

    answer = client.get("/sign-in", **at)
    client.post("/sign-in", data={"csrf_token": token(), "email": POLICE_LEAD, "password": PASSWORD}, **at)
    answer = client.get("/sign-in/code", **at)
    data = {"csrf_token": token(), "code": telephone.code(), "remember": "y"}
    answer = client.post("/sign-in/code", data=data, **at)
    assert answer.status_code == 303
    header = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith("__Host-s11-device="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in header.split("; ")
    assert "Domain" not in header


# Turning it off, and the office's help


def test_turning_it_off_needs_the_password_and_tells_the_owner(
    app: Flask, browser: Browser, world: World
) -> None:
    telephone, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    enter_code(browser, telephone.code())
    browser.open("/account/second-factor/turn-off")
    browser.submit("/turn-off", password="not the one", status=422)
    page = browser.submit("/turn-off", password=PASSWORD)
    assert "The second step is turned off." in page.text
    browser.sign_out()
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text
    assert mails_to(app, POLICE_LEAD)[-1] == "Second step turned off"
    with app.app_context():
        assert db.session.scalar(select(RecoveryCode)) is None


def test_ten_wrong_passwords_before_a_change_are_all(browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open("/account/second-factor/turn-on")
    for _ in range(10):
        browser.submit("/turn-on", password="not the one", status=422)
    browser.submit("/turn-on", password=PASSWORD, status=429)


def test_a_new_telephone_takes_the_place_of_the_old(app: Flask, browser: Browser, world: World) -> None:
    old, _ = a_telephone(world, POLICE_LEAD)
    past_the_password(browser, POLICE_LEAD)
    enter_code(browser, old.code())
    browser.open("/account/second-factor/new-telephone")
    browser.submit("/new-telephone", password=PASSWORD)
    new = Telephone.told_by(browser.page)
    browser.submit("/set-up", code=new.code(), status=200)
    browser.sign_out()
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        past_the_password(browser, POLICE_LEAD)
        enter_code(browser, old.code(), status=422)
        enter_code(browser, new.code())
    assert mails_to(app, POLICE_LEAD)[-1] == "A new telephone for your sign-in codes"


def test_the_office_removes_the_second_step_of_somebody_who_lost_it(
    app: Flask, browser: Browser, world: World
) -> None:
    remembered(browser, world)
    browser.sign_in(POLICE_LEAD)
    with app.app_context(), unit_of_work():
        assert factors.reset_factor(people.by_address(POLICE_LEAD), by=people.by_address(MANAGER))
    browser.open("/home", status=302)
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text
    with app.app_context():
        mail = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert mail.to_address == POLICE_LEAD and "Mary Manager removed" in mail.body
        entry = db.session.scalars(select(Entry).where(Entry.tag == "person:factor:reset")).one()
        assert entry.person_name == "Mary Manager" and entry.after == {"name": "Pat Lead"}


def test_a_command_removes_a_second_step(app: Flask, browser: Browser, world: World) -> None:
    a_telephone(world, POLICE_LEAD)
    run = app.test_cli_runner().invoke
    assert run(args=["access", "reset-factor", "nobody@nowhere.example"]).exit_code != 0
    assert "Pat Lead’s second step is removed." in run(args=["access", "reset-factor", POLICE_LEAD]).output
    assert "no second step" in run(args=["access", "reset-factor", POLICE_LEAD]).output
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text


# Whose role needs it


def test_whoever_needs_it_sets_it_up_on_signing_in_and_reaches_nothing_before(
    strict: Flask, browser: Browser, world: World
) -> None:
    page = browser.sign_in(MANAGER)
    assert "Set up your sign-in codes" in page.text
    telephone = Telephone.told_by(page)
    for path in ("/home", "/account", "/account/second-factor/set-up", "/trail/", f"/returns/{world.police}"):
        browser.open(path, status=302)
        assert "/sign-in" in browser.response.headers["Location"]
    browser.open("/sign-in/set-up")
    assert Telephone.told_by(browser.page).secret == telephone.secret
    browser.submit("/sign-in/set-up", code=wrong(telephone.code()), status=422)
    page = browser.submit("/sign-in/set-up", code=telephone.code(), status=200)
    assert len(RECOVERY_CODE.findall(page.text)) == 10
    assert "Hello, Mary" in browser.submit("/sign-in/go-on").text
    assert "cannot be turned off" in browser.open("/account/second-factor").text
    browser.open("/account/second-factor/turn-off")
    browser.submit("/turn-off", password=PASSWORD, status=409)


def test_what_was_typed_survives_setting_it_up(strict: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{world.police}/standards/1")
    with strict.app_context(), unit_of_work():
        lead = people.by_address(POLICE_LEAD)
        board = people.by_address(MANAGER).memberships[0].partnership
        people_operations.give_role(lead, Role.QUALITY, at=board)
    form = browser.page.form("/standards/1")
    field = next(name for name, _ in form.fields if re.fullmatch(r"c\d+", name))
    # The new role needs the second factor: the session of before it has ended.
    browser.post(form.action, form.data(**{field: "Half an hour of typing."}), status=401)
    browser.submit("/sign-in", email=POLICE_LEAD, password=PASSWORD, status=200)
    telephone = Telephone.told_by(browser.page)
    browser.submit("/sign-in/set-up", code=telephone.code(), status=200)
    page = browser.submit("/sign-in/go-on", status=200)
    assert "Half an hour of typing." in page.text
    browser.submit("/standards/1")
    assert saved(world) == ["Half an hour of typing."]


def test_who_needs_none_comes_in_by_the_password_alone(strict: Flask, browser: Browser, world: World) -> None:
    assert "Hello, Pat" in browser.sign_in(POLICE_LEAD).text


def test_a_new_password_keeps_what_was_shown(strict: Flask, browser: Browser, world: World) -> None:
    telephone, _ = a_telephone(world, MANAGER)
    past_the_password(browser, MANAGER)
    enter_code(browser, telephone.code())
    browser.open("/account/password")
    new = "four other quiet words"
    browser.submit("/account/password", old=PASSWORD, new=new, again=new)
    assert "Your password has been changed" in browser.page.text


def test_a_role_that_does_not_exist_is_named_when_the_service_starts(app: Flask) -> None:
    chosen: Settings = app.config["S11"].model_copy(update={"second_factor_roles": "chair, headmaster"})
    with pytest.raises(UnsafeSettings, match="names “headmaster”, which is no role"):
        read_required_roles(app, chosen)


SECRET = Settings(secret_key="a key of a test, and long enough to be one").secret_key
