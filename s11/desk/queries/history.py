"""What was done to get returns in: rules, reminders, calls, escalations, dates given, mail sent."""

from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle, Extension, Invitation
from s11.desk.models import Call, Escalation, Reminder, ReminderRule
from s11.desk.reminding import LastReminder
from s11.notices.models import Notice
from s11.people.rules import canonical_address
from s11.register.models import Contact
from s11.register.queries.addressing import contact_in_force


def rules_of(cycle_id: int) -> list[ReminderRule]:
    """The rules in force in a cycle, in the order in which they write."""
    query = select(ReminderRule).where(ReminderRule.cycle_id == cycle_id, ReminderRule.stopped_at.is_(None))
    return list(db.session.scalars(query.order_by(ReminderRule.days_before.desc(), ReminderRule.id)))


def rule_by_ref(cycle_id: int, ref: str) -> ReminderRule | None:
    query = select(ReminderRule).where(ReminderRule.cycle_id == cycle_id, ReminderRule.ref == ref)
    return db.session.scalar(query)


def rules_at_work() -> list[ReminderRule]:
    """Every rule in force of cycles that are issued and not closed, cycle by cycle."""
    query = (
        select(ReminderRule)
        .join(Cycle, Cycle.id == ReminderRule.cycle_id)
        .where(ReminderRule.stopped_at.is_(None), Cycle.issued_at.is_not(None), Cycle.closed_at.is_(None))
        .options(joinedload(ReminderRule.cycle).joinedload(Cycle.partnership))
        .order_by(Cycle.due_on, Cycle.id, ReminderRule.days_before.desc(), ReminderRule.id)
    )
    return list(db.session.scalars(query))


def reminded_by(rule_id: int) -> dict[tuple[int, date], int]:
    """Whom a rule has reminded, as (invitation, due day), and in how many mails."""
    query = select(Reminder.invitation_id, Reminder.due_on, Reminder.mails).where(Reminder.rule_id == rule_id)
    return {(invitation_id, due_on): mails for invitation_id, due_on, mails in db.session.execute(query)}


def sent_by_rules(cycle_id: int) -> dict[int, int]:
    """How many organisations each rule of a cycle has written to so far."""
    query = (
        select(Reminder.rule_id, func.count())
        .join(ReminderRule, ReminderRule.id == Reminder.rule_id)
        .where(ReminderRule.cycle_id == cycle_id, Reminder.mails > 0)
        .group_by(Reminder.rule_id)
        .order_by(Reminder.rule_id)
    )
    return {rule_id: count for rule_id, count in db.session.execute(query) if rule_id is not None}


def last_reminders(cycle_id: int, *, since: datetime) -> dict[int, LastReminder]:
    """When each invitation of a cycle was last reminded by mail since then."""
    query = (
        select(Reminder.invitation_id, Reminder.at, Reminder.by_name)
        .join(Invitation, Invitation.id == Reminder.invitation_id)
        .where(Invitation.cycle_id == cycle_id, Reminder.mails > 0, Reminder.at > since)
        .order_by(Reminder.at, Reminder.id)
    )
    return {id_: LastReminder(at, by_name) for id_, at, by_name in db.session.execute(query)}


def queued_under(key: str) -> list[Notice]:
    """The mail that was queued under keys that begin so."""
    query = select(Notice).where(Notice.once.startswith(key, autoescape=True)).order_by(Notice.id)
    return list(db.session.scalars(query))


def reminders(invitation_id: int) -> list[Reminder]:
    query = select(Reminder).where(Reminder.invitation_id == invitation_id)
    return list(db.session.scalars(query.order_by(Reminder.at, Reminder.id)))


def rules_by_id(cycle_id: int) -> dict[int, ReminderRule]:
    """Every rule a cycle ever had."""
    query = select(ReminderRule).where(ReminderRule.cycle_id == cycle_id).order_by(ReminderRule.id)
    return {rule.id: rule for rule in db.session.scalars(query)}


def extensions(invitation_id: int) -> list[Extension]:
    """Each date an organisation was given, the latest first."""
    query = select(Extension).where(Extension.invitation_id == invitation_id)
    return list(db.session.scalars(query.order_by(Extension.at.desc(), Extension.id.desc())))


def calls(organisation_id: int, partnership_id: int, cycle_id: int | None = None) -> list[Call]:
    """Calls with an organisation, the latest first; with a cycle those about it or about none."""
    query = select(Call).where(Call.organisation_id == organisation_id, Call.partnership_id == partnership_id)
    if cycle_id is not None:
        query = query.where(or_(Call.cycle_id == cycle_id, Call.cycle_id.is_(None)))
    return list(db.session.scalars(query.order_by(Call.at.desc(), Call.id.desc())))


def call_by_ref(ref: str) -> Call | None:
    return db.session.scalar(select(Call).where(Call.ref == ref))


def escalations(invitation_id: int) -> list[Escalation]:
    """What was taken to a senior person, the latest first."""
    query = select(Escalation).where(Escalation.invitation_id == invitation_id)
    return list(db.session.scalars(query.order_by(Escalation.at.desc(), Escalation.id.desc())))


def escalation_by_ref(ref: str) -> Escalation | None:
    return db.session.scalar(select(Escalation).where(Escalation.ref == ref))


def mails(organisation_id: int, about: str) -> list[Notice]:
    """Mail to people of an organisation about one cycle, in the order in which it was written."""
    query = select(Notice).where(Notice.organisation_id == organisation_id, Notice.about == about)
    return list(db.session.scalars(query.order_by(Notice.queued_at, Notice.id)))


def telephones(organisation_id: int, partnership_id: int) -> dict[str, str]:
    """Under which number a contact is rung, by name and by address."""
    query = (
        select(Contact.name, Contact.email, Contact.telephone)
        .where(Contact.organisation_id == organisation_id, Contact.partnership_id == partnership_id)
        .where(Contact.telephone != "", contact_in_force())
        .order_by(Contact.id)
    )
    found: dict[str, str] = {}
    for name, email, telephone in db.session.execute(query):
        found.setdefault(name, telephone)
        if email:
            found.setdefault(canonical_address(email), telephone)
    return found
