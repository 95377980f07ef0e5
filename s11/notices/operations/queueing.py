"""Queueing mail. Any room queues in its own transaction; only the command sends."""

import hashlib

from s11.core import clock
from s11.core.database import db
from s11.notices import queries
from s11.notices.models import Notice
from s11.notices.rules import Kind
from s11.people import queries as people

KEY_LONGEST = 160


def kept_key(once: str) -> str:
    """The key as its column holds it: one that ends in a very long address is cut, and stays its own."""
    if len(once) <= KEY_LONGEST:
        return once
    mark = hashlib.sha256(once.encode()).hexdigest()
    return f"{once[: KEY_LONGEST - len(mark) - 1]}~{mark}"


def queue(
    *,
    to_address: str,
    to_name: str,
    subject: str,
    body: str,
    kind: Kind = Kind.ACCOUNT,
    organisation_id: int | None = None,
    partnership_id: int | None = None,
    about: str = "",
    template: str = "",
    once: str | None = None,
) -> Notice:
    """Put a mail into the outbox. It holds no answer text and no rating, by rule of the house.

    `about` is the ref of the cycle or request it is about. Of two mails with the same `once` there is one:
    the second call gives the first's.
    """
    once = kept_key(once) if once is not None else None
    if once is not None and (queued := queries.by_key(once)) is not None:
        return queued
    known = people.by_address(to_address)
    notice = Notice(
        person_id=known.id if known else None,
        to_address=to_address,
        # A header is one line, whatever a name or a title was made of.
        to_name=" ".join(to_name.split())[:120],
        subject=" ".join(subject.split())[:200],
        body=body,
        organisation_id=organisation_id,
        partnership_id=partnership_id,
        kind=kind,
        about=about,
        template=template,
        once=once,
        queued_at=clock.now(),
    )
    db.session.add(notice)
    return notice
