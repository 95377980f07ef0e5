"""Preparing the questions of a day."""

from s11.challenge import queries
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.operations.checks import check, note, questioner_fault, seat_fault, standard_fault
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations.models import Organisation
from s11.people.models import Person


def add_enquiry(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    question: str,
    why: str = "",
    standard_key: str = "",
    criterion_key: str = "",
    asked_by: Organisation | None = None,
    asker_name: str = "",
    by: Person | None = None,
) -> Enquiry:
    """A question prepared for one organisation, with why it is asked, at the end of its list."""
    check("organisation", seat_fault(day, organisation))
    _check_enquiry(day, organisation, question, standard_key, asked_by)
    known = queries.enquiries(day.id, organisation.id)
    enquiry = Enquiry(
        day_id=day.id,
        organisation=organisation,
        asked_by=asked_by,
        asker_name=asker_name.strip(),
        standard_key=standard_key,
        criterion_key=criterion_key,
        question=question.strip(),
        why=why.strip(),
        position=max((one.position for one in known), default=0) + 1,
    )
    db.session.add(enquiry)
    db.session.flush()
    note("challenge_day:enquiry:added", day, by, organisation, after={"question": enquiry.question})
    return enquiry


def remove_enquiry(enquiry: Enquiry, day: ChallengeDay, *, by: Person | None = None) -> None:
    """Take a prepared question off the list, unless what came of it is recorded."""
    if any(one.enquiry_id == enquiry.id for one in queries.outcomes(day.id, enquiry.organisation_id)):
        raise Invalid(
            "What came of this question is recorded, so it stays. Change its wording if it is wrong.",
            field="question",
        )
    organisation, question = enquiry.organisation, enquiry.question
    db.session.delete(enquiry)
    db.session.flush()
    note("challenge_day:enquiry:removed", day, by, organisation, before={"question": question})


def _check_enquiry(
    day: ChallengeDay,
    organisation: Organisation,
    question: str,
    standard_key: str,
    asked_by: Organisation | None,
) -> None:
    check("question", None if question.strip() else "Write down the question to be asked.")
    check("standard_key", standard_fault(day, standard_key))
    check("asked_by", questioner_fault(day, organisation, asked_by))
