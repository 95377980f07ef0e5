"""Giving one organisation longer, and telling it so."""

from datetime import date

from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.cycles.models import Cycle, Invitation
from s11.desk.operations.composing import always, compose
from s11.desk.queries.asked import asked_of
from s11.desk.queries.mail import waiting_reminders
from s11.notices.operations import cancel, queue
from s11.notices.rules import Kind
from s11.people.models import Person
from s11.register.rules import ContactRole


def give_longer(
    cycle: Cycle, invitation: Invitation, *, until: date, reason: str, tell: bool, by: Person
) -> list[str]:
    """Give one organisation longer; gives the names of those who are told.

    What waits to be sent names the day it had before, so it does not go.
    """
    if asked_of(cycle, invitation).is_in:
        raise DomainError("This organisation has returned already, so it needs no more time.")
    cycles.extend(invitation, until=until, reason=reason, by=by)
    for notice in waiting_reminders(invitation.organisation_id, cycle.ref):
        cancel(notice, by=by)
    return _tell(cycle, invitation) if tell else []


def _tell(cycle: Cycle, invitation: Invitation) -> list[str]:
    asked = [asked_of(cycle, invitation)]
    outlook = compose(cycle, asked, always(cycle, "extension"), {ContactRole.LEAD})
    mails = [mail for parcel in outlook.parcels for mail in parcel.mails]
    for mail in mails:
        queue(
            to_address=mail.to_address,
            to_name=mail.to_name,
            subject=mail.subject,
            body=mail.body,
            kind=Kind.REMINDER,
            organisation_id=invitation.organisation_id,
            partnership_id=cycle.partnership_id,
            about=cycle.ref,
            template="extension",
        )
    return [mail.to_name for mail in mails]
