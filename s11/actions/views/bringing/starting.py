"""The first step: what the plan is, and the plan as a file or pasted."""

from typing import Any

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from s11.actions.bringing import operations, queries
from s11.actions.bringing.forms import BeginForm
from s11.actions.bringing.permissions import can_bring_any, home_of
from s11.actions.views.blueprint import blueprint
from s11.core.errors import Invalid
from s11.core.tables.opening import LARGEST, MEGABYTE
from s11.organisations import queries as organisations
from s11.organisations.models import Partnership
from s11.web.forms import blame
from s11.web.guards import signed_in
from s11.web.limits import limited
from s11.web.uploads import takes_files


def own_partnership() -> Partnership:
    """The partnership into whose plan this person brings another."""
    home = home_of(current_user)
    return next(one for one in organisations.partnerships() if one.id == home)


@blueprint.get("/bring")
@signed_in(can_bring_any)
def bring() -> ResponseReturnValue:
    return start_page(BeginForm())


@blueprint.post("/bring")
@signed_in(can_bring_any)
@limited("upload")
@takes_files
def begin_to_bring() -> ResponseReturnValue:
    """Read the plan and keep what was read. Nothing comes into the plan yet."""
    form = BeginForm()
    if not form.validate():
        return start_page(form, 422)
    try:
        begun = operations.begin(
            own_partnership(), about=about_in(form), by=current_user._get_current_object(), **plan_sent(form)
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="file" if form.file.data else "pasted")
        return start_page(form, 422)
    return redirect(url_for("actions.bring_columns", ref=begun.ref), 303)


def about_in(form: BeginForm) -> operations.About:
    """What the plan belongs to: what was entered, or what stands in the plan under the same title."""
    kind, title = form.kind.data, form.title.data or ""
    there = queries.source_named(own_partnership().id, kind=kind, title=title)
    return operations.About(kind, title, form.dated_on.day, source=there)


def plan_sent(form: BeginForm) -> dict[str, Any]:
    """The file that was sent, with its name, or else what was pasted."""
    sent, pasted = form.file.data, form.pasted.data or ""
    has_file = isinstance(sent, FileStorage) and bool(sent.filename)
    if has_file and pasted:
        raise Invalid(
            "You chose a file and pasted a table. Empty this field, or choose no file.", field="pasted"
        )
    if not has_file and not pasted:
        raise Invalid("Choose the file with the plan, or paste its tables below.", field="file")
    return (
        {"data": sent.stream.read(LARGEST + 1), "file_name": sent.filename}
        if has_file
        else {"pasted": pasted}
    )


def start_page(form: BeginForm, status: int = 200) -> ResponseReturnValue:
    here = own_partnership()
    page = render_template(
        "actions/bringing/start.html",
        form=form,
        here=here,
        titles=queries.titles_of(here.id),
        begun=queries.in_progress(here.id),
        done=queries.brought_in(here.id),
        max_bytes=LARGEST,
        max_label=f"{LARGEST // MEGABYTE} MB",
    )
    return make_response(page, status)
