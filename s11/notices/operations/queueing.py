"""Queueing mail. Any room queues in its own transaction; only the command sends."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from s11.core import clock
from s11.core.database import db, put_all
from s11.notices import queries
from s11.notices.models import Notice
from s11.notices.rules import Kind
from s11.people import queries as people
from s11.people.rules import canonical_address

KEY_LONGEST = 160


def kept_key(once: str) -> str:
    """The key as its column holds it: one that ends in a very long address is cut, and stays its own."""
    if len(once) <= KEY_LONGEST:
        return once
    mark = hashlib.sha256(once.encode()).hexdigest()
    return f"{once[: KEY_LONGEST - len(mark) - 1]}~{mark}"


@dataclass(frozen=True)
class Draft:
    """A mail before it is in the outbox. It holds no answer text and no rating, by rule of the house.

    `about` is the ref of the cycle, request or challenge day it is about. Of two mails with the same `once`
    there is one. `calendar` is a day for a calendar, as iCalendar text: it goes with the mail as a file.
    """

    to_address: str
    to_name: str
    subject: str
    body: str
    kind: Kind = Kind.ACCOUNT
    organisation_id: int | None = None
    partnership_id: int | None = None
    about: str = ""
    template: str = ""
    once: str | None = None
    calendar: str = ""

    @property
    def key(self) -> str | None:
        """`once` as it is kept."""
        return kept_key(self.once) if self.once is not None else None

    def row(self, person_ids: Mapping[str, int]) -> dict[str, Any]:
        """As the outbox keeps it; `person_ids` are by canonical address."""
        return {
            "person_id": person_ids.get(canonical_address(self.to_address)),
            "to_address": self.to_address,
            # A header is one line, whatever a name or a title was made of.
            "to_name": " ".join(self.to_name.split())[:120],
            "subject": " ".join(self.subject.split())[:200],
            "body": self.body,
            "organisation_id": self.organisation_id,
            "partnership_id": self.partnership_id,
            "kind": self.kind,
            "about": self.about,
            "template": self.template,
            "once": self.key,
            "calendar": self.calendar,
            "queued_at": clock.now(),
        }


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
    calendar: str = "",
) -> Notice:
    """Put one mail into the outbox: see `Draft`. Where its `once` is known it gives the mail queued then."""
    if once is not None and (queued := queries.by_key(kept_key(once))) is not None:
        return queued
    return queue_draft(
        Draft(
            to_address, to_name, subject, body, kind, organisation_id, partnership_id, about, template, once,
            calendar,
        )
    )  # fmt: skip


def queue_draft(draft: Draft) -> Notice:
    """Put a draft without a `once` of its own, or with one that is new, into the outbox."""
    notice = Notice(**draft.row(people.ids_by_address([draft.to_address])))
    db.session.add(notice)
    return notice


def queue_all(drafts: Iterable[Draft]) -> int:
    """Put many mails into the outbox as `queue` would one by one, in three statements; how many are new."""
    new = _new_among(list(drafts))
    person_ids = people.ids_by_address({one.to_address for one in new})
    put_all(Notice, [one.row(person_ids) for one in new])
    return len(new)


def _new_among(drafts: Sequence[Draft]) -> list[Draft]:
    """Those whose key is neither in the outbox nor that of one before them."""
    known, new = queries.keys_among({one.key for one in drafts if one.key is not None}), []
    for one in drafts:
        if one.key is None:
            new.append(one)
        elif one.key not in known:
            known.add(one.key)
            new.append(one)
    return new
