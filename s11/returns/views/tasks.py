"""The task list of a return."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.cycles.letters import filled_letter, values_for
from s11.returns import permissions, queries, rules
from s11.returns.models import Return
from s11.returns.pages import given_lines
from s11.returns.views.blueprint import blueprint
from s11.returns.views.taking import carrying_line
from s11.web.guards import guard


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_open)
def tasks(return_: Return) -> ResponseReturnValue:
    """Where a return stands: its standards, what is left, and who signs."""
    standards = queries.standards_of(return_)
    progress = rules.progress(standards, queries.answer_facts(return_.id), queries.values_in(return_))
    part = permissions.part_of(current_user, return_, standards)
    return render_template(
        "returns/tasks.html",
        return_=return_,
        edition=queries.edition_of(return_),
        progress=progress,
        # What was given to somebody who does not answer all comes first, with day and note.
        yours=[]
        if permissions.answers_all(current_user, return_)
        else given_lines(return_, queries.given_to(current_user.id, return_.id))
        if part
        else [],
        questions=queries.open_questions(return_.id),
        shares_out=permissions.shares_out(current_user, return_),
        done=sum(part.done for part in progress),
        asked=sum(part.asked for part in progress),
        chain=queries.chain(return_),
        editable=bool(part) and permissions.is_open(return_),
        to_sign=permissions.steps_to_sign(current_user, return_, queries.sign_offs_given(return_)),
        due_on=return_.due_on,
        about=about_line(return_),
        signed=queries.sections_signed(return_.id) if any(s.sign_off for s in standards) else {},
        submissions=queries.submissions(return_.id),
        today=clock.today(),
        letter=filled_letter(return_.cycle, values_for(return_.invitation)),
        carrying=carrying_line(return_, part),
        comebacks=queries.comebacks(return_),
        standards_back=queries.standards_back(return_),
        from_the_board=queries.from_the_board(return_, current_user),
    )


def about_line(return_: Return) -> dict[str, Any] | None:
    """The line of the task list about the whole return: how many of its fields are filled; None without."""
    fields = queries.fields_of(return_)
    if not fields:
        return None
    values = queries.values_in(return_)
    filled = sum(not rules.is_missing(field, 0, values) for field in fields)
    lacking = any(field.required and rules.is_missing(field, 0, values) for field in fields)
    return {
        "filled": filled,
        "of": len(fields),
        "kind": "todo" if not filled else "doing" if lacking else "done",
    }
