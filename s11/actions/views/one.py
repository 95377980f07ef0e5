"""An action with its history: saying how it goes, talking about it, reaching its steps."""

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import CommentForm, UpdateForm
from s11.actions.models import Action
from s11.actions.pages import NextStep
from s11.actions.queries import RatedSince
from s11.actions.reminding.pages import told
from s11.actions.rules import DIFFERENCE_LABELS, OPEN, SAID_BY_OWNER, Status
from s11.actions.views.acting import Mistakes, refused
from s11.actions.views.blueprint import blueprint
from s11.core import clock
from s11.core.errors import Invalid
from s11.people.models import Person
from s11.returns import permissions as return_permissions
from s11.returns import queries as returns
from s11.web.forms import blame, parse_day
from s11.web.guards import guard
from s11.web.kept import resumable

# What an address says of the question somebody came from.
WAY_BACK = ("return", "criterion", "standard", "review")


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def action(action: Action) -> ResponseReturnValue:
    """One action: what comes next, what was promised, how it goes, and the forms to say so."""
    return action_page(action)


@blueprint.post("/<ref>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_update)
@resumable
def update(action: Action) -> ResponseReturnValue:
    """Say how it goes."""
    form = UpdateForm()
    form.due_before = action.due_on

    def say() -> None:
        operations.update(
            action,
            status=form.status.data,
            text=form.text.data or "",
            due_on=form.due_on.day,
            reason=form.reason.data or "",
            seen_at=form.seen_at.data or "",
            by=current_user._get_current_object(),
            version=form.version.data,
        )

    refusal = refused(action, form, say, words=form.text.data or "", otherwise="text")
    if refusal is not None:
        return action_page(action, form, refusal)
    flash("Your update has been saved.", "success")
    return redirect(place_back() or url_for("actions.action", ref=action.ref), 303)


@blueprint.post("/<ref>/comments")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_comment)
@resumable
def comment(action: Action) -> ResponseReturnValue:
    """Say something beside it, which changes nothing of it."""
    form = CommentForm()
    if not form.validate():
        return action_page(action, comment=form, refusal=(422, []))
    try:
        operations.comment(action, form.comment.data or "", by=current_user._get_current_object())
    except Invalid as fault:
        blame(form, fault, otherwise="comment")
        return action_page(action, comment=form, refusal=(422, []))
    flash("Your comment is with the action.", "success")
    return redirect(url_for("actions.action", ref=action.ref, _anchor="history"), 303)


@blueprint.post("/<ref>/steps/<step>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_update)
@resumable
def reach(action: Action, step: str) -> ResponseReturnValue:
    """Say on which day a step was reached, or that it is not reached after all."""
    found = queries.milestone_of(action, step)
    if found is None:
        abort(404)
    typed = request.form.get("done_on", "")
    done_on = parse_day(typed)
    by, undone = current_user._get_current_object(), request.form.get("go") == "undo"
    if undone:
        operations.reach(action, found, done_on=None, by=by)
    elif done_on is None:
        return steps_refused(action, step, "Enter the day on which it was reached, for example 31 3 2027.")
    else:
        try:
            operations.reach(action, found, done_on=done_on, by=by)
        except Invalid as fault:
            return steps_refused(action, step, fault.sentence)
    flash("The step is not reached after all." if undone else "The step is reached.", "success")
    return redirect(url_for("actions.action", ref=action.ref, _anchor="steps"), 303)


def steps_refused(action: Action, step: str, sentence: str) -> ResponseReturnValue:
    return action_page(action, refusal=(422, [(sentence, f"#done_on-{step}")]), step_fault=(step, sentence))


def action_page(
    action: Action,
    form: UpdateForm | None = None,
    refusal: tuple[int, Mistakes] = (200, []),
    *,
    comment: CommentForm | None = None,
    step_fault: tuple[str, str] = ("", ""),
) -> ResponseReturnValue:
    status, extra = refusal
    today, person = clock.today(), current_user._get_current_object()
    updates = queries.updates(action.id)
    said, shown = pages.timeline(action, updates), queries.shown_for(action.id)
    other, goes_on = action.superseded_by, action.status not in (Status.CLOSED, Status.SUPERSEDED)
    sees_evidence = permissions.can_see_evidence(person, action)
    page = render_template(
        "actions/action.html",
        action=action,
        row=pages.row_of(action, today),
        next_=pages.next_step(action, person, today=today),
        next_href=href_of(action, pages.next_step(action, person, today=today)),
        facts=pages.facts(action),
        owners=pages.owners(action),
        since=since_of(action, person),
        may_judge=permissions.can_judge(person, action),
        told=told(action) if permissions.can_see_mail(person, action) else [],
        steps=pages.steps(action, today),
        step_fault=step_fault,
        moved=pages.moved(queries.moves(action.id)),
        impacts=queries.impacts(action.id),
        differences=DIFFERENCE_LABELS,
        shown=shown if sees_evidence else [],
        statuses=pages.locked(shown) if sees_evidence else {},
        home=permissions.library_of(person, action) if goes_on else None,
        sees_evidence=sees_evidence,
        superseded_by=other if other and permissions.can_see(person, other) else None,
        timeline=said,
        meanwhile=said[0] if status == 412 else None,
        may_update=permissions.can_update(person, action) and action.status in SAID_BY_OWNER,
        may_comment=permissions.can_comment(person, action),
        may_change=permissions.can_change(person, action),
        may_see_source=permissions.can_see_source_of(person, action),
        others=other_acts(action),
        may_see_cycle=permissions.can_see_cycle(person, action),
        may_see_challenge=permissions.can_see_challenge(person, action),
        form=form or UpdateForm(MultiDict({"status": action.status})),
        comment=comment or CommentForm(formdata=None),
        extra=extra,
        back={name: request.args[name] for name in WAY_BACK if name in request.args},
        place_back=place_back(),
        today=today,
    )
    return make_response(page, status)


def since_of(action: Action, person: Person) -> RatedSince | None:
    """What moderation found since of what an action changed: for the Board, and for whoever judges."""
    if not permissions.can_compare_ratings(person, action.partnership_id):
        return None
    return next(iter(queries.rated_low_since(action.partnership_id, [action.id])), None)


def href_of(action: Action, step: NextStep | None) -> str:
    """Where the button of what comes next leads; nowhere where nothing is this person's to do."""
    if step is None:
        return ""
    if step.anchor:
        return f"#{step.anchor}"
    known = step.endpoint in current_app.view_functions
    return url_for(step.endpoint, ref=action.ref) if known else ""


def other_acts(action: Action) -> list[tuple[str, str]]:
    """What else this person may do with it, as words and address."""
    person, status = current_user._get_current_object(), action.status
    judges = permissions.can_judge(person, action)
    listed = [
        (
            "Give it to somebody else, or change who has a part in it",
            "actions.owners",
            permissions.can_hand_over(person, action) and status not in (Status.CLOSED, Status.SUPERSEDED),
        ),
        (
            "Another action takes its place",
            "actions.supersede",
            permissions.can_supersede(person, action) and status in (*OPEN, Status.COMPLETE),
        ),
        ("Close it", "actions.close", judges and status == Status.VERIFIED),
        (
            "Open it again",
            "actions.reopen",
            judges and status in (Status.VERIFIED, Status.CLOSED, Status.SUPERSEDED),
        ),
    ]
    return [(words, url_for(endpoint, ref=action.ref)) for words, endpoint, may in listed if may]


def place_back() -> str | None:
    """The question of a return from which somebody came to say what became of an action."""
    return_ = returns.by_ref(request.args.get("return", ""))
    if return_ is None or not return_permissions.can_open(current_user, return_):
        return None
    number, wanted = request.args.get("criterion"), request.args.get("standard")
    for standard in returns.standards_of(return_):
        here = next((f"q{c.number}" for c in standard.criteria if c.number == number), None)
        if here is not None and request.args.get("review"):
            return url_for("returns.review_one", ref=return_.ref, number=number)
        if here is not None or standard.number == wanted:
            return url_for("returns.standard", ref=return_.ref, number=standard.number, _anchor=here)
    return None
