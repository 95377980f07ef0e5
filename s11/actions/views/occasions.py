"""What an action is recorded for, where the address names it: nobody is then asked where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from flask_login import current_user

from s11.actions import permissions
from s11.actions.forms import ActionForm
from s11.actions.models import Action
from s11.actions.rules import Source
from s11.actions.views.places import Place, place_of
from s11.cycles.models import Cycle
from s11.evidence.requests import permissions as evidence_permissions
from s11.evidence.requests import queries as evidence_requests
from s11.evidence.requests.models import EvidenceRequest
from s11.moderation import permissions as moderation
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions as return_permissions
from s11.returns import queries as returns
from s11.returns.models import Return


@dataclass(frozen=True)
class Occasion:
    """The criterion of a return, its moderation, or the request for evidence that an action is for."""

    may: bool
    thing: Return | EvidenceRequest
    place: Place
    source: Source
    source_title: str
    recommendation: str
    title: str  # goes on after "Add an action"
    words: str
    crumbs: tuple[tuple[str, str], ...]
    back: str
    shows: Callable[[Action], str]  # the address at which the new action is seen
    cycle: Cycle | None = None
    standard_key: str = ""
    criterion_key: str = ""
    evidence_request: EvidenceRequest | None = None
    is_short: bool = False

    def fill(self, form: ActionForm) -> None:
        form.source.data = str(self.source)
        form.source_title.data, form.recommendation.data = self.source_title, self.recommendation


def occasion_asked() -> Occasion | None:
    """What the address names, if this person may open it."""
    if request.args.get("request"):
        return _asked_evidence(request.args["request"])
    if request.args.get("moderation"):
        return _moderated(request.args["moderation"])
    return _gap(request.args.get("return", ""))


def _gap(ref: str) -> Occasion | None:
    """A gap found while a return is answered."""
    return_ = returns.by_ref(ref)
    if return_ is None or not return_permissions.can_open(current_user, return_):
        return None
    found = _criterion(return_)
    if found is None:
        return None
    standard, criterion = found
    address = url_for(
        "returns.standard", ref=return_.ref, number=standard.number, _anchor=f"q{criterion.number}"
    )

    def shows(added: Action) -> str:
        """At its criterion: a message at the top of the page would not be seen."""
        return url_for(
            "returns.standard",
            ref=return_.ref,
            number=standard.number,
            added=added.ref,
            _anchor=f"action-{added.ref}",
        )

    return Occasion(
        may=permissions.can_create_at_gap(current_user, return_, standard, criterion),
        thing=return_,
        place=place_of(return_.cycle.partnership, return_.organisation),
        source=Source.SELF_ASSESSMENT,
        source_title=return_.cycle.title,
        recommendation=f"{criterion.number} {criterion.text}",
        title=f" for {criterion.number}",
        words=criterion.headline,
        crumbs=(
            ("Home", url_for("home.home")),
            (return_.cycle.title, url_for("returns.tasks", ref=return_.ref)),
            (f"{standard.number}. {standard.title}", address),
        ),
        back=address,
        shows=shows,
        cycle=return_.cycle,
        standard_key=criterion.standard_key,
        criterion_key=criterion.key,
        is_short=True,
    )


def _moderated(ref: str) -> Occasion | None:
    """A criterion whose moderation the agency has seen: an action from it would tell of it before."""
    return_ = returns.by_ref(ref)
    if return_ is None or not moderation.can_see_said(current_user, return_):
        return None
    found = _criterion(return_)
    if found is None:
        return None
    standard, criterion = found
    address = url_for("moderation.standard", ref=return_.ref, number=standard.number)
    partnership, organisation = return_.cycle.partnership, return_.organisation
    return Occasion(
        may=permissions.can_create(current_user, partnership.id, organisation.id),
        thing=return_,
        place=place_of(partnership, organisation),
        source=Source.MODERATION,
        source_title=return_.cycle.title,
        recommendation=f"{criterion.number} {criterion.text}",
        title=f" for {criterion.number}",
        words=criterion.headline,
        crumbs=(
            (
                f"Moderation of {organisation.short_name}",
                url_for("moderation.overview", ref=return_.ref),
            ),
            (f"{standard.number}. {standard.title}", address),
        ),
        back=f"{address}#about-{criterion.key}",
        shows=lambda added: url_for("actions.action", ref=added.ref),
        cycle=return_.cycle,
        standard_key=criterion.standard_key,
        criterion_key=criterion.key,
    )


def _asked_evidence(ref: str) -> Occasion | None:
    """What a request for evidence showed."""
    asked = evidence_requests.by_ref(ref)
    if asked is None or not evidence_permissions.can_see(current_user, asked):
        return None
    address = url_for("evidence_requests.one", ref=asked.ref)
    return Occasion(
        may=permissions.can_create(current_user, asked.partnership_id, asked.organisation_id),
        thing=asked,
        place=place_of(asked.partnership, asked.organisation),
        source=Source.EVIDENCE_REQUEST,
        source_title=asked.title,
        recommendation=asked.what,
        title="",
        words=f"After the evidence asked for: {asked.title}",
        crumbs=((asked.title, address),),
        back=address,
        shows=lambda added: url_for("actions.action", ref=added.ref),
        evidence_request=asked,
    )


def _criterion(return_: Return) -> tuple[StandardContent, CriterionContent] | None:
    """The criterion whose number stands in the address, as the organisation is asked it."""
    for standard in returns.standards_of(return_):
        for criterion in standard.criteria:
            if criterion.number == request.args.get("criterion"):
                return standard, criterion
    return None
