"""Whom to write to about which actions, and what they were told before."""

import secrets
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from s11.actions.models import Action, Milestone, PlanCalendar, PlanSettings, Reminded, ReminderChoice
from s11.actions.queries import is_open, soonest, takes_part
from s11.actions.rules import Reminders
from s11.core.database import db
from s11.core.hashing import digest_of
from s11.organisations.models import Partnership
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.register.queries import addressees
from s11.register.rules import Addressee, ContactRole


class Told(NamedTuple):
    """What somebody was told: about which action, why, and for which day."""

    action_id: int
    kind: str
    day: date
    address: str


def boards() -> list[tuple[int, str]]:
    """Partnerships with something to watch, and their time zones."""
    watched = select(Action.partnership_id).where(or_(is_open(), Action.ask_on.is_not(None)))
    query = select(Partnership.id, Partnership.time_zone).where(Partnership.id.in_(watched))
    return [(id_, zone) for id_, zone in db.session.execute(query.order_by(Partnership.id))]


def partnership_by_id(id_: int) -> Partnership:
    return db.session.get_one(Partnership, id_)


def partnership_by_ref(ref: str) -> Partnership | None:
    return db.session.scalar(select(Partnership).where(Partnership.ref == ref))


def watched(partnership_id: int, today: date) -> list[Action]:
    """Actions that are open and have a date, and those of which it is to be asked what they changed."""
    query = (
        select(Action)
        .where(
            Action.partnership_id == partnership_id,
            or_(is_open() & Action.due_on.is_not(None), Action.ask_on <= today),
        )
        .options(joinedload(Action.organisation), selectinload(Action.owners))
        .order_by(*soonest())
    )
    return list(db.session.scalars(query))


def told_before(action_ids: Collection[int]) -> set[Told]:
    """Everything that was said of these actions."""
    query = select(Reminded.action_id, Reminded.kind, Reminded.day, Reminded.to_address)
    rows = db.session.execute(query.where(Reminded.action_id.in_(action_ids)))
    return {Told(*row) for row in rows}


def told_of(action_id: int) -> list[Reminded]:
    """What was said of one action, the newest first, with the mail that carried it."""
    query = select(Reminded).where(Reminded.action_id == action_id).options(joinedload(Reminded.notice))
    return list(db.session.scalars(query.order_by(Reminded.at.desc(), Reminded.id.desc())))


def people_here(person_ids: Collection[int]) -> dict[int, Person]:
    """Those of these people who still hold a role somewhere: nobody else is written to."""
    holding = select(Membership.person_id).where(Membership.person_id.in_(person_ids), in_force())
    query = select(Person).where(Person.id.in_(holding), Person.email != "")
    return {person.id: person for person in db.session.scalars(query)}


def leads_of(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[Addressee]]:
    """The safeguarding leads of organisations, as the register has them."""
    found = addressees(organisation_ids, partnership_id)
    return {id_: [one for one in some if one.role == ContactRole.LEAD] for id_, some in found.items()}


def choices_of(person_ids: Collection[int]) -> dict[int, Reminders]:
    """How these people want to be reminded; of one who chose nothing, on each day."""
    query = select(ReminderChoice.person_id, ReminderChoice.how).where(
        ReminderChoice.person_id.in_(person_ids)
    )
    chosen: dict[int, Reminders] = defaultdict(lambda: Reminders.EACH)
    chosen.update({person_id: Reminders(how) for person_id, how in db.session.execute(query)})
    return chosen


def choice_of(person_id: int) -> ReminderChoice | None:
    return db.session.scalar(select(ReminderChoice).where(ReminderChoice.person_id == person_id))


def settings_row(partnership_id: int) -> PlanSettings | None:
    return db.session.scalar(select(PlanSettings).where(PlanSettings.partnership_id == partnership_id))


# The calendar


def calendar_of(person_id: int) -> PlanCalendar | None:
    return db.session.scalar(select(PlanCalendar).where(PlanCalendar.person_id == person_id))


def calendar_by_token(token: str) -> tuple[PlanCalendar, Person] | None:
    """The calendar of a secret address and whose it is; only its hash is known here."""
    query = (
        select(PlanCalendar, Person)
        .join(Person, Person.id == PlanCalendar.person_id)
        .where(PlanCalendar.token_hash == digest_of(token))
    )
    found = db.session.execute(query).one_or_none()
    if found is None or not secrets.compare_digest(found[0].token_hash, digest_of(token)):
        return None
    return found[0], found[1]


def dated(person: Person) -> list[Action]:
    """The open actions somebody leads or has a part in that have a date, soonest first."""
    query = (
        select(Action)
        .where(takes_part(person), is_open(), Action.due_on.is_not(None))
        .options(
            joinedload(Action.organisation), joinedload(Action.partnership), selectinload(Action.milestones)
        )
        .order_by(*soonest())
    )
    return list(db.session.scalars(query))


def steps_ahead(action: Action) -> list[Milestone]:
    """The milestones of an action that are still to be reached and have a date."""
    return [one for one in action.milestones if one.due_on is not None and one.done_on is None]
