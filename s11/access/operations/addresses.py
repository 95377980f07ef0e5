"""A new e-mail address: asked for by its owner, and in force once a link sent to it has been followed."""

from flask import current_app

from s11.access.models import Link
from s11.access.operations import links, passwords
from s11.access.rules import ADDRESS_LASTS, ADDRESS_TAKEN, Purpose
from s11.core.errors import DomainError, Invalid
from s11.notices.operations import queue
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.models import Person
from s11.trail.operations import record


def ask(person: Person, *, address: str, password: str) -> str:
    """Have a link sent to a new address; gives the address as it will be kept.

    Nothing says whether somebody else has that address: then its owner is told, and no link is sent.
    Commits by itself what it counts.
    """
    wanted = people_operations.valid_address(address)
    if wanted == person.email:
        raise Invalid("That is your address already. Enter the new one.", field="email")
    passwords.prove(person, password)
    if people.by_address(wanted) is not None:
        _say_it_is_taken(wanted)
        return wanted
    token = links.make(Purpose.ADDRESS, person, lasts=ADDRESS_LASTS, by=person, address=wanted)
    follow = f"{current_app.config['S11'].address}/address/{token}"
    queue(
        to_address=wanted,
        to_name=person.name,
        subject="Is this your new address?",
        body=f"Dear {person.name},\n\nYou asked to sign in with this address from now on. Open this link "
        f"within a day, and say so:\n\n{follow}\n\nIt works once. Until then nothing changes. If you did not "
        "ask for this, you need not do anything.",
    )
    return wanted


def change(link: Link) -> Person:
    """Put the new address in force by the link that was sent to it, and tell the old one."""
    links.use(link)
    person, old = link.person, link.person.email
    if people.by_address(link.address) is not None:
        raise DomainError(ADDRESS_TAKEN)
    person.email = link.address
    # What was sent to the old address is worth nothing any more.
    links.withdraw_all(Purpose.RESET, person)
    record("person:address:changed", person.id, by=person)
    queue(
        to_address=old,
        to_name=person.name,
        subject="Your address here has been changed",
        body=f"Dear {person.name},\n\nYou now sign in with another e-mail address than this one. If that was "
        "you, you need not do anything. If it was not, tell the partnership office at once: somebody else "
        "may have your password.",
    )
    return person


def _say_it_is_taken(address: str) -> None:
    holder = people.by_address(address)
    assert holder is not None
    queue(
        to_address=address,
        to_name=holder.name,
        subject="Somebody asked to use your address",
        body=f"Dear {holder.name},\n\nSomebody, perhaps you from a second account, asked to sign in with "
        "this address. It is in use here already, so nothing was changed. If you have two accounts and want "
        "one, ask the partnership office.",
    )
