"""Two partnerships of one installation share organisations, and know nothing of each other."""

import io

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.organisations import operations as organisations
from s11.organisations import queries as organisation_queries
from s11.people.rules import Role
from s11.register.models import Contact
from tests.actions.some import an_action
from tests.factories.pictures import image
from tests.factories.world import CHAIR, MANAGER, OUTSIDER, POLICE_LEAD, World, a_cycle, a_person, a_return
from tests.pages import Browser
from tests.security.crawl import crawl

ELSEWHERE_CHAIR = "chair@elsewhere.example"
COLOURS = {"northshire": "#2b4a7d", "elsewhere": "#7b1e3a"}
# What only the one or the other wrote: none of it may be read by the other's people.
WORDS = {
    "northshire": (
        "the North Table",
        "the north quality group",
        "Cycle TINY-2026",
        "Colin Chair",
        "North Contact",
    ),
    "elsewhere": (
        "the Else Table",
        "the else quality group",
        "Cycle OTHER-2026",
        "Ellie Elsewhere",
        "Else Contact",
    ),
}
OTHER = {"northshire": "elsewhere", "elsewhere": "northshire"}


@pytest.fixture
def both(app: Flask, world: World) -> World:
    """The police sit at both tables, with a return to each; each table has words and a look of its own."""
    a_return(app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    an_action(world)
    with app.app_context(), unit_of_work():
        here, there = (organisation_queries.partnership_by_code(code) for code in OTHER)
        police = organisation_queries.by_name("Police")
        assert here is not None and there is not None and police is not None
        organisations.take_seat(there, police)
        a_person("Ursula Chair", ELSEWHERE_CHAIR, Role.CHAIR, there)
        _, (return_,) = a_cycle(there, "TINY-2026", "OTHER-2026", [police])
        for one in (here, there):
            one.colour = COLOURS[one.code]
            one.board_word, one.quality_group = WORDS[one.code][:2]
            about = {"partnership_id": one.id, "organisation_id": police.id}
            db.session.add(Contact(**about, name=WORDS[one.code][4], added_at=clock.now()))
        other = return_.ref
    a_return(app, other, "R R R R", by=POLICE_LEAD, submit=True)
    for email in (MANAGER, OUTSIDER):
        browser = Browser(app)
        browser.sign_in(email)
        browser.open("/partnerships/settings", status=302)
        browser.open(f"{browser.response.headers['Location']}/logo")
        browser.submit("/settings/logo", logo=(io.BytesIO(image("PNG", (60, 30))), "logo.png"))
    return world


def held(app: Flask, code: str) -> tuple[str, str, str]:
    """What leads to the look of a partnership: its ref, its logo and its colour."""
    with app.app_context():
        found = organisation_queries.partnership_by_code(code)
        assert found is not None
        return found.ref, found.logo_key, found.colour.removeprefix("#")


@pytest.mark.parametrize(
    ("email", "code"),
    [(MANAGER, "northshire"), (CHAIR, "northshire"), (OUTSIDER, "elsewhere"), (ELSEWHERE_CHAIR, "elsewhere")],
)
def test_whoever_runs_one_partnership_reads_nothing_of_the_other(
    app: Flask, both: World, email: str, code: str
) -> None:
    browser = Browser(app)
    browser.sign_in(email)
    pages = {path: answer.data.decode(errors="replace") for path, answer in crawl(browser).items()}
    assert len(pages) > 20
    read = "\n".join(pages.values())
    assert WORDS[code][2] in read, "their own cycle is read"
    for word in (*WORDS[OTHER[code]], *held(app, OTHER[code])):
        found = [path for path, page in pages.items() if word in page]
        assert not found, f"{word!r} of {OTHER[code]} is shown to {email} at {found}"


def test_the_look_and_the_words_follow_the_partnership_an_organisation_works_in(
    app: Flask, both: World
) -> None:
    lead = Browser(app)
    lead.sign_in(POLICE_LEAD)
    for name, code in (("Northshire Partnership", "northshire"), ("Elsewhere Partnership", "elsewhere")):
        lead.open("/places")
        shown = lead.response.get_data(as_text=True)
        ref = shown.split(f">{name}</label>")[0].rsplit('value="', 1)[1].split('"')[0]
        lead.submit("/places", place=ref)
        lead.open("/home")
        page = lead.response.get_data(as_text=True)
        assert f"/look/{COLOURS[code][1:]}.css" in page and held(app, code)[1] in page
        assert WORDS[code][2] in page and WORDS[OTHER[code]][2] not in page
        assert COLOURS[OTHER[code]][1:] not in page and held(app, OTHER[code])[1] not in page
