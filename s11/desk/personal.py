"""Who reminded, rang, escalated and gave longer, and whom they spoke or wrote to."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select, update

from s11.core.database import db
from s11.cycles.models import Cycle, Extension, Invitation, Issue
from s11.desk.models import Call, Escalation, Reminder, ReminderRule
from s11.organisations.models import Organisation
from s11.people.models import Person

# Tables in which somebody of the office did something.
DONE_BY = (Issue, Reminder, Call, Escalation, Extension)


def held(person: Person) -> dict[str, object]:
    """What somebody did, and what was written to them. What was said in a call is the organisation's."""
    return {
        "cycles in which you asked organisations": _issues(person),
        "organisations you reminded": _lines(_of(Reminder, Reminder.by_id == person.id)),
        "calls you noted": _lines(_calls(person)),
        "escalations you wrote": _lines(_of(Escalation, Escalation.by_id == person.id)),
        "organisations you gave longer": _lines(_of(Extension, Extension.by_id == person.id)),
        "escalations written to you": _lines(
            _of(Escalation, func.lower(Escalation.to_email) == person.email.lower())
        ),
    }


def _of(table: type[Reminder | Escalation | Extension], mine: object) -> Iterable[tuple[str, str, object]]:
    query = (
        select(Organisation.name, Cycle.title, table.at)
        .join(Invitation, Invitation.id == table.invitation_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .where(mine)  # type: ignore[arg-type]
        .order_by(table.at, table.id)
    )
    return [(name, title, at) for name, title, at in db.session.execute(query)]


def _issues(person: Person) -> list[dict[str, object]]:
    query = (
        select(Cycle.title, Issue.started_at)
        .join(Issue, Issue.cycle_id == Cycle.id)
        .where(Issue.by_id == person.id)
        .order_by(Issue.id)
    )
    return [{"cycle": title, "when": at} for title, at in db.session.execute(query)]


def _calls(person: Person) -> Iterable[tuple[str, str, object]]:
    query = (
        select(Organisation.name, Cycle.title, Call.at)
        .join(Organisation, Organisation.id == Call.organisation_id)
        .outerjoin(Cycle, Cycle.id == Call.cycle_id)
        .where(Call.by_id == person.id)
        .order_by(Call.at, Call.id)
    )
    return [(name, title or "", at) for name, title, at in db.session.execute(query)]


def _lines(rows: Iterable[tuple[str, str, object]]) -> list[dict[str, object]]:
    return [{"organisation": name, "cycle": title, "when": at} for name, title, at in rows]


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Rename somebody in what they did, and take them out of what was said and written to them.

    `name` is empty where another person has the same: then only what is theirs for certain changes.
    """
    for table in DONE_BY:
        db.session.execute(update(table).where(table.by_id == person.id).values(by_name=known_as))
    _forget_letters(person, name, known_as)
    if name:
        rules = update(ReminderRule).where(ReminderRule.made_by_name == name)
        db.session.execute(rules.values(made_by_name=known_as))
        db.session.execute(update(Call).where(Call.spoke_to == name).values(spoke_to=known_as))


def _forget_letters(person: Person, name: str, known_as: str) -> None:
    """Letters that went to somebody, or were signed by them, name them no more."""
    theirs = or_(func.lower(Escalation.to_email) == person.email.lower(), Escalation.by_id == person.id)
    query = select(Escalation).where(or_(theirs, Escalation.to_name == name) if name else theirs)
    for one in db.session.scalars(query.order_by(Escalation.id)):
        if one.to_email.lower() == person.email.lower() or (name and one.to_name == name):
            one.to_name, one.to_email, one.to_role = known_as, "", ""
        one.letter = one.letter.replace(person.name, known_as)
