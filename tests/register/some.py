"""Contacts and organisations to test the register with."""

from s11.core import clock
from s11.core.database import db
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.register.models import Contact


def board(code: str = "northshire") -> Partnership:
    found = organisations.partnership_by_code(code)
    assert found is not None
    return found


def place(name: str) -> Organisation:
    found = organisations.by_name(name)
    assert found is not None
    return found


def a_contact(organisation: Organisation, role: str, name: str, email: str = "", **more: object) -> Contact:
    """A contact of the partnership under test, written straight into the table."""
    partnership = more.pop("of", None) or board()
    assert isinstance(partnership, Partnership)
    contact = Contact(
        organisation_id=organisation.id,
        partnership_id=partnership.id,
        role=role,
        name=name,
        email=email,
        added_at=clock.now(),
        **more,
    )
    db.session.add(contact)
    db.session.flush()
    return contact
