"""Building: the whole draft at a glance, its numbers, and what a given organisation would be asked."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, OrganisationFacts
from s11.questionnaires import queries
from s11.questionnaires.editing import numbers
from s11.questionnaires.editing.glance import glance
from s11.questionnaires.editing.parts import digest
from s11.questionnaires.forms.typed import one_line
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import Trouble, attempt, done, open_draft
from s11.web.guards import guard

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")


@blueprint.get("/<ref>/build")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def build(edition: Edition) -> ResponseReturnValue:
    """The draft at a glance, with a way to change each part of it."""
    return build_page(edition)


def build_page(edition: Edition, trouble: Trouble | None = None) -> ResponseReturnValue:
    draft = open_draft(edition)
    order = [[standard.key, *(one.key for one in standard.criteria)] for standard in draft.file.standards]
    page = render_template(
        "questionnaires/build.html",
        edition=edition,
        file=draft.file,
        glance=glance(draft.file, draft.earlier),
        order=digest(order),
        mistakes=trouble.mistakes if trouble else (),
    )
    return page, trouble.status if trouble else 200


@blueprint.post("/<ref>/build/number")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def number_anew(edition: Edition) -> ResponseReturnValue:
    """Numbers by position, in one standard or in all; conditions that name a number go with it."""
    key = one_line(request.form.get("standard", "")) or None
    edit = Edit("questionnaire:edition:numbered", lambda file, earlier: numbers.anew(file, key))
    if trouble := attempt(edition, edit):
        return build_page(edition, trouble)
    return done(edition, "The numbers follow the order now.", f"standard-{key}" if key else "")


@blueprint.get("/<ref>/build/preview")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def preview(edition: Edition) -> ResponseReturnValue:
    """What an organisation of a kind would be asked before it has answered anything."""
    open_draft(edition)
    content = queries.content(edition)
    asked = request.args
    kind = asked.get("kind", "children_services")
    facts = OrganisationFacts(
        kind=kind if kind in set(KIND_LABELS) else "other",
        phase=asked.get("phase", "") if asked.get("phase") in PHASE_LABELS else "",
        bound_by_statute="bound" in asked,
        residential="residential" in asked,
        ofsted_grade=asked.get("grade", "") if asked.get("grade") in GRADES else "",
        commissions_services="commissions" in asked,
        works_alone="alone" in asked,
    )
    standards = content.for_organisation(facts)
    return render_template(
        "questionnaires/preview.html",
        edition=edition,
        content=content,
        facts=facts,
        standards=standards,
        fields=content.fields_for(facts),
        count=sum(len(standard.criteria) for standard in standards),
        kinds=[(str(kind), label) for kind, label in KIND_LABELS.items()],
        phases=[("", "No phase"), *PHASE_LABELS.items()],
        grades=[("", "Not graded"), *((grade, grade) for grade in GRADES)],
    )
