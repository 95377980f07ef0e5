"""Adding an action to the plan, and saying how it goes."""

from datetime import date, datetime

from sqlalchemy import update as sql_update

from s11.actions import rules
from s11.actions.models import Action, Update
from s11.actions.rules import Mechanism, Source, Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation, Partnership
from s11.people import queries as people
from s11.people.models import Person
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.rules import EDITABLE, Stage
from s11.trail.operations import record


def add(
    partnership: Partnership,
    organisation: Organisation,
    *,
    source: str,
    text: str,
    owner_name: str,
    owner_role: str,
    due_on: date | None,
    outcome: str = "",
    evidence_expected: str = "",
    mechanism: str = "",
    source_title: str = "",
    recommendation: str = "",
    cycle: Cycle | None = None,
    standard_key: str = "",
    criterion_key: str = "",
    agreed_at: datetime | None = None,
    by: Person | None = None,
) -> Action:
    """Put a promise into the plan. `agreed_at` is given where a plan made earlier is brought in.

    Raises Invalid, with the field, when there is no text, no person by first name and surname with a
    role, or no completion date from the day it is agreed on.
    """
    agreed_at = agreed_at or clock.now()
    _check("text", None if text.strip() else "Say what will be done.")
    _check("owner_name", rules.owner_name_fault(owner_name))
    _check("owner_role", rules.owner_role_fault(owner_role))
    _check("due_on", rules.due_fault(due_on, since=clock.local(agreed_at).date()))
    _check("source", None if source in set(Source) else "Choose where this action comes from.")
    _check(
        "mechanism",
        None if mechanism in {"", *Mechanism} else "Choose how this action makes its change.",
    )
    action = Action(
        partnership_id=partnership.id,
        organisation=organisation,
        source=source,
        source_title=source_title.strip()[: rules.TITLE_LONGEST],
        recommendation=recommendation.strip(),
        cycle=cycle,
        standard_key=standard_key,
        criterion_key=criterion_key,
        text=text.strip(),
        outcome=outcome.strip(),
        evidence_expected=evidence_expected.strip(),
        mechanism=mechanism,
        owner_name=" ".join(owner_name.split())[: rules.NAME_LONGEST],
        owner_role=owner_role.strip()[: rules.NAME_LONGEST],
        owner_id=_known_owner(organisation, owner_name),
        due_on=due_on,
        first_due_on=due_on,
        created_at=agreed_at,
        created_by_name=by.name if by else "System",
    )
    db.session.add(action)
    db.session.flush()
    _count_anew(action)
    record(
        "action:plan:added",
        action.id,
        by=by,
        organisation_id=organisation.id,
        partnership_id=partnership.id,
        after={
            "text": action.text,
            "owner": f"{action.owner_name}, {action.owner_role}",
            "due_on": action.due_on.isoformat(),
            "source": str(source),
        },
    )
    return action


def update(
    action: Action,
    *,
    status: str,
    text: str,
    due_on: date | None = None,
    reason: str = "",
    by: Person | None,
    version: int,
    at: datetime | None = None,
) -> Update:
    """Say how an action goes; a new date needs a reason. `at` is given where old updates are brought in.

    Raises Stale when somebody saved a newer state than `version`, and Invalid with the field.
    """
    at = at or clock.now()
    _check("status", None if status in set(Status) else "Choose how this action stands.")
    _check("text", rules.update_fault(status, text))
    moved = due_on is not None and due_on != action.due_on
    if moved:
        _check("due_on", rules.due_fault(due_on, since=clock.local(at).date()))
        _check("reason", None if reason.strip() else "Say why the completion date moves.")
    _take_turn(action, version)
    before = {"status": action.status, "due_on": action.due_on.isoformat()}
    said = Update(
        action_id=action.id,
        at=at,
        person_id=by.id if by else None,
        person_name=by.name if by else "System",
        status=status,
        text=text.strip() + (f"\nNew date: {reason.strip()}" if moved else ""),
        due_before=action.due_on if moved else None,
        due_after=due_on if moved else None,
    )
    action.status = status
    action.due_on = due_on or action.due_on
    db.session.add(said)
    db.session.flush()
    record(
        "action:progress:updated",
        action.id,
        by=by,
        organisation_id=action.organisation_id,
        partnership_id=action.partnership_id,
        before=before,
        after={"status": action.status, "due_on": action.due_on.isoformat()},
    )
    return said


def _take_turn(action: Action, version: int) -> None:
    """Raise the version in one statement, so that of two people saving at once one is told."""
    raised = db.session.execute(
        sql_update(Action)
        .where(Action.id == action.id, Action.version == version)
        .values(version=version + 1)
    )
    if raised.rowcount == 0:  # type: ignore[attr-defined]
        db.session.refresh(action)
        raise Stale(
            "Somebody else updated this action while you were writing. Read theirs, which is shown with "
            "the form; what you typed is still in it. Change it if need be and save again."
        )
    db.session.refresh(action, ["version"])


def _count_anew(action: Action) -> None:
    """An action can be what an answer still lacked, so how many are done is counted again. It is a part of
    what is signed, too: whoever read the return before this has not read it."""
    if action.cycle is None or not action.criterion_key:
        return
    return_ = return_queries.of_cycle(action.cycle.id, action.organisation.id)
    if return_ is None:
        return
    returns.hold(return_)  # somebody may be saving an answer at this moment, and counts too
    if Stage(return_.stage) in EDITABLE:
        return_.last_saved_at = clock.now()
        returns.count_answered(return_)


def _known_owner(organisation: Organisation, name: str) -> int | None:
    """The member of the organisation with exactly this name, if there is exactly one."""
    wanted = " ".join(name.split()).casefold()
    found = {person.id for _, person in people.members(organisation.id) if person.name.casefold() == wanted}
    return found.pop() if len(found) == 1 else None


def _check(field: str, fault: str | None) -> None:
    if fault:
        raise Invalid(fault, field=field)
