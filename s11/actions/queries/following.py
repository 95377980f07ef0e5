"""How one action went: what shows it, what difference it made, what became of its dates."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from s11.actions.models import Action, Impact, Milestone, Owner, ShownForAction, Update
from s11.actions.queries.plan import is_visible_to
from s11.actions.rules import OPEN
from s11.core.database import db
from s11.evidence import queries as evidence
from s11.evidence.models import Document, Revision, Upload
from s11.evidence.uses import Use
from s11.people.models import Person


def shown_for(action_id: int) -> list[ShownForAction]:
    """What shows how an action went, in the order it was added."""
    query = select(ShownForAction).where(ShownForAction.action_id == action_id)
    return list(db.session.scalars(query.order_by(ShownForAction.id)))


def waiting_for(action: Action, organisation_id: int) -> list[Upload]:
    """Files that were sent to show an action, and wait for a decision."""
    return [one for one in evidence.uploads(organisation_id) if one.purpose.get("action") == action.ref]


def impacts(action_id: int) -> list[Impact]:
    """What was answered about the difference an action made, newest first."""
    query = select(Impact).where(Impact.action_id == action_id)
    return list(db.session.scalars(query.order_by(Impact.at.desc(), Impact.id.desc())))


def moves(action_id: int) -> list[Update]:
    """The entries that gave an action another date, the first move first."""
    query = select(Update).where(Update.action_id == action_id, Update.due_after.is_not(None))
    return list(db.session.scalars(query.order_by(Update.at, Update.id)))


def last_said(action_id: int) -> Update | None:
    """The newest entry of an action's history."""
    query = select(Update).where(Update.action_id == action_id)
    return db.session.scalar(query.order_by(Update.at.desc(), Update.id.desc()).limit(1))


def milestone_of(action: Action, ref: str) -> Milestone | None:
    return next((step for step in action.milestones if step.ref == ref), None)


def owner_of(action: Action, owner_id: str) -> Owner | None:
    """Somebody who has a part in an action, by the number an address names."""
    return next((one for one in action.owners if str(one.id) == owner_id), None)


def could_supersede(action: Action, person: Person) -> list[Action]:
    """The other actions of its plan that stand and this person sees, its own organisation's first."""
    query = (
        select(Action)
        .where(
            Action.partnership_id == action.partnership_id,
            Action.id != action.id,
            Action.superseded_by_id.is_(None),
            is_visible_to(person),
        )
        .options(joinedload(Action.organisation), joinedload(Action.partnership))
        .order_by(Action.organisation_id != action.organisation_id, Action.text, Action.id)
    )
    return list(db.session.scalars(query))


def superseded_by(action_id: int) -> list[Action]:
    """The actions that this one superseded."""
    query = select(Action).where(Action.superseded_by_id == action_id)
    return list(db.session.scalars(query.order_by(Action.id)))


def uses_in_actions(organisation_id: int) -> Iterable[Use]:
    """Every action that shows a document of an organisation, the latest added first."""
    query = (
        select(ShownForAction, Action, Revision)
        .join(Action, Action.id == ShownForAction.action_id)
        .join(Revision, Revision.id == ShownForAction.revision_id)
        .join(Document, Document.id == Revision.document_id)
        .where(Document.organisation_id == organisation_id)
        .order_by(ShownForAction.id.desc())
    )
    for shown, action, revision in db.session.execute(query):
        yield Use(
            document_id=revision.document_id,
            revision_id=revision.id,
            revision_number=revision.number,
            what=action.text,
            note=shown.note,
            cycle="Action plan",
            action_ref=action.ref,
            is_open=shown.update_id is None and action.status in OPEN,
        )


def kept_for_actions() -> Select[int]:
    """The revisions that an action shows: they stay as long as the plan does."""
    return select(ShownForAction.revision_id)
