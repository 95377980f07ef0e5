"""Whom the register names: contacts, and whoever entered something. Given out, renamed, removed in time."""

from datetime import datetime

from sqlalchemy import func, select, update

from s11.core import clock
from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.people.rules import canonical_address
from s11.register.models import Contact, NotTheSame, OrganisationEvent, RegisterFile
from s11.register.operations.contacts import stand_in_for_nobody
from s11.register.rules import CONTACT_ROLE_LABELS, ContactRole


def held(person: Person) -> dict[str, object]:
    """Where somebody's address stands as a contact, and the registers they brought."""
    contacts = db.session.execute(
        select(Contact, Organisation.name)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(func.lower(Contact.email) == canonical_address(person.email))
        .order_by(Contact.id)
    )
    brought = db.session.scalars(
        select(RegisterFile).where(RegisterFile.brought_by_id == person.id).order_by(RegisterFile.id)
    )
    return {
        "contacts that are you": [
            {
                "organisation": organisation,
                "role": CONTACT_ROLE_LABELS[ContactRole(one.role)],
                "name": one.name,
                "job title": one.job_title,
                "e-mail address": one.email,
                "telephone": one.telephone,
                "note": one.note,
                "from": one.added_at,
                "ended": one.ended_on,
            }
            for one, organisation in contacts
        ],
        "registers you brought": [{"file": one.file_name, "brought": one.brought_at} for one in brought],
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """End and rename the contacts under somebody's address; rename them in what they entered."""
    mine = func.lower(Contact.email) == canonical_address(person.email)
    nobody = {"name": known_as, "email": "", "telephone": "", "job_title": "", "note": ""}
    ended = func.coalesce(Contact.ended_on, clock.today())
    stand_in_for_nobody(list(db.session.scalars(select(Contact.id).where(mine))))
    db.session.execute(update(Contact).where(mine).values(**nobody, ended_on=ended))
    brought = update(RegisterFile).where(RegisterFile.brought_by_id == person.id)
    db.session.execute(brought.values(brought_by_name=known_as))
    if name:
        # Only the name was kept here, so that is what is looked for.
        entered = update(OrganisationEvent).where(OrganisationEvent.by_name == name)
        db.session.execute(entered.values(by_name=known_as))
        said = update(NotTheSame).where(NotTheSame.said_by_name == name)
        db.session.execute(said.values(said_by_name=known_as))


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """Contacts that ended so long ago that nobody asks for them."""
    last_day = clock.local(now - periods.leavers).date()
    return [Stale("contacts that ended", Contact, Contact.ended_on < last_day)]
