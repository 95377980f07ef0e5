"""What is held about somebody: told, taken away, taken out, and removed when its time is over."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import String, event, select

from s11.access.models import Device, Guess, Identity, Link, SignIn
from s11.access.operations import links
from s11.access.rules import Purpose
from s11.actions import queries as actions
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.home.held import HELD, PERIODS
from s11.home.leaving import pseudonymise
from s11.notices.models import Notice
from s11.notices.operations import queue
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.returns import queries as returns
from s11.returns.models import SignOff
from s11.trail import queries as trail
from s11.trail.rules import Break
from s11.trail.verifying import verify
from tests.actions.some import an_action
from tests.architecture.test_application import ROOT
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, POLICE_LEAD, World, a_person, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database

# Columns whose name sounds like a person's, and that hold nothing about anybody.
NOT_PERSONAL = {
    "partnership.name", "partnership.office_email", "organisation.name", "organisation.short_name",
    "framework.name", "scale.name", "revision.file_name", "upload.file_name",
    "pack_file.file_name", "edition.name", "link.purpose", "register_file.file_name", "scheduled_run.name",
    "submission_group.name", "notice_template.subject", "escalation.subject", "organisation.address",
    "organisation.telephone",
}  # fmt: skip
# What somebody declared with their name stays as it was declared.
SAID_FOR_GOOD = {"submission.submitted_by_name"}
SOUNDS_PERSONAL = re.compile(
    r"name|email|address|phone|mobile|device|password|secret|token|job|signs_as|issuer|subject$|owner|_by"
)


def columns_about_people() -> set[str]:
    found = set()
    for table in db.metadata.sorted_tables:
        for column in table.c:
            points = any(key.target_fullname == "person.id" for key in column.foreign_keys)
            sounds = isinstance(column.type, String) and SOUNDS_PERSONAL.search(column.name)
            if points or sounds:
                found.add(f"{table.name}.{column.name}")
    return found


def test_nothing_about_a_person_is_held_in_silence() -> None:
    """A new column that names somebody has to be told: in s11/home/held.py, which the privacy page prints."""
    told = {column for held in HELD for column in held.columns}
    silent = columns_about_people() - told - NOT_PERSONAL - {"trail_entry.subject"}
    assert not silent, f"{silent} hold something about people. Say so in s11/home/held.py and in README.md."
    known = {f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.c}
    assert told <= known, f"{told - known} are told and are no columns"


def test_the_readme_tells_the_same_as_the_privacy_page(browser: Browser) -> None:
    readme = (ROOT / "README.md").read_text()
    page = browser.open("/privacy").text
    settings = browser.app.config["S11"]
    for held in HELD:
        told = held.how_long.format(**{name: f"`S11_{name.upper()}`" for name in PERIODS})
        assert f"| {held.what} | {held.whose} | {held.why} | {told} |" in readme, held.what
        assert all(words in page for words in held.row(settings))


def test_a_person_takes_away_what_is_held_about_them(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(POLICE_LEAD)
    page = browser.open("/account/data")
    assert "Sign-ins 1" in page.text and "Answers you saved last 4" in page.text
    answer = browser.client.get(page.href("Download it as a file"))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=held-about-me-")
    assert answer.headers["Cache-Control"] == "no-store"
    held = json.loads(answer.data)
    assert held["person"]["name"] == "Pat Lead" and held["person"]["e-mail address"] == POLICE_LEAD
    assert held["roles"][0]["role"] == "Safeguarding lead" and held["roles"][0]["at"] == "Northshire Police"
    assert len(held["sign-ins"]) == 1 and held["sign-ins"][0]["internet address"] == "127.0.0.1"
    assert {one["criterion"] for one in held["answers you saved last"]} == {"1.1", "1.2", "2.1", "2.2"}
    assert held["signatures"][0]["signed as"] and held["signatures"][0]["name"] == "Pat Lead"
    assert "submitted the return" in [one["what"] for one in held["what you did"]]
    assert {mail["to"] for mail in held["mail to you"]} == {POLICE_LEAD}


def test_what_is_taken_away_holds_no_key_no_answer_and_nobody_else(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD)
    a_return(world.app, world.housing, "G A R N", by=HOUSING_LEAD)
    with world.app.app_context(), unit_of_work():
        person = people.by_address(POLICE_LEAD)
        assert person is not None
        token = links.make(Purpose.RESET, person, lasts=timedelta(minutes=30))
        password_hash = person.password_hash or "none"
    browser.sign_in(POLICE_LEAD)
    with world.app.app_context():
        key_hash = db.session.scalars(select(SignIn.key_hash)).one()
    whole = browser.client.get("/account/data.json").get_data(as_text=True)
    for secret in (token, links.digest_of(token), password_hash, key_hash, "Why 1.1", "Hari", HOUSING_LEAD):
        assert secret not in whole
    with world.app.app_context():
        entries = trail.of("person", people.by_address(POLICE_LEAD).id)  # type: ignore[union-attr]
        assert "person:data:downloaded" in {entry.tag for entry in entries}


def leave(world: World, email: str) -> str:
    """End every role of somebody; gives their ref."""
    with world.app.app_context(), unit_of_work():
        person = people.by_address(email)
        assert person is not None
        for membership in person.memberships:
            people_operations.end_role(membership, by=None)
        return person.ref


@pytest.fixture
def left(world: World) -> str:
    """The police lead has submitted, promised, invited, and left; gives the lead's ref."""
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    an_action(world, owner_name="Pat Lead")
    Browser(world.app).sign_in(POLICE_LEAD)
    with world.app.app_context(), unit_of_work():
        person = people.by_address(POLICE_LEAD)
        assert person is not None
        links.make(Purpose.RESET, person, lasts=timedelta(minutes=30))
        now = clock.now()
        db.session.add_all(
            [
                Device(
                    person_id=person.id, session_version=1, key_hash="d" * 64, name="Chrome",
                    made_at=now, expires_at=now,
                ),
                Identity(
                    person_id=person.id, provider="nhs", issuer="https://nhs.example", subject="1",
                    email=POLICE_LEAD, linked_at=now,
                ),
            ]
        )  # fmt: skip
    return leave(world, POLICE_LEAD)


def test_somebody_with_a_role_is_not_renamed(world: World) -> None:
    result = world.app.test_cli_runner().invoke(args=["people", "pseudonymise", POLICE_LEAD, "--yes"])
    assert result.exit_code == 1
    assert "still has a role: safeguarding lead at Northshire Police. End it first" in result.output
    with world.app.app_context():
        assert people.by_address(POLICE_LEAD) is not None


def test_a_leaver_goes_under_a_name_that_says_nothing(world: World, left: str) -> None:
    runner = world.app.test_cli_runner()
    assert runner.invoke(args=["people", "pseudonymise", POLICE_LEAD], input="n\n").exit_code == 1
    result = runner.invoke(args=["people", "pseudonymise", POLICE_LEAD, "--yes"])
    known_as = f"Former member {left[:4]}"
    assert result.output == f"Pat Lead is now {known_as}.\n"
    with world.app.app_context():
        assert people.by_address(POLICE_LEAD) is None
        person = people.by_ref(left)
        assert person is not None and person.name == known_as and not person.active
        assert person.password_hash is None and person.email.endswith("@removed.invalid")
        for table in (SignIn, Device, Link, Identity):
            assert not db.session.scalars(select(table).where(table.person_id == person.id)).all()
        assert not db.session.scalars(select(Notice).where(Notice.to_address == POLICE_LEAD)).all()
        answers = returns.answers(returns.by_ref(world.police).id).values()  # type: ignore[union-attr]
        assert {answer.updated_by_name for answer in answers} == {known_as}
        (action,) = actions.of_organisation(returns.by_ref(world.police).organisation_id)  # type: ignore[union-attr]
        assert action.owner_name == known_as and action.owner_role == "Head of Protecting Vulnerable People"
        # Declared and sealed: what was said with one's name stays said.
        assert [one.name for one in db.session.scalars(select(SignOff))] == ["Pat Lead"]
        assert not isinstance(verify(), Break)
    again = runner.invoke(args=["people", "pseudonymise", person.email, "--yes"])
    assert again.exit_code == 1 and "was taken out already" in again.output


def test_whoever_leaves_is_renamed_wherever_it_is_kept_who_did_something(world: World, left: str) -> None:
    changed: set[str] = set()

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("UPDATE "):
            table, _, values = statement.removeprefix("UPDATE ").partition(" SET ")
            names = values.split(" WHERE ")[0].split(",")
            changed.update(f"{table}.{name.split('=')[0].strip()}" for name in names)

    with world.app.app_context(), unit_of_work():
        event.listen(db.engine, "before_cursor_execute", note)
        pseudonymise(people.by_ref(left), by=None)  # type: ignore[arg-type]
        event.remove(db.engine, "before_cursor_execute", note)
    kept = {column for one in HELD for column in one.columns if column.endswith("by_name")}
    assert kept - {column.replace('"', "") for column in changed} == SAID_FOR_GOOD


def test_the_trail_shows_the_new_name_and_is_found_under_no_other(world: World, left: str) -> None:
    world.app.test_cli_runner().invoke(args=["people", "pseudonymise", POLICE_LEAD, "--yes"])
    known_as = f"Former member {left[:4]}"
    manager = Browser(world.app)
    manager.sign_in(MANAGER)
    assert "Pat Lead" not in manager.open("/trail/").text
    page = manager.open("/trail/?person=former+member")
    assert "Pat Lead" not in page.text
    assert known_as in page.text and "submitted the return" in page.text
    assert "submitted the return" not in manager.open("/trail/?person=Pat").text
    sheet = manager.client.get("/trail/trail.csv").get_data(as_text=True)
    assert known_as in sheet and "Pat Lead" not in sheet
    timeline = manager.open(f"/returns/{world.police}/trail").text
    assert known_as in timeline and "Pat Lead" not in timeline
    # What was submitted says who submitted it.
    assert "Pat Lead" in manager.open(f"/returns/{world.police}/submitted").text


def test_a_namesake_keeps_their_name(world: World, left: str) -> None:
    with world.app.app_context(), unit_of_work():
        housing = returns.by_ref(world.housing).organisation  # type: ignore[union-attr]
        a_person("Pat Lead", "other.pat@housing.example", Role.LEAD, housing)
    an_action(world, of="Harbour Housing", owner_name="Pat Lead")
    with world.app.app_context(), unit_of_work():
        pseudonymise(people.by_ref(left), by=None)  # type: ignore[arg-type]
    with world.app.app_context():
        (action,) = actions.of_organisation(returns.by_ref(world.housing).organisation_id)  # type: ignore[union-attr]
        assert action.owner_name == "Pat Lead"


def test_a_refusal_changes_nothing(world: World) -> None:
    with world.app.app_context(), unit_of_work():
        person = people.by_address(CHAIR)
        with pytest.raises(DomainError):
            pseudonymise(person, by=None)  # type: ignore[arg-type]
        assert person is not None and person.name == "Colin Chair"


def retention(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["retention", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def rows(app: Flask, table: type) -> int:
    with app.app_context():
        return len(db.session.scalars(select(table)).all())


def test_nothing_is_past_its_time_in_a_new_service(world: World) -> None:
    assert retention(world.app) == "Nothing is past its time.\n"
    assert retention(world.app, "--run") == "Nothing is past its time.\n"


def test_what_is_past_its_time_is_said_first_and_removed_when_told_to(app: Flask, world: World) -> None:
    Browser(app).sign_in(MANAGER)
    with app.app_context(), unit_of_work():
        manager = people.by_address(MANAGER)
        assert manager is not None
        links.make(Purpose.RESET, manager, lasts=timedelta(minutes=30))
        now = clock.now()
        db.session.add(Guess(key="x", moments=[], over_at=now))
        day = timedelta(days=30)
        db.session.add(
            Device(
                person_id=manager.id,
                session_version=1,
                key_hash="d" * 64,
                name="Chrome",
                made_at=now,
                expires_at=now + day,
            )
        )
    app.test_cli_runner().invoke(args=["notices", "send"])
    mails = rows(app, Notice)
    assert mails
    with time_machine.travel(clock.now() + timedelta(days=89)):
        said = retention(app)
        assert "1 remembered browsers whose time is over" in said and "counts of guesses" in said
        assert "sign-ins" not in said and "links" not in said and "mail" not in said
    with time_machine.travel(clock.now() + timedelta(days=366)):
        Browser(app).sign_in(MANAGER)  # this one stays
        said = retention(app)
        assert "1 sign-ins that are over" in said and "1 links that were used" in said
        assert f"{mails} notes of mail that was sent" in said and "Nothing was changed." in said
        assert (rows(app, SignIn), rows(app, Link), rows(app, Notice)) == (2, 1, mails)
        assert f"Removed: {mails} notes of mail" in retention(app, "--run")
        assert (rows(app, SignIn), rows(app, Link), rows(app, Notice)) == (1, 0, 0)
        assert rows(app, Device) == 0
        with app.app_context():
            assert db.session.get(Guess, "x") is None
            (entry,) = trail.of("installation", 0)
            assert entry.person_name == "System" and entry.after is not None
            assert entry.after["notes of mail that was sent"] == mails
        assert retention(app, "--run") == "Nothing is past its time.\n"
        with app.app_context():
            assert len(trail.of("installation", 0)) == 1
            assert not isinstance(verify(), Break)


def test_an_offer_not_taken_up_goes_with_its_link_and_who_was_only_invited_with_it(world: World) -> None:
    with world.app.app_context(), unit_of_work():
        police = returns.by_ref(world.police).organisation  # type: ignore[union-attr]
        new = people_operations.add(name="New Comer", email="new@police.example")
        offer = people_operations.give_role(new, Role.VIEWER, at=police, pending=True)
        links.make(Purpose.INVITATION, new, lasts=timedelta(days=7), membership=offer, name="New Comer")
    with time_machine.travel(clock.now() + timedelta(days=90)):
        assert "offers" not in retention(world.app)
    with time_machine.travel(clock.now() + timedelta(days=98)):
        assert "1 offers of a role that were not taken up" in retention(world.app)
        retention(world.app, "--run")
        with world.app.app_context():
            assert people.by_address("new@police.example") is None
            assert not db.session.scalars(select(Membership).where(Membership.pending.is_(True))).all()
            names = set(db.session.scalars(select(Person.name)))
            assert "New Comer" not in names and "Pat Lead" in names
        assert retention(world.app, "--run") == "Nothing is past its time.\n"


def test_leavers_go_under_a_pseudonym_after_the_years_set(world: World, left: str) -> None:
    with time_machine.travel(clock.now() + timedelta(days=6 * 366)):
        assert "people who left" not in retention(world.app)
    with time_machine.travel(clock.now() + timedelta(days=7 * 366)):
        assert "1 people who left and still stand here under their name" in retention(world.app)
        retention(world.app, "--run")
        with world.app.app_context():
            assert people.by_ref(left).name == f"Former member {left[:4]}"  # type: ignore[union-attr]


def test_the_words_of_a_mail_go_once_it_is_sent(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        queue(to_address="a@b.example", to_name="A", subject="Join", body="https://s11.example/join/secret")
    app.test_cli_runner().invoke(args=["notices", "send"])
    with app.app_context():
        (notice,) = db.session.scalars(select(Notice))
        assert notice.sent_at is not None and "secret" not in notice.body
