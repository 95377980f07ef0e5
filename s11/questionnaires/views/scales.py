"""Building: how criteria are rated."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.changes.printed import need_words
from s11.questionnaires.editing import scales
from s11.questionnaires.editing.parts import digest, scale_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import ScalePart
from s11.questionnaires.forms.criteria import check_source
from s11.questionnaires.forms.scales import (
    BLANK_LEVEL,
    LEVEL_NAMES,
    SCALE_FIELDS,
    SCALE_LABELS,
    scale_parts,
    scale_places,
    scale_values,
)
from s11.questionnaires.forms.typed import Values, moved, rows, typed, why
from s11.questionnaires.models import Edition
from s11.questionnaires.needing import divided
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.rules import COLOURS, NEEDS
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
    # One with a condition is written in the file; here it can be kept, or be taken off.
    needs += [(need, need_words(need)) for need in conditional_needs(scale)]
    more: dict[str, Any] = {
        "scale": scale,
        "own": code == draft.file.scale.code,
        "needs": needs,
        "colours": [(colour, colour.replace("-", " ").capitalize()) for colour in COLOURS],
        "blank": BLANK_LEVEL,
        "moving": moving,
        "labels": SCALE_LABELS,
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


def conditional_needs(scale: ScalePart) -> list[str]:
    """What levels of a scale need of some organisations only, each once."""
    return list(dict.fromkeys(need for level in scale.levels for need in level.needs if divided(need)[1]))
