"""Adding an action, by itself or where a gap was found."""

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions import operations, permissions
from s11.actions.forms import ActionForm, choices
from s11.actions.models import Action
from s11.actions.rules import Source
from s11.actions.views.blueprint import blueprint
from s11.core.errors import Invalid
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people.rules import LEADS, OFFICE
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions as return_permissions
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.web.forms import blame
from s11.web.guards import signed_in, turn_away
from s11.web.kept import resumable

# Where an action may be added: a key for the form, a label, the partnership and the organisation.
Place = tuple[str, str, Partnership, Organisation]


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(permissions.can_open_form)
@resumable
def new() -> ResponseReturnValue:
    """Add an action for an organisation of one's own, or as the office for any at the table.

    With a gap named in the address it is the action of that return's organisation.
    """
    gap = gap_asked()
    if gap is not None and not permissions.can_create_at_gap(
        current_user, gap.return_, gap.standard, gap.criterion
    ):
        turn_away(403, gap.return_, gap.return_.ref)
    places = places_of_person() if gap is None else [gap.place]
    if not places:
        turn_away(404)
    form = ActionForm()
    form.place.choices = choices(((key, label) for key, label, *_ in places), first="Choose an organisation")
    only = places[0] if len(places) == 1 else None
    if gap is not None:
        gap.fill(form)
    if request.method != "POST":
        form.place.data = only[0] if only else ""
        return new_page(form, only, gap)
    if not form.validate():
        return new_page(form, only, gap, 422)
    _, _, partnership, organisation = next(place for place in places if place[0] == form.place.data)
    if gap is None and not permissions.can_create(current_user, partnership.id, organisation.id):
        turn_away(403)
    try:
        added = operations.add(
            partnership,
            organisation,
            source=form.source.data,
            source_title=form.source_title.data or "",
            recommendation=form.recommendation.data or "",
            text=form.text.data or "",
            outcome=form.outcome.data or "",
            evidence_expected=form.evidence_expected.data or "",
            mechanism=form.mechanism.data or "",
            owner_name=form.owner_name.data or "",
            owner_role=form.owner_role.data or "",
            due_on=form.due_on.day,
            cycle=gap.return_.cycle if gap else None,
            standard_key=gap.criterion.standard_key if gap else "",
            criterion_key=gap.criterion.key if gap else "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="text")
        return new_page(form, only, gap, 422)
    flash("The action is in the plan.", "success")
    if gap is not None:
        return redirect(gap.shows(added), 303)
    return redirect(url_for("actions.action", ref=added.ref), 303)


@dataclass(frozen=True)
class Gap:
    """The criterion of a return that an action is recorded for."""

    return_: Return
    standard: StandardContent
    criterion: CriterionContent

    @property
    def place(self) -> Place:
        partnership, organisation = self.return_.cycle.partnership, self.return_.organisation
        return f"{partnership.ref}.{organisation.ref}", organisation.name, partnership, organisation

    @property
    def address(self) -> str:
        return url_for(
            "returns.standard",
            ref=self.return_.ref,
            number=self.standard.number,
            _anchor=f"q{self.criterion.number}",
        )

    def shows(self, added: Action) -> str:
        """The address of the action at its criterion: a message at the top of the page would not be seen."""
        return url_for(
            "returns.standard",
            ref=self.return_.ref,
            number=self.standard.number,
            added=added.ref,
            _anchor=f"action-{added.ref}",
        )

    def fill(self, form: ActionForm) -> None:
        """Say where the action comes from, which nobody has to be asked."""
        form.source.data = str(Source.SELF_ASSESSMENT)
        form.source_title.data = self.return_.cycle.title
        form.recommendation.data = f"{self.criterion.number} {self.criterion.text}"


def gap_asked() -> Gap | None:
    """The criterion named in the address, if it is one of a return this person may open."""
    return_ = returns.by_ref(request.args.get("return", ""))
    if return_ is None or not return_permissions.can_open(current_user, return_):
        return None
    for standard in returns.standards_of(return_):
        for criterion in standard.criteria:
            if criterion.number == request.args.get("criterion"):
                return Gap(return_, standard, criterion)
    return None


def new_page(form: ActionForm, only: Place | None, gap: Gap | None, status: int = 200) -> ResponseReturnValue:
    """The form for a new action; who has one place only is not asked which."""
    page = render_template("actions/new.html", form=form, only=only[1] if only else "", gap=gap)
    return make_response(page, status)


def places_of_person() -> list[Place]:
    """Where this person may add an action."""
    found: dict[str, Place] = {}

    def take(partnership: Partnership, organisation: Organisation) -> None:
        key = f"{partnership.ref}.{organisation.ref}"
        found.setdefault(key, (key, organisation.name, partnership, organisation))

    for membership in current_user.current:
        if membership.partnership and membership.role in OFFICE:
            for organisation in organisations.seated(membership.partnership.id):
                take(membership.partnership, organisation)
        elif membership.organisation and membership.role in LEADS:
            for partnership in organisations.partnerships_of([membership.organisation.id]):
                take(partnership, membership.organisation)
    if len({place[2].id for place in found.values()}) > 1:
        return [(key, f"{label} ({board.name})", board, one) for key, label, board, one in found.values()]
    return list(found.values())
