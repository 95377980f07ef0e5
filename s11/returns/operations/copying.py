"""Copying an answer to other schools: on purpose, and never over an answer given there unknowingly."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import queries
from s11.returns.copies import fitting, is_said
from s11.returns.merging import Said
from s11.returns.models import Answer, Return
from s11.returns.operations.answering import note_changed, said_by, write
from s11.returns.operations.staging import check_came_back, check_open, hold
from s11.returns.rules import Act, Stage, next_stage
from s11.trail.operations import record

NOTHING = "There is nothing to copy: {number} has no answer yet."
CHANGED = "{school} has a newer answer to {number} than the one you saw. Nothing was copied: look again."


@dataclass(frozen=True)
class CopyTo:
    """A return to copy to. `replaces`: the version of its answer that may be replaced, 0 for none."""

    return_: Return
    criterion: CriterionContent
    replaces: int = 0


def copy_answer(
    return_: Return, criterion: CriterionContent, targets: Sequence[CopyTo], *, by: Person
) -> None:
    """Let other returns say the same; there it counts as done once somebody has reviewed it.

    Evidence, fields and actions stay behind: they are the school's own. All of it or nothing is copied.
    """
    source = queries.answers(return_.id).get(criterion.id)
    if source is None or not is_said(said_by(source)):
        raise Invalid(NOTHING.format(number=criterion.number))
    if not targets:
        raise Invalid("Tick at least one school.", field="to")
    held = [(target, _held(target)) for target in sorted(targets, key=lambda one: one.return_.id)]
    for target, answer in held:
        level = queries.edition_of(return_).levels.get(source.level_id or 0)
        said = fitting(said_by(source), level, target.criterion)
        _put(target, answer, said, return_.organisation.short_name, by)


def _held(target: CopyTo) -> Answer | None:
    """The answer a copy would replace, looked at anew. Refuses what nobody has agreed to replace."""
    return_ = target.return_
    hold(return_)
    check_open(return_)
    next_stage(Stage(return_.stage), Act.SAVE)
    check_came_back(return_, [target.criterion])
    answer = queries.answers(return_.id, newest=True).get(target.criterion.id)
    if answer is not None and is_said(said_by(answer)) and answer.version != target.replaces:
        school = return_.organisation.name
        raise DomainError(CHANGED.format(school=school, number=target.criterion.number))
    return answer


def _put(target: CopyTo, answer: Answer | None, said: Said, source: str, by: Person) -> None:
    return_ = target.return_
    if answer is None:
        answer = Answer(return_id=return_.id, criterion_id=target.criterion.id, version=0)
        db.session.add(answer)
    write(answer, said, by=by, carried=True, copied_from=source)
    return_.stage = next_stage(Stage(return_.stage), Act.SAVE)
    return_.last_saved_at = clock.now()
    record(
        "return:answers:copied",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        after={"criteria": [target.criterion.number], "from": source},
    )
    note_changed(return_, [target.criterion], by=by)
