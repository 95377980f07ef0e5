"""Writing to many organisations at once: exactly the mails that were looked at, and once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from s11.core import clock
from s11.core.database import db, put_all
from s11.core.errors import DomainError
from s11.cycles.models import Cycle
from s11.desk.models import Reminder, ReminderRule
from s11.desk.operations.composing import Chase, LeftOut, Mail, Parcel, look_ahead
from s11.desk.queries.history import queued_under
from s11.desk.reminding import Asked
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.people.models import Person
from s11.trail.operations import record

# The kind of reminder that may be stopped by whoever gets it: they need not do anything about it.
COPY = "_copy"


@dataclass
class Sent:
    """What was sent, and of what was looked at and ticked what was not."""

    organisations: int = 0
    mails: int = 0
    # These are not as they were looked at: an answer came, a contact or the words were changed.
    changed: list[Parcel] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class Reminded(NamedTuple):
    """An organisation that is reminded: with which words, and in how many mails."""

    asked: Asked
    template: str
    mails: int


def chase(cycle: Cycle, what: Chase, ticked: Mapping[str, str], *, token: str, by: Person) -> Sent:
    """Send what was ticked: the seal of each organisation's mails by its ref.

    Sent again with the same token, by a second click, it says what was sent the first time.
    """
    check_open(cycle)
    hold(cycle)
    key = f"chase:{cycle.ref}:{token}:"
    if done := queued_under(key):
        return Sent(len({one.organisation_id for one in done}), len(done))
    outlook, sent = look_ahead(cycle, what, ticked=ticked), Sent()
    sent.left_out = [one for one in outlook.left_out if one.one.organisation_ref in ticked]
    ready: list[tuple[str, Parcel]] = []
    for parcel in outlook.parcels:
        seal = ticked.get(parcel.one.organisation_ref)
        if seal == parcel.seal:
            ready.append((f"{key}{parcel.one.invitation_id}", parcel))
        elif seal is not None:
            sent.changed.append(parcel)
    sent.organisations, sent.mails = len(ready), post(cycle, ready, by=by)
    if ready:
        note(cycle, sent.organisations, by=by)
    return sent


def check_open(cycle: Cycle) -> None:
    """Nobody is chased for what was not asked yet, or is over."""
    if cycle.issued_at is None:
        raise DomainError("Nobody is asked yet, so there is nobody to remind. Choose who is asked first.")
    if cycle.closed_at is not None:
        raise DomainError("This cycle is closed, so nobody is reminded of it any more.")


def hold(cycle: Cycle) -> None:
    """Let whoever chases in this cycle at the same moment wait until we are through."""
    db.session.refresh(cycle, attribute_names=["issued_at"], with_for_update=True)


def post(
    cycle: Cycle,
    parcels: Sequence[tuple[str, Parcel]],
    *,
    rule: ReminderRule | None = None,
    by: Person | None = None,
) -> int:
    """Queue the mails of these organisations, each with the key it is queued under, and keep that they
    were reminded; gives how many mails. A handful of statements, however many they are."""
    reminded = [Reminded(parcel.one, parcel.template, len(parcel.mails)) for _, parcel in parcels]
    keep_reminders(reminded, rule=rule, by=by)
    drafts = [
        _draft(cycle, parcel, mail, f"{key}:{place}")
        for key, parcel in parcels
        for place, mail in enumerate(parcel.mails)
    ]
    queue_all(drafts)
    return len(drafts)


def _draft(cycle: Cycle, parcel: Parcel, mail: Mail, key: str) -> Draft:
    return Draft(
        to_address=mail.to_address,
        to_name=mail.to_name,
        subject=mail.subject,
        body=mail.body,
        kind=Kind.REMINDER,
        organisation_id=parcel.one.organisation_id,
        partnership_id=cycle.partnership_id,
        about=cycle.ref,
        template=f"{parcel.template}{COPY}" if mail.is_copy else parcel.template,
        once=key,
    )


def keep_reminders(
    reminded: Sequence[Reminded], *, rule: ReminderRule | None = None, by: Person | None = None
) -> None:
    """Keep that these organisations were reminded, in one statement."""
    rows = [
        {
            "invitation_id": one.asked.invitation_id,
            "rule_id": rule.id if rule else None,
            "due_on": one.asked.due_on,
            "template": one.template,
            "mails": one.mails,
            "at": clock.now(),
            "by_id": by.id if by else None,
            "by_name": by.name if by else "",
        }
        for one in reminded
    ]
    put_all(Reminder, rows)


def note(cycle: Cycle, organisations: int, *, by: Person | None) -> None:
    record(
        "cycle:organisations:reminded",
        cycle.id,
        by=by,
        partnership_id=cycle.partnership_id,
        after={"organisations": organisations},
    )
