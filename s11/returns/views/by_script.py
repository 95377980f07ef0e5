"""What a page that saves itself is told: what stands now, what was kept, and where two wrote at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response

from s11.questionnaires.fields import stamp, words
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import queries
from s11.returns.forms import NOT_APPLICABLE, TypedField
from s11.returns.merging import PARTS
from s11.returns.models import Answer, Return
from s11.returns.operations import AnswerChange, Clash, Entered, Saved, said_by
from s11.returns.pages import code_of, words_of
from s11.web import saving
from s11.web.filters import time_of

Named = Callable[[str], str]
NOTHING: Mapping[int, Any] = {}
# The name of the box that each part of an answer has on the page.
BOXES = {
    "rating": "r{}",
    "not_applicable_reason": "r{}-na-reason",
    "commentary": "c{}",
    "strengths": "s{}",
    "shortfalls": "g{}",
    "come_back": "b{}",
}


def told(
    return_: Return,
    standard: StandardContent,
    changes: Sequence[AnswerChange],
    saved: Saved,
    fields: Sequence[TypedField],
    entered: Entered,
    before: set[int],
    *,
    named: Named = str,
) -> Response:
    """The state after a save, as JSON. `named`: how whoever asks may see the name of a colleague.

    200 where all of it was kept, 412 where somebody's words stand in the way of a part of it, 422 where a
    field cannot be kept as typed. What could be kept is kept in each case.
    """
    criteria = {criterion.id: criterion for criterion in standard.criteria}
    now = next((s for s in queries.standards_of(return_) if s.id == standard.id), None)
    asked = {criterion.id for criterion in now.criteria} if now else set()
    answers = {
        criterion_id: state_of(criteria[criterion_id], saved.answers.get(criterion_id), named)
        for criterion_id in (change.criterion_id for change in changes)
        if criterion_id in criteria
    }
    return answered(
        return_,
        fields,
        entered,
        answers=answers,
        clashes=[clash_of(criteria[clash.criterion_id], clash, named) for clash in saved.conflicts],
        opened=[c.number for c in now.criteria if c.id not in before] if now else [],
        closed=[c.number for c in standard.criteria if c.id in before and c.id not in asked],
        named=named,
    )


def answered(
    return_: Return,
    fields: Sequence[TypedField],
    entered: Entered,
    *,
    answers: Mapping[int, Any] = NOTHING,
    clashes: Sequence[dict[str, Any]] = (),
    opened: Sequence[str] = (),
    closed: Sequence[str] = (),
    named: Named = str,
) -> Response:
    """The same for a page that has only fields: what is asked about the whole return."""
    faults = {name_of_stamp(one): one.typed.fault for one in fields if one.typed.fault}
    return saving.told(
        answers=answers,
        fields=stamps(return_, [one for one in fields if not one.typed.fault]),
        faults=faults,
        clashes=clashes,
        field_clashes=field_clashes(fields, entered, named),
        opened=opened,
        closed=closed,
        answered=return_.answered,
    )


def state_of(criterion: CriterionContent, answer: Answer | None, named: Named = str) -> dict[str, Any]:
    """One answer as it stands, by the names of its boxes, with its version."""
    if answer is None:
        return {"version": 0}
    said = said_by(answer)
    rating = NOT_APPLICABLE if said.rating.not_applicable else code_of(criterion, said.rating.level_id) or ""
    shown = {"rating": rating, "come_back": "y" if said.come_back else ""}
    return {
        "version": answer.version,
        "by": named(answer.updated_by_name),
        "carried": answer.carried,
        "boxes": {
            box.format(criterion.id): shown[part] if part in shown else getattr(said, part)
            for part, box in BOXES.items()
        },
    }


def clash_of(criterion: CriterionContent, clash: Clash, named: Named) -> dict[str, Any]:
    """Where two wrote to one part: whose words stand, since when, and the words."""
    theirs = said_by(clash.answer)
    return {
        "criterion": criterion.id,
        "number": criterion.number,
        "name": named(clash.answer.updated_by_name),
        "at": time_of(clash.answer.updated_at),
        "parts": [
            {
                "label": PARTS[part].capitalize(),
                "theirs": words_of(criterion, theirs, part),
                "box": BOXES[part].format(criterion.id),
            }
            for part in clash.parts
        ],
    }


def field_clashes(fields: Sequence[TypedField], entered: Entered, named: Named) -> list[dict[str, str]]:
    typed = {one.place: one for one in fields}
    return [
        {
            "field": name_of_stamp(typed[entry.field_id, entry.subject_id]),
            "stamp": stamp(entry.version, entry.value),
            "label": typed[entry.field_id, entry.subject_id].field.label,
            "name": named(entry.updated_by_name),
            "at": time_of(entry.updated_at),
            "theirs": words(typed[entry.field_id, entry.subject_id].field, entry.value) or "Nothing",
        }
        for entry in entered.conflicts
    ]


def name_of_stamp(one: TypedField) -> str:
    return f"fv{one.field.id}-{one.subject_id}"


def stamps(return_: Return, fields: Sequence[TypedField]) -> dict[str, str]:
    """What each field that was sent is known by now."""
    entries = queries.field_answers(return_.id) if fields else {}
    found = {}
    for one in fields:
        entry = entries.get(one.place)
        found[name_of_stamp(one)] = stamp(entry.version if entry else 0, entry.value if entry else None)
    return found
