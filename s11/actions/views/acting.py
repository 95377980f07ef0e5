"""What every form about an action does with a refusal: nothing typed is lost, and nothing is done twice."""

from collections.abc import Callable, Sequence

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import pages, queries
from s11.actions.forms import VersionedForm
from s11.actions.models import Action
from s11.core.errors import DomainError, Invalid, Stale
from s11.web.forms import blame

Mistakes = list[tuple[str, str | None]]


def refused(
    action: Action, form: VersionedForm, act: Callable[[], object], *, words: str, otherwise: str
) -> tuple[int, Mistakes] | None:
    """Do what the form asks; None where it is done, else the status of the answer and what to say above it.

    `words` are what was typed: where this person has just said them, the button was pressed twice, and
    that is no refusal. A fault that names none of the form's fields is said at `otherwise`.
    """
    if not form.validate():
        return 422, []
    try:
        act()
    except Invalid as refusal:
        blame(form, refusal, otherwise=otherwise)
        return 422, []
    except DomainError as refusal:
        if is_said(action, words):
            return None
        meanwhile = "#meanwhile" if isinstance(refusal, Stale) else None
        return refusal.status, [(refusal.sentence, meanwhile)]
    return None


def is_said(action: Action, words: str) -> bool:
    """Whether the newest entry of the history is this person's, and says these words."""
    last = queries.last_said(action.id)
    return bool(words and last and last.person_id == current_user.id and words in last.text)


def act_page(
    action: Action,
    form: VersionedForm,
    *,
    title: str,
    button: str,
    address: str,
    intro: Sequence[str] = (),
    refusal: tuple[int, Mistakes] = (200, []),
    template: str = "actions/act.html",
    **more: object,
) -> ResponseReturnValue:
    """A page with one form about an action: what it does, and what was refused."""
    status, extra = refusal
    said = pages.timeline(action, queries.updates(action.id))
    page = render_template(
        template,
        action=action,
        form=form,
        title=title,
        button_label=button,
        address=address,
        intro=intro,
        extra=extra,
        meanwhile=said[0] if status == 412 else None,
        **more,
    )
    return make_response(page, status)


def done(action: Action, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("actions.action", ref=action.ref), 303)
