"""The year after: the tiny questionnaire asked again of the police, who submitted it the year before."""

from datetime import timedelta
from io import BytesIO

from s11.actions import operations as actions
from s11.challenge import operations as challenge
from s11.core import clock
from s11.core.database import unit_of_work
from s11.evidence import operations as documents
from s11.moderation import operations as moderation
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import operations, queries
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, save_answers
from tests.factories.questionnaires import tiny
from tests.factories.world import MANAGER, POLICE_HELPER, POLICE_LEAD, World, a_cycle, a_return

# 1.2 is reworded, 2.1 divided into two, and 2.3 (2.2 before) as it was.
THIS_YEAR = {
    "texts": {
        "1.2": "Criterion 1.2 is met every year.",
        "2.1": "It is planned.",
        "2.2": "It is done.",
        "2.3": "Criterion 2.2 is met.",
    },
    "keys": {"2.1": "planned", "2.2": "done", "2.3": "criterion-2-2"},
    "extra": {
        "1.2": "lineage: {change: reworded, reason: Clearer.}",
        "1.3": "lineage: {change: new, reason: The law changed.}",
        "2.1": "lineage: {change: split, from: [criterion-2-1], reason: Two things.}",
        "2.2": "lineage: {change: split, from: [criterion-2-1], reason: Two things.}",
    },
}


def last_year(world: World, ratings: str = "G A R N", *, moderated: bool = True) -> None:
    """The police submit their return, with a file shown for 1.1 and strengths named; then it is moderated."""
    a_return(world.app, world.police, ratings, by=POLICE_LEAD)
    with world.app.app_context(), unit_of_work():
        return_, lead = queries.by_ref(world.police), people.by_address(POLICE_LEAD)
        assert return_ is not None and lead is not None
        first = queries.standards_of(return_)[0].criteria[0]
        save_answers(return_, [_named(return_, first.id)], by=lead)
        file = documents.add_file(
            return_.organisation, BytesIO(b"%PDF-1.7 policy"), "policy.pdf", by=lead, most=10_000
        )
        operations.attach(return_, first, file, note="page 4", by=lead)
        operations.sign(return_, "lead", by=lead)
    if moderated:
        with world.app.app_context(), unit_of_work():
            moderate(queries.by_ref(world.police))


def _named(return_: Return, criterion_id: int) -> AnswerChange:
    answer = queries.answers(return_.id)[criterion_id]
    return AnswerChange(
        criterion_id, answer.version, level_id=answer.level_id, commentary=answer.commentary,
        strengths="A lead in every team.", shortfalls="None at night.",
    )  # fmt: skip


def moderate(return_: Return | None) -> None:
    """1.1 is seen otherwise, the rest agreed with."""
    manager = people.by_address(MANAGER)
    assert return_ is not None and manager is not None
    first = queries.standards_of(return_)[0].criteria[0]
    amber = first.scale.levels[1].id
    moderation.rate(return_, first, level_id=amber, reason="Two teams have no lead.", by=manager)
    moderation.agree_rest(return_, by=manager)
    moderation.complete(return_, by=manager)


def this_year(world: World, text: str = "", **asked: object) -> str:
    """The ref of the police's return to the next edition, `asked` as in `tiny`; `text`: another file."""
    described: dict[str, object] = {**THIS_YEAR, "predecessor": "TINY-2026", **asked}
    text = text or tiny(2, 3, code="TINY-2027", year=2027, **described)  # type: ignore[arg-type]
    with world.app.app_context(), unit_of_work():
        code = load(read(text, "next.yaml")).edition.code
        board, police = (
            organisations.partnership_by_code(world.partnership),
            organisations.by_name("Northshire Police"),
        )
        assert board is not None and police is not None
        _, (return_,) = a_cycle(board, code, code, [police], days=300)
        helper, lead = people.by_address(POLICE_HELPER), people.by_address(POLICE_LEAD)
        operations.give(return_, queries.standards_of(return_)[:1], helper, by=lead, tell=False)
        return return_.ref


def an_action_then(world: World, *, criterion_key: str = "criterion-1-1", **more: object) -> str:
    """The ref of an action the police recorded in last year's return."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        assert return_ is not None
        details: dict[str, object] = {
            "source": "self_assessment",
            "text": "Name a lead for nights.",
            "owner_name": "Asha Rahman",
            "owner_role": "Head of service",
            "due_on": clock.today() + timedelta(days=9),
            "cycle": return_.cycle,
            "standard_key": "standard-1",
            "criterion_key": criterion_key,
        }
        made = actions.add(return_.cycle.partnership, return_.organisation, **{**details, **more})  # type: ignore[arg-type]
        return made.ref


def a_challenge_then(world: World) -> None:
    """What was asked and agreed about standard 1 at last year's challenge day."""
    with world.app.app_context(), unit_of_work():
        return_ = queries.by_ref(world.police)
        assert return_ is not None
        day = challenge.plan_day(return_.cycle, title="Challenge day", held_on=clock.today(), place="Hall")
        challenge.add_session(day, organisation=return_.organisation)
        challenge.record_outcome(
            day,
            organisation=return_.organisation,
            standard_key="standard-1",
            challenge="How do you know at night?",
            answer="We do not yet.",
            evidence_promised="The rota.",
            by=people.by_address(MANAGER),
        )
