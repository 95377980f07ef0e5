"""What each organisation would be asked, after every condition."""

from collections import defaultdict
from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk.pages import Planned
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.organisations.rules import OrganisationFacts
from s11.questionnaires.rules import EditionContent, StandardContent
from s11.questionnaires.wording import Wording
from s11.web.guards import guard


@dataclass(frozen=True)
class LeftOut:
    """Something these organisations are not asked, and for whom it is instead."""

    number: str
    title: str
    why: str


@dataclass(frozen=True)
class Sort:
    """Organisations that are asked exactly the same."""

    members: tuple[Planned, ...]
    standards: int
    criteria: int
    fields: int
    left_out: tuple[LeftOut, ...]


@desk.get("/<ref>/preview")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def preview(cycle: Cycle) -> ResponseReturnValue:
    """Every organisation with how much it gets, those that get the same together."""
    plan = Plan(cycle)
    return render_template(
        "cycles/preview.html", cycle=cycle, edition=plan.edition, sorts=sorts(plan), view=plan.view
    )


@desk.get("/<ref>/preview/<organisation>")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def preview_one(cycle: Cycle, organisation: str) -> ResponseReturnValue:
    """The questionnaire as one organisation would be asked it, before it has answered anything."""
    plan = Plan(cycle)
    line = next((one for one in plan.lines if one.organisation.ref == organisation), None)
    if line is None:
        abort(404)
    facts, content = line.organisation.facts, plan.edition
    return render_template(
        "cycles/preview_one.html",
        cycle=cycle,
        line=line,
        content=content,
        standards=content.for_organisation(facts),
        fields=content.fields_for(facts),
        count=sum(len(standard.criteria) for standard in content.for_organisation(facts)),
        left_out=left_out(content, facts),
    )


def sorts(plan: Plan) -> list[Sort]:
    """Those asked, by what they get: worked out once for each set of facts. The largest first."""
    by_facts: dict[OrganisationFacts, list[Planned]] = defaultdict(list)
    for line in plan.lines:
        if line.verdict.asked and not line.verdict.exempt:
            by_facts[line.organisation.facts].append(line)
    merged: dict[tuple[int, int, int, tuple[LeftOut, ...]], list[Planned]] = defaultdict(list)
    for facts, lines in by_facts.items():
        merged[shape(plan.edition, facts)] += lines
    found = [
        Sort(tuple(sorted(lines, key=lambda one: one.organisation.name)), *size)
        for size, lines in merged.items()
    ]
    return sorted(found, key=lambda one: (-len(one.members), -one.criteria))


def shape(edition: EditionContent, facts: OrganisationFacts) -> tuple[int, int, int, tuple[LeftOut, ...]]:
    """How many standards, criteria and fields, and what is left out."""
    standards = edition.for_organisation(facts)
    fields = len(edition.fields_for(facts)) + sum(
        len(standard.fields) + sum(len(criterion.fields) for criterion in standard.criteria)
        for standard in standards
    )
    criteria = sum(len(standard.criteria) for standard in standards)
    return len(standards), criteria, fields, left_out(edition, facts)


def left_out(edition: EditionContent, facts: OrganisationFacts) -> tuple[LeftOut, ...]:
    """Standards and criteria that are not asked, each with the condition that decided, in words."""
    asked = {standard.key: standard for standard in edition.for_organisation(facts)}
    wording, found = Wording(edition), []
    for standard in edition.standards:
        if standard.key not in asked:
            found.append(_whole(edition, standard, wording))
            continue
        here = {criterion.key for criterion in asked[standard.key].criteria}
        found += [
            LeftOut(one.number, one.headline, f"Asked only of {wording.asked_of(one.only_if)}")
            for one in standard.criteria
            if one.key not in here
        ]
    return tuple(found)


def _whole(edition: EditionContent, standard: StandardContent, wording: Wording) -> LeftOut:
    if not edition.takes_in(standard):
        why = "This cycle does not ask it"
    elif standard.only_if:
        why = f"Asked only of {wording.asked_of(standard.only_if)}"
    else:
        why = "None of its criteria is for them"
    return LeftOut(standard.number, standard.title, why)
