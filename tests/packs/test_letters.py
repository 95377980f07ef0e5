"""The letters after a day: the office drafts, the chair releases, and a released letter never changes."""

import pytest
from sqlalchemy import select

from s11.challenge import operations as challenge
from s11.challenge import queries as challenge_queries
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, NotAllowed, Stale
from s11.cycles import queries as cycles
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.packs.letters import contents, operations, queries, wording
from s11.packs.models import Letter
from s11.people import queries as people
from s11.returns import queries as returns
from tests.actions.some import an_action
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, MODERATOR, OFFICE, POLICE_HELPER, POLICE_LEAD
from tests.packs.some import POLICE, returned, text_of

pytestmark = pytest.mark.database


@pytest.fixture
def held(world):
    """A day that is held today, at which the police were asked something and a rating was agreed."""
    returned(world)
    with world.app.app_context(), unit_of_work():
        day = challenge.plan_day(cycles.by_ref(world.cycle), title="Day", held_on=clock.today(), place="Hall")
        police = organisations.by_name(POLICE)
        challenge.add_session(day, organisation=police)
        level = next(iter(cycles.content_of(day.cycle).levels.values()))
        challenge.record_outcome(
            day, organisation=police, standard_key="standard-1", challenge="Show us the diary.",
            answer="It is on paper.", evidence_promised="A copy by June.", good_practice="A diary of voices.",
            agreed_level_id=level.id, by=None,
        )  # fmt: skip
    return world


def day_of(world):
    return challenge_queries.of_cycle(cycles.by_ref(world.cycle).id)


def drafted(world, by: str = OFFICE) -> str:
    with world.app.app_context(), unit_of_work():
        (letter,) = operations.draft_all(day_of(world), by=people.by_address(by))
        return letter.ref


def text(world, ref: str) -> str:
    with world.app.app_context():
        return text_of(contents.document_of(queries.by_ref(ref)))


def return_of_the_police() -> str:
    (found,) = returns.of_organisations([organisations.by_name(POLICE).id])
    return found.ref


def released(world, ref: str, by: str = CHAIR, version: int = 1) -> None:
    with world.app.app_context(), unit_of_work():
        operations.release(queries.by_ref(ref), version=version, by=people.by_address(by))


def test_a_draft_holds_what_was_asked_agreed_and_promised(held):
    an_action(held)
    said = text(held, drafted(held))
    assert "Thank you for the return of Northshire Police to Cycle TINY-2026" in said
    assert "Show us the diary." in said and "Evidence promised: A copy by June." in said
    assert "Ratings agreed on the day About Agreed on the day 1 Standard 1 Green" in said
    assert "A diary of voices." in said and "Train every duty sergeant." in said
    assert "((" not in said and "Draft: not released." in said


def test_all_are_drafted_at_once_and_nobody_gets_two(held):
    drafted(held)
    with held.app.app_context(), unit_of_work():
        assert operations.draft_all(day_of(held), by=people.by_address(MANAGER)) == []


def test_two_people_read_each_letter_before_it_goes(held):
    ref = drafted(held, by=CHAIR)
    with pytest.raises(NotAllowed, match="somebody else has to release it"):
        released(held, ref)
    with held.app.app_context(), unit_of_work():
        operations.change(
            queries.by_ref(ref), body="Dear all,\n\nThank you.", version=1, by=people.by_address(OFFICE)
        )
    released(held, ref, version=2)
    assert "Released on" in text(held, ref) and "by Colin Chair" in text(held, ref)


def test_what_was_changed_since_it_was_read_is_not_released(held):
    ref = drafted(held)
    with held.app.app_context(), unit_of_work():
        operations.change(queries.by_ref(ref), body="Other words.", version=1, by=people.by_address(MANAGER))
    with pytest.raises(Stale, match="Mary Manager changed this letter"):
        released(held, ref)


def test_a_released_letter_never_changes(held):
    ref = drafted(held)
    released(held, ref)
    before = text(held, ref)
    an_action(held, text="Something new altogether.")
    assert text(held, ref) == before
    with held.app.app_context(), pytest.raises(DomainError, match="never changes"), unit_of_work():
        operations.change(queries.by_ref(ref), body="Other.", version=1, by=people.by_address(OFFICE))
    released(held, ref)  # pressed twice: nothing more happens
    with held.app.app_context():
        mails = db.session.scalars(select(Notice).where(Notice.subject.contains("the letter after"))).all()
        assert sorted(mail.to_address for mail in mails) == [
            "deputy@police.example", "director@police.example", "lead@police.example",
        ]  # fmt: skip
        assert not any("diary" in mail.body or "Green" in mail.body for mail in mails)


def test_no_letter_goes_before_the_day_was_held(held):
    ref = drafted(held)
    with held.app.app_context(), unit_of_work():
        day = day_of(held)
        day.held_on = clock.today().replace(year=clock.today().year + 1, day=1)
    with pytest.raises(DomainError, match="once it was held"):
        released(held, ref)
    with held.app.app_context(), unit_of_work():
        day_of(held).finished_at = clock.now()
    released(held, ref)  # its record is closed, so it was held, whatever date was planned


def test_the_office_drafts_changes_and_cannot_release(held, browser):
    browser.sign_in(OFFICE)
    with held.app.app_context():
        path = f"/letters/days/{day_of(held).ref}"
    browser.open(path)
    page = browser.submit("/draft")
    assert "1 letter is drafted." in page.text
    page = browser.open(page.href(POLICE))
    assert "Show us the diary." in page.text and "Release this letter" not in page.text
    page = browser.open(page.href("Change the words"))
    page = browser.submit("/change", body="Dear colleagues,\n\n((rating))", status=422)
    assert "((rating)) is not known. Did you mean ((ratings))?" in page.text
    page = browser.submit("/change", body="Dear colleagues,\n\n# Ratings\n\n((ratings))\n\nThank you.")
    assert "The letter is saved." in page.text and "Thank you." in page.text
    token = page.form("/sign-out").data()
    with held.app.app_context():
        ref = db.session.scalar(select(Letter.ref))
    browser.post(f"/letters/{ref}/release", token, status=403)
    browser.post(f"{path}/release", token, status=403)


def test_two_who_change_a_letter_keep_both_texts(held, browser):
    ref = drafted(held)
    browser.sign_in(OFFICE)
    browser.open(f"/letters/{ref}/change")
    with held.app.app_context(), unit_of_work():
        operations.change(queries.by_ref(ref), body="Theirs.", version=1, by=people.by_address(MANAGER))
    page = browser.submit("/change", body="Mine.", status=412)
    assert (
        "As Mary Manager saved it meanwhile" in page.text and "Theirs." in page.text and "Mine." in page.text
    )
    assert "Mine." in browser.submit("/change", body="Mine.\n\nTheirs.").text


def test_the_chair_releases_those_marked_and_the_agency_reads_its_own(held, browser, quick):
    ref = drafted(held)
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/letters/{ref}", status=404)
    browser.sign_out()
    browser.sign_in(CHAIR)
    with held.app.app_context():
        path = f"/letters/days/{day_of(held).ref}"
    browser.open(path)
    assert "Mark at least one letter" in browser.submit("/release", letters="", status=422).text
    assert "1 letter is released." in browser.submit("/release", letters=f"{ref}:1").text
    browser.sign_out()
    browser.sign_in(POLICE_LEAD)
    with held.app.app_context():
        ref_of_return = return_of_the_police()
    for path in ("/home", f"/returns/{ref_of_return}", f"/returns/{ref_of_return}/submitted"):
        page = browser.open(path)
        assert "From the Board" in page.text
        page = browser.open(page.href("Letter after Day"))
    assert "It is on paper." in page.text
    browser.open(page.href("The letter as Word document"))
    assert "Feedback to Northshire Police" in browser.response.get_data(as_text=True)


@pytest.mark.parametrize("email", [HOUSING_LEAD, POLICE_HELPER])
def test_nobody_else_reads_a_released_letter(held, browser, email):
    ref = drafted(held)
    released(held, ref)
    browser.sign_in(email)
    browser.open(f"/letters/{ref}", status=404)
    browser.open(f"/letters/{ref}/files/pdf", status=404)


def test_a_moderator_reads_what_went_and_no_draft(held, browser):
    ref = drafted(held)
    browser.sign_in(MODERATOR)
    browser.open(f"/letters/{ref}", status=404)
    released(held, ref)
    assert "Show us the diary." in browser.open(f"/letters/{ref}").text


def test_a_day_has_words_of_its_own(held, browser):
    browser.sign_in(OFFICE)
    with held.app.app_context():
        path = f"/letters/days/{day_of(held).ref}/words"
    browser.open(path)
    assert (
        "Put ((ratings)) into a paragraph of its own"
        in browser.submit(path, text="So: ((ratings)).", status=422).text
    )
    browser.submit(path, text="To ((organisation)).\n\n((findings))")
    assert "To Northshire Police." in text(held, drafted(held))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("", "Enter the words of the letter."),
        ("((day", "is not closed"),
        ("((nonsense))", "is not known"),
        ("x" * 12_001, "at most 12,000"),
    ],
)
def test_words_that_will_not_do_are_refused_with_a_sentence(held, words, fault):
    assert fault in wording.fault_of(words)
    with held.app.app_context(), pytest.raises(Invalid):
        operations.word_letters(day_of(held), text=words, was=wording.DEFAULT, by=people.by_address(OFFICE))


def test_the_words_as_shipped_are_in_order():
    assert wording.fault_of(wording.DEFAULT) is None
    assert [wording.heading_in(one) for one in wording.paragraphs("# A\nb\n\nc")] == ["A", None, None]


def test_the_foreword_of_the_report_is_kept_and_two_who_write_it_keep_both(held, browser):
    browser.sign_in(CHAIR)
    with held.app.app_context():
        path = f"/packs/days/{day_of(held).ref}/foreword"
    browser.open(path)
    with held.app.app_context(), unit_of_work():
        day_of(held).foreword = "Theirs."
    page = browser.submit(path, text="Mine.", status=412)
    assert "Theirs." in page.text and "Mine." in page.text
    browser.submit(path, text="Mine.\n\nTheirs.")
    with held.app.app_context():
        assert day_of(held).foreword == "Mine.\n\nTheirs."
