"""What is needed to tell what changed in the plan since a day: three queries, however large it is."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from s11.actions.models import Action, PlanSource, Update
from s11.actions.queries.narrowing import narrowed
from s11.actions.queries.plan import is_visible_to, soonest
from s11.actions.rules import PlanFilter, Present, Word
from s11.core.database import db
from s11.organisations.models import Organisation, Partnership
from s11.people.models import Person


class Named(NamedTuple):
    """What a line about an action prints of it."""

    ref: str
    text: str
    holder: str
    owner_name: str
    owner_role: str
    source: str
    source_title: str
    created_by: str


def present(person: Person, wanted: PlanFilter, *, today: date) -> tuple[list[Present], dict[int, Named]]:
    """The actions a filter finds as they are now, by organisation, and what each is called."""
    query = (
        select(
            Action.id, Action.status, Action.due_on, Action.created_at, Action.ref, Action.text,
            func.coalesce(Organisation.name, Partnership.name), Action.owner_name, Action.owner_role,
            Action.source, func.coalesce(PlanSource.title, Action.source_title), Action.created_by_name,
        )
        .join(Partnership, Partnership.id == Action.partnership_id)
        .outerjoin(Organisation, Organisation.id == Action.organisation_id)
        .outerjoin(PlanSource, PlanSource.id == Action.source_id)
        .where(is_visible_to(person), *narrowed(wanted, person, today=today))
        .order_by(func.coalesce(Organisation.name, ""), *soonest())
    )  # fmt: skip
    found = db.session.execute(query).all()
    return [Present(*row[:4]) for row in found], {row[0]: Named(*row[4:]) for row in found}


def words_since(person: Person, begins: datetime) -> list[Word]:
    """Everything said from that moment on of actions this person sees, oldest first."""
    query = (
        select(*COLUMNS)
        .join(Action, Action.id == Update.action_id)
        .where(Update.at >= begins, is_visible_to(person))
        .order_by(Update.at, Update.id)
    )
    return [Word(*row) for row in db.session.execute(query)]


def last_words_before(person: Person, begins: datetime) -> dict[int, Word]:
    """The last word from before that moment on each action this person sees, by the action's id."""
    place = func.row_number().over(
        partition_by=Update.action_id, order_by=(Update.at.desc(), Update.id.desc())
    )
    ranked = (
        select(Update.id, place.label("place"))
        .join(Action, Action.id == Update.action_id)
        .where(Update.at < begins, is_visible_to(person))
        .subquery()
    )
    query = select(*COLUMNS).join(ranked, ranked.c.id == Update.id).where(ranked.c.place == 1)
    return {row[0]: Word(*row) for row in db.session.execute(query)}


COLUMNS = (
    Update.action_id, Update.kind, Update.at, Update.person_name, Update.status, Update.text,
    Update.due_before, Update.due_after,
)  # fmt: skip
