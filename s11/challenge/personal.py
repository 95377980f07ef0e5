"""Who is named for challenge days, and who recorded what came of them: given out, and taken out."""

from sqlalchemy import and_, func, or_, select, update

from s11.challenge.kinds import ATTENDANCE_LABELS, PART_LABELS, Attendance, Part
from s11.challenge.models import Attendee, ChallengeDay, Enquiry, Outcome, Tie
from s11.core.database import db
from s11.people.models import Person

# Where an entry of the record holds only a name.
NAMED = (Outcome.recorded_by_name, Outcome.changed_by_name, Outcome.asker_name, Enquiry.asker_name)


def held(person: Person) -> dict[str, object]:
    """The challenge days somebody is named for, and whether they were there."""
    named = db.session.execute(
        select(Attendee, ChallengeDay)
        .join(ChallengeDay, ChallengeDay.id == Attendee.day_id)
        .where(or_(Attendee.person_id == person.id, func.lower(Attendee.email) == person.email.lower()))
        .order_by(ChallengeDay.held_on, Attendee.id)
    )
    return {
        "challenge days you are named for": [
            {
                "day": day.title,
                "on": day.held_on,
                "as": one.name,
                "role": one.role,
                "to": one.email,
                "for": PART_LABELS[Part(one.part)],
                "attendance": ATTENDANCE_LABELS[Attendance(one.attendance)],
                "invited": one.invited_at,
            }
            for one, day in named
        ]
    }


def forget(person: Person, *, name: str, known_as: str) -> None:
    """Take the name out wherever they were named, and post, address and note with it; that somebody was there
    stays. Where only a name was kept, that is what is looked for."""
    own = [Attendee.person_id == person.id]
    if person.email:
        own.append(and_(func.lower(Attendee.email) == person.email.lower(), Attendee.person_id.is_(None)))
    if name:
        own.append(and_(Attendee.name == name, Attendee.person_id.is_(None)))
        for column in (*NAMED, Tie.declared_by_name):
            renamed = update(column.class_).where(column == name)
            db.session.execute(renamed.values({column: known_as}))
        # A substitute's note names whom they stand in for.
        stands_in = update(Attendee).where(Attendee.note == f"Stands in for {name}")
        db.session.execute(stands_in.values(note=f"Stands in for {known_as}"))
    taken_out = update(Attendee).where(or_(*own))
    db.session.execute(taken_out.values(name=known_as, role="", email="", note=""))
