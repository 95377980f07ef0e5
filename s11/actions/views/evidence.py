"""What shows how an action went: adding it, taking it off, opening it."""

from collections.abc import Sequence
from typing import BinaryIO, cast

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, pages, permissions, queries
from s11.actions.models import Action
from s11.actions.views.blueprint import blueprint
from s11.core.errors import Invalid
from s11.evidence import operations as library
from s11.evidence import queries as documents
from s11.evidence.inspection import PLAIN_LIST, TAKEN
from s11.evidence.models import Revision
from s11.evidence.operations import Turned
from s11.evidence.previews.pages import preview_page
from s11.evidence.rules import PERSONAL_DATA, cleaning
from s11.evidence.serving import send
from s11.organisations.models import Organisation
from s11.trail.operations import look
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import most_bytes, takes_files

FIELDS = {
    "file": "#file",
    "personal_data": "#personal_data",
    "link": "#link-target",
    "reference": "#reference-target",
    "library": "#revision",
}
TYPED = (
    "personal_data", "file-note", "link-target", "link-title", "reference-target", "reference-title",
)  # fmt: skip


@blueprint.get("/<ref>/evidence")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_show)
def evidence(action: Action) -> ResponseReturnValue:
    """Choose from the library what shows an action, or add something new to it."""
    return evidence_page(action)


@blueprint.post("/<ref>/evidence")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_show)
@limited("upload")
@takes_files
@resumable
def add_evidence(action: Action) -> ResponseReturnValue:
    """Add files, a link, where something can be seen, or documents the library has already."""
    what, home = request.form.get("what", "file"), home_of(action)
    if what not in ("file", *ADDING):
        abort(400)
    turned: list[Turned] = []
    try:
        if what == "file":
            turned = add_files(action, home)
        else:
            operations.show(action, ADDING[what](home), by=current_user._get_current_object())
            flash("It shows this action now.", "success")
    except Invalid as refusal:
        where = refusal.field if refusal.field in FIELDS else what
        return evidence_page(action, errors={str(where): refusal.sentence}, status=422)
    if turned:
        return evidence_page(action, turned=turned, status=422)
    waits = queries.waiting_for(action, home.id)
    return redirect(
        url_for("actions.evidence" if waits else "actions.action", ref=action.ref, _anchor="evidence"), 303
    )


def home_of(action: Action) -> Organisation:
    """The organisation from whose library this person shows things; the guard has seen that there is one."""
    home = permissions.library_of(current_user, action)
    assert home is not None
    return home


def add_files(action: Action, home: Organisation) -> list[Turned]:
    """Add the files of the form; one that is turned away does not stop the others, and is given back."""
    said = request.form.get("personal_data", "")
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if said not in PERSONAL_DATA:
        again = " Then choose them again." if chosen else ""
        raise Invalid(
            f"Say whether the files name children, families or staff.{again}", field="personal_data"
        )
    if not chosen:
        raise Invalid("Choose a file to add.", field="file")
    arrived = library.receive(
        [(cast(BinaryIO, file.stream), file.filename or "") for file in chosen], most=most_bytes()
    )
    added, asked, turned = operations.show_files(
        action,
        home,
        arrived,
        personal_data=said,
        note=request.form.get("file-note", ""),
        by=current_user._get_current_object(),
    )
    keep_what_was_saved()
    if added:
        flash(f"{plural(len(added), 'file')} added.", "success")
    if asked:
        flash("Something hides in what you sent. Decide below whether to add it.", "info")
    return turned


def linked(home: Organisation) -> list[Revision]:
    address, title = request.form.get("link-target", ""), request.form.get("link-title", "")
    return [library.add_link(home, address=address, title=title, by=current_user)]


def referred(home: Organisation) -> list[Revision]:
    words, title = request.form.get("reference-target", ""), request.form.get("reference-title", "")
    return [library.add_reference(home, words=words, title=title, by=current_user)]


def chosen_again(home: Organisation) -> list[Revision]:
    wanted = set(request.form.getlist("revision"))
    found = [one for one in documents.library(home.id) if one.ref in wanted]
    if not found:
        raise Invalid("Tick at least one document to add.")
    return found


ADDING = {"link": linked, "reference": referred, "library": chosen_again}


@blueprint.post("/<ref>/evidence/remove/<revision>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_show)
def take_off_evidence(action: Action, revision: str) -> ResponseReturnValue:
    """Take a document off an action; it stays in the library."""
    title = operations.take_off(action, home_of(action), revision, by=current_user._get_current_object())
    if title:
        flash(f"“{title}” does not show this action any more. It is still in the library.", "success")
    return redirect(url_for("actions.action", ref=action.ref, _anchor="evidence"), 303)


@blueprint.post("/<ref>/evidence/waiting/<upload>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_show)
def decide_evidence(action: Action, upload: str) -> ResponseReturnValue:
    """Add a file in which something hides, or leave it out."""
    home, found = home_of(action), documents.upload_by_ref(upload)
    if found is None or found.purpose.get("action") != action.ref or found.organisation_id != home.id:
        abort(404)
    if request.form.get("go") == "add":
        operations.accept_file(action, home, found, by=current_user._get_current_object())
        flash(f"“{found.file_name}” shows this action now.", "success")
    else:
        flash(f"“{found.file_name}” was left out, and is not kept here.", "success")
        library.leave_out(found)
    return redirect(url_for("actions.evidence", ref=action.ref), 303)


def evidence_page(
    action: Action,
    *,
    errors: dict[str, str] | None = None,
    turned: Sequence[Turned] = (),
    status: int = 200,
) -> ResponseReturnValue:
    home, shown = home_of(action), queries.shown_for(action.id)
    faults = {what: (errors or {}).get(what) for what in FIELDS}
    there = {one.revision_id for one in shown}
    page = render_template(
        "actions/evidence.html",
        action=action,
        home=home,
        shown=shown,
        statuses=pages.locked(shown),
        may_show=True,
        waiting=[(one, cleaning(one.file_name)) for one in queries.waiting_for(action, home.id)],
        library=[one for one in documents.library(home.id) if one.id not in there],
        errors=faults,
        turned=turned,
        mistakes=[
            *((away.sentence, FIELDS["file"]) for away in turned),
            *((sentence, FIELDS[what]) for what, sentence in faults.items() if sentence),
        ],
        typed={name: request.form.get(name, "") for name in TYPED},
        ticked=request.form.getlist("revision"),
        most_mb=current_app.config["S11"].upload_max_mb,
        most_bytes=most_bytes(),
        accept=",".join(TAKEN),
        taken=PLAIN_LIST,
        personal_data=list(PERSONAL_DATA.items()),
    )
    return make_response(page, status)


def shown_or_404(action: Action, ref: str) -> Revision:
    """A document that shows this action, and no other of the library."""
    found = next((one.revision for one in queries.shown_for(action.id) if one.revision.ref == ref), None)
    return found or abort(404)


@blueprint.get("/<ref>/files/<revision>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_see_evidence)
@limited("export")
def file(action: Action, revision: str) -> ResponseReturnValue:
    """The file itself."""
    answer = send(shown_or_404(action, revision))
    note_look(action)
    return answer


@blueprint.get("/<ref>/files/<revision>/preview")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_see_evidence)
@limited("preview")
def preview(action: Action, revision: str) -> ResponseReturnValue:
    """What is in a file, without opening it."""
    found = shown_or_404(action, revision)
    note_look(action)
    return preview_page(
        found,
        trail=[
            ("Action plan", url_for("actions.plan")),
            ("Action", url_for("actions.action", ref=action.ref)),
        ],
        download=url_for("actions.file", ref=action.ref, revision=revision),
        here=lambda page: url_for("actions.preview", ref=action.ref, revision=revision, page=page),
    )


def note_look(action: Action) -> None:
    """Somebody from outside the organisation opened what it shows: its people see that."""
    if not permissions.roles_in(current_user, action):
        look(
            "action:evidence:opened",
            action.id,
            by=current_user._get_current_object(),
            organisation_id=action.organisation_id,
            partnership_id=action.partnership_id,
        )
