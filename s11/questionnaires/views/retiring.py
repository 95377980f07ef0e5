"""Building: retiring a criterion, asking it again, and correcting by hand what became of one."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import criteria, lineage
from s11.questionnaires.editing.glance import headline
from s11.questionnaires.editing.parts import criterion_of, digest, standard_with
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.criteria import check_source
from s11.questionnaires.forms.typed import WHY, Values, typed, why
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.rules import CHANGES
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.criteria import criterion_places
from s11.questionnaires.views.drafts import NO_TROUBLE, attempt, done, open_draft, part_or_404, show
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/build/criteria/<key>/retire", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def retire_criterion(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    criterion = part_or_404(criterion_of, draft.file, key)
    now: Values = {"reason": "", "why_source": ""}
    lost = lineage.would_be_lost(draft.file, draft.earlier, key)
    more = {"criterion": criterion, "lost": lost, "rests_on": digest(criterion.text)}
    if request.method != "POST":
        return show("retire_criterion.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, WHY)

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        return criteria.retire(file, key, why=why(values), earlier=earlier)

    edit = Edit(
        "questionnaire:criterion:retired",
        apply,
        rests_on=lambda file: criterion_of(file, key).text,
        was=request.form.get("rests_on", ""),
        about={"criterion": criterion.number},
    )
    if trouble := attempt(edition, edit, places={"retired": "reason"}):
        return show("retire_criterion.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{criterion.number} is no longer asked.")


@blueprint.route("/<ref>/build/retired/<key>", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def ask_again(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    earlier = draft.earlier
    if earlier is None:
        abort(404)
    criterion = part_or_404(criterion_of, earlier, key)
    home = standard_with(earlier, key).key
    known = [one.key for one in draft.file.standards]
    now = {"standard": home if home in known else known[-1]}
    choices = [(one.key, f"{one.number} {one.title}") for one in draft.file.standards]
    more = {"criterion": criterion, "choices": choices}
    if request.method != "POST":
        return show("ask_again.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, ("standard",))

    def apply(file: QuestionnaireFile, before: QuestionnaireFile | None) -> QuestionnaireFile:
        return criteria.ask_again(file, key, before or earlier, standard_key=values["standard"])

    edit = Edit("questionnaire:criterion:asked_again", apply, about={"criterion": criterion.number})
    if trouble := attempt(edition, edit):
        return show("ask_again.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{criterion.number} of {earlier.edition.code} is asked again.", f"criterion-{key}")


@blueprint.route("/<ref>/build/criteria/<key>/lineage", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def correct_lineage(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    criterion = part_or_404(criterion_of, draft.file, key)
    earlier = draft.earlier
    if earlier is None or criterion.lineage is None:
        abort(404)
    told = criterion.lineage
    now: Values = {
        "change": told.change,
        "keys": lineage.origins(criterion),
        "reason": told.reason,
        "why_source": told.source,
    }
    more: dict[str, Any] = {
        "criterion": criterion,
        "changes": list(CHANGES.items()),
        "candidates": [(one.key, f"{one.number} {headline(one.text)}") for one in earlier.criteria],
        "before": earlier.edition.code,
    }
    if request.method != "POST":
        return show(
            "correct_lineage.html", draft, NO_TROUBLE, values=now, now=now, rests_on=digest(told), **more
        )
    values = typed(request.form, ("change", *WHY), many=("keys",))

    def apply(file: QuestionnaireFile, before: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        return criteria.correct(
            file, key, before or earlier, change=values["change"], keys=values["keys"], why=why(values)
        )

    edit = Edit(
        "questionnaire:criterion:traced",
        apply,
        rests_on=lambda file: criterion_of(file, key).lineage,
        was=request.form.get("rests_on", ""),
        about={"criterion": criterion.number},
    )
    places = criterion_places(draft, standard_with(draft.file, key).number, criterion.number)
    if trouble := attempt(edition, edit, places={**places, "retired": "keys"}):
        return show(
            "correct_lineage.html", draft, trouble, values=values, now=now, rests_on=digest(told), **more
        )
    return done(edition, f"What became of {criterion.number} is put right.")
