"""Asking a colleague without an account for one standard, by a personal link.

Only the digest of a link's token is stored. Opening the link changes nothing: mail scanners follow
every link before its reader does.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from flask import current_app

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, NotAllowed
from s11.core.hashing import digest_of
from s11.joining.rules import name_fault
from s11.notices.operations import queue
from s11.people import queries as people
from s11.people.models import Person
from s11.people.operations import valid_address
from s11.people.rules import Role
from s11.questionnaires.rules import StandardContent
from s11.returns import permissions, queries
from s11.returns.link_rules import ASKED_BY_LINK, LINK_NAME_LONGEST, LinkEnd, link_end, link_until_fault
from s11.returns.models import PersonalLink, Return
from s11.returns.operations.answering import AnswerChange, Saved, save_answers
from s11.returns.operations.entering import Entered, FieldChange, save_fields
from s11.returns.operations.sharing import check_note, hold_shareable, long_day
from s11.returns.operations.staging import hold
from s11.trail.operations import record
from s11.trail.rules import Guest


def ask(
    return_: Return,
    standard: StandardContent,
    *,
    name: str,
    email: str,
    until: date,
    beyond: bool = False,
    note: str = "",
    by: Person,
) -> PersonalLink | None:
    """Ask somebody for one standard: they get a link by mail. None when they are asked for it already.

    `beyond` lets the link be good after the return is due.
    """
    hold_shareable(return_)
    fault = name_fault(name)
    if fault or len(name.strip()) > LINK_NAME_LONGEST:
        raise Invalid(fault or f"Use at most {LINK_NAME_LONGEST} characters for the name.", field="name")
    address = valid_address(email)
    for _, contributor in people.members(return_.organisation_id, Role.CONTRIBUTOR):
        if contributor.email == address:
            raise Invalid(
                f"{contributor.name} has an account here as a contributor. Give them the standard instead.",
                field="email",
            )
    check_until(return_, until, beyond=beyond)
    check_note(note)
    for link in queries.links(return_.id):
        if (link.standard_id, link.email) == (standard.id, address) and end_of(link) is None:
            return None
    token = secrets.token_urlsafe(32)
    link = PersonalLink(
        return_id=return_.id,
        return_=return_,
        standard_id=standard.id,
        name=" ".join(name.split()),
        email=address,
        note=note.strip(),
        token_hash=digest_of(token),
        made_at=clock.now(),
        made_by_name=by.name,
        expires_at=last_moment(return_, until),
    )
    db.session.add(link)
    db.session.flush()
    send(link, standard, token, until=until, by=by)
    note_in_trail("return:link:sent", link, by=by, until=until)
    return link


def send_anew(link: PersonalLink, *, until: date, beyond: bool = False, by: Person) -> None:
    """A new link in the place of the one sent, which is dead from now on."""
    hold_shareable(link.return_)
    check_until(link.return_, until, beyond=beyond)
    token = secrets.token_urlsafe(32)
    link.token_hash, link.expires_at = digest_of(token), last_moment(link.return_, until)
    link.made_at, link.made_by_name = clock.now(), by.name
    link.opened_at = link.withdrawn_at = None
    db.session.flush()
    send(link, standard_of(link), token, until=until, by=by)
    note_in_trail("return:link:sent_anew", link, by=by, until=until)


def withdraw(link: PersonalLink, *, by: Person) -> None:
    """Take a link back: from the next request on it opens nothing. What was answered stays."""
    hold(link.return_)
    if link.withdrawn_at is not None:
        return
    link.withdrawn_at = clock.now()
    note_in_trail("return:link:withdrawn", link, by=by)


def begin(link: PersonalLink) -> None:
    """Somebody, and no machine, has opened a link: the first time is kept."""
    check_good(link)
    if link.opened_at is None:
        link.opened_at = clock.now()
        note_in_trail("return:link:opened", link, by=guest_of(link))


def answer(
    link: PersonalLink, changes: Sequence[AnswerChange], fields: Sequence[FieldChange] = ()
) -> tuple[Saved, Entered]:
    """Save what the holder of a link answers, under their name and within their standard."""
    check_good(link)
    standard = standard_of(link)
    criteria = {criterion.id for criterion in standard.criteria}
    places = {(field.id, standard.id) for field in standard.fields}
    places |= {(field.id, criterion.id) for criterion in standard.criteria for field in criterion.fields}
    others = {change.criterion_id for change in changes} - criteria
    if others or {change.place for change in fields} - places:
        raise NotAllowed("This link is for one standard only. Open it again and answer that one.")
    saved = save_answers(link.return_, changes, by=guest_of(link))
    entered = save_fields(link.return_, fields, by=guest_of(link))
    if saved.kept or entered.kept:
        link.saved_at = clock.now()
    return saved, entered


def check_good(link: PersonalLink) -> None:
    """Hold a link's return and refuse when the link opens nothing any more."""
    hold(link.return_)
    db.session.refresh(link, attribute_names=["withdrawn_at", "expires_at"])
    if end_of(link) is not None:
        raise DomainError("This link can no longer be used. Ask whoever sent it to you.")


def end_of(link: PersonalLink) -> LinkEnd | None:
    """What has ended a link, or None while it is good."""
    return link_end(
        withdrawn=link.withdrawn_at is not None,
        expires_at=link.expires_at,
        now=clock.now(),
        is_open=permissions.is_open(link.return_) and questions_of(link) is not None,
    )


def standard_of(link: PersonalLink) -> StandardContent:
    """The standard of a link with all its criteria."""
    return next(s for s in queries.edition_of(link.return_).standards if s.id == link.standard_id)


def questions_of(link: PersonalLink) -> StandardContent | None:
    """The standard as the organisation is asked it, with what of it may be changed; None when that is
    nothing: it is not asked any more, or did not come back."""
    asked = [one for one in queries.standards_of(link.return_) if one.id == link.standard_id]
    return next(iter(queries.part_back(link.return_, asked)), None)


def guest_of(link: PersonalLink) -> Guest:
    """The holder of a link, as the trail names them."""
    return Guest(link.name, ASKED_BY_LINK)


def check_until(return_: Return, until: date, *, beyond: bool) -> None:
    today = clock.today(return_.cycle.partnership.time_zone)
    fault = link_until_fault(until, today=today, due_on=return_.due_on, beyond=beyond)
    if fault:
        raise Invalid(fault, field="until")


def last_moment(return_: Return, until: date) -> datetime:
    """When a day ends where the partnership of a return is, whoever made the link and wherever they were."""
    return clock.end_of(until, return_.cycle.partnership.time_zone)


def send(link: PersonalLink, standard: StandardContent, token: str, *, until: date, by: Person) -> None:
    """Queue the mail with the link. The note and the answers are read behind it, not in it."""
    return_, address = link.return_, current_app.config["S11"].address
    queue(
        to_address=link.email,
        to_name=link.name,
        subject=f"You are asked to answer part of {return_.cycle.title}",
        body=(
            f"Dear {link.name},\n\n"
            f"{by.name} of {return_.organisation.name} asks you to answer one part of its return to "
            f"{return_.cycle.title}:\n\n{standard.number}. {standard.title}\n\n"
            f"Open this link to answer; you need no account:\n\n{address}/asked/{token}\n\n"
            f"It works until {long_day(until)} and is meant for you alone: do not pass it on. If you did not "
            f"expect it, ask {by.name} before you open it.\n"
        ),
        organisation_id=return_.organisation_id,
    )


def note_in_trail(tag: str, link: PersonalLink, *, by: Person | Guest, until: date | None = None) -> None:
    record(
        tag,
        link.return_id,
        by=by,
        organisation_id=link.return_.organisation_id,
        partnership_id=link.return_.cycle.partnership_id,
        after={
            "standards": [standard_of(link).number],
            "standard": standard_of(link).number,
            "name": link.name,
            **({"until": until.isoformat()} if until else {}),
        },
    )
