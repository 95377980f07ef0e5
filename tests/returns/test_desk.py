"""The office's desk: planning, asking, chasing, extending, exempting."""

from datetime import timedelta

import pytest
from flask import Flask

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.operations import extend
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from tests.factories.audit import an_audit
from tests.factories.drafts import a_draft
from tests.factories.world import (
    CHAIR,
    DSL,
    MANAGER,
    OUTSIDER,
    POLICE_LEAD,
    World,
    a_return,
)
from tests.pages import Browser

pytestmark = pytest.mark.database


def ref_of(world: World, name: str) -> str:
    with world.app.app_context():
        return organisations.by_name(name).ref


def test_the_desk_shows_who_has_returned_and_who_has_not(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.cycle}")
    assert "2 asked; 1 returned, 50.0 %." in page.text
    assert "Harbour Housing" in page.text and "Not started" in page.text
    assert page.href("Hari Lead") == "mailto:lead@housing.example"
    assert page.href("Read what Northshire Police submitted") == f"/returns/{world.police}/submitted"
    returned = browser.open(f"/cycles/{world.cycle}?show=returned")
    assert "Northshire Police" in returned.text and "Harbour Housing" not in returned.text


def test_the_desk_shows_numbers_of_unsubmitted_returns_and_no_words(browser: Browser, world: World) -> None:
    a_return(world.app, world.police, "G - - -", by=POLICE_LEAD)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.cycle}")
    assert "1 of 4" in page.text and "Why 1.1" not in page.text
    assert not any(world.police in href for href, _ in page.links)


def test_a_school_that_waits_for_its_head_says_so(browser: Browser, world: World) -> None:
    a_return(world.app, world.school, "G A", by=DSL, submit=True)
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{world.school_cycle}")
    assert "Waiting for a signature" in page.text
    assert "Headteacher: Hetty Head" in page.text and "Chair_of_governors: Gus Governor" in page.text


def test_one_organisation_is_given_longer_with_a_reason(browser: Browser, world: World) -> None:
    until = clock.today() + timedelta(days=60)
    browser.sign_in(MANAGER)
    place = f"/cycles/{world.cycle}/organisations/{ref_of(world, 'Harbour Housing')}"
    browser.open(place)
    page = browser.submit("/extend", until="ongoing", reason="New lead in post", status=422)
    assert "Enter a date that exists" in page.text
    assert page.form("/extend").data()["until"] == "ongoing"
    too_early = f"{clock.today().day} {clock.today().month} {clock.today().year}"
    page = browser.submit("/extend", until=too_early, reason="New lead in post", status=422)
    assert "must lie after the date it was first given" in page.text
    page = browser.submit(
        "/extend", until=f"{until.day}/{until.month}/{until.year}", reason="New lead in post"
    )
    assert "Given longer" in page.text


def test_an_exempt_organisation_leaves_the_denominator(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/organisations/{ref_of(world, 'Harbour Housing')}")
    browser.submit("/exempt", reason="", status=422)
    assert "Say why this organisation need not return." in browser.page.text
    page = browser.submit("/exempt", reason="Merged with another landlord in May")
    assert "Exempt since" in page.text and "Merged with another landlord" in page.text
    assert "2 asked, 1 exempt, 1 due; 0 returned" in browser.open(f"/cycles/{world.cycle}").text
    browser.open(f"/cycles/{world.cycle}/organisations/{ref_of(world, 'Harbour Housing')}")
    assert "is asked again and counts as due" in browser.submit("/ask-again").text
    assert "2 asked; 0 returned" in browser.open(f"/cycles/{world.cycle}").text


def test_a_cycle_is_planned_and_issued_on_screen(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open("/cycles/new")
    fields = {"edition": "TINY-2026", "title": "Autumn check", "code": "AUT-1", "opens_on": "1 10 2027"}
    page = browser.submit("/cycles/new", **fields, due_on="1 9 2027", status=422)
    assert "The due date lies before the opening." in page.text
    assert page.form("/cycles/new").data()["title"] == "Autumn check"
    page = browser.submit("/cycles/new", **fields, due_on="30 November 2027")
    assert "Who is asked?" in page.text and "No rule yet." in page.text
    place = page.form("/audience").action
    sent = {**page.form("/audience").data(), "organisation": ref_of(world, "Harbour Housing"), "what": "ask"}
    browser.post(place, sent)
    page = browser.open(place.replace("/audience", "/issue"))
    assert "Ask 1 organisation?" in page.text and "Housing association 1 4" in page.text
    browser.submit("/issue")
    go_on = next(form.action for form in browser.page.forms if "/issue/" in form.action)
    assert "1 organisation asked" in browser.submit(go_on).text
    assert "1 asked; 0 returned" in browser.open(place.removesuffix("/audience")).text


def test_everybody_of_a_kind_is_asked_with_one_clause(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{world.cycle}/audience/clause")
    assert "All schools" in browser.submit("/audience/clause", kinds="school").text
    browser.open(f"/cycles/{world.cycle}/issue")
    browser.submit("/issue")
    browser.submit(next(form.action for form in browser.page.forms if "/issue/" in form.action))
    page = browser.open(f"/cycles/{world.cycle}")
    assert "3 asked; 0 returned" in page.text and "Hill Primary School" in page.text


@pytest.mark.parametrize("email", [POLICE_LEAD, OUTSIDER])
def test_the_desk_does_not_exist_for_others(browser: Browser, world: World, email: str) -> None:
    browser.sign_in(email)
    browser.open(f"/cycles/{world.cycle}", status=404)


def test_the_chair_reads_the_desk_and_changes_nothing(app: Flask, browser: Browser, world: World) -> None:
    browser.sign_in(CHAIR)
    page = browser.open(f"/cycles/{world.cycle}")
    assert not any("/organisations/" in href for href, _ in page.links)
    browser.open(f"/cycles/{world.cycle}/audience", status=403)


def test_what_is_not_approved_is_marked_and_cannot_be_sent_out(browser: Browser, world: World) -> None:
    a_draft(world.app)
    browser.sign_in(MANAGER)
    page = browser.open("/cycles/new")
    assert "Draft of 2027 (not approved yet)" in page.text
    assert page.form("/cycles/new").data()["edition"] == "", "nothing is chosen for anybody"
    fields = {"edition": "DRAFT-2027", "title": "Next year", "code": "NEXT", "opens_on": "1 10 2027"}
    page = browser.submit("/cycles/new", **fields, due_on="30 11 2027")
    assert "Draft of 2027 is not approved yet." in page.text
    assert page.href("Record its approval") == "/questionnaires/DRAFT-2027/review"


def test_a_cycle_is_planned_from_the_page_of_an_edition(browser: Browser, world: World) -> None:
    browser.sign_in(MANAGER)
    page = browser.open("/questionnaires/TINY-2026")
    page = browser.open(page.href("Plan a cycle with it"))
    assert page.form("/cycles/new").data()["edition"] == "TINY-2026"


def test_the_desk_counts_what_a_childminder_who_works_alone_is_asked(app: Flask, world: World) -> None:
    audit = an_audit(world, 1, 3, extra={"1.3": "only_if: not works_alone"})
    with app.app_context():
        return_ = returns.by_ref(audit)
        assert return_ is not None
        assert [one.asked for one in returns.progress(return_.cycle)] == [3]
        return_.organisation.works_alone = True
        assert [one.asked for one in returns.progress(return_.cycle)] == [2]


def test_whoever_was_given_longer_has_no_less_time_than_everybody(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        cycle = cycles.by_ref(world.cycle)
        assert cycle is not None
        police, first = cycles.invitation(cycle.id, police_id(cycle.id)), cycle.due_on
        assert police is not None
        extend(police, until=first + timedelta(days=10), reason="A new lead.")
        for moved, due in ((5, 10), (10, 10), (30, 30)):
            cycle.due_on = first + timedelta(days=moved)
            db.session.flush()
            own = first + timedelta(days=due)
            (line,) = [one for one in returns.progress(cycle) if one.invitation_id == police.id]
            assert police.due_on == line.due_on == own, moved
            assert police.has_longer == line.extended == (due > moved)
            for days, late in ((0, 0), (1, 1)):
                with clock.pretend(clock.start_of(own + timedelta(days=days))):
                    told = returns.stage_counts([cycle.id])[cycle.id].get("late", 0)
                    assert told - (clock.today() > cycle.due_on) == late  # housing is the other one


def police_id(cycle_id: int) -> int:
    return next(
        one.organisation_id for one in cycles.invitations(cycle_id) if one.organisation.short_name == "Police"
    )
