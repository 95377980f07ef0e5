"""Who a post of the plan is, in whatever way it is spelt: said once for all its rows."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.bringing import operations, pages, queries
from s11.actions.bringing.forms import PostForm
from s11.actions.bringing.permissions import can_see
from s11.actions.models import PlanImport
from s11.actions.views.blueprint import blueprint
from s11.actions.views.bringing.here import Here, Mistakes, TypedPost
from s11.actions.views.bringing.rows import asked_now, rows_page
from s11.core.errors import Invalid, Stale
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

MEANWHILE = "Somebody said who this is while you had it open. Look at both, and save again."
NONE_CHOSEN = "Tick the spellings that are this post."


@blueprint.post("/bring/<ref>/posts")
@guard(queries.by_ref, see=can_see)
@resumable
def decide_post(brought: PlanImport) -> ResponseReturnValue:
    """Say who a post is; the spellings that are ticked are written so in every row from now on."""
    if brought.stage != "rows":
        return redirect(url_for("actions.brought", ref=brought.ref), 303)
    here, form = Here(brought), PostForm()
    form.organisations = here.organisations
    shown = next((one for one in here.posts if one.post.key == form.key.data), None)
    if shown is None:
        abort(404)
    spellings = tuple(one for one in shown.post.spellings if one in request.form.getlist("spelling"))
    if not form.validate():
        return again(here, shown, form, spellings, form.mistakes, 422)
    if not spellings:
        return again(here, shown, form, spellings, [(NONE_CHOSEN, "#role")], 422)
    if form.mark.data != shown.mark:
        return again(here, shown, form, spellings, [(MEANWHILE, "#posts")], 412)
    try:
        operations.merge_posts(
            brought,
            shown.post.key,
            name=form.name.data or "",
            role=form.role.data or "",
            organisation_ref=form.organisation_ref or "",
            of_board=form.organisation_ref == "" and bool(form.organisation.data),
            spellings=spellings,
            by=current_user._get_current_object(),
            version=brought.version,
        )
    except Stale:
        return again(Here(brought), shown, form, spellings, [(MEANWHILE, "#posts")], 412)
    except Invalid as refusal:
        blame(form, refusal, otherwise="role")
        return again(here, shown, form, spellings, form.mistakes, 422)
    flash(f"{form.role.data} is written so in every row in which it stands.", "success")
    address = asked_now(to_mend=True).address
    return redirect(
        url_for("actions.bring_rows", ref=brought.ref, **address, posts="open", _anchor="posts"), 303
    )


def again(
    here: Here,
    shown: pages.ShownPost,
    form: PostForm,
    spellings: tuple[str, ...],
    mistakes: Mistakes,
    status: int,
) -> ResponseReturnValue:
    """The page again, with what was typed of a post."""
    said: Mistakes = [
        (sentence, f"{href}-{shown.place}" if href and href != "#posts" else href)
        for sentence, href in mistakes
    ]
    return rows_page(here, post=TypedPost(shown.place, form, spellings, said), status=status)
