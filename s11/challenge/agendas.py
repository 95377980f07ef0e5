"""The agenda of a day as anything prints it: a page, a mail, a pack."""

from dataclasses import dataclass
from datetime import date

from s11.challenge import queries
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.rules import FIRST_START, Sitting, Slot, is_pause, timetable

THE_CHAIR = "The chair"


@dataclass(frozen=True)
class Item:
    """One line of an agenda. `organisation_id` None: nobody's turn, such as a break."""

    starts_at: str
    ends_at: str
    minutes: int
    title: str
    organisation_id: int | None
    questioner_id: int | None
    questioner: str  # empty for what is nobody's turn

    @property
    def time(self) -> str:
        return f"{self.starts_at} to {self.ends_at}"


@dataclass(frozen=True)
class Agenda:
    """A day from its beginning to its end. Without sessions it has no times."""

    title: str
    held_on: date
    place: str
    link: str
    items: tuple[Item, ...]

    @property
    def starts_at(self) -> str:
        return self.items[0].starts_at if self.items else ""

    @property
    def ends_at(self) -> str:
        return self.items[-1].ends_at if self.items else ""

    @property
    def time(self) -> str:
        """09:30 to 14:10; empty where there are no sessions."""
        return f"{self.starts_at} to {self.ends_at}" if self.items else ""

    @property
    def turns(self) -> list[Item]:
        """The sessions of organisations."""
        return [one for one in self.items if one.organisation_id is not None]

    def turn_of(self, organisation_id: int | None) -> Item | None:
        """When an organisation presents."""
        return next((one for one in self.turns if one.organisation_id == organisation_id), None)

    def asked_by(self, organisation_id: int | None) -> list[Item]:
        """The turns in which an organisation asks."""
        return [one for one in self.turns if one.questioner_id == organisation_id is not None]


def agenda_of(day: ChallengeDay) -> Agenda:
    """The agenda of a day, with the times of its sessions, breaks and other parts."""
    return agenda_from(day, queries.sessions(day.id))


def agenda_from(day: ChallengeDay, sessions: list[Session]) -> Agenda:
    """The same from sessions at hand, in their order."""
    first = (sessions[0].starts_at if sessions else "") or FIRST_START
    slots = timetable([one.minutes for one in sessions], first=first)
    items = tuple(_item(one, slot) for one, slot in zip(sessions, slots, strict=True))
    return Agenda(day.title, day.held_on, day.place, day.link, items)


def _item(session: Session, slot: Slot) -> Item:
    questioner = session.questioner.name if session.questioner else THE_CHAIR
    return Item(
        slot.starts_at,
        slot.ends_at,
        session.minutes,
        session.name,
        session.organisation_id,
        session.questioner_id,
        questioner if session.organisation_id is not None else "",
    )


def sittings(agenda: Agenda) -> list[Sitting]:
    """The parts of a day as far as their length matters."""
    return [Sitting(one.minutes, one.organisation_id is None and is_pause(one.title)) for one in agenda.items]
