"""Who reads which pack: nobody who may not see everything in it, and nobody too early."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.moderation import operations as moderation
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.packs import operations, permissions, queries
from s11.packs.kinds import Audience, Format
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries as returns
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    INSPECTOR,
    MANAGER,
    MODERATOR,
    OUTSIDER,
    POLICE_HELPER,
    POLICE_LEAD,
    POLICE_SIGNATORY,
    POLICE_VIEWER,
)
from tests.packs.some import CANARIES, HOUSING, POLICE, a_pack, release, returned
from tests.packs.test_contents import a_day

pytestmark = pytest.mark.database
BOARD = {MANAGER, CHAIR, MODERATOR, INSPECTOR}
POLICES = {POLICE_LEAD, POLICE_SIGNATORY, POLICE_VIEWER}
EVERYBODY = (*BOARD, *POLICES, POLICE_HELPER, HOUSING_LEAD, OUTSIDER)


def readers(world, ref: str) -> set[str]:
    """Who may read a pack."""
    with world.app.app_context():
        pack = queries.by_ref(ref)
        return {email for email in EVERYBODY if permissions.can_read(people.by_address(email), pack)}


def joins_the_police(world, email: str) -> None:
    with world.app.app_context(), unit_of_work():
        people_operations.give_role(people.by_address(email), Role.VIEWER, at=organisations.by_name(POLICE))


def test_an_agencys_pack_is_the_boards_until_it_is_released(world, quick):
    returned(world)
    ref = a_pack(world, Audience.AGENCY, whose=POLICE)
    assert readers(world, ref) == BOARD
    release(world, ref)
    assert readers(world, ref) == BOARD | POLICES
    with world.app.app_context(), unit_of_work():
        operations.withdraw(queries.by_ref(ref), by=people.by_address(MANAGER))
    assert readers(world, ref) == BOARD


def test_a_brief_is_read_by_those_who_ask_and_never_by_those_asked(world, quick):
    a_day(returned(world))
    ref = a_pack(world, Audience.QUESTIONER, whose=HOUSING)
    release(world, ref)
    assert readers(world, ref) == BOARD | {HOUSING_LEAD}
    joins_the_police(world, MODERATOR)
    assert MODERATOR not in readers(world, ref)


def test_partners_read_their_pack_on_the_day_where_they_share_it(world, quick):
    a_day(returned(world))
    ref = a_pack(world, Audience.PARTNERSHIP)
    release(world, ref)
    assert readers(world, ref) == BOARD
    day_is(world, shares=True)
    assert readers(world, ref) == BOARD  # not before the day
    day_is(world, shares=True, days=0)
    assert readers(world, ref) == BOARD | POLICES | {HOUSING_LEAD}
    day_is(world, shares=False, days=0)
    assert readers(world, ref) == BOARD


def test_partners_are_told_of_a_released_pack_they_will_read_and_from_when_on(world, quick):
    a_day(returned(world))
    release(world, a_pack(world, Audience.PARTNERSHIP))
    assert mails(world) == []  # nobody shares anything
    day_is(world, shares=True)
    release(world, a_pack(world, Audience.PARTNERSHIP, formats=(Format.WORD,)))
    sent = mails(world)
    assert {one.to_address for one in sent} == {POLICE_LEAD, "deputy@police.example", HOUSING_LEAD}
    assert len(sent) == 3 and "the day it is for" in sent[0].body
    assert not [name for name in (*CANARIES, "Green", "Red") if name in sent[0].body]


def mails(world) -> list[Notice]:
    with world.app.app_context():
        return list(db.session.scalars(select(Notice).where(Notice.subject.contains("a paper for"))))


def day_is(world, *, shares: bool, days: int = 60) -> None:
    with world.app.app_context(), unit_of_work():
        day = challenge.of_cycle(cycles.by_ref(world.cycle).id)
        day.shares_packs, day.held_on = shares, clock.today() + timedelta(days=days)


@pytest.mark.parametrize("audience", [Audience.CHAIR, Audience.REPORT])
def test_what_is_the_boards_is_never_released(world, quick, audience):
    returned(world)
    ref = a_pack(world, audience)
    with pytest.raises(Exception, match="for people of the Board"):
        release(world, ref)
    assert readers(world, ref) == BOARD


def test_nobody_of_the_board_reads_in_a_pack_what_their_own_organisation_was_not_told(world, quick):
    returned(world)
    joins_the_police(world, MODERATOR)
    chairs, report, housings = (
        a_pack(world), a_pack(world, Audience.REPORT), a_pack(world, Audience.CHAIR, HOUSING)
    )  # fmt: skip
    assert MODERATOR not in readers(world, chairs) | readers(world, report)
    assert MODERATOR in readers(world, housings)
    with world.app.app_context(), unit_of_work():
        return_, by = returns.by_ref(world.police), people.by_address(CHAIR)
        moderation.agree_rest(return_, by=by)
        moderation.complete(return_, by=by)
    assert MODERATOR in readers(world, report)
    assert MODERATOR not in readers(world, chairs)  # the questions stay the chair's


def test_somebody_of_the_board_reads_what_their_own_agency_may_read_anyway(world, quick):
    returned(world)
    joins_the_police(world, MODERATOR)
    assert MODERATOR in readers(world, a_pack(world, Audience.AGENCY, whose=POLICE))


def test_an_agency_finds_its_pack_at_home_and_a_mail_says_so(world, browser, quick):
    returned(world)
    ref = a_pack(world, Audience.AGENCY, whose=POLICE)
    browser.sign_in(POLICE_LEAD)
    assert "From the Board" not in browser.open("/home").text
    browser.open(f"/packs/{ref}", status=404)
    browser.open(f"/packs/{ref}/files/pdf", status=404)
    browser.sign_out()
    browser.sign_in(MANAGER)
    browser.open(f"/packs/{ref}")
    assert "It is released" in browser.submit("/release").text
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    page = browser.open("/home")
    page = browser.open(page.href("Agency’s pack, Cycle TINY-2026"))
    assert "Build it again" not in page.text and "Mary Manager" not in page.text
    browser.open(page.href("PDF"))
    assert browser.response.get_data(as_text=True).startswith("Agency’s pack")
    token = page.form("/sign-out").data()
    browser.post(f"/packs/{ref}/rebuild", token, status=403)
    browser.post(f"/packs/{ref}/release", token, status=403)


@pytest.mark.parametrize("email", [POLICE_LEAD, HOUSING_LEAD, OUTSIDER])
def test_agencies_and_other_partnerships_see_no_chairs_pack(world, browser, quick, email):
    returned(world)
    ref = a_pack(world)
    browser.sign_in(email)
    browser.open(f"/packs/cycles/{world.cycle}", status=404)
    browser.open(f"/packs/{ref}", status=404)
    browser.open(f"/packs/{ref}/files/pdf", status=404)


def test_a_lead_prepares_the_session_of_their_own_agency(world, browser, quick):
    a_day(returned(world))
    browser.sign_in(POLICE_LEAD)
    page = browser.open(browser.open("/home").href("Prepare your session of Day"))
    assert "09:30 to 09:50, 20 minutes" in page.text and HOUSING not in page.text
    browser.open(page.href("Briefing"))
    assert browser.response.get_data(as_text=True).startswith("Briefing for your session")
    browser.open(f"/packs/returns/{world.police}/prepare/slides/pptx")
    browser.open(f"/packs/returns/{world.police}/prepare/slides/exe", status=404)
    browser.open(f"/packs/returns/{world.housing}/prepare", status=404)
    browser.sign_out()
    browser.sign_in(POLICE_HELPER)
    browser.open(f"/packs/returns/{world.police}/prepare", status=404)
