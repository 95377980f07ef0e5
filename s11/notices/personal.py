"""The mail sent to somebody: given out, taken out, and removed when its time is over."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from s11.core.database import db
from s11.core.retention import Periods, Stale
from s11.notices import queries
from s11.notices.models import BounceReport, MailChoice, Notice, NoticeTemplate, Suppression
from s11.notices.rules import DIGEST_LABELS, Digest
from s11.people.models import Person


def held(person: Person) -> dict[str, object]:
    """What was sent and when, what is stopped, and how they want it. The words of a mail are with the
    person; here they go once sent."""
    sent = db.session.scalars(select(Notice).where(_to(person)).order_by(Notice.id))
    choice = queries.choice_of(person.id)
    return {
        "mail to you": [
            {
                "subject": one.subject,
                "to": one.to_address,
                "written": one.queued_at,
                "sent": one.sent_at,
                "came back": one.bounced_at,
            }
            for one in sent
        ],
        "mail stopped": [
            {"to": one.address, "what": one.kind or "all that may be", "why": one.why, "since": one.at}
            for one in queries.stops_of(person.email)
        ],
        "how you get news": DIGEST_LABELS[Digest(choice.digest)] if choice else "",
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Remove every mail to somebody, sent or waiting, at whichever address it went to, and their choices;
    rename them where they changed the words of mails or let an address in again."""
    if name:
        # Only the name was kept here, so that is what is looked for.
        for column in (NoticeTemplate.changed_by_name, Suppression.lifted_by_name):
            renamed = update(column.class_).where(column == name)
            db.session.execute(renamed.values({column: known_as}))
    own = select(Notice.id).where(_to(person))
    db.session.execute(delete(BounceReport).where(BounceReport.notice_id.in_(own)))
    db.session.execute(delete(Notice).where(_to(person)))
    db.session.execute(delete(MailChoice).where(MailChoice.person_id == person.id))
    db.session.execute(delete(Suppression).where(func.lower(Suppression.address) == person.email.lower()))


def _to(person: Person) -> ColumnElement[bool]:
    """Mail that was theirs when it was written, or went to their address before they had an account."""
    return or_(Notice.person_id == person.id, func.lower(Notice.to_address) == person.email.lower())


def stale(now: datetime, periods: Periods) -> list[Stale]:
    """Mail that went, or was given up, so long ago that nobody asks for it; and what was let in again."""
    since = now - periods.mail
    never_sent = and_(Notice.sent_at.is_(None), or_(Notice.given_up_at < since, Notice.handed_at < since))
    mail = or_(Notice.sent_at < since, never_sent)
    about_it = BounceReport.notice_id.in_(select(Notice.id).where(mail))
    return [
        Stale("reports about mail", BounceReport, or_(about_it, BounceReport.read_at < since)),
        Stale("notes of mail that was sent", Notice, mail),
        Stale("addresses let in again", Suppression, Suppression.lifted_at < since),
    ]
