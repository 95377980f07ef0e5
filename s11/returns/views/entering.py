"""The page about the whole return, the files that fields ask for, and signatures under single standards."""

from collections.abc import Sequence

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid, NotAllowed
from s11.evidence import queries as documents
from s11.evidence.models import Revision
from s11.questionnaires.rules import CriterionContent, FieldContent, StandardContent
from s11.returns import permissions, queries, rules
from s11.returns.forms import TypedField, read_fields, whole_number
from s11.returns.models import Return
from s11.returns.operations import Entered, put_file, put_file_sent, save_fields, sign_section
from s11.returns.pages import mistakes_of
from s11.returns.rules import Unfinished
from s11.returns.views import by_script
from s11.returns.views.blueprint import blueprint
from s11.returns.views.fields import faultless, place_of_gap, state_of_fields
from s11.returns.views.part import refuse_another_hand, refuse_unless_answers, standard_or_404
from s11.returns.views.uploads import personal_data_said, received, tell, upload_words, waiting_words
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited
from s11.web.requests import wants_json
from s11.web.transactions import keep_what_was_saved
from s11.web.uploads import takes_files


@blueprint.get("/<ref>/about")
@guard(queries.by_ref, see=permissions.can_open)
def about(return_: Return) -> ResponseReturnValue:
    """What is asked once about the whole return; `?check=1` marks what is still missing."""
    return about_page(return_, check=bool(request.args.get("check")))


@blueprint.post("/<ref>/about")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.answers_all)
@resumable
def save_about(return_: Return) -> ResponseReturnValue:
    """Save it; what cannot be read is shown again with the reason, and the rest is kept."""
    refuse_another_hand()
    typed = read_fields(request.form, queries.edition_of(return_).fields, 0)
    entered = save_fields(return_, [one.change for one in faultless(typed)], by=current_user)
    if wants_json():
        keep_what_was_saved()
        return by_script.answered(return_, typed, entered)
    if entered.conflicts or len(faultless(typed)) < len(typed):
        keep_what_was_saved()
        return about_page(return_, typed=typed, entered=entered, status=412 if entered.conflicts else 422)
    go = request.form.get("go", "")
    if go.startswith("file:"):
        field, _, subject = go.removeprefix("file:").partition("-")
        return redirect(url_for("returns.field_file", ref=return_.ref, field=field, subject=subject), 303)
    lacking = rules.gaps((), {}, queries.values_in(return_), fields=queries.fields_of(return_))
    if lacking:
        flash(
            f"Saved. {plural(len(lacking), 'needed question is', 'needed questions are')} still empty.",
            "info",
        )
    else:
        flash("Saved.", "success")
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


def about_page(
    return_: Return,
    *,
    typed: Sequence[TypedField] = (),
    entered: Entered | None = None,
    check: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    fields = queries.fields_of(return_)
    if not fields:
        abort(404)
    gaps = rules.gaps((), {}, queries.values_in(return_), fields=fields) if check else []
    state = state_of_fields(return_, typed=typed, entered=entered, gaps=gaps, subjects=[(0, fields)])
    pages = state.pages(fields, 0)
    # Where only some standards came back, no more than what is missing here may be entered.
    back = any(queries.field_came_back(return_, field, 0, None) for field in fields)
    editable = permissions.is_open(return_) and permissions.answers_all(current_user, return_) and back
    page = render_template(
        "returns/about.html",
        return_=return_,
        fields=pages,
        mistakes=mistakes_of(pages),
        editable=editable,
    )
    return make_response(page, status)


@blueprint.get("/<ref>/fields/<field>/<subject>/file")
@guard(queries.by_ref, see=permissions.can_open)
def field_file(return_: Return, field: str, subject: str) -> ResponseReturnValue:
    """The file a field holds, and how to put another there."""
    return file_page(return_, whole_number(subject), *field_or_404(return_, field, subject))


@blueprint.post("/<ref>/fields/<field>/<subject>/file")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@limited("upload")
@takes_files
@resumable
def put_field_file(return_: Return, field: str, subject: str) -> ResponseReturnValue:
    """Upload a file into a field, choose one from the library, or take it out."""
    asked, standard = field_or_404(return_, field, subject)
    if standard is None and not permissions.answers_all(current_user, return_):
        raise NotAllowed("Your safeguarding lead answers what is asked about the whole return.")
    if standard is not None:
        refuse_unless_answers(return_, standard, criterion_with(asked, whole_number(subject), standard))
    what = request.form.get("what", "file")
    try:
        if what == "file":
            return put_sent_file(return_, whole_number(subject), asked, standard)
        revision = None if what == "none" else chosen(return_)
        put_file(return_, (asked.id, whole_number(subject)), revision, by=current_user)
    except Invalid as refusal:
        return file_page(
            return_,
            whole_number(subject),
            asked,
            standard,
            error=(refusal.field or what, refusal.sentence),
            status=422,
        )
    flash(f"{asked.label}: {'taken out' if revision is None else 'added'}.", "success")
    return redirect(back_to(return_, standard), 303)


def put_sent_file(
    return_: Return, subject: int, asked: FieldContent, standard: StandardContent | None
) -> ResponseReturnValue:
    """Let a field hold the file that was sent, or say why not; where something hides in it, ask first."""
    said = personal_data_said()
    place = (asked.id, subject)
    taken = put_file_sent(return_, place, received()[:1], personal_data=said, by=current_user)
    keep_what_was_saved()
    if taken.turned:
        error = ("file", taken.turned[0].sentence)
        return file_page(return_, subject, asked, standard, error=error, status=422)
    if taken.asked:
        tell(taken, asked.label)
        here = url_for("returns.field_file", ref=return_.ref, field=asked.id, subject=subject)
        return redirect(here, 303)
    flash(f"{asked.label}: added.", "success")
    return redirect(back_to(return_, standard), 303)


def chosen(return_: Return) -> Revision:
    for revision in documents.library(return_.organisation_id):
        if revision.ref == request.form.get("revision", ""):
            return revision
    raise Invalid("Choose one of your documents.")


def field_or_404(
    return_: Return, field_id: str, subject_id: str
) -> tuple[FieldContent, StandardContent | None]:
    """A field that asks for a file, with the standard it stands in; None for the whole return."""
    places: list[tuple[int, Sequence[FieldContent], StandardContent | None]] = [
        (0, queries.fields_of(return_), None)
    ]
    for standard in queries.standards_of(return_):
        places.append((standard.id, standard.fields, standard))
        places += [(criterion.id, criterion.fields, standard) for criterion in standard.criteria]
    for subject, fields, standard_ in places:
        for field in fields:
            if (str(field.id), str(subject)) == (field_id, subject_id) and field.kind == "file":
                return field, standard_
    abort(404)


def criterion_with(
    field: FieldContent, subject_id: int, standard: StandardContent
) -> CriterionContent | None:
    """The criterion in which a field stands; None where it is asked of the standard as a whole."""
    return next((c for c in standard.criteria if c.id == subject_id and field in c.fields), None)


def back_to(return_: Return, standard: StandardContent | None) -> str:
    if standard is None:
        return url_for("returns.about", ref=return_.ref)
    return url_for("returns.standard", ref=return_.ref, number=standard.number)


def file_page(
    return_: Return,
    subject_id: int,
    field: FieldContent,
    standard: StandardContent | None,
    *,
    error: tuple[str, str] = ("", ""),
    status: int = 200,
) -> ResponseReturnValue:
    entry = queries.field_answers(return_.id).get((field.id, subject_id))
    held = documents.revision_by_ref(entry.value) if entry and entry.value else None
    may = (
        permissions.may_answer_now(
            current_user, return_, standard, criterion_with(field, subject_id, standard)
        )
        if standard
        else permissions.is_open(return_)
        and permissions.answers_all(current_user, return_)
        and queries.field_came_back(return_, field, subject_id, None)
    )
    page = render_template(
        "returns/field_file.html",
        return_=return_,
        field=field,
        subject=subject_id,
        held=held,
        library=[
            (r.ref, r.document.title)
            for r in documents.library(return_.organisation_id)
            if r.document.kind == "file"
        ],
        back=back_to(return_, standard),
        back_words=f"{standard.number}. {standard.title}" if standard else "About the whole return",
        errors={error[0]: error[1]} if error[1] else {},
        editable=may,
        waiting=waiting_words(queries.waiting_in(return_, field=field.id, subject=subject_id)) if may else [],
        **upload_words(return_),
    )
    return make_response(page, status)


@blueprint.post("/<ref>/standards/<number>/sign")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_sign_section)
def sign_standard(return_: Return, number: str) -> ResponseReturnValue:
    """Give the signature of a standard that is signed by itself."""
    standard = standard_or_404(return_, number)
    place = url_for("returns.standard", ref=return_.ref, number=number)
    try:
        sign_section(return_, standard, by=current_user)
    except Unfinished as unfinished:
        flash("This cannot be signed yet. What is missing is named below.", "error")
        return redirect(place_of_gap(return_, unfinished.gaps[0]), 303)
    flash(f"You signed {number}. {standard.title}", "success")
    return redirect(place, 303)
