"""Bringing a register from a file: choose it, see what it would change, apply it."""

import re

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations import queries as organisations
from s11.organisations.models import Partnership
from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.register.files import applying, operations, queries
from s11.register.files.columns import PLAIN, columns_in
from s11.register.files.forms import AuthoritiesForm, BringForm, ColumnsForm, columns_form
from s11.register.files.pages import preview, stage_of
from s11.register.files.permissions import can_bring_any, can_see, home_of
from s11.register.files.plan import DOES_SOMETHING, Group, Plan, sentence_of
from s11.register.files.rules import LAYOUT_LABELS, Layout
from s11.register.files.template import write_template
from s11.register.models import RegisterFile
from s11.register.permissions import kinds_kept
from s11.register.views.blueprint import blueprint
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.limits import limited
from s11.web.uploads import takes_files

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_partnership() -> Partnership:
    """The partnership whose register this person brings."""
    home = home_of(current_user)
    return next(one for one in organisations.partnerships() if one.id == home)


def me() -> Person:
    person: Person = current_user._get_current_object()
    return person


def kinds(file: RegisterFile) -> frozenset[Kind]:
    return kinds_kept(current_user, file.partnership_id)


def plan_of(file: RegisterFile) -> Plan:
    return operations.plan_of(file, kinds=kinds(file))


@blueprint.get("/bring")
@signed_in(can_bring_any)
def bring() -> ResponseReturnValue:
    return choose(BringForm())


def choose(form: BringForm) -> ResponseReturnValue:
    partnership = own_partnership()
    page = render_template(
        "register/bring.html",
        form=form,
        partnership_here=partnership,
        files=[file for file in queries.recent(partnership.id) if can_see(current_user, file)],
        layouts=LAYOUT_LABELS,
    )
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.get("/bring/template.xlsx")
@signed_in(can_bring_any)
@limited("export")
def bring_template() -> ResponseReturnValue:
    """What is in the register now, to change and bring back."""
    partnership = own_partnership()
    kept = kinds_kept(current_user, partnership.id)
    held = [one for one in queries.register_for(partnership.id) if one.facts["kind"] in kept]
    answer = Response(write_template(held), mimetype=WORKBOOK)
    answer.headers["Content-Disposition"] = "attachment; filename=organisations.xlsx"
    return answer


@blueprint.post("/bring")
@signed_in(can_bring_any)
@limited("upload")
@takes_files
def bring_file() -> ResponseReturnValue:
    """Read the file that was sent. Nothing of the register changes."""
    form = BringForm()
    sent = form.file.data
    try:
        if not isinstance(sent, FileStorage) or not sent.filename:
            raise Invalid("Choose the file with the register.", field="file")
        file = operations.bring(own_partnership(), sent.stream, sent.filename, by=me())
    except Invalid as refusal:
        blame(form, refusal, otherwise="file")
        return choose(form)
    return redirect(url_for(".brought", ref=file.ref), 303)


@blueprint.get("/bring/<ref>")
@guard(queries.by_ref, see=can_see)
def brought(file: RegisterFile) -> ResponseReturnValue:
    """What the file would change; before that, what has still to be said about it."""
    if file.applied_at is not None or file.put_aside_at is not None:
        layout = LAYOUT_LABELS[Layout(file.layout)]
        return render_template("register/bring_done.html", file=file, said=said_of(file), layout=layout)
    stage = stage_of(len(file.rows), file.choices, file.layout)
    if stage == "authority":
        return ask_authorities(file, authorities_form(file))
    if stage == "columns":
        return ask_columns(file, columns_form_of(file))
    shown = preview(plan_of(file), request.args.get("show", ""), request.args.get("page", 1, type=int))
    return render_template(
        "register/bring_preview.html",
        file=file,
        shown=shown,
        layout=LAYOUT_LABELS[Layout(file.layout)],
        is_plain=file.layout == Layout.PLAIN,
        to_do=sentence_of(shown.to_do),
    )


def said_of(file: RegisterFile) -> str:
    """What came of a file that was applied."""
    return sentence_of({group: file.outcome[group] for group in DOES_SOMETHING if group in file.outcome})


def authorities_form(file: RegisterFile) -> AuthoritiesForm:
    form = AuthoritiesForm()
    form.authorities.choices = [(name, name) for name in file.choices.get("in_file", ())]
    return form


def ask_authorities(file: RegisterFile, form: AuthoritiesForm) -> ResponseReturnValue:
    page = render_template("register/bring_authorities.html", file=file, form=form)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.get("/bring/<ref>/authorities")
@guard(queries.by_ref, see=can_see)
def bring_authorities(file: RegisterFile) -> ResponseReturnValue:
    """Which of the local authorities in the file; also to choose again."""
    operations.check_waiting(file)
    form = authorities_form(file)
    form.authorities.data = file.choices.get("authorities", [])
    return ask_authorities(file, form)


@blueprint.post("/bring/<ref>/authorities")
@guard(queries.by_ref, see=can_see)
def bring_choose_authorities(file: RegisterFile) -> ResponseReturnValue:
    form = authorities_form(file)
    try:
        operations.choose_authorities(file, request.form.getlist("authorities"))
    except Invalid as refusal:
        blame(form, refusal, otherwise="authorities")
        return ask_authorities(file, form)
    return redirect(url_for(".brought", ref=file.ref), 303)


def columns_form_of(file: RegisterFile) -> ColumnsForm:
    """A choice of the columns of this file for each fact, as they are taken now."""
    headings = file.choices.get("headings", [])
    form = columns_form(headings, file.choices.get("sample", []))()
    if not form.is_submitted():
        for name, place in (file.choices.get("placed") or columns_in(Layout.PLAIN, headings)).items():
            form[name].data = str(place)
    return form


def ask_columns(file: RegisterFile, form: ColumnsForm) -> ResponseReturnValue:
    names = [column.key for column in PLAIN]
    page = render_template("register/bring_columns.html", file=file, form=form, names=names)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.get("/bring/<ref>/columns")
@guard(queries.by_ref, see=can_see)
def bring_columns(file: RegisterFile) -> ResponseReturnValue:
    """Say which column of a plain list is what."""
    operations.check_waiting(file)
    return ask_columns(file, columns_form_of(file))


@blueprint.post("/bring/<ref>/columns")
@guard(queries.by_ref, see=can_see)
def bring_say_columns(file: RegisterFile) -> ResponseReturnValue:
    form = columns_form_of(file)
    if not form.validate():
        return ask_columns(file, form)
    said = {name: int(value) for name, value in form.data.items() if is_place(value)}
    try:
        operations.say_columns(file, said)
    except Invalid as refusal:
        blame(form, refusal, otherwise="name")
        return ask_columns(file, form)
    return redirect(url_for(".brought", ref=file.ref), 303)


def is_place(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit()


@blueprint.post("/bring/<ref>/lines")
@guard(queries.by_ref, see=can_see)
def bring_lines(file: RegisterFile) -> ResponseReturnValue:
    """Keep what is ticked on the page in hand, and stay, or go on to the last question."""
    form, plan = request.form, plan_of(file)
    operations.tick(file, plan, form.getlist("shown"), form.getlist("box"))
    if form.get("go") in ("close", "keep"):
        operations.say_complete(file, form["go"] == "close")
        flash("Saved. See what would change now.", "success")
        return redirect(url_for(".brought", ref=file.ref, show=Group.MISSING), 303)
    if form.get("go") != "on":
        flash("Saved. Nothing of the register has been changed yet.", "success")
        page = form.get("page", "1")
        at = page if re.fullmatch(r"\d{1,4}", page) else "1"
        return redirect(url_for(".brought", ref=file.ref, show=form.get("show", ""), page=at), 303)
    operations.note_seen(file, plan)
    return redirect(url_for(".bring_apply", ref=file.ref), 303)


@blueprint.route("/bring/<ref>/apply", methods=["GET", "POST"])
@guard(queries.by_ref, see=can_see)
def bring_apply(file: RegisterFile) -> ResponseReturnValue:
    """The last question, with the numbers; then everything that is ticked, or nothing."""
    if request.method == "POST":
        try:
            done = applying.apply(file, kinds=kinds(file), by=me())
        except Stale as refusal:
            flash(refusal.sentence, "error")
            return redirect(url_for(".brought", ref=file.ref), 303)
        said = sentence_of({Group(group): count for group, count in done.items()})
        flash(f"The register is up to date: {said}." if said else "Nothing had to be changed.", "success")
        return redirect(url_for(".brought", ref=file.ref), 303)
    if file.applied_at is not None or file.put_aside_at is not None:
        return redirect(url_for(".brought", ref=file.ref))
    plan = plan_of(file)
    return render_template(
        "register/bring_apply.html",
        file=file,
        said=sentence_of(plan.to_do()),
        asked=[line for line in plan.lines if line.asked and plan.does(line)],
        left=len(plan.of(Group.LEFT)),
    )


@blueprint.post("/bring/<ref>/aside")
@guard(queries.by_ref, see=can_see)
def bring_aside(file: RegisterFile) -> ResponseReturnValue:
    try:
        operations.put_aside(file, by=me())
    except DomainError as refusal:
        flash(refusal.sentence, "error")
    else:
        flash("The file has been put aside. Nothing of the register was changed.", "success")
    return redirect(url_for(".bring"), 303)
