"""Building: the edition's own words, what is asked beside the ratings, and how criteria are rated."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import scales, words
from s11.questionnaires.editing.parts import criterion_of, digest, scale_of, standard_of, standard_with
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.criteria import check_source
from s11.questionnaires.forms.fields import BLANK_FIELD, FIELD_NAMES, field_parts, field_places, field_rows
from s11.questionnaires.forms.scales import (
    BLANK_LEVEL,
    LEVEL_NAMES,
    SCALE_FIELDS,
    scale_parts,
    scale_places,
    scale_values,
)
from s11.questionnaires.forms.typed import Values, moved, rows, typed, why
from s11.questionnaires.forms.words import (
    STEP_NAMES,
    WORDS,
    WORDS_LABELS,
    words_parts,
    words_places,
    words_values,
)
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.rules import COLOURS, FIELD_KINDS, NEEDS
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import (
    NO_TROUBLE,
    Draft,
    Trouble,
    attempt,
    done,
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


@blueprint.route("/<ref>/build/words", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_words(edition: Edition) -> ResponseReturnValue:
    draft = open_draft(edition)
    now = words_values(draft.file)
    more = {"labels": {**WORDS_LABELS, "steps": "Signatures"}, "blank": dict.fromkeys(STEP_NAMES, "")}
    if request.method != "POST":
        return show("change_words.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, WORDS, boxes=("na_allowed",))
    values["steps"] = rows(request.form, "step", STEP_NAMES, telling=STEP_NAMES)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        return words.change(file, words_parts(together(values, words_values(file))))

    edit = Edit("questionnaire:edition:worded", apply)
    if trouble := attempt(edition, edit, places=words_places(values)):
        return show("change_words.html", draft, trouble, values=values, now=now, **more)
    return done(edition, "The words of the edition are saved.")


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
    if trouble := attempt(edition, edit, places=places):
        return fields_page(draft, where, values, now, trouble)
    return done(edition, "The fields are saved.")


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
        title=said(draft.file, where), kinds=list(FIELD_KINDS.items()), blank=BLANK_FIELD,
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


@blueprint.route("/<ref>/build/scales/<code>", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_scale(edition: Edition, code: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    scale = part_or_404(scale_of, draft.file, code)
    now = scale_values(scale, draft.file)
    if request.method != "POST":
        return scale_page(draft, code, now, now)
    values = typed(request.form, SCALE_FIELDS)
    values["levels"] = rows(
        request.form, "level", LEVEL_NAMES, telling=("was", "label", "meaning"), many=("needs",)
    )
    if moved(values["levels"], request.form.get("go", "")):
        return scale_page(draft, code, values, now, moving=True)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        present = scale_of(file, code)
        joined = together(values, scale_values(present, file))
        return scales.change(file, code, scale_parts(joined, present), why=why(joined), earlier=earlier)

    prefix = "scale" if code == draft.file.scale.code else f"other_scales[{code}]"
    edit = Edit("questionnaire:scale:changed", apply, about={"scale": code})
    if trouble := attempt(edition, edit, places=scale_places(values, scale, prefix)):
        return scale_page(draft, code, values, now, trouble)
    return done(edition, "The scale is saved.")


def scale_page(
    draft: Draft,
    code: str,
    values: Values,
    now: Values,
    trouble: Trouble = NO_TROUBLE,
    *,
    moving: bool = False,
) -> ResponseReturnValue:
    scale = draft.file.scales[code]
    needs = [*NEEDS.items(), *((one.code, f"“{one.label}”") for one in draft.file.each_criterion)]
    more: dict[str, Any] = {
        "scale": scale,
        "own": code == draft.file.scale.code,
        "needs": needs,
        "colours": [(colour, colour.replace("-", " ").capitalize()) for colour in COLOURS],
        "blank": BLANK_LEVEL,
        "moving": moving,
        "labels": {"title": "Title", "levels": "Levels", "reason": "Why it changed"},
        "using": [one.number for one in draft.file.criteria if one.scale == code],
    }
    return show("change_scale.html", draft, trouble, values=values, now=now, **more)


@blueprint.route("/<ref>/build/scales", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def choose_scale(edition: Edition) -> ResponseReturnValue:
    """Another scale, ready made: in place of the edition's own, or beside it."""
    draft = open_draft(edition)
    now: Values = {"ready": "", "instead": "", "reason": "", "why_source": ""}
    more = {"ready": ready_choices(), "rests_on": digest(draft.file.scale)}
    if request.method != "POST":
        return show("choose_scale.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, ("ready", "instead", "reason", "why_source"))
    beside = values["instead"] == "beside"

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        if beside:
            return scales.add(file, values["ready"])
        return scales.replace(file, values["ready"], why=why(values), earlier=earlier)

    edit = Edit(
        "questionnaire:scale:chosen",
        apply,
        rests_on=None if beside else lambda file: file.scale,
        was=request.form.get("rests_on", ""),
        about={"scale": values["ready"]},
    )
    if trouble := attempt(edition, edit):
        return show("choose_scale.html", draft, trouble, values=values, now=now, **more)
    return done(edition, "The scale is chosen. Look its words through.")


def ready_choices() -> list[tuple[str, str, str]]:
    """The scales that are ready made, with their levels as a hint."""
    return [
        (code, scale.title, ", ".join(level.label for level in scale.levels))
        for code, scale in scales.READY.items()
    ]


@blueprint.post("/<ref>/build/scales/<code>/remove")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def remove_scale(edition: Edition, code: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    scale = part_or_404(scale_of, draft.file, code)
    edit = Edit(
        "questionnaire:scale:removed", lambda file, earlier: scales.remove(file, code), about={"scale": code}
    )
    if trouble := attempt(edition, edit):
        now = scale_values(scale, draft.file)
        return scale_page(draft, code, now, now, trouble)
    return done(edition, "The scale is taken out.")
