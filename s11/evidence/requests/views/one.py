"""One request: what is asked, what came, and what can be done next."""

from collections.abc import Collection, Iterable, Sequence

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.evidence import queries as documents
from s11.evidence import scanning
from s11.evidence.inspection import PLAIN_LIST, TAKEN
from s11.evidence.models import Revision
from s11.evidence.operations import Turned
from s11.evidence.requests import permissions, queries
from s11.evidence.requests.forms import MoreForm, OutcomeForm, TakeBackForm
from s11.evidence.requests.models import EvidenceRequest, EvidenceResponse
from s11.evidence.requests.operations.asking import answerers
from s11.evidence.requests.rules import OUTCOME_LABELS, REASON_LABELS, may_remind
from s11.evidence.requests.views.blueprint import blueprint
from s11.evidence.rules import PERSONAL_DATA, cleaning, status_words
from s11.people.rules import OFFICE
from s11.web.guards import guard
from s11.web.uploads import most_bytes

FIELDS = {
    "text": "#text",
    "file": "#file",
    "personal_data": "#personal_data",
    "link": "#link-target",
    "reference": "#reference-target",
    "library": "#revision",
}
TYPED = ("personal_data", "link-target", "link-title", "reference-target", "reference-title")


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def one(request_: EvidenceRequest) -> ResponseReturnValue:
    return request_page(request_)


def request_page(
    request_: EvidenceRequest,
    *,
    errors: dict[str, str] | None = None,
    turned: Sequence[Turned] = (),
    more: MoreForm | None = None,
    outcome: OutcomeForm | None = None,
    taking_back: TakeBackForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page for both sides; what is being answered is shown to the organisation alone."""
    person = current_user._get_current_object()
    faults = {what: (errors or {}).get(what) for what in FIELDS}
    answers = permissions.can_answer(person, request_) and not request_.outcome
    draft = queries.draft(request_.id) if answers else None
    told = queries.responses(request_.id)
    everything = [*told, *([draft] if draft else [])]
    shown = {item.revision_id for item in draft.shown} if draft else set()
    mistakes = [
        *((away.sentence, FIELDS["file"]) for away in turned),
        *((sentence, FIELDS[what]) for what, sentence in faults.items() if sentence),
        *(form_mistake for form in (more, outcome, taking_back) if form for form_mistake in form.mistakes),
    ]
    page = render_template(
        "evidence_requests/one.html",
        request_=request_,
        standing=queries.standing_of(request_, clock.today()),
        reasons=REASON_LABELS,
        outcomes=OUTCOME_LABELS,
        answerers=answerers(request_),
        told=told,
        draft=draft,
        answers=answers,
        judges=permissions.can_judge(person, request_),
        belongs=permissions.belongs(person, request_),
        adds_actions=bool(person.roles_for(request_.partnership_id) & OFFICE),
        may_remind=may_remind(request_.reminded_at, clock.now()),
        waiting=[(one_, cleaning(one_.file_name)) for one_ in queries.waiting(request_)] if answers else [],
        library=not_shown(request_, shown) if answers else [],
        statuses=statuses_of(item.revision for response in everything for item in response.shown),
        errors=faults,
        turned=turned,
        mistakes=mistakes,
        typed={name: request.form.get(name, "") for name in TYPED},
        # What came with a refusal stands there again; else what is kept of the answer.
        text=request.form.get("text", draft.text if draft else ""),
        ticked=request.form.getlist("revision"),
        sent_at=told[-1].sent_at if told and not told[-1].from_office and not is_begun(draft) else None,
        more=more or MoreForm(formdata=None),
        outcome=outcome or OutcomeForm(formdata=None),
        taking_back=taking_back or TakeBackForm(formdata=None),
        correctable=queries.may_be_corrected(request_),
        most_mb=current_app.config["S11"].upload_max_mb,
        most_bytes=most_bytes(),
        accept=",".join(TAKEN),
        taken=PLAIN_LIST,
        personal_data=list(PERSONAL_DATA.items()),
    )
    return make_response(page, status)


def is_begun(draft: EvidenceResponse | None) -> bool:
    return draft is not None and bool(draft.text or draft.shown)


def not_shown(request_: EvidenceRequest, shown: Collection[int]) -> list[Revision]:
    """The documents of the library that the answer does not show yet."""
    return [one for one in documents.library(request_.organisation_id) if one.id not in shown]


def statuses_of(revisions: Iterable[Revision]) -> dict[int, str]:
    """How each file that may not be opened stands; empty where it may."""
    scans = scanning.is_configured()
    return {one.id: status_words(one, scans) if one.storage_key else "" for one in revisions}
