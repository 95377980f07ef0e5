"""One return with its answers and evidence, and the returns of an organisation."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.people.models import Person
from s11.questionnaires.conditions import NOT_APPLICABLE, NOTHING, Said
from s11.questionnaires.rules import EditionContent, FieldContent, StandardContent
from s11.returns.models import Answer, AnswerEvidence, AnswerVersion, FieldAnswer, Return, SectionSignOff
from s11.returns.queries.counting import counted
from s11.returns.rules import AnswerFacts, Gap, gaps


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


def of_invitations(invitation_ids: Collection[int]) -> list[Return]:
    """The returns of these invitations, in the order in which they were issued."""
    query = (
        select(Return)
        .where(Return.invitation_id.in_(invitation_ids))
        .options(joinedload(Return.cycle), joinedload(Return.organisation), joinedload(Return.invitation))
        .order_by(Return.id)
    )
    return list(db.session.scalars(query))


def of_cycle(cycle_id: int, organisation_id: int) -> Return | None:
    """An organisation's return to a cycle, if it is asked there."""
    query = select(Return).where(Return.cycle_id == cycle_id, Return.organisation_id == organisation_id)
    return db.session.scalar(query)


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
    return content_of(return_.cycle)


def standards_of(return_: Return) -> tuple[StandardContent, ...]:
    """The standards as this organisation is asked them, by what it is and what it has answered so far."""
    edition = edition_of(return_)
    return edition.for_organisation(return_.organisation.facts, said_in(return_, edition))


def fields_of(return_: Return) -> tuple[FieldContent, ...]:
    """The fields about the whole return that this organisation is asked."""
    edition = edition_of(return_)
    if not edition.fields:
        return ()
    return edition.fields_for(return_.organisation.facts, said_in(return_, edition))


def said_in(return_: Return, edition: EditionContent) -> Said:
    """What the conditions of an edition may look at; read only where one does."""
    if not edition.depends_on_answers:
        return NOTHING
    ratings = {}
    rows = db.session.execute(
        select(Answer.criterion_id, Answer.level_id, Answer.not_applicable).where(
            Answer.return_id == return_.id
        )
    )
    for criterion_id, level_id, away in rows:
        level = edition.levels.get(level_id or 0)
        said = NOT_APPLICABLE if away else level.code if level else ""
        ratings[edition.by_id[criterion_id].key] = said
    codes = {field.id: field.code for field in edition.all_fields() if not field.repeated}
    values = field_values(return_.id)
    return Said(ratings, {codes[field]: value for (field, _), value in values.items() if field in codes})


def field_answers(return_id: int, *, newest: bool = False) -> dict[tuple[int, int], FieldAnswer]:
    """What was entered in fields, by the field's id and the standard or criterion (0: the whole return)."""
    query = select(FieldAnswer).where(FieldAnswer.return_id == return_id).order_by(FieldAnswer.id)
    if newest:
        query = query.execution_options(populate_existing=True)
    return {(row.field_id, row.subject_id): row for row in db.session.scalars(query)}


def field_values(return_id: int) -> dict[tuple[int, int], Any]:
    """The same as plain values."""
    rows = db.session.execute(
        select(FieldAnswer.field_id, FieldAnswer.subject_id, FieldAnswer.value)
        .where(FieldAnswer.return_id == return_id)
        .order_by(FieldAnswer.id)
    )
    return {(field_id, subject_id): value for field_id, subject_id, value in rows}


def values_in(return_: Return) -> dict[tuple[int, int], Any]:
    """The same, asked of the database only where the edition has fields."""
    has_fields = next(edition_of(return_).all_fields(), None) is not None
    return field_values(return_.id) if has_fields else {}


def sections_signed(return_id: int) -> dict[int, SectionSignOff]:
    """The signatures of standards that are signed by themselves, by the standard's id."""
    query = select(SectionSignOff).where(SectionSignOff.return_id == return_id).order_by(SectionSignOff.id)
    return {row.standard_id: row for row in db.session.scalars(query)}


def answers(return_id: int, *, newest: bool = False) -> dict[int, Answer]:
    """The answers of a return by criterion id; `newest` reads anew what this session read before."""
    query = select(Answer).where(Answer.return_id == return_id).order_by(Answer.criterion_id)
    if newest:
        query = query.execution_options(populate_existing=True)
    return {answer.criterion_id: answer for answer in db.session.scalars(query)}


def answers_to(return_id: int, criterion_ids: list[int]) -> dict[int, Answer]:
    """The answers to some criteria by criterion id, read anew where this session read them before."""
    query = select(Answer).where(Answer.return_id == return_id, Answer.criterion_id.in_(criterion_ids))
    newest = query.order_by(Answer.id).execution_options(populate_existing=True)
    return {answer.criterion_id: answer for answer in db.session.scalars(newest)}


def version_of(answer_id: int, version: int) -> AnswerVersion | None:
    """What an answer said at one version of it."""
    return db.session.scalar(
        select(AnswerVersion).where(AnswerVersion.answer_id == answer_id, AnswerVersion.version == version)
    )


def ever_carried(return_id: int) -> frozenset[int]:
    """The criteria whose answer was taken over from last year at some time, reviewed since or not."""
    query = (
        select(Answer.criterion_id)
        .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
        .where(Answer.return_id == return_id, AnswerVersion.carried)
        .distinct()
        .order_by(Answer.criterion_id)
    )
    return frozenset(db.session.scalars(query))


def answer_of(return_id: int, criterion_id: int) -> Answer | None:
    return db.session.scalar(
        select(Answer).where(Answer.return_id == return_id, Answer.criterion_id == criterion_id)
    )


def evidence(return_id: int, *criterion_ids: int) -> dict[int, list[AnswerEvidence]]:
    """Evidence by criterion id, in the order it was added: of these criteria, or of all if none is named."""
    query = select(AnswerEvidence).where(AnswerEvidence.return_id == return_id).order_by(AnswerEvidence.id)
    if criterion_ids:
        query = query.where(AnswerEvidence.criterion_id.in_(criterion_ids))
    found: dict[int, list[AnswerEvidence]] = defaultdict(list)
    for item in db.session.scalars(query):
        found[item.criterion_id].append(item)
    return found


def answer_facts(return_id: int) -> dict[int, AnswerFacts]:
    """What completeness needs of every answer, in three queries and without their objects."""
    counts = dict(
        db.session.execute(
            select(AnswerEvidence.criterion_id, func.count())
            .where(AnswerEvidence.return_id == return_id)
            .group_by(AnswerEvidence.criterion_id)
        ).all()
    )
    return _facts(return_id, counts, counted("action", return_id))


def facts_to_count(return_: Return) -> dict[int, AnswerFacts]:
    """The same for counting what is complete: evidence and actions only where some level needs them."""
    needs = edition_of(return_).levels_need_more
    return answer_facts(return_.id) if needs else _facts(return_.id, {}, {})


def _facts(return_id: int, evidence: dict[int, int], actions: dict[int, int]) -> dict[int, AnswerFacts]:
    columns = (
        Answer.criterion_id,
        Answer.level_id,
        Answer.not_applicable,
        Answer.not_applicable_reason,
        Answer.commentary,
        Answer.come_back,
        Answer.carried,
    )
    rows = db.session.execute(select(*columns).where(Answer.return_id == return_id))
    return {
        row[0]: AnswerFacts(*row, evidence=evidence.get(row[0], 0), actions=actions.get(row[0], 0))
        for row in rows
    }


def how_many_answered(return_ids: list[int]) -> dict[int, int]:
    """How many answers of each return have nothing missing, as counted when it was last saved."""
    query = select(Return.id, Return.answered).where(Return.id.in_(return_ids))
    return {return_id: count for return_id, count in db.session.execute(query)}


def gaps_of(return_: Return) -> list[Gap]:
    """Everything that stands between a return and its signature, in the order printed."""
    standards = standards_of(return_)
    signed = sections_signed(return_.id) if any(standard.sign_off for standard in standards) else {}
    return gaps(
        standards, answer_facts(return_.id), values_in(return_), fields=fields_of(return_), signed=signed
    )
