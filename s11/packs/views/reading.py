"""Building packs, how far they are, and reading them."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import permissions as challenge_permissions
from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import glance
from s11.core.errors import DomainError, Invalid
from s11.core.storage import files
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.packs import operations, pages, permissions, queries
from s11.packs.forms import PackForm
from s11.packs.kinds import AUDIENCE_LABELS, Audience, Format
from s11.packs.models import Pack
from s11.packs.rules import HOLDS
from s11.packs.stamping import stamped
from s11.packs.views import choosing
from s11.packs.views.blueprint import blueprint, format_of, handed_out
from s11.trail.operations import look
from s11.web.filters import moment, plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.limits import limited


@blueprint.get("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see_cycle)
def cycle(cycle: Cycle) -> ResponseReturnValue:
    """The packs of a cycle, and the form to build another with everybody chosen."""
    audience = choosing.audience_asked()
    form = choosing.pack_form(cycle, audience)
    form.organisations.data = [choice.value for choice in form.organisations.choices]
    return pack_page(cycle, form, audience)


@blueprint.post("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see_cycle, may=permissions.can_build)
@limited("pack")
def build(cycle: Cycle) -> ResponseReturnValue:
    """Gather what the packs say; their files are written on the page that follows."""
    audience = choosing.audience_asked()
    form = choosing.pack_form(cycle, audience)
    formats = [Format(one) for one in form.formats.data or () if one in list(Format)]
    if not formats:
        form.formats.errors = ["Choose at least one format."]
    asked = choosing.wanted(form, cycle, audience)
    if not asked or not formats:
        return pack_page(cycle, form, audience, 422)
    try:
        made = begin_all(cycle, asked, formats)
    except Invalid as refusal:
        blame(form, refusal, otherwise="organisations")
        return pack_page(cycle, form, audience, 422)
    if len(made) == 1:
        return redirect(url_for("packs.pack", ref=made[0].ref), 303)
    return redirect(url_for("packs.cycle", ref=cycle.ref, _anchor="packs", audience=audience), 303)


def begin_all(cycle: Cycle, asked: list[choosing.Wanted], formats: list[Format]) -> list[Pack]:
    """Gathered while nothing is locked, for that takes seconds; then kept."""
    by = current_user._get_current_object()
    with glance():
        prepared = [operations.prepare(cycle, one, by=by) for one in asked]
    return [operations.begin(cycle, one, formats, by=by) for one in prepared]


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_read)
def pack(pack: Pack) -> ResponseReturnValue:
    """One pack: how far it is, its files, and what can be done with it."""
    return one_pack_page(pack)


@blueprint.post("/<ref>/go-on")
@guard(queries.by_ref, see=permissions.can_read, may=permissions.can_rebuild)
def go_on(pack: Pack) -> ResponseReturnValue:
    """Write the next file. Two who press at once write different ones."""
    back = way_back(pack)
    operations.write_next(pack.id)
    return redirect(back, 303)


@blueprint.post("/<ref>/again")
@guard(queries.by_ref, see=permissions.can_read, may=permissions.can_rebuild)
def again(pack: Pack) -> ResponseReturnValue:
    """Try once more what could not be written."""
    operations.try_again(pack, by=current_user._get_current_object())
    return redirect(url_for("packs.pack", ref=pack.ref), 303)


@blueprint.post("/<ref>/rebuild")
@guard(queries.by_ref, see=permissions.can_read, may=permissions.can_rebuild)
@limited("pack")
def rebuild(pack: Pack) -> ResponseReturnValue:
    """The same pack from the data of now; the one before stays as it is."""
    asked, formats = operations.wanted_of(pack), operations.formats_of(pack)
    try:
        (made,) = begin_all(pack.cycle, [asked], formats)
    except Invalid as refusal:
        return one_pack_page(pack, refusal.sentence, 422)
    return redirect(url_for("packs.pack", ref=made.ref), 303)


@blueprint.post("/<ref>/release")
@guard(queries.by_ref, see=permissions.can_read, may=permissions.can_release)
def release(pack: Pack) -> ResponseReturnValue:
    """Hand a pack to whom it is for, or take it back."""
    by = current_user._get_current_object()
    try:
        if request.form.get("do") == "withdraw":
            operations.withdraw(pack, by=by)
            flash("The pack is taken back: nobody outside the Board can open it any more.", "success")
        else:
            operations.release(pack, by=by)
            flash("The pack is released.", "success")
    except DomainError as refusal:
        return one_pack_page(pack, refusal.sentence, refusal.status)
    return redirect(url_for("packs.pack", ref=pack.ref), 303)


@blueprint.get("/<ref>/files/<format_>")
@guard(queries.by_ref, see=permissions.can_read)
@limited("export")
def download(pack: Pack, format_: str) -> ResponseReturnValue:
    """The file as it was built, with who fetched it and when on its pages; that goes into the trail too."""
    wanted = format_of(format_)
    written = [one for one in queries.files_of([pack.id])[pack.id] if one.format == wanted and one.written_at]
    if wanted is None or not written:
        abort(404)
    look(
        "pack:file:downloaded",
        pack.id,
        by=current_user._get_current_object(),
        organisation_id=pack.organisation_id,
        partnership_id=pack.cycle.partnership_id,
    )
    file = written[0]
    with files().open(file.storage_key) as kept:
        content = stamped(kept.read(), wanted, name=current_user.name, at=moment(clock.now()))
    return handed_out(content, wanted, file.file_name)


def way_back(pack: Pack) -> str:
    """Where the button that goes on was pressed: at the pack, or in the list of all."""
    if request.form.get("from") == "cycle":
        return url_for("packs.cycle", ref=pack.cycle.ref, _anchor="packs", audience=pack.audience)
    return url_for("packs.pack", ref=pack.ref)


def pack_page(cycle: Cycle, form: PackForm, audience: Audience, status: int = 200) -> ResponseReturnValue:
    packs = permissions.readable(current_user, queries.of_cycle(cycle.id))
    lines = pages.lines_of(packs, queries.data_version(cycle))
    page = render_template(
        "packs/cycle.html",
        cycle=cycle,
        form=form,
        audience=audience,
        audiences=AUDIENCE_LABELS,
        what_for=pages.WHAT_FOR[audience],
        about_one=HOLDS[audience].about_one,
        lines=lines,
        waiting=next((line for line in lines if line.waits), None),
        files_done=sum(line.done for line in lines if not line.is_finished),
        files_in_all=sum(len(line.files) for line in lines if not line.is_finished),
        day=challenge.of_cycle(cycle.id),
        may_plan=challenge_permissions.can_plan(current_user, cycle),
        may_build=permissions.can_build(current_user, cycle),
        may_word=permissions.can_see_letters(current_user, cycle),
    )
    return make_response(page, status)


def one_pack_page(pack: Pack, mistake: str = "", status: int = 200) -> ResponseReturnValue:
    (line,) = pages.lines_of([pack], queries.data_version(pack.cycle))
    holds = HOLDS[Audience(pack.audience)]
    page = render_template(
        "packs/pack.html",
        pack=pack,
        line=line,
        holds=holds,
        mistakes=[(mistake, None)] if mistake else [],
        of_board=permissions.can_see_cycle(current_user, pack.cycle),
        may_build=permissions.can_rebuild(current_user, pack),
        may_release=permissions.can_release(current_user, pack) and not holds.for_board,
        day=challenge.of_cycle(pack.cycle_id),
        counted=plural(len(line.files), "file"),
    )
    return make_response(page, status)
