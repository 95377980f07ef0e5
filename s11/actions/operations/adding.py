"""Adding an action to the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from s11.actions import rules
from s11.actions.models import Action, Milestone, Owner, PlanImport, PlanSource, Recommendation
from s11.actions.operations.checks import check, check_words, known_owner
from s11.actions.operations.sources import recommendation_saying, source_titled
from s11.actions.rules import (
    WITH_RECOMMENDATIONS,
    MilestoneDraft,
    OwnerDraft,
    Source,
)
from s11.core import clock
from s11.core.database import db
from s11.cycles.models import Cycle
from s11.evidence.requests.models import EvidenceRequest
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.rules import EDITABLE, Stage
from s11.trail.operations import record


@dataclass(frozen=True)
class Brought:
    """From which import an action comes, from which row, and what stood there: heading and words."""

    by: PlanImport
    row: int
    printed: Mapping[str, str]


def add(
    partnership: Partnership,
    organisation: Organisation | None,
    *,
    source: str,
    text: str,
    owner_name: str,
    owner_role: str,
    due_on: date | None,
    outcome: str = "",
    evidence_expected: str = "",
    mechanism: str = "",
    resources: str = "",
    contingency: str = "",
    priority: str = "",
    theme: str = "",
    source_title: str = "",
    recommendation: str = "",
    plan_source: PlanSource | None = None,
    answers: Sequence[Recommendation] = (),
    owners: Sequence[OwnerDraft] = (),
    milestones: Sequence[MilestoneDraft] = (),
    cycle: Cycle | None = None,
    evidence_request: EvidenceRequest | None = None,
    standard_key: str = "",
    criterion_key: str = "",
    agreed_at: datetime | None = None,
    brought: Brought | None = None,
    by: Person | None = None,
) -> Action:
    """Put a promise into the plan. `agreed_at` is given where a plan made earlier is brought in.

    Without an organisation it is the Board's own. Of a plan that is `brought` an action may lack what others
    must have: owner and date are mended later. A review, an inspection or an audit is given as
    `plan_source` with the recommendations the action answers; where only its title and a recommendation
    are named, they are found in the plan or added to it.

    Raises Invalid, with the field, when there is no text, no person by first name and surname with a
    role, or no completion date from the day it is agreed on.
    """
    agreed_at = agreed_at or clock.now()
    check("source", None if source in set(Source) else "Choose where this action comes from.")
    check_words(text, mechanism, priority, [step.text for step in milestones])
    if brought is None:
        lead = OwnerDraft(name=owner_name, role=owner_role)
        _check_promise(lead, due_on, owners, milestones, since=clock.local(agreed_at).date())
    if source in WITH_RECOMMENDATIONS and plan_source is None and source_title.strip():
        plan_source = source_titled(partnership, kind=source, title=source_title, at=agreed_at, by=by)
    if plan_source is not None:
        if recommendation.strip() and not answers:
            answers = [recommendation_saying(plan_source, recommendation)]
        source_title = recommendation = ""
    action = Action(
        partnership=partnership,
        organisation=organisation,
        source=source,
        plan_source=plan_source,
        source_title=source_title.strip()[: rules.TITLE_LONGEST],
        recommendation=recommendation.strip(),
        recommendations=list(answers),
        owners=_owners(owners),
        milestones=[
            Milestone(position=position, text=step.text.strip(), due_on=step.due_on)
            for position, step in enumerate(milestones)
        ],
        evidence_request=evidence_request,
        theme=theme.strip()[: rules.NAME_LONGEST],
        resources=resources.strip(),
        contingency=contingency.strip(),
        priority=priority,
        cycle=cycle,
        standard_key=standard_key,
        criterion_key=criterion_key,
        text=text.strip(),
        outcome=outcome.strip(),
        evidence_expected=evidence_expected.strip(),
        mechanism=mechanism,
        owner_name=" ".join(owner_name.split())[: rules.NAME_LONGEST],
        owner_role=owner_role.strip()[: rules.NAME_LONGEST],
        owner_id=known_owner(organisation.id if organisation else None, owner_name),
        due_on=due_on,
        first_due_on=due_on,
        imported=brought.by if brought else None,
        import_row=brought.row if brought else None,
        printed=dict(brought.printed) if brought else {},
        created_at=agreed_at,
        created_by_name=by.name if by else "System",
    )
    db.session.add(action)
    db.session.flush()
    count_anew(action)
    record(
        "action:plan:added",
        action.id,
        by=by,
        organisation_id=organisation.id if organisation else None,
        partnership_id=partnership.id,
        after={
            "text": action.text,
            "owner": action.led_by,
            "due_on": action.due_on.isoformat() if action.due_on else None,
            "source": str(source),
        },
    )
    return action


def _check_promise(
    lead: OwnerDraft,
    due_on: date | None,
    owners: Sequence[OwnerDraft],
    milestones: Sequence[MilestoneDraft],
    *,
    since: date,
) -> None:
    """What an action must have that is made here: who does it, and by when. Raises Invalid with the field."""
    check("owner_name", rules.owner_name_fault(lead.name))
    check("owner_role", rules.owner_role_fault(lead.role))
    check("due_on", rules.due_fault(due_on, since=since))
    for position, owner in enumerate(owners):
        check(f"owners-{position}-role", rules.owner_role_fault(owner.role))
    for position, step in enumerate(milestones):
        check(f"milestones-{position}-due_on", rules.due_fault(step.due_on, since=since))


def _owners(drafts: Sequence[OwnerDraft]) -> list[Owner]:
    """Those who have a part besides the lead, in their order."""
    return [
        Owner(
            position=position,
            name=" ".join(draft.name.split())[: rules.NAME_LONGEST],
            role=draft.role.strip()[: rules.NAME_LONGEST],
            organisation_id=draft.organisation_id,
            person_id=known_owner(draft.organisation_id, draft.name),
        )
        for position, draft in enumerate(drafts)
    ]


def count_anew(action: Action) -> None:
    """An action can be what an answer still lacked, so how many are done is counted again. It is a part of
    what is signed, too: whoever read the return before this has not read it."""
    if action.cycle is None or action.organisation is None or not action.criterion_key:
        return
    return_ = return_queries.of_cycle(action.cycle.id, action.organisation.id)
    if return_ is None:
        return
    returns.hold(return_)  # somebody may be saving an answer at this moment, and counts too
    if Stage(return_.stage) in EDITABLE:
        return_.last_saved_at = clock.now()
        returns.count_answered(return_)
