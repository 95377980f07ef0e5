"""One return with its answers and evidence, and the returns of an organisation."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.people.models import Person
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.rules import EditionContent, StandardContent
from s11.returns.models import Answer, AnswerEvidence, Return
from s11.returns.rules import AnswerFacts

IS_COMPLETE = (Answer.level_id.is_not(None) & (func.trim(Answer.commentary) != "")) | (
    Answer.not_applicable & (func.trim(Answer.not_applicable_reason) != "")
)


def by_ref(ref: str) -> Return | None:
    """A return with its cycle, organisation and invitation."""
    query = (
        select(Return)
        .where(Return.ref == ref)
        .options(
            joinedload(Return.cycle).joinedload(Cycle.partnership),
            joinedload(Return.organisation),
            joinedload(Return.invitation),
        )
    )
    return db.session.scalar(query)


def of_invitation(invitation_id: int) -> Return:
    """The return of an invitation: each has one from the moment it is issued."""
    return db.session.scalars(select(Return).where(Return.invitation_id == invitation_id)).one()


def of_organisations(organisation_ids: list[int], *, partnership_id: int | None = None) -> list[Return]:
    """Every return of these organisations, in one partnership or (None) in all, the latest due first."""
    query = (
        select(Return)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(Return.organisation_id.in_(organisation_ids))
        .options(joinedload(Return.cycle), joinedload(Return.organisation), joinedload(Return.invitation))
        .order_by(Cycle.due_on.desc(), Return.id)
    )
    if partnership_id is not None:
        query = query.where(Cycle.partnership_id == partnership_id)
    return list(db.session.scalars(query))


def visible_to(person: Person) -> list[Return]:
    """The returns of the organisations this person belongs to, in the partnership they work in."""
    return of_organisations(person.organisation_ids, partnership_id=person.working_in)


def edition_of(return_: Return) -> EditionContent:
    return questionnaires.content(return_.cycle.edition)


def standards_of(return_: Return) -> tuple[StandardContent, ...]:
    """The standards as this organisation is asked them."""
    return edition_of(return_).for_organisation(return_.organisation.facts)


def answers(return_id: int, *, newest: bool = False) -> dict[int, Answer]:
    """The answers of a return by criterion id; `newest` reads anew what this session read before."""
    query = select(Answer).where(Answer.return_id == return_id).order_by(Answer.criterion_id)
    if newest:
        query = query.execution_options(populate_existing=True)
    return {answer.criterion_id: answer for answer in db.session.scalars(query)}


def answer_of(return_id: int, criterion_id: int) -> Answer | None:
    return db.session.scalar(
        select(Answer).where(Answer.return_id == return_id, Answer.criterion_id == criterion_id)
    )


def evidence(return_id: int, criterion_id: int | None = None) -> dict[int, list[AnswerEvidence]]:
    """Evidence by criterion id, in the order it was added."""
    query = select(AnswerEvidence).where(AnswerEvidence.return_id == return_id).order_by(AnswerEvidence.id)
    if criterion_id is not None:
        query = query.where(AnswerEvidence.criterion_id == criterion_id)
    found: dict[int, list[AnswerEvidence]] = defaultdict(list)
    for item in db.session.scalars(query):
        found[item.criterion_id].append(item)
    return found


def answer_facts(return_id: int) -> dict[int, AnswerFacts]:
    """What completeness needs of every answer, in two queries and without their objects."""
    counts = dict(
        db.session.execute(
            select(AnswerEvidence.criterion_id, func.count())
            .where(AnswerEvidence.return_id == return_id)
            .group_by(AnswerEvidence.criterion_id)
        ).all()
    )
    columns = (
        Answer.criterion_id,
        Answer.level_id,
        Answer.not_applicable,
        Answer.not_applicable_reason,
        Answer.commentary,
    )
    rows = db.session.execute(select(*columns).where(Answer.return_id == return_id))
    return {row[0]: AnswerFacts(*row, evidence=counts.get(row[0], 0)) for row in rows}


def how_many_answered(return_ids: list[int]) -> dict[int, int]:
    """How many answers of each return have nothing missing: `rules.gap_of`, said in SQL."""
    query = (
        select(Answer.return_id, func.count())
        .where(Answer.return_id.in_(return_ids), IS_COMPLETE)
        .group_by(Answer.return_id)
    )
    return {return_id: count for return_id, count in db.session.execute(query)}
