"""What the tests of the desk need again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.desk.models import Reminder
from s11.notices.models import Notice
from s11.organisations.models import Organisation
from s11.register.models import Contact
from s11.register.rules import ContactRole
from tests.factories.world import World


def cycle_of(world: World) -> Cycle:
    cycle = cycles.by_ref(world.cycle)
    assert cycle is not None
    return cycle


def invitation_of(world: World, name: str) -> Invitation:
    return next(one for one in cycles.invitations(cycle_of(world).id) if one.organisation.short_name == name)


def organisation_ref(world: World, name: str) -> str:
    with world.app.app_context():
        return invitation_of(world, name).organisation.ref


@contextmanager
def due_in(world: World, days: int) -> Iterator[None]:
    """Let it be the morning so many days before the due day of the agencies' cycle."""
    with world.app.app_context():
        due_on = cycle_of(world).due_on
    moment = clock.end_of(due_on) - timedelta(days=days, hours=14)
    with clock.pretend(moment):
        yield


def a_contact(world: World, name: str, email: str, role: ContactRole, at: str = "Police") -> None:
    with world.app.app_context(), unit_of_work():
        cycle = cycle_of(world)
        organisation = db.session.scalars(select(Organisation).where(Organisation.short_name == at)).one()
        db.session.add(
            Contact(
                organisation_id=organisation.id,
                partnership_id=cycle.partnership_id,
                role=role,
                name=name,
                email=email,
                added_at=clock.now(),
            )
        )


def mails(app: Flask, template: str = "") -> list[tuple[str, str]]:
    """Address and subject of what was queued about cycles since they were issued."""
    with app.app_context():
        query = select(Notice).where(Notice.template != "letter", Notice.about != "").order_by(Notice.id)
        return [(n.to_address, n.subject) for n in db.session.scalars(query) if template in ("", n.template)]


def reminded(app: Flask) -> list[tuple[str, date, int]]:
    """Who was reminded for which due day, and in how many mails."""
    with app.app_context():
        query = select(Reminder).order_by(Reminder.id)
        return [
            (one.invitation.organisation.short_name, one.due_on, one.mails)
            for one in db.session.scalars(query)
        ]
