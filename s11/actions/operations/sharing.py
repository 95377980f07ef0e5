"""Who leads an action and who has a part in it, what is said beside it, and steps on the way."""

from datetime import date

from s11.actions import queries, rules
from s11.actions.models import Action, Milestone, Owner, Update
from s11.actions.operations.checks import check, known_owner, note, take_turn, write_down
from s11.actions.reminding.telling import tell_owner
from s11.actions.rules import NAME_LONGEST, OPEN, Saying, Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import BOARD_ROLES

OVER = "This action is over, so its owners stay as they were. The Board can open it again."


def hand_over(action: Action, *, name: str, role: str, reason: str, by: Person, version: int) -> Update:
    """Give an action to another person to lead; somebody the organisation knows by that name is linked."""
    _goes_on(action)
    name, role = _tidy(name), role.strip()[:NAME_LONGEST]
    check("name", rules.owner_name_fault(name))
    check("role", rules.owner_role_fault(role))
    same = (name.casefold(), role.casefold()) == (action.owner_name.casefold(), action.owner_role.casefold())
    check("name", f"{name} leads this action already." if same else None)
    check("reason", None if reason.strip() else "Say why somebody else leads it now.")
    take_turn(action, version)
    before = {"owner": action.led_by}
    said = f"From {action.led_by or 'nobody'} to {name}, {role}: {reason.strip()}"
    action.owner_name, action.owner_role = name, role
    action.owner_id = known_person(action, action.organisation, name)
    entry = note(action, Saying.DELEGATED, said, by=by)
    write_down(action, "action:owner:handed_on", by=by, before=before, owner=action.led_by)
    tell_owner(action, "action_given", by=by)
    return entry


def add_owner(
    action: Action,
    *,
    name: str,
    role: str,
    organisation: Organisation | None,
    by: Person,
    version: int,
) -> Owner:
    """Say that somebody else has a part in an action, too."""
    _goes_on(action)
    name, role = _tidy(name), role.strip()[:NAME_LONGEST]
    check("name", rules.owner_name_fault(name))
    check("role", rules.owner_role_fault(role))
    names = [action.owner_name, *(one.name for one in action.owners)]
    there = name.casefold() in {one.casefold() for one in names}
    check("name", f"{name} has a part in this action already." if there else None)
    take_turn(action, version)
    added = Owner(
        action_id=action.id,
        position=max((one.position for one in action.owners), default=-1) + 1,
        name=name,
        role=role,
        organisation_id=organisation.id if organisation else None,
        person_id=known_person(action, organisation, name),
    )
    action.owners.append(added)
    note(action, Saying.DELEGATED, f"{name}, {role}, has a part in it too.", by=by)
    write_down(action, "action:owner:added", by=by, owner=f"{name}, {role}")
    return added


def remove_owner(action: Action, owner: Owner, *, by: Person, version: int) -> str:
    """Say that somebody has no part in an action any more; gives who it was."""
    _goes_on(action)
    take_turn(action, version)
    who = ", ".join(part for part in (owner.name, owner.role) if part)
    action.owners.remove(owner)
    note(action, Saying.DELEGATED, f"{who} has no part in it any more.", by=by)
    write_down(action, "action:owner:removed", by=by, owner=who)
    return who


def known_person(action: Action, organisation: Organisation | None, name: str) -> int | None:
    """Whom a name means: a member of the organisation, or of the Board where it is the Board's own."""
    if organisation is not None:
        return known_owner(organisation.id, name)
    found = [
        one.id
        for one in people.of_partnership(action.partnership_id, *sorted(BOARD_ROLES))
        if one.name.casefold() == name.casefold()
    ]
    return found[0] if len(found) == 1 else None


def comment(action: Action, text: str, *, by: Person) -> Update:
    """Say something beside an action, which changes nothing of it. Sent twice, it is said once."""
    check("comment", None if text.strip() else "Write what you want to say.")
    db.session.flush()
    db.session.refresh(action, with_for_update={"of": Action})
    last = queries.last_said(action.id)
    if last and (last.kind, last.person_id, last.text) == (Saying.COMMENT, by.id, text.strip()):
        return last
    said = note(action, Saying.COMMENT, text.strip(), by=by)
    write_down(action, "action:comment:added", by=by)
    return said


def reach(action: Action, step: Milestone, *, done_on: date | None, by: Person) -> None:
    """Say on which day a step was reached; without a day, that it is not reached after all."""
    if action.status not in (*OPEN, Status.COMPLETE):
        raise DomainError("This action is over, so its steps stay as they were.")
    late = done_on is not None and done_on > clock.today()
    wanted = "Enter today, or the day in the past on which it was reached."
    check("done_on", wanted if late else None)
    db.session.flush()
    db.session.refresh(step, with_for_update=True)
    if step.done_on == done_on:
        return
    step.done_on, step.done_by_name = done_on, by.name if done_on else ""
    words = f"Reached on {done_on.day} {done_on:%B %Y}" if done_on else "Not reached after all"
    note(action, Saying.MILESTONE, f"{words}: {step.text}", by=by)
    if done_on:
        write_down(action, "action:milestone:reached", by=by, on=done_on.isoformat())
    else:
        write_down(action, "action:milestone:undone", by=by)


def _tidy(name: str) -> str:
    return " ".join(name.split())[:NAME_LONGEST]


def _goes_on(action: Action) -> None:
    if action.status in (Status.CLOSED, Status.SUPERSEDED):
        raise DomainError(OVER)
