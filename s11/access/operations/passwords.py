"""New passwords: changed by who knows the old one, or set through a link that was sent by mail.

Nobody sets, sees or learns the password of somebody else; an administrator can have a link sent.
"""

from flask import current_app

from s11.access.models import Link, SignIn
from s11.access.operations import links, signing_in, throttling
from s11.access.operations.throttling import Count
from s11.access.rules import (
    LINKS_PER_ACCOUNT,
    LINKS_PER_NETWORK,
    PER_KNOWN_BROWSER,
    RESET_LASTS,
    Purpose,
    minutes,
    network_of,
    too_many_guesses,
    too_many_links,
)
from s11.core import clock
from s11.core.database import db, glance
from s11.core.errors import DomainError, Invalid
from s11.notices.operations import queue
from s11.people import operations as people_operations
from s11.people import passwords
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import canonical_address
from s11.trail.operations import record
from s11.web.filters import moment


def change(person: Person, *, here: SignIn, old: str, new: str) -> None:
    """Change one's own password, knowing the old one. Every sign-in but this one ends.

    Commits by itself what it counts: a page left open is no place to guess the old one at leisure.
    """
    people_operations.check_strength(person, new)
    prove(person, old, field="old")
    people_operations.set_password(person, new)
    signing_in.end_others(person, but=here, by=person)
    record("person:password:changed", person.id, by=person)
    _tell(person)


def prove(person: Person, password: str, *, field: str = "password") -> None:
    """Have somebody who is signed in show once more who they are, before an act a thief would want.

    Commits by itself what it counts: a page left open is no place to guess at leisure.
    """
    counts = [Count("own password", person.ref, PER_KNOWN_BROWSER)]
    counted = throttling.take(counts, too_many_guesses, field=field)
    with glance():
        known_hash = person.password_hash
    if not passwords.fits(password, known_hash):
        raise Invalid("That is not your present password. Type it again.", field=field)
    throttling.give_back(counts, counted)


def ask_reset(email: str, *, network: str) -> None:
    """Send a link to set a new password to whoever has this address. Nothing says whether anybody has.

    Commits by itself that it was asked from this network.
    """
    email = canonical_address(email)
    throttling.take(
        [Count("link from network", network_of(network), LINKS_PER_NETWORK)], too_many_links, field="email"
    )
    if throttling.count_one([Count("link for account", email, LINKS_PER_ACCOUNT)], clock.now()):
        # Enough mails are on their way, and the newest link goes on being good.
        return
    person = people.by_address(email)
    is_known = person is not None and person.active
    # For nobody the same is done as for somebody, and thrown away: how long it takes tells nothing.
    whom = person if is_known else people.anybody()
    if whom is None:
        return
    with db.session.begin_nested() as work:
        token = links.make(Purpose.RESET, whom, lasts=RESET_LASTS)
        if whom.password_hash is None:
            _say_there_is_none(whom)
        else:
            _send(whom, token, "Somebody, we hope you, asked for a link to choose a new password.")
        db.session.flush()
        if not is_known:
            work.rollback()


def start_reset(person: Person, *, by: Person) -> None:
    """Have a link sent to somebody who cannot sign in: the administrator's part of it, and all of it."""
    if not person.active:
        raise DomainError(f"{person.name} may not sign in here any more, so no link was sent.")
    if person.password_hash is None:
        raise DomainError(f"{person.name} has not chosen a password yet. Send the invitation again instead.")
    token = links.make(Purpose.RESET, person, lasts=RESET_LASTS, by=by)
    _send(person, token, f"{by.name} has had this link sent to you, to choose a new password.")
    record("person:password:reset_started", person.id, by=by, after={"name": person.name})


def reset(link: Link, new: str) -> Person:
    """Set a new password by a link, which is used up. Every sign-in ends, and none is begun: whoever has
    a second factor is asked for it when they sign in."""
    links.use(link)
    person = link.person
    people_operations.set_password(person, new)
    signing_in.end_all_of(person, by=person)
    links.withdraw_all(Purpose.RESET, person)
    record("person:password:reset", person.id, by=person)
    _tell(person)
    return person


def _send(person: Person, token: str, why: str) -> None:
    _queue(
        person,
        "Choose a new password",
        f"{why} Open it within {minutes(RESET_LASTS)}:\n\n{_address()}/password/{token}\n\n"
        "It works once. Your present password stays as it is until you have chosen a new one. If you did not "
        "ask for this, you need not do anything.",
    )


def _say_there_is_none(person: Person) -> None:
    _queue(
        person,
        "You have no password here",
        "Somebody, we hope you, asked for a link to choose a new password. You have not set one here yet: "
        "use the link in your invitation, or sign in with the account of your organisation. If the "
        "invitation is too old, ask whoever invited you, or the partnership office, to send it again.\n\n"
        "If you did not ask for this, you need not do anything.",
    )


def _tell(person: Person) -> None:
    """Tell the owner that their password is new: if it was not them, they learn of it now."""
    _queue(
        person,
        "Your password has been changed",
        f"Your password was changed on {moment(clock.now())}.\n\nIf that was you, you need not do anything. "
        f"If it was not, choose a new password at once at {_address()}/forgotten, which also ends every "
        "sign-in, and tell the partnership office.",
    )


def _queue(person: Person, subject: str, body: str) -> None:
    queue(
        to_address=person.email,
        to_name=person.name,
        subject=subject,
        body=f"Dear {person.name},\n\n{body}",
    )


def _address() -> str:
    """The address of the service as set, never as a request names it."""
    address: str = current_app.config["S11"].address
    return address
