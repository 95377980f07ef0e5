"""Issuing to hundreds: in batches, each organisation exactly once, whatever stops it."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.cycles import queries
from s11.cycles.audience import Audience, GroupRule, LetOffRule
from s11.cycles.clauses import Where
from s11.cycles.days import Dates, away_on
from s11.notices.models import Notice, Suppression
from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from s11.returns import scheduled
from s11.returns.models import Return
from s11.returns.operations import carry_on, issuing
from s11.returns.operations.closing import close_cycle
from s11.trail.models import Entry
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
    assert "4 organisations asked" in page.text and "1 will be asked on" in page.text
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


def an_issue_for_later(world: World, browser: Browser, schools: int) -> tuple[str, str]:
    """Issue a cycle of which everybody stands in a group that opens in thirty days; its ref and that day."""
    many_schools(world, schools)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    opens = clock.today() + timedelta(days=30)
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        group = cycles.add_group(cycle, "Spring", Dates(opens, opens + timedelta(days=50)))
        cycles.address(cycle, Audience(ask=(SECONDARY,), groups=(GroupRule(group.ref, SECONDARY),)))
    browser.sign_in(MANAGER)
    browser.open(f"/cycles/{ref}/issue")
    browser.submit("/issue")
    return ref, f"{opens.day} {opens:%B %Y}"


def test_an_issue_of_which_every_group_opens_later_says_so_and_stays_a_plan(
    browser: Browser, world: World
) -> None:
    ref, opens = an_issue_for_later(world, browser, 16)
    said = f"16 will be asked on {opens}, when their group Spring opens"
    page = browser.page
    assert "16 organisations will be asked" in page.text and said in page.text and "School 015" in page.text
    assert "letters are ready" not in page.text and "0 organisations" not in page.text
    desk = browser.open(f"/cycles/{ref}").text
    assert said in desk and "Close this cycle" not in desk and "0 asked" not in desk
    assert "Nobody has been asked in this cycle yet" in browser.open(f"/cycles/{ref}/closing").text
    with world.app.app_context(), pytest.raises(DomainError, match="Nobody has been asked"):
        close_cycle(queries.by_ref(ref), with_returns=False, by=None)
    year = browser.open("/cycles/").text
    assert year.index("Planned") < year.index("School audit 2027")


def test_who_waits_for_a_group_can_be_left_unasked_and_issued_again(browser: Browser, world: World) -> None:
    ref, _ = an_issue_for_later(world, browser, 16)
    browser.open(f"/cycles/{ref}")
    page = browser.submit("/stop-asking")
    assert "Stopped: 16 organisations are not asked." in page.text and "will be asked on" not in page.text
    with world.app.app_context(), clock.pretend(clock.now() + timedelta(days=31)):
        assert scheduled.finish_issues() == "Nobody was left to ask."
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None and cycle.issued_at is None
        (entry,) = db.session.scalars(select(Entry).where(Entry.tag == "cycle:issue:stopped"))
        assert entry.after == {"organisations": 16} and entry.subject_id == cycle.id
    with world.app.app_context(), pytest.raises(DomainError, match="Nobody waits to be asked any more"):
        cycles.stop_waiting(queries.by_ref(ref))
    assert "Ask 16 organisations?" in browser.open(f"/cycles/{ref}/issue").text


def test_whoever_is_asked_stays_asked_when_the_others_are_stopped(browser: Browser, world: World) -> None:
    many_schools(world, 4)
    ref = a_plan(world, Audience(ask=(SECONDARY, Where(phases=("primary",)))))
    opens = clock.today() + timedelta(days=30)
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        group = cycles.add_group(cycle, "Spring", Dates(opens, opens + timedelta(days=50)))
        rule = GroupRule(group.ref, Where(phases=("primary",)))
        cycles.address(cycle, Audience(ask=Audience.of(cycle.audience).ask, groups=(rule,)))
    browser.submit(begun(world, ref, browser))
    browser.open(f"/cycles/{ref}")
    assert "Stopped: 1 organisation is not asked." in browser.submit("/stop-asking").text
    assert standing(world, ref)[:2] == (4, 4)
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None and cycle.issued_at is not None and not queries.unfinished_of(cycle.id)


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


def test_an_address_that_came_back_is_among_those_no_letter_reaches(browser: Browser, world: World) -> None:
    ref = a_plan(world, Audience(ask=(Where(phases=("primary",)),)))
    browser.sign_in(MANAGER)
    assert "No letter can reach" not in browser.open(f"/cycles/{ref}/issue").text
    with world.app.app_context(), unit_of_work():
        db.session.add(Suppression(address=DSL, why="bounced", at=clock.now()))
    assert "No letter can reach: 1" in browser.open(f"/cycles/{ref}/issue").text


def test_where_everybody_stands_in_a_group_the_days_of_the_groups_are_told(
    browser: Browser, world: World
) -> None:
    ref, opens = an_issue_for_later(world, browser, 2)
    with world.app.app_context():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        (group,) = queries.groups(cycle.id)
        due, own = f"{group.due_on.day} {group.due_on:%B %Y}", f"{cycle.due_on.day} {cycle.due_on:%B %Y}"
    for path in (f"/cycles/{ref}", "/cycles/", "/home"):
        text = browser.open(path).text
        assert f"ue {due}" in text and own not in text, path
    groups = browser.open(f"/cycles/{ref}/groups").text
    assert f"The groups keep their own dates: Spring opens {opens} and is due {due}." in groups
    with world.app.app_context():
        (only,) = [one for one in queries.spans_of([cycle.id]).values()]
        assert (only.opens_on, only.due_first, only.due_last) == (
            group.opens_on, group.due_on, group.due_on,
        )  # fmt: skip
    calendar = (
        browser.open("/cycles/calendar").text + browser.open(f"/cycles/calendar?from={group.due_on}").text
    )
    assert "School audit 2027 Spring" in calendar and "School audit 2027 Everybody" not in calendar


def test_dates_that_are_nobody_s_are_not_warned_of(browser: Browser, world: World) -> None:
    many_schools(world, 2)
    ref = a_plan(world, Audience(ask=(SECONDARY,)))
    saturday = clock.today() + timedelta(days=40)
    saturday += timedelta(days=(5 - saturday.weekday()) % 7)
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        cycle.due_on = saturday
    browser.sign_in(MANAGER)
    assert "is a Saturday" in browser.open(f"/cycles/{ref}/issue").text
    with world.app.app_context(), unit_of_work():
        cycle = queries.by_ref(ref)
        assert cycle is not None
        monday = saturday + timedelta(days=2)
        while away_on(monday):
            monday += timedelta(days=1)
        group = cycles.add_group(cycle, "Spring", Dates(clock.today(), monday))
        cycles.address(cycle, Audience(ask=(SECONDARY,), groups=(GroupRule(group.ref, SECONDARY),)))
    text = browser.open(f"/cycles/{ref}/issue").text
    assert "is a Saturday" not in text and "The groups keep their own dates: Spring" in text
