"""Who comes to a challenge day: from the register, by hand, who stands in, and who was there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from s11.challenge import planned, queries, rules
from s11.challenge.kinds import Attendance, Part
from s11.challenge.models import Attendee, ChallengeDay
from s11.challenge.operations.checks import check, note, seat_fault
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role, canonical_address
from s11.register.addresses import address_fault, meant
from s11.register.queries import addressees
from s11.register.rules import CONTACT_ROLE_LABELS, Addressee, ContactRole

PARTS_OF_THE_BOARD = {Role.CHAIR: Part.CHAIRS, Role.BUSINESS_MANAGER: Part.RECORDS, Role.OFFICE: Part.RECORDS}
COLUMNS = ("organisation_id", "name", "role", "email", "part", "attendance", "note")
CHANGED = "Somebody changed this person meanwhile. Look at the newest state, and save then."


@dataclass(frozen=True)
class Coming:
    """Somebody as typed. `organisation` None: for the Board."""

    name: str
    role: str = ""
    email: str = ""
    part: Part = Part.PRESENTS
    attendance: Attendance = Attendance.EXPECTED
    note: str = ""
    organisation: Organisation | None = None
    # That an address which looks like a slip of the finger is right.
    sure: bool = False


def take_from_register(day: ChallengeDay, *, by: Person | None = None) -> list[Attendee]:
    """The leads of every organisation on the agenda of which nobody is on the list yet, and the chair and the
    office for the Board. Where an organisation has no lead, whoever is written to first."""
    listed = planned.attendees(day.id)
    addresses = {canonical_address(one.email) for one in listed if one.email}
    has_somebody = {one.organisation_id for one in listed}
    organisations = {
        one.organisation_id: one.organisation
        for one in queries.sessions(day.id)
        if one.organisation_id and one.organisation_id not in has_somebody
    }
    known = addressees(list(organisations), day.cycle.partnership_id)
    added = [
        _add(day, _as_coming(one, organisations[id_]), one.person_id)
        for id_ in organisations
        for one in _leads(known[id_])
        if canonical_address(one.email) not in addresses
    ]
    if None not in has_somebody:
        added += [
            _add(day, _of_the_board(person, role, title), person.id)
            for person, role, title in planned.people_of_the_board(day.cycle.partnership_id)
            if canonical_address(person.email) not in addresses
        ]
    db.session.flush()
    if added:
        note("challenge_day:attendees:taken", day, by, after={"people": len(added)})
    return added


def _leads(known: Sequence[Addressee]) -> Sequence[Addressee]:
    return [one for one in known if one.role == ContactRole.LEAD] or known[:1]


def _as_coming(one: Addressee, organisation: Organisation | None) -> Coming:
    role = one.job_title or CONTACT_ROLE_LABELS[ContactRole(one.role)]
    return Coming(one.name, role, one.email, organisation=organisation)


def _of_the_board(person: Person, role: Role, title: str) -> Coming:
    return Coming(person.name, title, person.email, PARTS_OF_THE_BOARD[role])


def _add(day: ChallengeDay, coming: Coming, person_id: int | None, ref: str | None = None) -> Attendee:
    attendee = Attendee(
        **({"ref": ref} if ref and rules.is_ref(ref) else {}),
        day_id=day.id,
        organisation=coming.organisation,
        person_id=person_id,
        name=coming.name.strip()[: rules.NAME_LONGEST],
        role=coming.role.strip()[: rules.ROLE_LONGEST],
        email=coming.email.strip(),
        part=coming.part,
        attendance=coming.attendance,
        note=coming.note.strip(),
    )
    db.session.add(attendee)
    return attendee


def add_attendee(
    day: ChallengeDay, coming: Coming, *, ref: str | None = None, by: Person | None = None
) -> Attendee:
    """Somebody who comes. `ref` is that of the form it was typed into: a second click adds nothing."""
    known = planned.attendee_by_ref(day.id, ref) if ref else None
    if known is not None:
        return known
    _check(day, coming)
    attendee = _add(day, coming, _account_of(coming.email), ref)
    db.session.flush()
    note("challenge_day:attendee:added", day, by, coming.organisation, after=_described(attendee))
    return attendee


def change_attendee(
    attendee: Attendee,
    day: ChallengeDay,
    coming: Coming,
    *,
    mark: str | None = None,
    by: Person | None = None,
) -> None:
    """Another name, part or answer. `mark` is that of the state that was looked at."""
    _check(day, coming, but=attendee)
    db.session.refresh(attendee, attribute_names=list(COLUMNS), with_for_update=True)
    if mark is not None and mark != mark_of(attendee):
        raise Stale(CHANGED)
    before = _described(attendee)
    if canonical_address(coming.email) != canonical_address(attendee.email):
        attendee.person_id = _account_of(coming.email)
    attendee.organisation = coming.organisation
    attendee.name, attendee.role, attendee.email = (
        coming.name.strip(), coming.role.strip(), coming.email.strip(),
    )  # fmt: skip
    attendee.part, attendee.attendance, attendee.note = coming.part, coming.attendance, coming.note.strip()
    db.session.flush()
    note(
        "challenge_day:attendee:changed", day, by, coming.organisation,
        before=before, after=_described(attendee),
    )  # fmt: skip


def send_substitute(
    attendee: Attendee,
    day: ChallengeDay,
    *,
    name: str,
    role: str = "",
    email: str = "",
    sure: bool = False,
    ref: str | None = None,
    by: Person | None = None,
) -> Attendee:
    """Somebody comes in another's place, who sends apologies."""
    coming = Coming(
        name,
        role,
        email,
        Part(attendee.part),
        Attendance.COMING,
        f"Stands in for {attendee.name}",
        attendee.organisation,
        sure,
    )
    substitute = add_attendee(day, coming, ref=ref, by=by)
    mark_attendance(attendee, day, Attendance.APOLOGIES, by=by)
    return substitute


def mark_attendance(
    attendee: Attendee, day: ChallengeDay, attendance: Attendance, *, by: Person | None = None
) -> None:
    """Say in one touch whether somebody comes, or is here. Said twice it is said once."""
    if attendee.attendance == attendance:
        return
    before, attendee.attendance = attendee.attendance, attendance
    db.session.flush()
    note(
        "challenge_day:attendee:marked", day, by, attendee.organisation,
        before={"attendee": attendee.ref, "attendance": before}, after={"attendance": str(attendance)},
    )  # fmt: skip


def remove_attendee(attendee: Attendee, day: ChallengeDay, *, by: Person | None = None) -> None:
    """Take somebody off the list. Who was invited is told by `inviting.uninvite`."""
    organisation, before = attendee.organisation, _described(attendee)
    db.session.delete(attendee)
    db.session.flush()
    note("challenge_day:attendee:removed", day, by, organisation, before=before)


def mark_of(attendee: Attendee) -> str:
    """Changes with every letter of what is known of somebody."""
    whole = "\0".join(str(getattr(attendee, column)) for column in COLUMNS)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _account_of(address: str) -> int | None:
    return people.ids_by_address([address]).get(canonical_address(address)) if address.strip() else None


def _check(day: ChallengeDay, coming: Coming, *, but: Attendee | None = None) -> None:
    check("name", rules.name_fault(coming.name))
    if coming.organisation is not None:
        check("organisation", seat_fault(day, coming.organisation))
    check("email", address_fault(coming.email))
    right, known = meant(coming.email), but is not None and but.email == coming.email.strip()
    if right and not coming.sure and not known:
        raise Invalid(f"Did you mean {right}? Correct it, or say below that it is right.", field="email")
    other = planned.attendee_at(day.id, coming.email) if coming.email.strip() else None
    if other is not None and (but is None or other.id != but.id):
        raise Invalid(f"{other.name} is on the list with this address already.", field="email")


def _described(attendee: Attendee) -> dict[str, object]:
    """For the trail: no name in it, which could not be taken out again."""
    return {"attendee": attendee.ref, "part": str(attendee.part), "attendance": str(attendee.attendance)}
