"""Building: adding a standard, wording it, and retiring it with all its criteria."""

from flask import request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import lineage, numbers, standards
from s11.questionnaires.editing.parts import digest, standard_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.asking import offered, settle
from s11.questionnaires.forms.criteria import (
    STANDARD_FIELDS,
    STANDARD_LABELS,
    check_source,
    standard_parts,
    standard_values,
)
from s11.questionnaires.forms.typed import WHY, Values, clean, one_line, typed, why
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import (
    NO_TROUBLE,
    attempt,
    done,
    open_draft,
    part_or_404,
    refused_at,
    show,
    together,
)
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/build/add-standard", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def add_standard(edition: Edition) -> ResponseReturnValue:
    draft = open_draft(edition)
    now: Values = dict.fromkeys((*STANDARD_FIELDS, "text", *WHY), "")
    now["number"] = numbers.next_standard(draft.file)
    more = {"offer": offered(draft.file)}
    if request.method != "POST":
        return show("add_standard.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, (*STANDARD_FIELDS, "text", *WHY))
    if refusal := settle(values, request.form):
        return show("add_standard.html", draft, refused_at(refusal), values=values, now=now, **more)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        parts = standard_parts(values)
        return standards.add(file, parts, text=clean(values["text"]), why=why(values), earlier=earlier)

    number = one_line(values["number"])
    places = {
        **standard_places(number),
        f"standards[{number}].criteria[{number}.1].text": "text",
        f"standards[{number}].criteria[{number}.1].lineage": "reason",
    }
    edit = Edit("questionnaire:standard:added", apply, about={"standard": number})
    if trouble := attempt(edition, edit, places=places):
        return show("add_standard.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{one_line(values['title'])} is in the draft.")


@blueprint.route("/<ref>/build/standards/<key>", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_standard(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    standard = part_or_404(standard_of, draft.file, key)
    now = standard_values(standard)
    more = {"standard": standard, "labels": STANDARD_LABELS, "offer": offered(draft.file, key)}
    if request.method != "POST":
        return show("change_standard.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, STANDARD_FIELDS)
    if refusal := settle(values, request.form):
        return show("change_standard.html", draft, refused_at(refusal), values=values, now=now, **more)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        present = standard_of(file, key)
        joined = together(values, standard_values(present))
        return standards.change(file, key, standard_parts(joined, present))

    number = one_line(values["number"]) or key
    edit = Edit("questionnaire:standard:changed", apply, about={"standard": number})
    if trouble := attempt(edition, edit, places=standard_places(number)):
        return show("change_standard.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{number} is saved.", f"standard-{key}")


def standard_places(number: str) -> dict[str, str]:
    """The field of the form for each part of a standard in the file."""
    prefix = f"standards[{number[:40]}]"
    own = {name: name for name in ("number", "title", "question", "introduction", "good", "only_if")}
    own |= {"sign_off.label": "sign_off_label", "sign_off": "sign_off_step"}
    return {f"{prefix}.{part}": name for part, name in own.items()}


@blueprint.route("/<ref>/build/standards/<key>/retire", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def retire_standard(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    standard = part_or_404(standard_of, draft.file, key)
    now: Values = {"reason": "", "why_source": ""}
    keys = [criterion.key for criterion in standard.criteria]
    more = {
        "standard": standard,
        "lost": lineage.would_be_lost(draft.file, draft.earlier, *keys),
        "rests_on": digest([criterion.text for criterion in standard.criteria]),
    }
    if request.method != "POST":
        return show("retire_standard.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, WHY)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        return standards.retire(file, key, why=why(values), earlier=earlier)

    edit = Edit(
        "questionnaire:standard:retired",
        apply,
        rests_on=lambda file: [criterion.text for criterion in standard_of(file, key).criteria],
        was=request.form.get("rests_on", ""),
        about={"standard": standard.number},
    )
    if trouble := attempt(edition, edit, places={"retired": "reason"}):
        return show("retire_standard.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{standard.number} {standard.title} is no longer asked.")
