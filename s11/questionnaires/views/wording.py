"""Building: the edition's own words."""

from flask import request
from flask.typing import ResponseReturnValue

from s11.questionnaires import queries
from s11.questionnaires.editing import words
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.typed import rows, typed
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
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import NO_TROUBLE, attempt, done, open_draft, show, together
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/build/words", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def change_words(edition: Edition) -> ResponseReturnValue:
    draft = open_draft(edition)
    now = words_values(draft.file)
    more = {"labels": WORDS_LABELS, "blank": dict.fromkeys(STEP_NAMES, "")}
    if request.method != "POST":
        return show("change_words.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, WORDS, boxes=("na_allowed",))
    values["steps"] = rows(request.form, "step", STEP_NAMES, telling=("label", "step"))

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        return words.change(file, words_parts(together(values, words_values(file))))

    edit = Edit("questionnaire:edition:worded", apply)
    if trouble := attempt(edition, edit, places=words_places(values)):
        return show("change_words.html", draft, trouble, values=values, now=now, **more)
    return done(edition, "The words of the edition are saved.")
