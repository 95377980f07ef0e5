"""One document: what is known of it, its revisions, where it is shown, and keeping it up to date."""

from datetime import date
from typing import BinaryIO, cast

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.evidence import keeping_rules as rules
from s11.evidence import operations, pages, permissions, queries, scanning
from s11.evidence.inspection import PLAIN_LIST, TAKEN
from s11.evidence.models import Document, Upload
from s11.evidence.operations import Turned
from s11.evidence.rules import PERSONAL_DATA, cleaning, status_words
from s11.evidence.uses import uses_of
from s11.evidence.views.blueprint import blueprint
from s11.web.filters import day
from s11.web.forms import parse_day
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import most_bytes, takes_files

FIELDS = ("title", "current_until", "personal_data", "until", "file")
ADDED = (
    "Revision {number} added. Answers go on showing the revision they were given, until you choose the newer "
    "one there."
)
NO_DAY = "“{typed}” is no day. Write it like 31 3 2027."


@blueprint.get("/documents/<ref>")
@guard(queries.document_by_ref, see=permissions.can_see)
def document(document: Document) -> ResponseReturnValue:
    return document_page(document)


def document_page(
    document: Document, *, refused: Invalid | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a document; with what was refused, at its field and with what was typed."""
    today = clock.today()
    revisions = queries.revisions_of(document.id)
    uses = uses_of(document.organisation_id).get(document.id, [])
    page = render_template(
        "evidence/document.html",
        document=document,
        revisions=revisions,
        newest=revisions[0],
        uses=uses,
        standing=pages.standing(document, today=today),
        can_keep=permissions.can_keep(current_user, document) and document.removed_at is None,
        may_show=permissions.can_show(current_user, document) and document.removed_at is None,
        words=rules,
        personal_data=list(PERSONAL_DATA.items()),
        locked={one.id: one.gone or status_words(one, scanning.is_configured()) for one in revisions},
        waiting=[(one, cleaning(one.file_name)) for one in queries.uploads_for(document)],
        errors={name: refused.sentence if refused and refused.field == name else None for name in FIELDS},
        mistakes=[(refused.sentence, f"#{refused.field}")] if refused else [],
        typed=typed_over(document) if refused else said_of(document),
        most_mb=current_app.config["S11"].upload_max_mb,
        most_bytes=most_bytes(),
        accept=",".join(TAKEN),
        taken=PLAIN_LIST,
    )
    return make_response(page, status)


def said_of(document: Document) -> dict[str, str]:
    """What the forms of the page hold."""
    return {
        "title": document.title,
        "current_until": day(document.current_until),
        "personal_data": document.personal_data,
        "until": "",
    }


def typed_over(document: Document) -> dict[str, str]:
    return {name: request.form.get(name, said) for name, said in said_of(document).items()}


@blueprint.post("/documents/<ref>")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
@resumable
def change(document: Document) -> ResponseReturnValue:
    """Change its title, until when it is current, and the answer about personal data."""
    try:
        operations.describe(
            document,
            title=request.form.get("title", ""),
            current_until=day_typed("current_until"),
            personal_data=request.form.get("personal_data", ""),
            by=current_user,
        )
    except Invalid as refusal:
        return document_page(document, refused=refusal, status=422)
    flash("Saved.", "success")
    return back_to(document)


@blueprint.post("/documents/<ref>/still-current")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
@resumable
def confirm(document: Document) -> ResponseReturnValue:
    """Somebody looked, and it is still current."""
    try:
        until = operations.confirm(document, until=day_typed("until"), by=current_user)
    except Invalid as refusal:
        return document_page(document, refused=refusal, status=422)
    flash(f"Noted: still current, until {day(until)}. You will be asked again then.", "success")
    return back_to(document)


def day_typed(name: str) -> date | None:
    """A day as typed; Invalid where it is none. Empty is no day."""
    typed = request.form.get(name, "").strip()
    found = parse_day(typed) if typed else None
    if typed and found is None:
        raise Invalid(NO_DAY.format(typed=typed[:40]), field=name)
    return found


@blueprint.post("/documents/<ref>/revisions")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
@limited("upload")
@takes_files
def add_revision(document: Document) -> ResponseReturnValue:
    """A newer state of the same document."""
    chosen = request.files.get("file")
    try:
        if chosen is None or not chosen.filename:
            raise Invalid("Choose the file as it is now.", field="file")
        sent = [(cast(BinaryIO, chosen.stream), chosen.filename)]
        (arrived,) = operations.receive(sent, most=most_bytes())
        if isinstance(arrived, Turned):
            operations.warn_of_viruses(document.organisation, [arrived], by=current_user)
            keep_what_was_saved()
            raise Invalid(arrived.sentence, field="file")
        added = operations.revise(document, arrived, by=current_user)
    except Invalid as refusal:
        refusal.field = "file"
        return document_page(document, refused=refusal, status=422)
    if isinstance(added, Upload):
        flash("Something hides in what you sent. Decide below whether to add it.", "info")
    else:
        flash(ADDED.format(number=added.number), "success")
    return back_to(document)


@blueprint.post("/documents/<ref>/waiting/<upload>")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
def decide_revision(document: Document, upload: str) -> ResponseReturnValue:
    """Add a revision in which something hides, or leave it out."""
    found = queries.upload_by_ref(upload)
    if found is None or found.purpose.get("document") != document.ref:
        abort(404)
    if request.form.get("go") == "add":
        added = operations.accept_revision(document, found, by=current_user)
        flash(ADDED.format(number=added.number), "success")
    else:
        flash(f"“{found.file_name}” was left out, and is not kept here.", "success")
        operations.leave_out(found)
    return back_to(document)


@blueprint.get("/documents/<ref>/remove")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
def ask_remove(document: Document) -> ResponseReturnValue:
    """Ask first: what becomes of it, or why it cannot be removed now."""
    return remove_page(document)


def remove_page(document: Document, *, status: int = 200) -> ResponseReturnValue:
    uses = uses_of(document.organisation_id).get(document.id, [])
    page = render_template(
        "evidence/remove.html",
        document=document,
        in_the_way=[use for use in uses if use.is_open],
        submitted=[use for use in uses if not use.is_open],
    )
    return make_response(page, status)


@blueprint.post("/documents/<ref>/remove")
@guard(queries.document_by_ref, see=permissions.can_see, may=permissions.can_keep)
def remove(document: Document) -> ResponseReturnValue:
    """Take it out of the library."""
    try:
        operations.remove(document, by=current_user)
    except DomainError as refusal:
        return remove_page(document, status=refusal.status)
    flash(f"“{document.title}” was removed from the library.", "success")
    return redirect(url_for("evidence.library", ref=document.organisation.ref), 303)


def back_to(document: Document) -> ResponseReturnValue:
    return redirect(url_for("evidence.document", ref=document.ref), 303)
