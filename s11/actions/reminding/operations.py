"""Reminding of actions by the clock, choosing how, and the address of a calendar."""

import logging
import secrets
from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy import update as sql_update
from sqlalchemy.exc import IntegrityError

from s11.actions.models import PlanCalendar, PlanSettings, Reminded, ReminderChoice
from s11.actions.queries import settings_of
from s11.actions.reminding import queries
from s11.actions.reminding.letters import draft_of, letters_due
from s11.actions.rules import PlanRules, Reminders
from s11.core import clock
from s11.core.database import db, glance, unit_of_work
from s11.core.errors import Stale
from s11.core.hashing import digest_of
from s11.notices.operations import queue_draft
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.trail.operations import record

log = logging.getLogger("s11.actions")


def remind_what_is_due() -> str:
    """Write what is due about actions into the outbox, in every partnership on the day it is there.

    Each mail is a transaction of its own, with the note that it was written: killed in between, or run
    twice at once, nobody is told the same twice.
    """
    with glance():
        boards = queries.boards()
    told = 0
    for partnership_id, zone in boards:
        with clock.in_zone(zone):
            told += _remind_in(partnership_id)
    return f"{told} mail{'s' if told != 1 else ''} about actions queued."


def _remind_in(partnership_id: int) -> int:
    today = clock.today()
    with glance():
        due = letters_due(queries.partnership_by_id(partnership_id), today)
        letters = [(one, draft_of(one, queries.partnership_by_id(partnership_id), today)) for one in due]
        ids = [[(action.id, day) for action, day in one.about] for one in due]
    told = 0
    for (letter, draft), about in zip(letters, ids, strict=True):
        try:
            with unit_of_work():
                notice = queue_draft(draft)
                db.session.flush()
                db.session.add_all(
                    Reminded(
                        action_id=action_id,
                        kind=letter.kind,
                        day=day,
                        to_address=letter.address,
                        at=clock.now(),
                        notice_id=notice.id,
                    )
                    for action_id, day in about
                )
            told += 1
        except IntegrityError:
            log.info("a reminder of actions was written by another run")
    return told


def choose(partnership: Partnership, chosen: PlanRules, *, version: int, by: Person) -> PlanSettings:
    """Change how a partnership reminds and asks. Raises Stale when somebody changed it meanwhile."""
    found, before = queries.settings_row(partnership.id), settings_of(partnership.id)
    values = {
        "before": list(chosen.before),
        "after": list(chosen.after),
        "to_lead_after": chosen.to_lead_after,
        "to_office_after": chosen.to_office_after,
        "ask_after_months": list(chosen.ask_after_months),
        "changed_at": clock.now(),
        "changed_by_name": by.name,
    }
    if found is None:
        if version != 0:
            raise Stale(CHANGED_MEANWHILE)
        found = PlanSettings(partnership_id=partnership.id, **values)
        db.session.add(found)
        try:
            db.session.flush()
        except IntegrityError as error:
            raise Stale(CHANGED_MEANWHILE) from error
    else:
        raised = db.session.execute(
            sql_update(PlanSettings)
            .where(PlanSettings.id == found.id, PlanSettings.version == version)
            .values(version=version + 1, **values)
        )
        if raised.rowcount == 0:  # type: ignore[attr-defined]
            raise Stale(CHANGED_MEANWHILE)
        db.session.refresh(found)
    record(
        "partnership:reminders:changed",
        partnership.id,
        by=by,
        partnership_id=partnership.id,
        before=_told(before),
        after=_told(chosen),
    )
    return found


CHANGED_MEANWHILE = (
    "Somebody else changed these settings while you were at them. They are shown below as they are now; "
    "what you typed is still in the fields. Look at both and save again."
)


def _told(rules: PlanRules) -> Mapping[str, object]:
    return {
        "before": list(rules.before),
        "after": list(rules.after),
        "to the lead after": rules.to_lead_after,
        "to the office after": rules.to_office_after,
        "asked after months": list(rules.ask_after_months),
    }


def choose_for_oneself(person: Person, how: Reminders) -> None:
    """Keep how somebody wants to be reminded of actions."""
    found = queries.choice_of(person.id)
    if found is None:
        found = ReminderChoice(person_id=person.id, how=how)
        db.session.add(found)
    found.how = how
    db.session.flush()
    record("person:reminders:chosen", person.id, by=person, after={"how": str(how)})


def make_calendar(person: Person) -> str:
    """A new secret address for somebody's calendar, in the place of an earlier one; gives its token, which
    is known only now."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(PlanCalendar).where(PlanCalendar.person_id == person.id))
    db.session.add(PlanCalendar(person_id=person.id, token_hash=digest_of(token), made_at=clock.now()))
    db.session.flush()
    record("person:calendar:made", person.id, by=person)
    return token


def end_calendar(person: Person) -> None:
    """Let the secret address of somebody's calendar open nothing any more."""
    db.session.execute(delete(PlanCalendar).where(PlanCalendar.person_id == person.id))
    record("person:calendar:ended", person.id, by=person)
