"""Building: what is asked beside the ratings."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import words
from s11.questionnaires.editing.parts import criterion_of, standard_of, standard_with
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.fields import BLANK_FIELD, FIELD_NAMES, field_parts, field_places, field_rows
from s11.questionnaires.forms.typed import Values, moved, rows
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.rules import FIELD_KINDS, PREFILLS
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import (
    NO_TROUBLE,
    Draft,
    Trouble,
    attempt,
    open_draft,
    part_or_404,
    show,
    together,
)
from s11.web.guards import guard
from s11.web.kept import resumable

PLACES = {
    "fields": "Asked once about the whole return",
    "each_standard": "Asked in every standard",
    "each_criterion": "Asked beside every criterion",
}


@blueprint.route("/<ref>/build/fields/<where>", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_fields(edition: Edition, where: str) -> ResponseReturnValue:
    """The fields at one place: `where` is as in `editing.words.fields_at`."""
    draft = open_draft(edition)
    before = part_or_404(words.fields_at, draft.file, where)
    now: Values = {"fields": field_rows(before)}
    if request.method != "POST":
        return fields_page(draft, where, now, now)
    values: Values = {"fields": rows(request.form, "field", FIELD_NAMES, telling=("was", "label"))}
    if moved(values["fields"], request.form.get("go", "")):
        return fields_page(draft, where, values, now, moving=True)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        joined, present = together(values, {"fields": field_rows(words.fields_at(file, where))}), file
        return words.set_fields(
            file, where, field_parts(joined["fields"], words.fields_at(file, where), present)
        )

    edit = Edit("questionnaire:fields:changed", apply, about={"where": said(draft.file, where)})
    places = field_places(values["fields"], draft.file, path_of(draft.file, where))
    version = edition.version
    if trouble := attempt(edition, edit, places=places):
        return fields_page(draft, where, values, now, trouble)
    if edition.version == version:
        flash("Nothing was changed.", "info")
    else:
        flash("The fields are saved.", "success")
    # Back to this page and not to the draft: whoever adds one field mostly adds another.
    return redirect(url_for("questionnaires.change_fields", ref=edition.code, where=where), 303)


def fields_page(
    draft: Draft,
    where: str,
    values: Values,
    now: Values,
    trouble: Trouble = NO_TROUBLE,
    *,
    moving: bool = False,
) -> ResponseReturnValue:
    return show(
        "change_fields.html", draft, trouble, values=values, now=now, where=where, moving=moving,
        title=said(draft.file, where), kinds=list(FIELD_KINDS.items()),
        prefills=[("", "Nothing"), *PREFILLS.items()], blank=BLANK_FIELD,
        labels={"fields": "Fields"},
    )  # fmt: skip


def said(file: QuestionnaireFile, where: str) -> str:
    """Where fields stand, in words."""
    kind, _, key = where.partition(":")
    if kind == "standard":
        return f"Asked in {standard_of(file, key).number} {standard_of(file, key).title}"
    return f"Asked beside {criterion_of(file, key).number}" if kind == "criterion" else PLACES[where]


def path_of(file: QuestionnaireFile, where: str) -> str:
    """Where fields stand in the file."""
    kind, _, key = where.partition(":")
    if kind == "standard":
        return f"standards[{standard_of(file, key).number}].fields"
    if kind == "criterion":
        number = criterion_of(file, key).number
        return f"standards[{standard_with(file, key).number}].criteria[{number}].fields"
    return where
