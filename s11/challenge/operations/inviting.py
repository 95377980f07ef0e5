"""Inviting to a challenge day: what would go out to whom, and sending exactly what was looked at, once.

What somebody was told is what the last mail to them says. Where the plan says something else by now, they
have an older time, and a change is offered. The number of a change is the version of the day's plan, which
never falls.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import current_app

from s11.challenge import planned
from s11.challenge.agendas import Agenda, Item, agenda_of
from s11.challenge.invites import Entry, Method, begins, calendar_of, told_by
from s11.challenge.kinds import PART_LABELS, Attendance, Part
from s11.challenge.models import Attendee, ChallengeDay
from s11.challenge.operations.attending import remove_attendee
from s11.challenge.operations.checks import alone, hold, note
from s11.challenge.planned import INVITATION, INVITATION_CANCELLED, INVITATION_CHANGED
from s11.challenge.rules import listed
from s11.core import clock
from s11.desk.queries.stopped import stopped
from s11.notices.models import Notice
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.notices.wording import filled_in_any_case, words_of
from s11.people.models import Person
from s11.people.rules import canonical_address
from s11.register.addresses import address_fault

NOT_INVITED = frozenset({Attendance.APOLOGIES, Attendance.ABSENT})


@dataclass(frozen=True)
class Invitation:
    """A mail to one person as it would go out. `was` is what they were told last; empty for a first one."""

    attendee: Attendee
    template: str
    subject: str
    body: str
    calendar: str
    key: str
    was: str = ""

    @property
    def seal(self) -> str:
        """Changes with every letter that would go: what is sent is what was looked at."""
        told = sorted(told_by(self.calendar).items())
        whole = f"{self.attendee.name}\0{self.attendee.email}\0{self.subject}\0{self.body}\0{told}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


@dataclass
class Outlook:
    """Who would get what now: a first mail, a changed one, or none, as it is right or cannot go."""

    new: list[Invitation] = field(default_factory=list)
    changed: list[Invitation] = field(default_factory=list)
    right: list[Attendee] = field(default_factory=list)
    left_out: list[tuple[Attendee, str]] = field(default_factory=list)

    @property
    def ready(self) -> list[Invitation]:
        return [*self.changed, *self.new]


@dataclass
class Sent:
    """What went, and of what was looked at what is another by now."""

    mails: int = 0
    changed: list[Invitation] = field(default_factory=list)


def look_ahead(day: ChallengeDay) -> Outlook:
    """What would go out now, to everybody on the list."""
    outlook, mails = Outlook(), mails_to(day)
    people = planned.attendees(day.id)
    silent = stopped([one.email for one in people if one.email])
    letters = _Letters(day)
    for one in people:
        silence = silent.get(canonical_address(one.email))
        why = _why_not(one, silence.said if silence is not None and not silence.copies else "")
        if why:
            outlook.left_out.append((one, why))
            continue
        last = last_told(mails[one.ref])
        invitation = letters.invitation(one, last, len(mails[one.ref]))
        if last is None:
            outlook.new.append(invitation)
        elif _differs(last, invitation):
            outlook.changed.append(invitation)
        else:
            outlook.right.append(one)
    return outlook


def _why_not(one: Attendee, silence: str) -> str:
    if one.attendance in NOT_INVITED:
        return "does not come"
    if not one.email.strip():
        return "has no address: enter one, or ring"
    if address_fault(one.email):
        return f"has an address no mail can go to, {one.email}: correct it"
    return f"{one.email} {silence}: enter another address" if silence else ""


def mails_to(day: ChallengeDay) -> dict[str, list[Notice]]:
    """The mails a day sent or is about to, by the ref of whom they are to."""
    found: dict[str, list[Notice]] = defaultdict(list)
    for mail in planned.mails_of(day):
        found[_whom(mail.once or "")].append(mail)
    return found


def _whom(key: str) -> str:
    parts = key.split(":")
    return parts[2] if len(parts) > 2 else ""


def last_told(mails: Sequence[Notice]) -> Notice | None:
    """The last mail that went or will; one that was given up told nobody anything."""
    return next((one for one in reversed(mails) if one.given_up_at is None), None)


def _differs(last: Notice, now: Invitation) -> bool:
    is_moved = canonical_address(last.to_address) != canonical_address(now.attendee.email)
    return is_moved or told_by(last.calendar) != told_by(now.calendar)


class _Letters:
    """Writes the mails of a day: what they share is looked up once."""

    def __init__(self, day: ChallengeDay) -> None:
        settings = current_app.config["S11"]
        self.day, self.board = day, day.cycle.partnership
        self.agenda: Agenda = agenda_of(day)
        self.zone = clock.zone_of(self.board.time_zone)
        self.host = urlsplit(settings.address).hostname or "localhost"
        self.office = self.board.office_email or settings.mail_from
        self.words = {key: words_of(self.board.id, key) for key in planned.INVITATIONS}

    def invitation(self, one: Attendee, last: Notice | None, sent: int) -> Invitation:
        template = INVITATION if last is None else INVITATION_CHANGED
        method = Method.REQUEST if self.board.office_email else Method.PUBLISH
        was = f"{begins(last.calendar, self.zone)}" if last is not None else ""
        return self._mail(one, template, method, f"{self.day.version}:{sent}", was)

    def cancellation(self, one: Attendee) -> Invitation:
        return self._mail(one, INVITATION_CANCELLED, Method.CANCEL, "off")

    def _mail(self, one: Attendee, template: str, method: Method, key: str, was: str = "") -> Invitation:
        words = filled_in_any_case(self.words[template], template, self.values(one))
        calendar = calendar_of(self.entry(one), method, at=clock.now())
        key = f"challenge:{self.day.ref}:{one.ref}:{key}"
        return Invitation(one, template, words.subject, words.body, calendar, key, was)

    def values(self, one: Attendee) -> dict[str, str]:
        return {
            "name": one.name,
            "partnership": self.board.name,
            "day": self.day.title,
            "when": when_of(self.day, self.agenda),
            "place": where_of(self.day),
            "your part": part_of(one, self.agenda),
            "agenda": "\n".join(_line(item) for item in self.agenda.items) or "It follows.",
        }

    def entry(self, one: Attendee) -> Entry:
        return Entry(
            uid=f"challenge-day-{self.day.ref}@{self.host}",
            sequence=self.day.version,
            held_on=self.day.held_on,
            starts_at=self.agenda.starts_at,
            ends_at=self.agenda.ends_at,
            zone=self.zone,
            title=self.day.title,
            place=self.day.place,
            link=self.day.link,
            words=part_of(one, self.agenda),
            organiser=(self.board.name, self.office),
            attendee=(one.name, canonical_address(one.email)),
        )


def when_of(day: ChallengeDay, agenda: Agenda) -> str:
    """Wednesday 3 March 2027, 09:30 to 14:10."""
    on = f"{day.held_on:%A} {day.held_on.day} {day.held_on:%B %Y}"
    return f"{on}, {agenda.time}" if agenda.time else on


def where_of(day: ChallengeDay) -> str:
    """The place, and how to join from afar."""
    joined = f"Join from afar: {day.link}" if day.link else ""
    return "; ".join(one for one in (day.place, joined) if one) or "We tell you in time."


def part_of(one: Attendee, agenda: Agenda) -> str:
    """What somebody does on the day, in sentences."""
    if one.organisation is None:
        return f"Your part: {PART_LABELS[Part(one.part)].lower()}."
    said, name = [f"You come for {one.organisation.name}."], one.organisation.name
    turn = agenda.turn_of(one.organisation_id)
    if turn is not None:
        asks = "the chair" if turn.questioner_id is None else turn.questioner
        said.append(f"{name} presents from {turn.time}. The questions are put by {asks}.")
    if asked := agenda.asked_by(one.organisation_id):
        said.append(f"{name} questions {listed([f'{item.title} ({item.time})' for item in asked])}.")
    return " ".join(said)


def _line(item: Item) -> str:
    by = f", questioned by {item.questioner}" if item.questioner_id is not None else ""
    return f"{item.starts_at} {item.title}{by}"


def send_invitations(day: ChallengeDay, ticked: Mapping[str, str], *, by: Person | None = None) -> Sent:
    """Send what was ticked: the seal of each mail by the ref of whom it is to. Ticked twice, it goes once."""
    alone(day)
    sent, drafts = Sent(), []
    for one in look_ahead(day).ready:
        seal = ticked.get(one.attendee.ref)
        if seal == one.seal:
            drafts.append(_draft(day, one))
            one.attendee.invited_at = clock.now()
        elif seal is not None:
            sent.changed.append(one)
    sent.mails = queue_all(drafts)
    if sent.mails:
        note("challenge_day:people:invited", day, by, after={"people": sent.mails})
    return sent


def _draft(day: ChallengeDay, one: Invitation) -> Draft:
    return Draft(
        to_address=one.attendee.email,
        to_name=one.attendee.name,
        subject=one.subject,
        body=one.body,
        kind=Kind.LETTER,
        organisation_id=one.attendee.organisation_id,
        partnership_id=day.cycle.partnership_id,
        about=day.ref,
        template=one.template,
        once=one.key,
        calendar=one.calendar,
    )


def cancellation_of(attendee: Attendee, day: ChallengeDay) -> Invitation | None:
    """The mail that takes the day out of the calendar of somebody who was invited; None where nobody was."""
    if last_told(mails_to(day)[attendee.ref]) is None or not attendee.email.strip():
        return None
    return _Letters(day).cancellation(attendee)


def uninvite(attendee: Attendee, day: ChallengeDay, *, tell: bool, by: Person | None = None) -> bool:
    """Take somebody off the list, and (`tell`) out of the calendar where they were invited. Gives whether a
    mail went."""
    hold(day)
    mail = cancellation_of(attendee, day) if tell else None
    sent = queue_all([_draft(day, mail)]) if mail is not None else 0
    remove_attendee(attendee, day, by=by)
    return bool(sent)
