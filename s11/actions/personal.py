"""Whose actions and updates are: given out, and renamed when they have left."""

from sqlalchemy import or_, select, update

from s11.actions.models import Action, Update
from s11.core.database import db
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """Actions somebody owns, and what they said of actions, in their own words."""
    owned = db.session.scalars(select(Action).where(Action.owner_id == person.id).order_by(Action.id))
    said = db.session.execute(
        select(Update, Action)
        .join(Action, Action.id == Update.action_id)
        .where(Update.person_id == person.id)
        .order_by(Update.at)
    )
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
        "updates you wrote": [
            {"action": action.ref, "status": one.status, "text": one.text, "written": one.at}
            for one, action in said
        ],
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Rename the owner, the writer of updates and who entered an action. An owner's post stays."""
    owned = [Action.owner_id == person.id]
    if name:
        # An owner is often only written down, by whoever entered the action.
        owned.append((Action.owner_name == name) & Action.owner_id.is_(None))
        entered = update(Action).where(Action.created_by_name == name)
        db.session.execute(entered.values(created_by_name=known_as))
    db.session.execute(update(Action).where(or_(*owned)).values(owner_name=known_as))
    db.session.execute(update(Update).where(Update.person_id == person.id).values(person_name=known_as))
