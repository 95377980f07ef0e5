"""Documents in a return: where to look in one, the newer revision instead, one document for many criteria."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid, NotAllowed
from s11.evidence import permissions as library_permissions
from s11.evidence import queries as documents
from s11.evidence.models import Document
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries
from s11.returns.models import Return
from s11.returns.pages.showing import Ticked, choosing
from s11.returns.views.blueprint import blueprint
from s11.returns.views.evidence import criterion_or_404
from s11.returns.views.part import refuse_unless_answers, whom_to_ask
from s11.web.filters import plural
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.post("/<ref>/evidence/<number>/newest/<revision>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
def show_newest(return_: Return, number: str, revision: str) -> ResponseReturnValue:
    """Show the newest revision of a document instead of the one that was pinned."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    shown = operations.show_newest(return_, criterion, revision, by=current_user)
    flash(f"Revision {shown} is now shown for {number}.", "success")
    return back_to(return_, number)


@blueprint.post("/<ref>/evidence/<number>/note/<revision>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_edit)
@resumable
def note_where(return_: Return, number: str, revision: str) -> ResponseReturnValue:
    """Say where in a document to look."""
    standard, criterion = criterion_or_404(return_, number)
    refuse_unless_answers(return_, standard, criterion)
    operations.note_where(return_, criterion, revision, request.form.get("note", ""), by=current_user)
    flash("Saved where to look.", "success")
    return back_to(return_, number)


def back_to(return_: Return, number: str) -> ResponseReturnValue:
    return redirect(url_for("returns.show_evidence", ref=return_.ref, number=number), 303)


@blueprint.get("/show/<ref>")
@guard(documents.document_by_ref, see=library_permissions.can_see, may=library_permissions.can_show)
def choose_criteria(document: Document) -> ResponseReturnValue:
    """The criteria of the open returns, to tick those a document supports."""
    return choosing_page(document)


def choosing_page(
    document: Document, *, mistake: Invalid | None = None, typed: Ticked | None = None
) -> ResponseReturnValue:
    returns = [
        choosing(return_, part, queries.evidence(return_.id), document, typed)
        for return_ in open_returns(document)
        if (part := part_now(return_))
    ]
    page = render_template(
        "returns/show.html",
        document=document,
        newest=documents.newest_revision(document.id),
        returns=returns,
        mistakes=[(mistake.sentence, None)] if mistake else [],
    )
    return make_response(page, 422 if mistake else 200)


def part_now(return_: Return) -> tuple[StandardContent, ...]:
    """What of a return is this person's, and may be changed."""
    part = permissions.part_of(current_user, return_, queries.standards_of(return_))
    return queries.part_back(return_, part)


def returns_of(document: Document) -> list[Return]:
    place = current_user.working_in
    return queries.of_organisations([document.organisation_id], partnership_id=place)


def open_returns(document: Document) -> list[Return]:
    return [return_ for return_ in returns_of(document) if permissions.is_open(return_)]


@blueprint.post("/show/<ref>")
@guard(documents.document_by_ref, see=library_permissions.can_see, may=library_permissions.can_show)
@resumable
def show_for(document: Document) -> ResponseReturnValue:
    """Show it for what was ticked, and no longer for what was ticked before and is not now."""
    ticked = Ticked.of(request.form)
    changed = 0
    try:
        for return_ in returns_of(document):
            for standard, criterion in asked_in(return_):
                changed += follow(return_, standard, criterion, document, ticked)
    except Invalid as refusal:
        return choosing_page(document, mistake=refusal, typed=ticked)
    shown = plural(len(ticked.now), "criterion", "criteria")
    flash(f"“{document.title}” is now shown for {shown}." if changed else "Nothing was changed.", "success")
    return redirect(url_for("evidence.document", ref=document.ref), 303)


def asked_in(return_: Return) -> list[tuple[StandardContent, CriterionContent]]:
    return [(s, criterion) for s in queries.standards_of(return_) for criterion in s.criteria]


def follow(
    return_: Return,
    standard: StandardContent,
    criterion: CriterionContent,
    document: Document,
    ticked: Ticked,
) -> int:
    """Do for one criterion what was ticked; how much was changed."""
    name = f"{return_.ref}-{criterion.id}"
    if name not in ticked.now | ticked.before:
        return 0
    if name in ticked.now and name in ticked.before and not ticked.changed_note(name):
        return 0
    if not permissions.may_answer(current_user, return_, standard, criterion):
        raise NotAllowed(whom_to_ask(return_, standard, criterion))
    if name in ticked.now:
        operations.show_for(return_, document, criterion, note=ticked.notes.get(name, ""), by=current_user)
    else:
        operations.take_off(return_, document, criterion, by=current_user)
    return 1
