"""The office gives returns to moderators, one by one and many at once, and sees how far each is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.core.refs import new_ref
from s11.cycles.models import Invitation
from s11.moderation import operations, queries
from s11.moderation.rules import Standing
from s11.notices.models import Notice
from s11.organisations.models import Organisation
from s11.people import operations as people_operations
from s11.people.rules import Role
from s11.returns.models import Return, Submission
from tests.factories.world import (
    CHAIR,
    EDUCATION_ADVISER,
    HOUSING_LEAD,
    MANAGER,
    MODERATOR,
    OFFICE,
    POLICE_LEAD,
    QUALITY,
    World,
    a_return,
)
from tests.moderation.some import assignment, give, person, rates_alone, return_of
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def both(app: Flask, world: World) -> World:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G A R N", by=HOUSING_LEAD, submit=True)
    return world


def refs(app: Flask, *emails: str) -> list[str]:
    with app.app_context():
        return [person(email).ref for email in emails]


def due() -> str:
    day = clock.today() + timedelta(days=9)
    return f"{day.day} {day.month} {day.year}"


def test_the_office_shares_out_what_nobody_moderates_and_sees_who_gets_what_first(
    app: Flask, both: World, browser: Browser
) -> None:
    browser.sign_in(OFFICE)
    page = browser.open(f"/moderation/cycles/{both.cycle}")
    assert "0 of 2" in page.text and "2 without a moderator" in page.text
    chosen = {"scope": "unassigned", "moderator": refs(app, MODERATOR, CHAIR), "due_on": due()}
    page = browser.submit("/preview", status=200, **chosen)
    assert "Nothing is given yet" in page.text and "Give out 2 returns" in page.text
    page = browser.submit("/assign")
    assert "2 returns given to 2 moderators" in page.text and "Waiting for moderators" in page.text
    with app.app_context():
        mails = db.session.scalars(select(Notice).where(Notice.kind == "task")).all()
        mails = [mail for mail in mails if mail.subject.startswith("Returns to moderate")]
        assert {mail.to_address for mail in mails} == {MODERATOR, CHAIR}
        assert all("one return" in mail.body and "Police" not in mail.body for mail in mails)


def test_what_was_chosen_stays_where_something_is_missing(app: Flask, both: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    browser.open(f"/moderation/cycles/{both.cycle}")
    page = browser.submit("/preview", status=422, **{"return": both.police, "due_on": "31 2 2027"})
    assert "Tick the moderators" in page.text and "Enter a date that exists" in page.text
    data = page.form("/preview").data()
    assert (data["return"], data["due_on"]) == (both.police, "31 2 2027")


def test_one_return_is_given_taken_away_and_what_was_rated_is_kept(
    app: Flask, both: World, browser: Browser
) -> None:
    browser.sign_in(OFFICE)
    browser.open(f"/moderation/{both.police}/moderators")
    assert "Tick at least one" in browser.submit("/moderators", status=422, due_on=due()).text
    page = browser.submit("/moderators", due_on=due(), moderator=refs(app, MODERATOR))
    assert "1 return given to 1 moderator" in page.text
    rates_alone(app, both.police, MODERATOR, "A G - -", finish=False)
    page = browser.open(f"/moderation/{both.police}/moderators")
    assert "2 of 4 rated" in page.text
    page = browser.submit("/take-away")
    assert "What they rated is kept" in page.text and "Taken away by the office." in page.text
    give(app, both.police, MODERATOR)
    with app.app_context():
        again = assignment(both.police, MODERATOR)
        assert len(queries.ratings_of(again.id)) == 2 and again.declared_at is None


def test_the_office_goes_on_without_whoever_does_not_finish(
    app: Flask, both: World, browser: Browser
) -> None:
    give(app, both.police, MODERATOR, CHAIR)
    rates_alone(app, both.police, MODERATOR, "A G A N")
    rates_alone(app, both.police, CHAIR, "R R - -", finish=False)
    browser.sign_in(MANAGER)
    browser.open(f"/moderation/{both.police}/moderators")
    assert "Say why you go on" in browser.submit("/go-on", status=422).text
    page = browser.submit("/go-on", reason="Colin Chair is on leave.")
    assert "You go on without Colin Chair" in page.text
    browser.open(f"/moderation/{both.police}")
    assert "Taken: 4 ratings" in browser.submit("/take").text
    text = browser.open(f"/moderation/{both.police}/1").text
    assert "Mo Derator on 1.1." in text and "Colin Chair on 1.1." not in text


def test_nobody_is_given_their_own_nor_their_trusts_nor_without_a_role(app: Flask, both: World) -> None:
    with app.app_context(), unit_of_work():
        police = return_of(both.police).organisation
        people_operations.give_role(person(CHAIR), Role.VIEWER, at=police)
        group = db.session.scalars(select(Organisation).where(Organisation.kind == "trust")).one()
        return_of(both.housing).organisation.parent_id = group.id
        people_operations.give_role(person(MODERATOR), Role.VIEWER, at=group)
    assert give(app, both.police, CHAIR) == [
        "Colin Chair belongs to Police, and nobody moderates their own organisation."
    ]
    assert give(app, both.housing, MODERATOR) == ["Mo Derator belongs to the trust or group of Housing."]
    for email in (QUALITY, OFFICE, EDUCATION_ADVISER, HOUSING_LEAD):
        assert give(app, both.police, email) == [
            "One of those you chose has no role in which they moderate Police."
        ]


def test_a_declared_interest_is_refused_and_what_is_open_goes_back(app: Flask, both: World) -> None:
    give(app, both.police, MODERATOR)
    with app.app_context(), unit_of_work():
        mo, police = person(MODERATOR), return_of(both.police).organisation
        operations.declare_interest(police, "Worked there until May.", by=mo)
        assert [one.declined_reason for one in queries.aside_of(return_of(both.police))] == [
            "Worked there until May."
        ]
    assert give(app, both.police, MODERATOR) == ["Mo Derator has said that they are too near to Police."]
    with app.app_context(), unit_of_work():
        operations.take_back_interest(return_of(both.police).organisation, by=person(MODERATOR))
    assert len(give(app, both.police, MODERATOR)[0]) == 12  # a ref


def test_once_something_is_agreed_nobody_rates_alone_any_more(app: Flask, both: World) -> None:
    with app.app_context(), unit_of_work():
        operations.agree_rest(return_of(both.police), by=person(MODERATOR))
    assert "have been begun" in give(app, both.police, CHAIR)[0]


def test_a_day_that_is_over_is_refused_and_so_is_a_return_that_is_not_in(app: Flask, world: World) -> None:
    with app.app_context(), unit_of_work():
        cycle, pair = return_of(world.police).cycle, (world.police, person(MODERATOR).ref)
        with pytest.raises(Invalid, match="still to come"):
            operations.assign(cycle, [pair], due_on=clock.today() - timedelta(days=1), by=person(OFFICE))
        with pytest.raises(DomainError, match="None of the returns"):
            operations.assign(cycle, [pair], due_on=clock.today(), by=person(OFFICE))


def test_progress_says_how_far_each_return_and_each_moderator_is(app: Flask, both: World) -> None:
    give(app, both.police, MODERATOR, CHAIR)
    rates_alone(app, both.police, MODERATOR, "A G - -", finish=False)
    rates_alone(app, both.police, CHAIR, "R G A N")
    with app.app_context():
        found = {
            one.organisation: one
            for one in queries.progress_of_cycle(return_of(both.police).cycle_id).values()
        }
    police, housing = found["Northshire Police"], found["Harbour Housing"]
    assert (police.asked, police.agreed, police.standing) == (4, 0, Standing.WAITING)
    assert [(one.name, one.rated) for one in police.moderators] == [("Colin Chair", 4), ("Mo Derator", 2)]
    assert police.waits_for == ("Mo Derator",) and not police.finished
    assert (housing.asked, housing.moderators, housing.standing) == (4, (), Standing.UNASSIGNED)


def test_the_list_is_narrowed_and_says_where_moderators_differ(
    app: Flask, both: World, browser: Browser
) -> None:
    give(app, both.police, MODERATOR, CHAIR)
    rates_alone(app, both.police, MODERATOR, "A G A N")
    rates_alone(app, both.police, CHAIR, "R R A N")
    browser.sign_in(QUALITY)
    page = browser.open(f"/moderation/cycles/{both.cycle}?show=ready")
    assert "Northshire Police" in page.text and "Harbour Housing" not in page.text
    with app.app_context():
        police = return_of(both.police)
        assert queries.differing_of([police.id]) == {police.id: 2}
    assert not page.text.count("Give returns to moderators")  # who only reads gives nothing out
    assert "Harbour Housing" in browser.open(f"/moderation/cycles/{both.cycle}?show=unassigned").text


def queries_of(app: Flask, work: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(*told: object) -> None:
        statements.append(str(told[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def many(app: Flask, world: World, count: int) -> None:
    """So many more returns that are in, each like that of the police, put in directly."""
    with app.app_context(), unit_of_work():
        model = return_of(world.police)
        sealed = db.session.scalars(select(Submission).where(Submission.return_id == model.id)).one()
        skipped = ("id", "ref", "return_id")
        about = {
            c.name: getattr(sealed, c.name) for c in Submission.__table__.columns if c.name not in skipped
        }
        for number in range(count):
            one = Organisation(
                name=f"Agency {number:03}", short_name=f"A{number:03}", kind="housing", ref=new_ref()
            )
            asked = Invitation(cycle_id=model.cycle_id, organisation=one)
            db.session.add(asked)
            db.session.flush()
            more = Return(
                invitation_id=asked.id, cycle_id=model.cycle_id, organisation_id=one.id, stage="submitted",
                created_at=clock.now(), submitted_at=clock.now(), ref=new_ref(),
            )  # fmt: skip
            db.session.add(more)
            db.session.flush()
            db.session.add(Submission(**about, return_id=more.id, ref=new_ref()))


def test_600_returns_take_as_many_queries_as_two(app: Flask, both: World, browser: Browser) -> None:
    browser.sign_in(OFFICE)
    path = f"/moderation/cycles/{both.cycle}"
    browser.open(path)
    few = queries_of(app, lambda: browser.open(path))
    many(app, both, 600)
    assert queries_of(app, lambda: browser.open(path)) == few
    assert "Not assigned 602" in browser.page.text
    chosen = {"scope": "unassigned", "each": "2", "moderator": refs(app, MODERATOR, CHAIR, MANAGER)}
    asked = queries_of(app, lambda: browser.submit("/preview", status=200, due_on=due(), **chosen))
    assert asked <= few + 5
    assert "Give out 602 returns" in browser.page.text
    assert [line for line in browser.page.text.split() if line in ("401", "402")]
    asked = queries_of(app, lambda: browser.submit("/assign"))
    assert "602 returns given to 3 moderators" in browser.page.text
    assert asked < 602 + 60, f"{asked} queries: an entry of the trail for each return, and few others"
