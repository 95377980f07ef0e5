"""What the pages of mail print."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from flask import Flask, current_app
from flask_login import current_user

from s11.core import clock
from s11.notices import permissions, queries
from s11.notices.composing import one_line, signed
from s11.notices.models import Notice, NoticeTemplate
from s11.notices.operations import mark_of
from s11.notices.placeholders import LABELS, PLACEHOLDERS, allowed, examples
from s11.notices.rules import KIND_LABELS, STATE_LABELS, STOPPED_WORDS, Kind, State, Why, state_of
from s11.notices.wording import DEFAULTS, Words, filled
from s11.organisations.models import Partnership
from s11.people.models import Person

# Mail that could have gone so long ago and is still here: nobody sends it, or the server takes nothing.
LATE_AFTER = timedelta(minutes=15)
TITLES = "s11-mail-titles"


class Titled(Protocol):
    """Something mails are about, as a later room knows it."""

    ref: str
    title: str


def titled_by(app: Flask, things: Callable[[Person], Iterable[Titled]]) -> None:
    """Name what finds the things that mails are about, for somebody."""
    app.extensions.setdefault(TITLES, []).append(things)


def titles_for(person: Person) -> dict[str, str]:
    """The titles of what mails can be about, by ref."""
    told: list[Callable[[Person], Iterable[Titled]]] = current_app.extensions.get(TITLES, [])
    return {thing.ref: thing.title for things in told for thing in things(person)}


def late_since(person: Person | None = None) -> datetime | None:
    """Since when mail of the office somebody works in has been waiting to go; None when all is well."""
    person = person or current_user
    place = permissions.office_of(person) if person.is_authenticated else None
    if place is None:
        return None
    return queries.oldest_waiting(place, clock.now() - LATE_AFTER)


@dataclass(frozen=True)
class Letter:
    """A mail as whoever gets it reads it."""

    sender: str
    subject: str
    body: str


@dataclass(frozen=True)
class One:
    """One mail, and what can be done about it."""

    notice: Notice
    state: State
    words: str
    stops: list[str]
    can_let_in: bool

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[Kind(self.notice.kind)]

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def can_send_again(self) -> bool:
        """Not to an address that gets no mail: that is let in first."""
        undone = self.state in (State.UNSURE, State.NOT_SENT, State.RETURNED)
        return undone and bool(self.notice.body) and not self.can_let_in

    @property
    def is_put_off(self) -> bool:
        return self.state == State.WAITING and self.notice.tries > 0


def words_shown(notice: Notice) -> str:
    """The words with their signature, while they are kept. Those that let somebody in are for whoever gets
    them, and for nobody else."""
    if notice.kind == Kind.ACCOUNT or not notice.body:
        return ""
    return signed(notice.body, queries.partnership_of(notice))


def one(notice: Notice) -> One:
    stops = queries.stops_of(notice.to_address)
    return One(
        notice,
        state_of(notice, clock.now()),
        words_shown(notice),
        [STOPPED_WORDS[Why(stop.why)] for stop in stops],
        any(stop.why != Why.UNSUBSCRIBED for stop in stops),
    )


@dataclass(frozen=True)
class Sort:
    """A kind of mail whose words the office can change."""

    key: str
    label: str
    when: str
    own: NoticeTemplate | None

    @property
    def mark(self) -> str:
        return mark_of(self.own)

    @property
    def words(self) -> Words:
        return Words(self.own.subject, self.own.body) if self.own else DEFAULTS[self.key]

    @property
    def placeholders(self) -> list[tuple[str, str]]:
        """What may be used, each with what will stand there."""
        return [(f"(({name}))", PLACEHOLDERS[name].means) for name in allowed(self.key)]


def sort(partnership_id: int, key: str) -> Sort:
    label, when = LABELS[key]
    return Sort(key, label, when, queries.template(partnership_id, key))


def sorts(partnership_id: int) -> list[Sort]:
    return [sort(partnership_id, key) for key in DEFAULTS if key in LABELS]


def looks(key: str, words: Words, partnership: Partnership | None) -> Letter:
    """The words with examples in them, as they will look."""
    shown = filled(words, examples(key))
    name = partnership.name if partnership else ""
    return Letter(name, one_line(shown.subject), signed(shown.body, partnership))
