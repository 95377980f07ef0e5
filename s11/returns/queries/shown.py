"""Where an organisation's documents are shown: criteria of its returns, and fields that ask for a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle, Invitation
from s11.evidence.models import Revision
from s11.evidence.uses import Use
from s11.questionnaires.models import Criterion, Edition, QuestionField, Standard
from s11.returns.models import AnswerEvidence, FieldAnswer, Return
from s11.returns.rules import EDITABLE, RETURNED, Stage


@dataclass(frozen=True)
class _Asked:
    """One return of the organisation, as far as its documents are concerned."""

    ref: str
    cycle: str
    due_on: date
    this_year: bool
    is_open: bool
    is_answered: bool


def uses_in_returns(organisation_id: int) -> list[Use]:
    """Every place in the organisation's returns where a document is shown, the latest return first."""
    asked = _returns(organisation_id)
    found = [*_with_answers(asked), *_in_fields(asked)]
    order = {asked_.ref: place for place, asked_ in enumerate(asked.values())}
    return sorted(found, key=lambda use: order[use.return_ref])


def _returns(organisation_id: int) -> dict[int, _Asked]:
    """The organisation's returns by id, the latest due first. The newest of each framework is this year's."""
    query = (
        select(Return, Cycle, Invitation, Edition.framework_id)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .join(Invitation, Invitation.id == Return.invitation_id)
        .join(Edition, Edition.id == Cycle.edition_id)
        .where(Return.organisation_id == organisation_id)
        .order_by(Cycle.due_on.desc(), Return.id.desc())
    )
    found: dict[int, _Asked] = {}
    newest: set[tuple[int, int]] = set()
    for return_, cycle, invitation, framework_id in db.session.execute(query):
        stage, kind = Stage(return_.stage), (framework_id, cycle.partnership_id)
        wanted = invitation.exempted_at is None
        found[return_.id] = _Asked(
            return_.ref,
            cycle.title,
            cycle.due_on,
            this_year=kind not in newest,
            is_open=wanted and stage not in RETURNED and cycle.closed_at is None,
            is_answered=wanted and stage in EDITABLE and invitation.opens_on <= clock.today(),
        )
        newest.add(kind)
    return found


def _with_answers(asked: dict[int, _Asked]) -> Iterator[Use]:
    query = (
        select(
            AnswerEvidence.return_id,
            AnswerEvidence.note,
            Revision.document_id,
            Revision.id,
            Revision.number,
            Criterion.number.label("criterion"),
            Criterion.text,
        )
        .join(Revision, Revision.id == AnswerEvidence.revision_id)
        .join(Criterion, Criterion.id == AnswerEvidence.criterion_id)
        .join(Standard, Standard.id == Criterion.standard_id)
        .where(AnswerEvidence.return_id.in_(asked))
        .order_by(Standard.position, Criterion.position, AnswerEvidence.id)
    )
    for row in db.session.execute(query):
        yield _use(asked[row.return_id], row, number=row.criterion, what=row.text, note=row.note)


def _in_fields(asked: dict[int, _Asked]) -> Iterator[Use]:
    """What fields that ask for a file hold: the ref of a revision each."""
    query = (
        select(FieldAnswer.return_id, FieldAnswer.value, QuestionField.label)
        .join(QuestionField, QuestionField.id == FieldAnswer.field_id)
        .where(FieldAnswer.return_id.in_(asked), QuestionField.kind == "file")
        .order_by(QuestionField.position, FieldAnswer.id)
    )
    held = [row for row in db.session.execute(query) if row.value]
    rows = select(Revision.ref, Revision.document_id, Revision.id, Revision.number).where(
        Revision.ref.in_({row.value for row in held})
    )
    revisions = {row.ref: row for row in db.session.execute(rows.order_by(Revision.id))}
    for row in held:
        if row.value in revisions:
            yield _use(asked[row.return_id], revisions[row.value], number="", what=row.label, note="")


def _use(asked: _Asked, row: Any, *, number: str, what: str, note: str) -> Use:
    return Use(
        document_id=row.document_id,
        revision_id=row.id,
        revision_number=row.number,
        number=number,
        what=what,
        note=note,
        return_ref=asked.ref,
        cycle=asked.cycle,
        due_on=asked.due_on,
        this_year=asked.this_year,
        is_open=asked.is_open,
        is_answered=asked.is_answered,
    )
