"""Issuing to hundreds: in batches, each organisation exactly once, whatever stops it."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import operations as cycles
from s11.cycles import queries
from s11.cycles.audience import Audience, GroupRule, LetOffRule
from s11.cycles.clauses import Where
from s11.cycles.days import Dates
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from s11.returns import scheduled
from s11.returns.models import Return
from s11.returns.operations import carry_on, issuing
from tests.factories.many import many_schools
from tests.factories.world import DSL, MANAGER, World
from tests.pages import Browser

pytestmark = pytest.mark.database

SECONDARY = Where(phases=("secondary",))


def a_plan(world: World, audience: Audience, *, opens_in: int = -1, code: str = "BIG-2027") -> str:
    """A cycle for schools with this audience, not issued yet; its ref."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        edition = questionnaires.edition_by_code("SCHOOL-2026")
        assert board is not None and edition is not None
        day = clock.today() + timedelta(days=opens_in)
        cycle = cycles.plan(
            board,
            edition,
            code=code,
            title="School audit 2027",
            opens_on=day,
            due_on=day + timedelta(days=60),
            letter="Dear colleague of ((organisation)), please return by ((due)).",
        )
        cycles.address(cycle, audience)
        return cycle.ref


def begun(world: World, ref: str, browser: Browser) -> str:
    """Issue a cycle on screen, and stop before anybody is asked; the address of the page that goes on."""
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{ref}/issue")
    browser.submit("/issue")
    return going_on(browser)


def going_on(browser: Browser) -> str:
    """The address of the form that asks the next of them."""
    return next(form.action for form in browser.page.forms if "/issue/" in form.action)


def standing(world: World, ref: str) -> tuple[int, int, int]:
    """Returns, letters, and different addresses written to."""
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        returns = db.session.scalar(select(func.count(Return.id)).where(Return.cycle_id == cycle.id))
        letters = list(db.session.scalars(select(Notice.to_address).where(Notice.about == ref)))
        return returns or 0, len(letters), len(set(letters))


def test_an_issue_that_is_killed_goes_on_and_asks_everybody_exactly_once(
    browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_schools(world, 600)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    place = begun(world, ref, browser)
    assert "0 of 600" in browser.page.text
    page = browser.submit(place)
    assert "50 of 600" in page.text
    browser.submit(place)
    assert standing(world, ref) == (100, 100, 100)

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(issuing, "write_letters", killed)
        with world.app.app_context(), pytest.raises(SystemExit):
            scheduled.finish_issues()
    assert standing(world, ref) == (100, 100, 100), "what was not kept is free again"
    with world.app.app_context():
        assert scheduled.finish_issues() == "500 organisations asked in 1 issues."
        assert scheduled.finish_issues() == "Nobody was left to ask."
    assert standing(world, ref) == (600, 600, 600)
    page = browser.open(place)
    assert "600 organisations asked" in page.text


def test_a_batch_asks_a_bounded_number_of_queries_whatever_the_number_of_organisations(
    browser: Browser, world: World
) -> None:
    many_schools(world, 600)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    counted = Counter[str]()

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        counted[statement.split()[0]] += 1

    browser.sign_in(MANAGER)
    with world.app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    try:
        for path, most in (
            ("audience", 30), ("audience?q=school", 30), ("preview", 30), ("groups", 30), ("issue", 30),
        ):  # fmt: skip
            counted.clear()
            browser.open(f"/cycles/{ref}/{path}")
            assert counted.total() <= most, f"{path}: {counted}"
        counted.clear()
        browser.submit("/issue")
        assert counted.total() <= 60, counted
        counted.clear()
        browser.submit(going_on(browser))
        # All invitations of a batch go in one statement, and so do its returns and its letters.
        assert counted.total() <= 45, counted
    finally:
        with world.app.app_context():
            event.remove(db.engine, "before_cursor_execute", count)


def test_two_who_press_at_once_take_different_organisations(browser: Browser, world: World) -> None:
    many_schools(world, 60)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    begun(world, ref, browser)
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        issue = queries.newest_issue(cycle.id)
        assert issue is not None
        ids = queries.due_line_ids(issue.id, 50)
        with unit_of_work():
            assert carry_on(issue) == 50
        with unit_of_work():
            taken = cycles.claim(issue)
            assert len(taken) == 10 and not {line.id for line in taken} & set(ids)


def test_who_confirms_twice_asks_nobody_twice(browser: Browser, world: World) -> None:
    many_schools(world, 3)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/issue")
    sent = page.form("/issue").data()
    browser.post(f"/cycles/{ref}/issue", sent)
    page = browser.post(f"/cycles/{ref}/issue", sent)
    assert "0 of 3" in page.text, "the second press arrives where the first one began"
    browser.submit(going_on(browser))
    assert standing(world, ref) == (3, 3, 3)


def test_an_audience_changed_by_somebody_else_is_read_again_before_it_is_issued(
    browser: Browser, world: World
) -> None:
    many_schools(world, 3)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    browser.sign_in(MANAGER)
    sent = browser.open(f"/cycles/{ref}/issue").form("/issue").data()
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        cycles.address(cycle, Audience(ask=(SECONDARY, Where(phases=("primary",)))))
    page = browser.post(f"/cycles/{ref}/issue", sent, status=422)
    assert "was changed while this page was open" in page.text and "Ask 4 organisations?" in page.text
    assert standing(world, ref) == (0, 0, 0)


def test_the_confirmation_says_exactly_who_gets_what(browser: Browser, world: World) -> None:
    many_schools(world, 4)
    ref = a_plan(
        world,
        Audience(
            ask=(SECONDARY,),
            exempt=(LetOffRule(Where(districts=("Eastmere",)), "Visited this term"),),
        ),
    )
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/issue")
    # Two of the four lie in Eastmere.
    assert "Ask 2 organisations?" in page.text and "2 letters in all" in page.text
    assert "School 2 2" in page.text, "two schools with two criteria each"
    assert "Exempt from the start: 2" in page.text and "Visited this term" in page.text
    assert "Asked last time and not now: 1" in page.text and "Hill Primary School" in page.text
    assert "Dear colleague of School 001, please return by" in page.text
    browser.submit("/issue")
    browser.submit(going_on(browser))
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None and cycle.issued_at is not None
        told = {one.organisation.name: one.exempt_reason for one in queries.invitations(cycle.id)}
        assert told == {
            "School 000": "Visited this term", "School 001": "",
            "School 002": "", "School 003": "Visited this term",
        }  # fmt: skip
    assert standing(world, ref) == (4, 2, 2)
    assert "4 asked, 2 exempt, 2 due; 0 returned" in browser.open(f"/cycles/{ref}").text


def test_whoever_no_letter_can_reach_is_named(browser: Browser, world: World) -> None:
    many_schools(world, 1, with_leads=False)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/issue")
    assert "No letter can reach: 1" in page.text and "0 letters in all" in page.text


def test_an_audience_of_nobody_is_named_before_anything_happens(browser: Browser, world: World) -> None:
    ref = a_plan(world, Audience(ask=(Where(kinds=("fire",)),)))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/issue")
    assert "Nobody is left to ask" in page.text
    token = page.forms[0].data()["csrf_token"]
    browser.post(f"/cycles/{ref}/issue", {"digest": "", "csrf_token": token}, status=422)
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None and cycle.issued_at is None


def test_a_closed_organisation_named_by_hand_is_told_and_not_asked(browser: Browser, world: World) -> None:
    many_schools(world, 2)
    with world.app.app_context(), unit_of_work():
        shut, still = (organisations.by_name(f"School 00{number}") for number in (0, 1))
        assert shut is not None and still is not None
        shut.closed_on = clock.today() - timedelta(days=1)
        refs = (shut.ref, still.ref)
    ref = a_plan(world, Audience(also=refs))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/audience")
    assert "School 000 is named by hand and cannot be asked. Closed on" in page.text
    assert "Ask 1 organisation?" in browser.open(f"/cycles/{ref}/issue").text


def test_a_group_is_asked_on_the_day_it_opens_and_can_be_answered_only_then(
    browser: Browser, world: World
) -> None:
    many_schools(world, 4)
    ref = a_plan(world, Audience(ask=(SECONDARY, Where(phases=("primary",)))))
    opens = clock.today() + timedelta(days=30)
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        group = cycles.add_group(cycle, "Spring", Dates(opens, opens + timedelta(days=50)))
        rule = GroupRule(group.ref, Where(phases=("primary",)))
        audience = Audience.of(cycle.audience)
        cycles.address(cycle, Audience(ask=audience.ask, groups=(rule,)))
    browser.sign_in(MANAGER)
    page = browser.open(f"/cycles/{ref}/issue")
    assert "Spring, 1 organisation: asked on" in page.text and "when it opens" in page.text
    both = [value for name, value in page.form("/issue").fields if name == "wave"]
    assert len(both) == 2
    browser.submit("/issue")
    page = browser.submit(going_on(browser))
    assert "4 organisations asked" in page.text and "1 organisation waits" in page.text
    assert standing(world, ref)[:2] == (4, 4)
    with world.app.app_context(), clock.pretend(clock.now() + timedelta(days=30)):
        assert scheduled.finish_issues() == "1 organisations asked in 1 issues."
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        (hill,) = [one for one in queries.invitations(cycle.id) if one.group is not None]
        assert hill.organisation.name == "Hill Primary School" and hill.due_on == opens + timedelta(days=50)
        letter = db.session.scalar(select(Notice).where(Notice.about == ref, Notice.to_address == DSL))
        assert letter is not None and letter.kind == "letter" and letter.template == "letter"
        due = opens + timedelta(days=50)
        assert f"{due.day} {due:%B %Y}" in letter.subject
        return_ref = db.session.scalar(select(Return.ref).where(Return.invitation_id == hill.id))
    browser.sign_out()
    browser.sign_in(DSL)
    page = browser.open(f"/returns/{return_ref}")
    assert "You can read the questions now, and answer from that day on." in page.text


def test_an_organisation_that_closed_meanwhile_is_passed_over(browser: Browser, world: World) -> None:
    many_schools(world, 3)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    place = begun(world, ref, browser)
    with world.app.app_context(), unit_of_work():
        shut = organisations.by_name("School 001")
        assert shut is not None
        shut.closed_on = clock.today()
    browser.submit(place)
    assert standing(world, ref) == (2, 2, 2)


def test_the_command_asks_and_finishes(world: World) -> None:
    many_schools(world, 120)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    run = world.app.test_cli_runner().invoke
    told = run(args=["cycles", "issue", "BIG-2027"])
    assert (
        told.output == "School audit 2027: 120 organisations are asked. 0 wait for the day a group opens.\n"
    )
    assert standing(world, ref) == (120, 120, 120)
    again = run(args=["cycles", "issue", "BIG-2027"])
    assert again.exit_code == 1 and "everybody named is asked already" in again.output
    assert "No cycle has the code" in run(args=["cycles", "issue", "NONE"]).output
