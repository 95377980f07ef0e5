"""Whose actions and updates are: given out, and renamed when they have left."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from s11.actions.bringing.renaming import rename_in_plans
from s11.actions.models import (
    Action,
    Impact,
    Milestone,
    Owner,
    PlanCalendar,
    PlanImport,
    PlanSettings,
    PlanSource,
    ReminderChoice,
    ShownForAction,
    Update,
)
from s11.core.database import db
from s11.people.models import Person

# Where only a name is kept of whoever did something.
NAMED_ONLY: tuple[InstrumentedAttribute[str], ...] = (
    Action.created_by_name,
    Milestone.done_by_name,
    ShownForAction.added_by_name,
    PlanImport.begun_by_name,
    PlanSource.created_by_name,
    PlanSettings.changed_by_name,
)


def held(person: Person) -> dict[str, object]:
    """Actions somebody owns or has a part in, and what they said of actions, in their own words."""
    owned = db.session.scalars(select(Action).where(Action.owner_id == person.id).order_by(Action.id))
    parts = (
        select(Owner, Action)
        .join(Action, Action.id == Owner.action_id)
        .where(Owner.person_id == person.id)
        .order_by(Owner.id)
    )
    said = (
        select(Update, Action.ref)
        .join(Action, Action.id == Update.action_id)
        .where(Update.person_id == person.id)
        .order_by(Update.at, Update.id)
    )
    answered = (
        select(Impact, Action.ref)
        .join(Action, Action.id == Impact.action_id)
        .where(Impact.person_id == person.id)
        .order_by(Impact.at, Impact.id)
    )
    brought = select(PlanImport.file_name, PlanImport.begun_at).where(PlanImport.begun_by_id == person.id)
    choice = db.session.scalar(select(ReminderChoice.how).where(ReminderChoice.person_id == person.id))
    calendar = db.session.scalar(select(PlanCalendar.made_at).where(PlanCalendar.person_id == person.id))
    return {
        "actions you own": [
            {
                "action": action.ref,
                "organisation": action.holder,
                "text": action.text,
                "your role": action.owner_role,
                "due": action.due_on,
                "status": action.status,
            }
            for action in owned
        ],
        "actions you have a part in": [
            {"action": action.ref, "text": action.text, "your role": one.role}
            for one, action in db.session.execute(parts)
        ],
        "updates you wrote": [
            {"action": ref, "status": one.status, "text": one.text, "written": one.at}
            for one, ref in db.session.execute(said)
        ],
        "what you said of the difference made": [
            {"action": ref, "difference": one.what, "known by": one.known_by, "written": one.at}
            for one, ref in db.session.execute(answered)
        ],
        "plans you brought": [
            {"file": file_name, "brought": begun_at} for file_name, begun_at in db.session.execute(brought)
        ],
        "how you are reminded of actions": choice,
        "address of your calendar of actions made": calendar,
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Rename the owner, the writer of updates and who entered an action. An owner's post stays."""
    leads, has_part = [Action.owner_id == person.id], [Owner.person_id == person.id]
    if name:
        # An owner is often only written down, by whoever entered the action.
        leads.append((Action.owner_name == name) & Action.owner_id.is_(None))
        has_part.append((Owner.name == name) & Owner.person_id.is_(None))
        for column in NAMED_ONLY:
            db.session.execute(update(column.class_).where(column == name).values({column: known_as}))
        rename_in_plans(name, known_as)
    db.session.execute(update(Action).where(or_(*leads)).values(owner_name=known_as))
    db.session.execute(update(Owner).where(or_(*has_part)).values(name=known_as))
    for table in (Update, Impact):
        db.session.execute(update(table).where(table.person_id == person.id).values(person_name=known_as))
    db.session.execute(
        update(PlanImport).where(PlanImport.begun_by_id == person.id).values(begun_by_name=known_as)
    )
    for mine in (ReminderChoice, PlanCalendar):
        db.session.execute(delete(mine).where(mine.person_id == person.id))
