"""Building a challenge-day pack and reading those that were built."""

from flask import Blueprint, flash, make_response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.challenge import permissions as challenge_permissions
from s11.challenge import queries as challenge
from s11.core.errors import Invalid
from s11.core.storage import files
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.organisations import queries as organisations
from s11.packs import operations, permissions, queries
from s11.packs.contents import NONE_CHOSEN
from s11.packs.forms import PackForm
from s11.packs.models import Pack
from s11.returns import queries as returns
from s11.trail.operations import look
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.limits import limited

blueprint = Blueprint("packs", __name__, url_prefix="/packs")


@blueprint.get("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see_cycle)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """The packs of a cycle, and the form to build another with everybody chosen."""
    form = pack_form(cycle)
    form.organisations.data = [choice.value for choice in form.organisations.choices]
    return pack_page(cycle, form)


@blueprint.post("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see_cycle, may=permissions.can_build)
@limited("pack")
def build(cycle: Cycle) -> ResponseReturnValue:
    form = pack_form(cycle)
    if not form.organisations.data:
        form.organisations.errors = [NONE_CHOSEN]
        return pack_page(cycle, form, 422)
    if not form.validate():
        return pack_page(cycle, form, 422)
    chosen = [organisations.by_ref(ref) for ref in form.organisations.data]
    try:
        pack = operations.build(cycle, [one for one in chosen if one], by=current_user._get_current_object())
    except Invalid as refusal:
        form.organisations.errors = [refusal.sentence]
        return pack_page(cycle, form, 422)
    (written,) = queries.files_of([pack.id])[pack.id]
    flash(
        f"The pack is built: {written.pages} pages about {plural(len(pack.organisations), 'organisation')}.",
        "success",
    )
    return redirect(url_for("packs.cycle", ref=cycle.ref, _anchor="packs"), 303)


@blueprint.get("/<ref>/download")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def download(pack: Pack) -> ResponseReturnValue:
    """The file as it was built; who opened it goes into the trail."""
    look(
        "pack:file:downloaded",
        pack.id,
        by=current_user._get_current_object(),
        partnership_id=pack.cycle.partnership_id,
    )
    written = queries.files_of([pack.id])[pack.id][0]
    return send_file(
        files().open(written.storage_key),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=written.file_name,
        etag=written.sha256,
    )


def pack_form(cycle: Cycle) -> PackForm:
    """The form with the organisations whose return is in."""
    form = PackForm()
    is_in = {one.organisation_id for one in returns.submitted(cycle.id)}
    form.organisations.choices = choices(
        (one.ref, one.name) for one in challenge.asked(cycle.id) if one.id in is_in
    )
    return form


def pack_page(cycle: Cycle, form: PackForm, status: int = 200) -> ResponseReturnValue:
    packs = queries.of_cycle(cycle.id)
    page = render_template(
        "packs/cycle.html",
        cycle=cycle,
        form=form,
        packs=packs,
        files=queries.files_of([pack.id for pack in packs]),
        day=challenge.of_cycle(cycle.id),
        may_plan=challenge_permissions.can_plan(current_user, cycle),
        may_build=permissions.can_build(current_user, cycle),
    )
    return make_response(page, status)
