"""Writing down what is said: several at once, half-typed actions, sessions and the end of the day."""

from datetime import timedelta

import pytest

from s11.actions import queries as actions
from s11.challenge import operations as planning
from s11.challenge import queries
from s11.challenge.live import operations, pages, rules
from s11.challenge.live.operations import Typed
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid
from s11.cycles.queries import content_of
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.trail.chaining import WAITING
from tests.challenge.some import a_day
from tests.factories.world import CHAIR, MANAGER

pytestmark = pytest.mark.database

KEY = "nabcdefghjk"


@pytest.fixture
def day(app, world):
    """A day with two sessions and a question for the police; the session stays open for the test."""
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context(), unit_of_work():
        found = queries.by_ref(ref)
        police = organisations.by_name("Northshire Police")
        planning.add_enquiry(found, organisation=police, question="Who speaks?", standard_key="standard-1")
        yield found


def session_of(day, place=0):
    return queries.sessions(day.id)[place]


def entries(day, place=0):
    session = session_of(day, place)
    mine = (
        queries.enquiries(day.id, session.organisation_id),
        queries.outcomes(day.id, session.organisation_id),
    )
    return pages.entries(session, *mine)


def save(day, entry, *, by=MANAGER, ready=True, **parts):
    typed = Typed(entry.key, entry.token, {**entry.said, **parts}, ready)
    return operations.save(day, session_of(day), typed, by=people.by_address(by))


def noted_of(tag):
    return [one for one in db.session().info.get(WAITING, ()) if one.tag.startswith(tag)]


def due():
    return f"{clock.today() + timedelta(days=60):%d %m %Y}"


def whole():
    return {
        "action_text": "Sample records.", "action_owner_name": "Asha Rahman",
        "action_owner_role": "Superintendent", "action_due_on": due(),
    }  # fmt: skip


def test_a_question_left_as_it_was_prepared_leaves_no_record(day):
    assert save(day, entries(day)[0]).outcome is None
    assert queries.outcomes(day.id) == []


def test_an_answer_is_kept_with_its_question_and_who_wrote_it(day):
    green = content_of(day.cycle).scales[0].levels[0]
    saved = save(day, entries(day)[0], answer="The first officer.", agreed=str(green.id))
    outcome = saved.outcome
    assert (outcome.challenge, outcome.answer, outcome.standard_key) == (
        "Who speaks?", "The first officer.", "standard-1",
    )  # fmt: skip
    assert outcome.agreed_level.label == green.label and outcome.changed_by_name == "Mary Manager"
    assert entries(day)[0].outcome is outcome and entries(day)[0].note == "Answered, rating agreed"


def test_two_pages_that_begin_one_question_write_to_one_entry(day):
    first, second = entries(day)[0], entries(day)[0]
    save(day, first, answer="Mine.")
    save(day, second, by=CHAIR, good_practice="The buddy scheme.")
    (outcome,) = queries.outcomes(day.id)
    assert (outcome.answer, outcome.good_practice) == ("Mine.", "The buddy scheme.")


def test_the_same_new_entry_sent_twice_is_one(day):
    blank = pages.blank(session_of(day), KEY)
    save(day, blank, challenge="And now?")
    save(day, blank, challenge="And now?")
    assert [one.once for one in queries.outcomes(day.id)] == [KEY]


def test_of_two_on_one_part_the_second_is_told_and_nothing_is_written_over(day):
    first, second = entries(day)[0], entries(day)[0]
    save(day, first, answer="The first officer.")
    saved = save(day, second, by=CHAIR, answer="The sergeant.", evidence_promised="The log.")
    assert saved.clashes == ("answer",) and saved.by_name == "Mary Manager"
    assert saved.said["answer"] == "The first officer."
    assert saved.outcome.evidence_promised == "The log."


def test_who_decides_for_their_own_words_leaves_the_others_in_the_trail(day):
    save(day, entries(day)[0], answer="The first officer.")
    save(day, entries(day)[0], by=CHAIR, answer="The sergeant.")
    (noted,) = noted_of("challenge_day:outcome:changed")
    assert noted.before["answer"] == "The first officer." and noted.after["answer"] == "The sergeant."


def test_typing_on_leaves_no_trail_of_every_pause(day):
    for words in ("The", "The first", "The first officer."):
        save(day, entries(day)[0], answer=words)
    assert len(noted_of("challenge_day:outcome")) == 1


def test_a_half_typed_action_waits_and_enters_the_plan_when_it_is_whole(day):
    save(day, entries(day)[0], answer="So.", **{**whole(), "action_due_on": ""})
    entry = entries(day)[0]
    assert entry.plan_words == "Not in the plan yet: needs a date" and not entry.has_plan
    save(day, entry, action_due_on=due(), ready=False)
    assert actions.of_organisation(session_of(day).organisation_id) == []
    save(day, entries(day)[0])
    (action,) = actions.of_organisation(session_of(day).organisation_id)
    assert (action.text, action.owner_name, action.source, action.standard_key) == (
        "Sample records.", "Asha Rahman", "challenge", "standard-1",
    )  # fmt: skip
    assert entries(day)[0].has_plan and entries(day)[0].plan_words == ""


def test_an_action_in_the_plan_is_not_typed_over_from_an_older_page(day):
    older = entries(day)[0]
    save(day, older, **whole())
    saved = save(day, older, answer="Later.", action_text="Something else.")
    assert saved.outcome.answer == "Later." and "in the plan already" in saved.faults["action_text"]
    assert len(actions.of_organisation(session_of(day).organisation_id)) == 1


@pytest.mark.parametrize(
    ("part", "text", "sentence"),
    [
        ("agreed", "99999", "rating of the scale"), ("about", "s:nothing", "standard or a criterion"),
        ("asked_by", "nobody", "another organisation"), ("answer", "x" * 5_000, "at most 4,000"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named_and_the_rest_is_kept(day, part, text, sentence):
    saved = save(day, entries(day)[0], **{"good_practice": "Kept.", part: text})
    assert sentence in saved.faults[part] and saved.outcome.good_practice == "Kept."


@pytest.mark.parametrize("key", ["qabcdefghjkmn", "rabcdefghjkmn", "x", "N/../"])
def test_a_key_that_names_nothing_of_this_session_is_refused(day, key):
    with pytest.raises(Invalid):
        operations.save(day, session_of(day), Typed(key, "", {"answer": "x"}), by=None)


def test_the_first_session_that_begins_opens_the_day_and_the_next_ends_it(day):
    first, second = queries.sessions(day.id)
    operations.begin(day, first, by=None)
    assert day.opened_at is not None and first.began_at is not None
    assert operations.end(day, first, go_on=True, by=None) is second
    assert first.ended_at is not None and second.began_at is not None


def test_two_who_end_a_session_at_once_skip_none(day):
    first, second = queries.sessions(day.id)
    operations.begin(day, first, by=None)
    operations.end(day, first, go_on=True, by=None)
    assert operations.end(day, first, go_on=True, by=None) is second
    assert second.ended_at is None


def test_a_page_left_open_does_not_begin_a_session_later_on(day):
    first, second = queries.sessions(day.id)
    operations.begin(day, first, by=None)
    operations.end(day, first, by=None)
    assert operations.end(day, first, go_on=True, by=None) is second
    assert second.began_at is None


def test_what_was_recorded_on_the_other_form_is_the_same_entry(day):
    older = entries(day)[0]
    planning.record_outcome(
        day, organisation=session_of(day).organisation, enquiry=older.enquiry, challenge="Who speaks?",
        standard_key="standard-1", answer="The officer.", by=None,
    )  # fmt: skip
    saved = save(day, older, answer="The sergeant.")
    assert saved.clashes == ("answer",) and len(queries.outcomes(day.id)) == 1


def test_the_room_sees_the_question_chosen_last(day):
    blank = pages.blank(session_of(day), KEY)
    operations.put_before_the_room(day, session_of(day), entries(day)[0].key, by=None)
    save(day, blank, challenge="And now?")
    assert pages.in_room(entries(day)).heading == "Who speaks?"
    operations.put_before_the_room(day, session_of(day), KEY, by=None)
    save(day, entries(day)[0], answer="Later.")
    assert pages.in_room(entries(day)).heading == "And now?"


def test_what_is_still_open_is_named_before_the_day_is_finished(day):
    save(day, entries(day)[0], action_text="Sample records.")
    (left,) = pages.unfinished(queries.sessions(day.id), queries.enquiries(day.id), queries.outcomes(day.id))
    assert [one.heading for one in left.unanswered] == ["Who speaks?"]
    assert "needs the full name" in left.half_typed[0].plan_words


def test_a_finished_day_is_closed_until_it_is_opened_again(day):
    operations.begin(day, session_of(day), by=None)
    save(day, entries(day)[0], ready=False, **whole())
    operations.finish(day, by=None)
    assert session_of(day).ended_at is not None
    assert len(actions.of_organisation(session_of(day).organisation_id)) == 1
    with pytest.raises(DomainError, match="finished"):
        operations.check_may_write(day)
    operations.reopen(day, by=None)
    operations.check_may_write(day)


def test_times_of_the_day_are_those_of_its_clock(day):
    first, second = queries.sessions(day.id)
    nine = clock.start_of(clock.today()) + timedelta(hours=9, minutes=30)
    with clock.pretend(nine):
        operations.begin(day, first, by=None)
    now = pages.now_of(day, queries.sessions(day.id), nine + timedelta(minutes=32))
    assert (now.left, now.late, now.later) == (
        "Over time by 12 minutes", "Running 12 minutes late", "The day ends at about 10:22",
    )  # fmt: skip
    assert now.is_over and now.next.expected.starts_at == "10:02" and now.next.session is second


def test_an_action_belongs_to_the_criterion_the_entry_is_about(day):
    criterion = content_of(day.cycle).asked_criteria[3]
    save(day, entries(day)[0], about=f"c:{criterion.key}", **whole())
    (action,) = actions.of_organisation(session_of(day).organisation_id)
    assert (action.criterion_key, action.standard_key) == (criterion.key, criterion.standard_key)


def test_a_page_reads_back_what_it_wrote(day):
    parts = {part: f"Words of {part}" for part in ("challenge", "answer", "asker_name", "good_practice")}
    save(day, entries(day)[0], **parts)
    said = entries(day)[0].said
    assert {part: said[part] for part in parts} == parts
    assert rules.read_token(entries(day)[0].token)
