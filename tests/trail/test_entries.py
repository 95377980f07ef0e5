"""What an entry says of the person: the role in force and where the request came from."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from s11 import create_app
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import operations as organisations
from s11.organisations import queries as organisation_queries
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns.rules import Stage
from s11.trail.models import Entry
from s11.trail.operations import role_in_force
from s11.trail.rules import plain_address
from s11.trail.words import ACTS, name_of, said
from tests.conftest import SERVER, settings
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD, World, a_return
from tests.pages import Browser

HOUSE = Path(__file__).resolve().parents[2] / "s11"


def last(app: Flask, tag: str) -> Entry:
    with app.app_context():
        return db.session.scalars(select(Entry).where(Entry.tag == tag).order_by(Entry.number.desc())).first()


@pytest.mark.database
def test_a_look_is_recorded_with_role_and_address(app: Flask, world: World, browser: Browser) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(CHAIR)
    browser.open(f"/returns/{world.police}/submitted")
    entry = last(app, "return:submission:opened")
    assert (entry.person_name, entry.role) == ("Colin Chair", "Chair or independent scrutineer")
    assert entry.address == "127.0.0.1"
    submitted = last(app, "return:stage:submitted")
    assert (submitted.role, submitted.address) == ("Safeguarding lead", "")  # not through a request


@pytest.mark.database
def test_the_role_is_the_one_held_where_the_act_belongs(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        board = organisation_queries.partnership_by_code(world.partnership)
        police = organisation_queries.by_name("Northshire Police")
        housing = organisation_queries.by_name("Harbour Housing")
        trust = organisations.add(board, name="Harbour Trust", kind="trust")
        housing.parent_id = trust.id
        person = people.by_address(POLICE_LEAD)
        assert role_in_force(person, police.id, board.id) == "Safeguarding lead"
        assert role_in_force(person, None, None) == "Safeguarding lead"
        assert role_in_force(person, housing.id, board.id) == ""
        people_operations.give_role(person, Role.MODERATOR, at=board)
        assert role_in_force(person, police.id, board.id) == "Safeguarding lead"
        assert role_in_force(person, housing.id, board.id) == "Moderator"
        assert role_in_force(person, housing.id, None) == "Moderator"
        assert role_in_force(person, None, None) == "Safeguarding lead, Moderator"
        people_operations.give_role(person, Role.VIEWER, at=trust)
        assert role_in_force(person, housing.id, board.id) == "Viewer"
        person.memberships[0].ended_on = clock.today()
        assert role_in_force(person, police.id, board.id) == "Moderator"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was made up by the sender
        (2, "198.51.100.1, 203.0.113.7, 192.0.2.9", "203.0.113.7"),
        (1, "203.0.113.7:5431", "203.0.113.7"),
        (1, "<script>", ""),
    ],
)
def test_a_forwarded_address_is_believed_of_our_own_proxies_only(
    app: Flask, world: World, proxies: int, forwarded: str, seen: str
) -> None:
    told = settings(app.config["S11"].data, SERVER).model_copy(update={"proxies": proxies})
    browser = Browser(create_app(told))
    browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = forwarded
    browser.sign_in(MANAGER)
    assert last(browser.app, "person:session:signed_in").address == seen


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:80", "192.0.2.1"), ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"), ("", ""), (None, ""), ("unknown", ""), ("=1+1", ""),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_its_port_and_only_if_it_is_one(given: str | None, kept: str) -> None:
    assert plain_address(given) == kept


def tags_in_the_code() -> set[str]:
    """Every tag some file hands to `record` or `look`, found by its shape."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        if path.name != "words.py":
            found |= {
                node.value
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
                if re.fullmatch(r"[a-z_]+:[a-z_]+:[a-z_]+", node.value)
            }
    return found | {f"return:stage:{stage}" for stage in Stage}


def test_every_act_has_words() -> None:
    missing = tags_in_the_code() - set(ACTS)
    assert not missing, f"Give {sorted(missing)} words in s11/trail/words.py."


def test_no_words_are_for_an_act_that_is_not_recorded() -> None:
    assert set(ACTS) <= tags_in_the_code()


@pytest.mark.parametrize(
    ("tag", "after", "words"),
    [
        ("return:answers:saved", {"criteria": ["1.1", "1.2"]}, "saved answers 1.1, 1.2"),
        ("return:answers:saved", {"criteria": ["1.1"]}, "saved answer 1.1"),
        ("return:answers:saved", {"criteria": [str(n) for n in range(20)]}, "saved 20 answers"),
        ("return:answers:saved", None, "saved answers"),
        ("return:evidence:attached", {"criterion": "4.2"}, "added evidence to 4.2"),
        ("cycle:invitations:sent", {"organisations": 1}, "asked 1 organisation"),
        ("person:role:given", {"role": "business_manager"}, "gave somebody the role of business manager"),
        ("return:moderation:rated", {"criterion": "1.2", "rating": "Red"}, "moderated answer 1.2"),
        ("strange:new:act", None, "strange new act"),
    ],
)
def test_an_entry_reads_as_a_sentence(tag: str, after: dict[str, object] | None, words: str) -> None:
    assert said(tag, None, after) == words
    assert name_of(tag)
