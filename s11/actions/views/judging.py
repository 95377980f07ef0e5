"""Whether an action is complete, what difference it made, closing it, opening it again, superseding it."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, pages, permissions, queries
from s11.actions.forms import (
    ACCEPT,
    CloseForm,
    DifferenceForm,
    ReopenForm,
    SupersedeForm,
    VerdictForm,
    choices,
)
from s11.actions.models import Action
from s11.actions.rules import Difference
from s11.actions.views.acting import Mistakes, act_page, done, refused
from s11.actions.views.blueprint import blueprint
from s11.web.filters import day
from s11.web.guards import guard
from s11.web.kept import resumable

FRESH: tuple[int, Mistakes] = (200, [])


@blueprint.route("/<ref>/verdict", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_verify)
@resumable
def verify(action: Action) -> ResponseReturnValue:
    """The Board looks at what shows that an action is complete, and accepts it or says what is missing."""
    form, refusal = VerdictForm(), FRESH
    if request.method == "POST":
        accepts, by = form.verdict.data == ACCEPT, current_user._get_current_object()

        def judge() -> None:
            words = form.reason.data or ""
            if accepts:
                operations.accept(action, reason=words, by=by, version=form.version.data)
            else:
                operations.give_back(
                    action, missing=words, due_on=form.due_on.day, by=by, version=form.version.data
                )

        found = refused(action, form, judge, words=form.reason.data or "", otherwise="reason")
        if found is None:
            return done(
                action,
                "Accepted. It will be asked what difference it made."
                if accepts
                else "Returned. The action is open again.",
            )
        refusal = found
    return act_page(
        action,
        form,
        title="Is it complete?",
        button="Save the verdict",
        address=url_for("actions.verify", ref=action.ref),
        refusal=refusal,
        template="actions/verdict.html",
        claimed=pages.claimed(queries.updates(action.id)),
        shown=queries.shown_for(action.id),
        statuses=pages.locked(queries.shown_for(action.id)),
    )


@blueprint.route("/<ref>/difference", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_answer)
@resumable
def difference(action: Action) -> ResponseReturnValue:
    """What difference an action made for children, and how that is known."""
    form, refusal = DifferenceForm(), FRESH
    if request.method == "POST":

        def say() -> None:
            operations.answer(
                action,
                difference=form.difference.data or "",
                what=form.what.data or "",
                known_by=form.known_by.data or "",
                by=current_user._get_current_object(),
                version=form.version.data,
            )

        found = refused(action, form, say, words="", otherwise="what")
        if found is None or is_answered(action, form.what.data or ""):
            asked = f" It is asked again on {day(action.ask_on)}." if action.ask_on else ""
            return done(action, f"Your answer is with the action.{asked}")
        refusal = found
    intro = [f"Intended: {action.outcome}"] if action.outcome else []
    return act_page(
        action,
        form,
        title="What difference did it make for children?",
        button="Save the answer",
        address=url_for("actions.difference", ref=action.ref),
        intro=[*intro, f"{action.partnership.name} reads the answer. Name no child and no family."],
        refusal=refusal,
    )


def is_answered(action: Action, what: str) -> bool:
    """Whether the newest answer is this person's, in these words: the button was pressed twice."""
    newest = next(iter(queries.impacts(action.id)), None)
    return newest is not None and newest.person_id == current_user.id and newest.what == what.strip()


@blueprint.route("/<ref>/close", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
@resumable
def close(action: Action) -> ResponseReturnValue:
    """The Board closes an action that was verified."""
    form, refusal = CloseForm(), FRESH
    if request.method == "POST":

        def end() -> None:
            operations.close(
                action,
                reason=form.reason.data or "",
                by=current_user._get_current_object(),
                version=form.version.data,
            )

        found = refused(action, form, end, words=form.reason.data or "", otherwise="reason")
        if found is None:
            return done(action, "The action is closed. It can be opened again.")
        refusal = found
    known = action.difference == Difference.MADE
    intro = [] if known else ["Nobody has said that it made a difference. Say why you close it all the same."]
    return act_page(
        action,
        form,
        title="Close this action",
        button="Close it",
        address=url_for("actions.close", ref=action.ref),
        intro=[*intro, "Nothing more will be asked about it."],
        refusal=refusal,
    )


@blueprint.route("/<ref>/open-again", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_judge)
@resumable
def reopen(action: Action) -> ResponseReturnValue:
    """The Board opens an action again that did not last."""
    form, refusal = ReopenForm(), FRESH
    if request.method == "POST":

        def begin() -> None:
            operations.reopen(
                action,
                because=form.because.data or "",
                why=form.reason.data or "",
                due_on=form.due_on.day,
                by=current_user._get_current_object(),
                version=form.version.data,
            )

        found = refused(action, form, begin, words=form.reason.data or "", otherwise="reason")
        if found is None:
            return done(action, "The action is open again. What was said of it stays.")
        refusal = found
    return act_page(
        action,
        form,
        title="Open this action again",
        button="Open it again",
        address=url_for("actions.reopen", ref=action.ref),
        intro=["What was said of it, and what showed it, stays with it."],
        refusal=refusal,
    )


@blueprint.route("/<ref>/supersede", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_supersede)
@resumable
def supersede(action: Action) -> ResponseReturnValue:
    """Say which other action takes the place of this one."""
    form, refusal = SupersedeForm(), FRESH
    others = {one.ref: one for one in queries.could_supersede(action, current_user)}
    form.by.choices = choices(
        ((one.ref, pages.in_a_list(one)) for one in others.values()), first="Choose an action"
    )
    if request.method == "POST":

        def replace() -> None:
            operations.supersede(
                action,
                others.get(form.by.data or ""),
                reason=form.reason.data or "",
                by=current_user._get_current_object(),
                version=form.version.data,
            )

        found = refused(action, form, replace, words=form.reason.data or "", otherwise="by")
        if found is None:
            return done(action, "The other action takes the place of this one.")
        refusal = found
    return act_page(
        action,
        form,
        title="Another action takes its place",
        button="Save",
        address=url_for("actions.supersede", ref=action.ref),
        intro=["This one is then no longer followed. What was said of it stays."],
        refusal=refusal,
    )
