"""What somebody did in returns: given out, and renamed in what is still open when they have left.

A signature and a sealed submission are records of what was declared and by whom: they keep the name.
"""

from datetime import datetime

from sqlalchemy import delete, literal, select, update

from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.people.models import Person
from s11.questionnaires.models import Criterion, QuestionField, Standard
from s11.returns.models import (
    Answer,
    AnswerVersion,
    Assignment,
    DoubtReply,
    FieldAnswer,
    PersonalLink,
    Presence,
    Remark,
    Return,
    SectionSignOff,
    SignOff,
)


def held(person: Person) -> dict[str, object]:
    """Answers last saved, signatures, standards to answer. What an answer says is the organisation's."""
    answers = db.session.execute(
        select(Return, Criterion.number, Answer.updated_at)
        .join(Answer, Answer.return_id == Return.id)
        .join(Criterion, Criterion.id == Answer.criterion_id)
        .where(Answer.updated_by_id == person.id)
        .order_by(Answer.updated_at)
    ).all()
    entered = db.session.execute(
        select(Return, QuestionField.label, FieldAnswer.updated_at)
        .join(FieldAnswer, FieldAnswer.return_id == Return.id)
        .join(QuestionField, QuestionField.id == FieldAnswer.field_id)
        .where(FieldAnswer.updated_by_id == person.id)
        .order_by(FieldAnswer.updated_at)
    ).all()
    sections = db.session.execute(
        select(Return, SectionSignOff)
        .join(SectionSignOff, SectionSignOff.return_id == Return.id)
        .where(SectionSignOff.person_id == person.id)
        .order_by(SectionSignOff.signed_at)
    ).all()
    signed = db.session.execute(
        select(Return, SignOff)
        .join(SignOff, SignOff.return_id == Return.id)
        .where(SignOff.person_id == person.id)
        .order_by(SignOff.signed_at)
    ).all()
    given = db.session.execute(
        select(Return, Standard, Criterion.number, Assignment)
        .join(Assignment, Assignment.return_id == Return.id)
        .join(Standard, Standard.id == Assignment.standard_id)
        .outerjoin(Criterion, Criterion.id == Assignment.criterion_id)
        .where(Assignment.person_id == person.id)
        .order_by(Assignment.given_at)
    ).all()
    return {
        "answers you saved last": [
            {**_named(return_), "criterion": number, "saved": saved} for return_, number, saved in answers
        ],
        **_said(person),
        "entries you saved last": [
            {**_named(return_), "question": label, "saved": saved} for return_, label, saved in entered
        ],
        "signatures under single standards": [
            {
                **_named(return_),
                "signed as": one.label,
                "name": one.name,
                "role": one.role,
                "signed": one.signed_at,
            }
            for return_, one in sections
        ],
        "signatures": [
            {
                **_named(return_),
                "signed as": one.label,
                "name": one.name,
                "role": one.role,
                "signed": one.signed_at,
                "declared": one.declaration,
            }
            for return_, one in signed
        ],
        "standards given to you to answer": [
            {
                **_named(return_),
                "standard": f"{standard.number} {standard.title}",
                **({"criterion": number} if number else {}),
                "due": one.due_on,
                "note": one.note,
                "given by": one.given_by_name,
                "given": one.given_at,
                "finished": one.finished_at,
            }
            for return_, standard, number, one in given
        ],
    }


def _said(person: Person) -> dict[str, object]:
    """The versions of answers somebody saved, what they told colleagues, and where they were last at work."""
    versions = db.session.execute(
        select(Return, Criterion.number, AnswerVersion.version, AnswerVersion.at)
        .join(Answer, Answer.return_id == Return.id)
        .join(AnswerVersion, AnswerVersion.answer_id == Answer.id)
        .join(Criterion, Criterion.id == Answer.criterion_id)
        .where(AnswerVersion.person_id == person.id)
        .order_by(AnswerVersion.at, AnswerVersion.id)
    ).all()
    told = {}
    for words, table, text in (
        ("what you said to colleagues about an answer", Remark, Remark.text),
        ("why you said that something doubted is right", DoubtReply, DoubtReply.reason),
        ("where you were last at work", Presence, literal("")),
    ):
        rows = db.session.execute(
            select(Return, Criterion.number, table.at, text)
            .join(table, table.return_id == Return.id)
            .join(Criterion, Criterion.id == table.criterion_id)
            .where(table.person_id == person.id)
            .order_by(table.at, table.id)
        ).all()
        told[words] = [
            {
                **_named(return_),
                "criterion": number,
                "when": at,
                **({"text": said} if said else {}),
            }
            for return_, number, at, said in rows
        ]
    return {
        "versions of answers you saved": [
            {**_named(return_), "criterion": number, "version": version, "saved": at}
            for return_, number, version, at in versions
        ],
        **told,
    }


def _named(return_: Return) -> dict[str, object]:
    return {
        "return": return_.ref,
        "organisation": return_.organisation.name,
        "cycle": return_.cycle.title,
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Rename in answers; in what was given to others or asked of them, where only the name stands."""
    mine = update(Answer).where(Answer.updated_by_id == person.id)
    # The version stays: nobody's text has changed.
    db.session.execute(mine.values(updated_by_name=known_as, version=Answer.version))
    entered = update(FieldAnswer).where(FieldAnswer.updated_by_id == person.id)
    db.session.execute(entered.values(updated_by_name=known_as, version=FieldAnswer.version))
    for table in (AnswerVersion, Remark, DoubtReply):
        wrote = update(table).where(table.person_id == person.id)
        db.session.execute(wrote.values(person_name=known_as))
    settled = update(Remark).where(Remark.settled_by_id == person.id)
    db.session.execute(settled.values(settled_by_name=known_as))
    db.session.execute(delete(Presence).where(Presence.person_id == person.id))
    if name:
        gave = update(Assignment).where(Assignment.given_by_name == name)
        db.session.execute(gave.values(given_by_name=known_as))
        made = update(PersonalLink).where(PersonalLink.made_by_name == name)
        db.session.execute(made.values(made_by_name=known_as))


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """Links to one standard that ran out; the name of who answered stands in the answers."""
    return [
        Stale(
            "links to a single standard that were withdrawn or too old",
            PersonalLink,
            (PersonalLink.withdrawn_at < now - periods.links)
            | (PersonalLink.expires_at < now - periods.links),
        )
    ]
