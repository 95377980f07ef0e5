"""Putting an earlier text of an answer back."""

from s11.core.errors import DomainError, Stale
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.models import Return
from s11.returns.operations.answering import AnswerChange, said_by, save_answers
from s11.returns.operations.staging import check_open, hold
from s11.returns.rules import Act, Stage, next_stage


def put_back(return_: Return, criterion: CriterionContent, version: int, *, seen: int, by: Person) -> None:
    """Let an answer say again what it said at an earlier version: as a new version, so that nothing is lost.

    `seen` is the newest version somebody had before them when they chose.
    """
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    answer = queries.answer_of(return_.id, criterion.id)
    earlier = queries.version_of(answer.id, version) if answer else None
    if answer is None or earlier is None:
        raise DomainError(f"There is no such earlier text of {criterion.number}. Open its history again.")
    if answer.version != seen:
        raise Stale(
            f"{answer.updated_by_name or 'Somebody'} has saved something newer for {criterion.number}, so "
            "nothing was changed. Look at the history again."
        )
    said = said_by(earlier)
    change = AnswerChange(
        criterion_id=criterion.id,
        version=seen,
        level_id=said.rating.level_id,
        not_applicable=said.rating.not_applicable,
        not_applicable_reason=said.not_applicable_reason,
        commentary=said.commentary,
        strengths=said.strengths,
        shortfalls=said.shortfalls,
        come_back=said.come_back,
    )
    if save_answers(return_, [change], by=by).conflicts:
        raise Stale(f"Somebody has just changed {criterion.number}. Look at the history again.")
