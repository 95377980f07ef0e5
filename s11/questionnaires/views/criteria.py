"""Building: adding a criterion, and changing one."""

from flask import request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import criteria, lineage, numbers
from s11.questionnaires.editing.glance import headline
from s11.questionnaires.editing.parts import criterion_of, scale_for, standard_of, standard_with
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart
from s11.questionnaires.forms.asking import offered, settle
from s11.questionnaires.forms.criteria import (
    BLANK_VARIANT,
    BOXES,
    CRITERION_FIELDS,
    CRITERION_LABELS,
    VARIANT_NAMES,
    check_source,
    criterion_parts,
    criterion_values,
)
from s11.questionnaires.forms.typed import WHY, Values, clean, one_line, rows, typed, why
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.rules import CHANGES, THEMES
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import (
    NO_TROUBLE,
    Draft,
    Trouble,
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

MOST_VARIANTS = 20  # beyond it a fault is told in the summary only
ADDED = ("text", "number", "after", *WHY)


@blueprint.route("/<ref>/build/standards/<key>/add", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def add_criterion(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    standard = part_or_404(standard_of, draft.file, key)
    now = {
        "text": "",
        "number": numbers.next_number(draft.file, standard),
        "after": standard.criteria[-1].key,
        "reason": "",
        "why_source": "",
        "anew": False,
    }
    places = [
        ("", "First"),
        *((one.key, f"After {one.number} {headline(one.text)}"[:100]) for one in standard.criteria),
    ]
    more = {"standard": standard, "places": places}
    if request.method != "POST":
        return show("add_criterion.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, ADDED, boxes=("anew",))

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        after = criteria.add(
            file, key, text=clean(values["text"]), number=one_line(values["number"]), after=values["after"],
            why=why(values), earlier=earlier,
        )  # fmt: skip
        return numbers.anew(after, key) if values["anew"] else after

    edit = Edit("questionnaire:criterion:added", apply, about={"standard": standard.number})
    trouble = attempt(edition, edit, places=criterion_places(draft, standard.number, values["number"]))
    if trouble:
        return show("add_criterion.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"The criterion is in {standard.number} {standard.title}.", f"standard-{key}")


@blueprint.route("/<ref>/build/criteria/<key>", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_criterion(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    criterion = part_or_404(criterion_of, draft.file, key)
    if request.method != "POST":
        return criterion_page(draft, criterion)
    values = typed(request.form, CRITERION_FIELDS, many=("themes",), boxes=BOXES)
    values |= {name: text for name, text in request.form.items() if name.startswith("d-")}
    values["variants"] = rows(request.form, "variant", VARIANT_NAMES, telling=VARIANT_NAMES[1:])
    if refusal := settle(values, request.form):
        return criterion_page(draft, criterion, values, refused_at(refusal))

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        present = criterion_of(file, key)
        joined = together(values, criterion_values(present, file))
        parts = criterion_parts(joined, present, file)
        return criteria.change(file, key, parts, why=why(joined), earlier=earlier)

    number = one_line(values["number"]) or key
    places = criterion_places(draft, standard_with(draft.file, key).number, number)
    trouble = attempt(
        edition, Edit("questionnaire:criterion:changed", apply, about={"criterion": number}), places=places
    )
    if trouble:
        return criterion_page(draft, criterion, values, trouble)
    return done(edition, f"{number} is saved.", f"criterion-{key}")


def criterion_page(
    draft: Draft, criterion: CriterionPart, values: Values | None = None, trouble: Trouble = NO_TROUBLE
) -> ResponseReturnValue:
    """The page of one criterion. `before` is what the predecessor said in its place."""
    now = criterion_values(criterion, draft.file)
    scale = scale_for(draft.file, criterion)
    levels = {f"d-{level.code}": f"What “{level.label}” looks like" for level in scale.levels}
    return show(
        "change_criterion.html",
        draft,
        trouble,
        values={**dict.fromkeys(levels, ""), **(values or now)},
        now={**dict.fromkeys(levels, ""), **now},
        criterion=criterion,
        standard=standard_with(draft.file, criterion.key),
        levels=scale.levels,
        offer=offered(draft.file, criterion.key),
        themes=THEMES,
        labels={**CRITERION_LABELS, **levels},
        before=[
            one
            for one in (draft.earlier.criteria if draft.earlier else ())
            if one.key in lineage.origins(criterion)
        ],
        changes=CHANGES,
        blank=BLANK_VARIANT,
    )


def criterion_places(draft: Draft, standard: str, number: str) -> dict[str, str]:
    """The field of the form for each part of a criterion in the file."""
    prefix = f"standards[{standard[:40]}].criteria[{one_line(number)[:40]}]"
    own = {name: name for name in (*CRITERION_FIELDS, "themes")}
    levels = {level.code for scale in draft.file.scales.values() for level in scale.levels}
    own |= {f"descriptors.{code}": f"d-{code}" for code in levels} | {
        "lineage": "reason",
        "lineage.source": "why_source",
    }
    own |= {
        f"variants[#{at + 1}].{part}": f"variant-{at}-{part}"
        for at in range(MOST_VARIANTS)
        for part in VARIANT_NAMES[1:]
    }
    return {f"{prefix}.{part}": name for part, name in own.items()} | {prefix: "number"}
