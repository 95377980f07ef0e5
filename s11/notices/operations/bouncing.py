"""Taking in what mail servers report: each report once, and believed only where it names a mail of ours."""

from s11.core import clock
from s11.core.database import db
from s11.notices import queries
from s11.notices.models import BounceReport, Notice
from s11.notices.operations.choosing import stop
from s11.notices.operations.sending import mark_sent
from s11.notices.reports import Report
from s11.notices.rules import Bounce, Why


def take(report: Report, *, vouched: bool = False) -> bool:
    """Note a report; False when it was known or names no mail of ours.

    Anybody can write to the mailbox and claim that mail to somebody came back. So a report has to name the
    mail as only who got it can, unless whoever brings it is known (`vouched`): then an address is enough.
    """
    if queries.report_known(report.key):
        return False
    notice = queries.by_message_id(report.message_id) if report.message_id else None
    if notice is None and vouched and report.address:
        notice = queries.last_to(report.address)
    db.session.add(
        BounceReport(
            report_key=report.key[:200],
            read_at=clock.now(),
            notice_id=notice.id if notice else None,
            said=report.said[:300],
        )
    )
    if notice is None:
        return False
    _note(notice, report)
    return True


def _note(notice: Notice, report: Report) -> None:
    if notice.sent_at is None and notice.handed_at is not None and notice.given_up_at is None:
        with clock.pretend(notice.handed_at):
            mark_sent(notice)  # what comes back had left
    if notice.bounce not in (Bounce.HARD, Bounce.COMPLAINT) or report.kind != Bounce.SOFT:
        notice.bounced_at, notice.bounce, notice.bounce_said = clock.now(), report.kind, report.said[:300]
    if report.kind == Bounce.COMPLAINT:
        stop(notice.to_address, Why.COMPLAINED, said=report.said)
    elif report.kind == Bounce.HARD and report.no_address:
        stop(notice.to_address, Why.BOUNCED, said=report.said)


def note_no_address(notice: Notice, said: str) -> None:
    """The server that should take it says that there is no such address."""
    stop(notice.to_address, Why.BOUNCED, said=said)
