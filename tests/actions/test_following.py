"""An action followed to its end: what shows it, the verdict, the difference made, closing, opening again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from s11.actions import operations, permissions, personal, queries, rules
from s11.actions.models import Action, ShownForAction
from s11.actions.rules import Difference, MilestoneDraft, Saying, Status
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.evidence import operations as evidence
from s11.evidence.uses import uses_of
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from tests.actions.some import an_action
from tests.factories.world import CHAIR, HOUSING_LEAD, MANAGER, OFFICE, POLICE_LEAD, World

pytestmark = pytest.mark.database
WORDS = "Twenty records sampled; all show the child’s voice."
WHERE = "In the training register, ask Asha Rahman."


def who(email: str) -> Person:
    person = people.by_address(email)
    assert person is not None
    return person


@contextmanager
def at_work(app: Flask, ref: str, *, days: int = 0) -> Iterator[Action]:
    """The action, so many days from now, in a transaction of its own."""
    with clock.pretend(clock.now() + timedelta(days=days)), app.app_context(), unit_of_work():
        action = queries.by_ref(ref)
        assert action is not None
        yield action


def complete(world: World, ref: str, *, seen_at: str = WHERE) -> None:
    with at_work(world.app, ref) as action:
        operations.update(
            action,
            status="complete",
            text=WORDS,
            seen_at=seen_at,
            by=who(POLICE_LEAD),
            version=action.version,
        )


def accept(world: World, ref: str) -> None:
    with at_work(world.app, ref) as action:
        operations.accept(action, reason="The register shows it.", by=who(MANAGER), version=action.version)


def a_register(world: World, ref: str) -> int:
    """Show an action with a document of the police; gives the document's id."""
    with at_work(world.app, ref) as action:
        revision = evidence.add_reference(
            organisations.by_name("Northshire Police"), words=WHERE, title="Training register", by=None
        )
        operations.show(action, [revision], by=who(POLICE_LEAD))
        return revision.document_id


def test_complete_is_refused_until_something_shows_it(world: World) -> None:
    ref = an_action(world)
    with pytest.raises(Invalid, match="Nothing shows yet") as refusal:
        complete(world, ref, seen_at="")
    assert refusal.value.field == "seen_at"
    a_register(world, ref)
    complete(world, ref, seen_at="")
    with at_work(world.app, ref) as action:
        assert (action.status, action.completed_by_id) == (Status.COMPLETE, who(POLICE_LEAD).id)
        shown, said = queries.shown_for(action.id)[0], queries.updates(action.id)[0]
        assert shown.update_id == said.id


def test_where_nothing_can_be_filed_it_is_said_where_it_can_be_seen(world: World) -> None:
    ref = an_action(world)
    complete(world, ref)
    with at_work(world.app, ref) as action:
        assert queries.updates(action.id)[0].text == f"{WORDS}\nWhere it can be seen: {WHERE}"


def test_a_document_is_told_to_show_an_action_and_stays_with_what_was_claimed(world: World) -> None:
    ref = an_action(world)
    document = a_register(world, ref)
    with at_work(world.app, ref) as action:
        use = uses_of(action.organisation_id)[document][0]
        assert (use.action_ref, use.is_open, use.what) == (ref, True, "Train every duty sergeant.")
        revision = queries.shown_for(action.id)[0].revision
        with pytest.raises(DomainError, match="for an action that is not complete"):
            evidence.remove(revision.document, by=who(POLICE_LEAD))
        held = revision.ref
    complete(world, ref, seen_at="")
    with at_work(world.app, ref) as action:
        with pytest.raises(DomainError, match="stays with it"):
            operations.take_off(action, action.organisation, held, by=who(POLICE_LEAD))
        evidence.remove(queries.shown_for(action.id)[0].revision.document, by=who(POLICE_LEAD))
        assert not uses_of(action.organisation_id)[document][0].is_open


def test_nobody_verifies_what_is_their_own(world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead")
    with at_work(world.app, ref) as action:
        assert permissions.can_verify(who(MANAGER), action) and permissions.can_verify(who(CHAIR), action)
        assert not permissions.can_verify(who(POLICE_LEAD), action)
        people_operations.give_role(who(OFFICE), Role.VIEWER, at=action.organisation)
    with at_work(world.app, ref) as action:
        assert not permissions.can_judge(who(OFFICE), action)
        operations.update(
            action, status="complete", text=WORDS, seen_at=WHERE, by=who(MANAGER), version=action.version
        )
    with at_work(world.app, ref) as action:
        assert permissions.can_judge(who(MANAGER), action)
        assert not permissions.can_verify(who(MANAGER), action)
        assert permissions.can_verify(who(CHAIR), action)


def test_the_boards_own_action_is_verified_by_another_than_its_owner(world: World) -> None:
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        ref = operations.add(
            board, None, source="audit", text="Publish the threshold document.", owner_name="Mary Manager",
            owner_role="Business manager", due_on=clock.today() + timedelta(days=9), by=None,
        ).ref  # fmt: skip
    with at_work(world.app, ref) as action:
        action.owner_id = who(MANAGER).id
        assert not permissions.can_judge(who(MANAGER), action)
        assert permissions.can_judge(who(CHAIR), action)


def test_the_board_returns_it_with_what_is_missing_and_a_new_date_where_the_old_is_past(world: World) -> None:
    ref = an_action(world, days=5)
    complete(world, ref)
    with at_work(world.app, ref, days=10) as action:
        first, by = action.due_on, who(MANAGER)
        with pytest.raises(Invalid, match="is past") as refusal:
            operations.give_back(action, missing="The figures.", by=by, version=action.version)
        assert refusal.value.field == "due_on"
        later = clock.today() + timedelta(days=30)
        operations.give_back(action, missing="The figures.", due_on=later, by=by, version=action.version)
        assert (action.status, action.due_on, action.first_due_on) == (Status.ON_TRACK, later, first)
        assert (action.times_moved, action.completed_by_id) == (1, None)
        said = queries.moves(action.id)[0]
        assert (said.kind, said.due_before, said.due_after) == (Saying.RETURNED, first, later)
        with pytest.raises(DomainError, match="Nobody says any more"):
            operations.accept(action, reason="Shown.", by=by, version=action.version)


def test_it_is_asked_again_where_it_was_too_early_and_every_answer_stays(world: World) -> None:
    ref = an_action(world)
    complete(world, ref)
    accept(world, ref)
    with at_work(world.app, ref) as action:
        first = rules.months_later(clock.today(), 3)
        assert (action.status, action.ask_on) == (Status.VERIFIED, first)
        with pytest.raises(DomainError, match="not asked now"):
            answer(action, Difference.MADE)
    with at_work(world.app, ref, days=(first - clock.today()).days) as action:
        with pytest.raises(Invalid) as refusal:
            answer(action, Difference.MADE, known_by="")
        assert refusal.value.field == "known_by"
        answer(action, Difference.TOO_EARLY)
        assert (action.ask_on, action.times_asked) == (rules.months_later(first, 3), 1)
    with at_work(world.app, ref, days=400) as action:
        answer(action, Difference.MADE)
        assert (action.ask_on, action.difference) == (None, Difference.MADE)
        assert [one.difference for one in queries.impacts(action.id)] == ["made", "too_early"]
        operations.close(action, reason="It lasts.", by=who(CHAIR), version=action.version)
        assert action.status == Status.CLOSED


def answer(action: Action, difference: Difference, *, known_by: str = "Ten records.") -> None:
    operations.answer(
        action, difference=difference, what="Children are heard.", known_by=known_by, by=who(POLICE_LEAD),
        version=action.version,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("difference", "answered_on", "next_"),
    [
        ("too_early", date(2027, 6, 1), date(2027, 9, 1)),
        # Nine months on, the second day comes before another three are over.
        ("too_early", date(2028, 1, 15), date(2028, 3, 1)),
        ("made", date(2027, 6, 1), date(2028, 3, 1)),
        ("none", date(2027, 6, 1), None),
        ("made", date(2028, 3, 1), None),
        ("too_early", date(2028, 3, 1), date(2028, 6, 1)),
        # Answered so late that the second day is past as well.
        ("too_early", date(2028, 12, 31), date(2029, 3, 31)),
    ],
)
def test_when_it_is_asked_again(difference: str, answered_on: date, next_: date | None) -> None:
    asked = rules.next_asking(date(2027, 3, 1), (3, 12), answered_on=answered_on, difference=difference)
    assert asked == next_


def test_a_month_without_such_a_day_gives_its_last() -> None:
    assert rules.months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert rules.first_asking(date(2026, 11, 30), ()) is None


def test_what_did_not_last_is_opened_again_and_what_was_said_stays(world: World) -> None:
    ref = an_action(world)
    complete(world, ref)
    accept(world, ref)
    with at_work(world.app, ref, days=200) as action:
        first, later = action.first_due_on, clock.today() + timedelta(days=60)
        operations.reopen(
            action, because="audit", why="Six of ten records.", due_on=later, by=who(MANAGER),
            version=action.version,
        )  # fmt: skip
        assert (action.status, action.due_on, action.first_due_on) == (Status.ON_TRACK, later, first)
        assert (action.times_moved, action.verified_at, action.ask_on) == (0, None, None)
        kinds = [one.kind for one in queries.updates(action.id)]
        assert kinds == [Saying.REOPENED, Saying.VERIFIED, Saying.PROGRESS]
        assert queries.updates(action.id)[0].text == "An audit: Six of ten records."


def test_an_action_is_superseded_by_one_that_stands(world: World) -> None:
    ref, other = an_action(world), an_action(world, text="Train every sergeant yearly.")
    theirs = an_action(world, of="Harbour Housing")
    with at_work(world.app, ref) as action:
        lead = who(POLICE_LEAD)
        assert [one.ref for one in queries.could_supersede(action, lead)] == [other]
        assert {one.ref for one in queries.could_supersede(action, who(MANAGER))} == {other, theirs}
        operations.supersede(
            action, queries.by_ref(other), reason="It is wider.", by=lead, version=action.version
        )
        assert (action.status, action.superseded_by.ref) == (Status.SUPERSEDED, other)
        with pytest.raises(DomainError, match="superseded by another"):
            operations.update(action, status="on_track", text="x", by=lead, version=action.version)
    with at_work(world.app, other) as action, pytest.raises(Invalid, match="superseded itself"):
        operations.supersede(
            action, queries.by_ref(ref), reason="Back.", by=who(MANAGER), version=action.version
        )


def test_an_action_is_handed_on_to_somebody_the_organisation_knows(world: World) -> None:
    ref = an_action(world)
    with at_work(world.app, ref) as action:
        operations.hand_over(
            action, name="pat  lead", role="Head of training", reason="Asha has left.", by=who(MANAGER),
            version=1,
        )  # fmt: skip
        assert action.owner_id == who(POLICE_LEAD).id
        assert queries.updates(action.id)[0].text == (
            "From Asha Rahman, Head of Protecting Vulnerable People to pat lead, Head of training: "
            "Asha has left."
        )
        housing = organisations.by_name("Harbour Housing")
        assert not permissions.can_see(who(HOUSING_LEAD), action)
        operations.add_owner(
            action, name="Hari Lead", role="Director", organisation=housing, by=who(MANAGER),
            version=action.version,
        )  # fmt: skip
    with at_work(world.app, ref) as action:
        hari = who(HOUSING_LEAD)
        assert permissions.can_see(hari, action) and permissions.can_update(hari, action)
        assert permissions.library_of(hari, action).name == "Harbour Housing"
        operations.remove_owner(action, action.owners[0], by=who(MANAGER), version=action.version)
    with at_work(world.app, ref) as action:
        assert not permissions.can_see(who(HOUSING_LEAD), action)


def test_a_comment_sent_twice_is_said_once_and_changes_nothing(world: World) -> None:
    ref = an_action(world)
    for _ in range(2):
        with at_work(world.app, ref) as action:
            operations.comment(action, "Which course is it?", by=who(MANAGER))
    with at_work(world.app, ref) as action:
        assert len(queries.updates(action.id)) == 1
        assert (action.version, action.status, action.last_said_at) == (1, Status.NOT_STARTED, None)


def test_a_step_is_reached_on_a_day_and_taken_back(world: World) -> None:
    step = MilestoneDraft("Agree the course.", clock.today() + timedelta(days=3))
    ref = an_action(world, milestones=[step])
    with at_work(world.app, ref) as action:
        step, by, today = action.milestones[0], who(POLICE_LEAD), clock.today()
        with pytest.raises(Invalid, match="in the past"):
            operations.reach(action, step, done_on=today + timedelta(days=1), by=by)
        operations.reach(action, step, done_on=today, by=by)
        operations.reach(action, step, done_on=today, by=by)
        assert (step.done_on, step.done_by_name) == (today, "Pat Lead")
        operations.reach(action, step, done_on=None, by=by)
        assert (step.done_on, len(queries.updates(action.id))) == (None, 2)


def test_of_many_each_is_saved_or_refused_by_itself(world: World) -> None:
    fine, stale, theirs = an_action(world), an_action(world), an_action(world, of="Harbour Housing")
    unshown = an_action(world)
    with at_work(world.app, stale) as action:
        operations.update(action, status="on_track", text="Meanwhile.", by=None, version=1)
    with world.app.app_context(), unit_of_work():
        done = operations.update_many(
            who(POLICE_LEAD), [(fine, 1), (stale, 1), (theirs, 1), ("nothing", 1)], status="",
            text="Looked at in the June meeting.", due_on=clock.today() + timedelta(days=90), reason="Leave.",
        )  # fmt: skip
        assert [one.ref for one in done.saved] == [fine]
        assert [(one is None, ref) for one, ref, _ in done.refused] == [
            (False, stale), (True, theirs), (True, "nothing"),
        ]  # fmt: skip
        assert "updated while you were writing" in done.refused[0][2]
    with world.app.app_context(), unit_of_work():
        done = operations.update_many(who(MANAGER), [(unshown, 1)], status="complete", text=WORDS)
        assert "Nothing shows yet" in done.refused[0][2]
    with at_work(world.app, fine) as action:
        assert (action.times_moved, action.status) == (1, Status.NOT_STARTED)


def test_of_two_verdicts_at_once_the_second_is_told(world: World) -> None:
    ref = an_action(world)
    complete(world, ref)
    with at_work(world.app, ref) as action, pytest.raises(Stale):
        operations.accept(action, reason="Shown.", by=who(MANAGER), version=action.version - 1)


def test_what_an_action_shows_outlives_the_cycle_it_came_from(world: World) -> None:
    ref = an_action(world)
    a_register(world, ref)
    with at_work(world.app, ref) as action:
        kept = set(db.session.scalars(queries.kept_for_actions()))
        query = select(ShownForAction.revision_id).where(ShownForAction.action_id == action.id)
        assert kept == set(db.session.scalars(query))


def test_who_is_forgotten_is_forgotten_in_what_tells_of_owners_too(world: World) -> None:
    ref = an_action(world, owner_name="Pat Lead")
    with at_work(world.app, ref) as action:
        operations.hand_over(
            action, name="Nia New", role="Head of training", reason="A new post.", by=who(MANAGER), version=1
        )
        personal.forget(who(POLICE_LEAD), name="Pat Lead", known_as="Former lead")
    with at_work(world.app, ref) as action:
        text = queries.updates(action.id)[0].text
        assert text.startswith("From Former lead, Head of Protecting") and "Pat Lead" not in text
