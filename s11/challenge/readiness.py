"""What is ready for a day and what is missing: for whoever runs it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app, url_for

from s11.challenge import operations, planned
from s11.challenge.agendas import Agenda, agenda_from, sittings
from s11.challenge.kinds import Attendance, EnquiryState, Part
from s11.challenge.models import Attendee, ChallengeDay, Enquiry, Session
from s11.challenge.operations.checks import body_of
from s11.challenge.rules import FIRST_START, bar, listed, time_faults, uneven
from s11.cycles.days import away_on
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.web.filters import day as in_words
from s11.web.filters import plural

EXTENSION = "s11-ready-for-a-challenge-day"
COMES = frozenset({Attendance.COMING, Attendance.PRESENT})
NAMES_SHOWN = 4


@dataclass(frozen=True)
class Step:
    """One thing to have ready, how it stands, and where to go on; printed by `components/task_list.html`."""

    title: str
    status: str
    status_kind: str  # done doing todo warn
    hint: str = ""
    href: str | None = None


Teller = Callable[[ChallengeDay, Person], Step | None]


def steps_told_by(app: Flask, *tellers: Teller) -> None:
    """Let later rooms say what they have ready for a day, such as packs; None where somebody may not know."""
    app.extensions.setdefault(EXTENSION, []).extend(tellers)


def told(day: ChallengeDay, person: Person) -> list[Step]:
    tellers: list[Teller] = current_app.extensions.get(EXTENSION, [])
    return [step for teller in tellers if (step := teller(day, person)) is not None]


@dataclass(frozen=True)
class Bench:
    """Who comes for one organisation, or (None) for the Board."""

    organisation: Organisation | None
    people: tuple[Attendee, ...]

    def count(self, *how: Attendance) -> int:
        return sum(one.attendance in how for one in self.people)

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else "The Board"

    @property
    def has_nobody(self) -> bool:
        """Nobody is named, or all of them stay away."""
        return not self.count(Attendance.EXPECTED, *COMES)

    @property
    def is_unanswered(self) -> bool:
        """Somebody is named, and nobody said that they come."""
        return not self.has_nobody and not self.count(*COMES)

    @property
    def words(self) -> str:
        if not self.people:
            return "Nobody is named"
        counts = (
            (self.count(Attendance.PRESENT), "present"),
            (self.count(Attendance.COMING), "coming"),
            (self.count(Attendance.EXPECTED), "without an answer"),
            (self.count(Attendance.APOLOGIES), "with apologies"),
            (self.count(Attendance.ABSENT), "absent"),
        )
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def benches(sessions: Sequence[Session], people: Sequence[Attendee]) -> list[Bench]:
    """The Board, then every organisation that presents or asks, then any other of which somebody comes."""
    of: dict[int | None, list[Attendee]] = defaultdict(list)
    for one in people:
        of[one.organisation_id].append(one)
    taking = [session.organisation for session in sessions] + [session.questioner for session in sessions]
    known = {one.id: one for one in [*taking, *(person.organisation for person in people)] if one is not None}
    return [Bench(None, tuple(of[None]))] + [Bench(one, tuple(of[one.id])) for one in known.values()]


def without_anybody(found: Iterable[Bench]) -> list[str]:
    """The organisations of which nobody comes."""
    return [bench.name for bench in found if bench.organisation is not None and bench.has_nobody]


def conflicts(sessions: Sequence[Session], people: Sequence[Attendee]) -> list[str]:
    """Whoever belongs to an organisation and would question it for another, or chair and record its turn."""
    bound = planned.bound_to([one.person_id for one in people if one.person_id is not None])
    found = []
    for one in people:
        own = bound.get(one.person_id or 0, set()) - {one.organisation_id}
        for session in sessions:
            if session.organisation is None or session.organisation_id not in own:
                continue
            if one.organisation_id is not None and one.organisation_id == session.questioner_id:
                found.append(
                    f"{one.name} belongs to {session.organisation.name} and would question it for "
                    f"{session.questioner.name if session.questioner else ''}."
                )
            elif one.organisation_id is None and one.part in (Part.CHAIRS, Part.RECORDS, Part.ASKS):
                found.append(
                    f"{one.name} belongs to {session.organisation.name}. Let somebody else of the Board take "
                    "its turn."
                )
    return found


def warnings(day: ChallengeDay, sessions: Sequence[Session], people: Sequence[Attendee]) -> list[str]:
    """What is allowed and still worth a second look."""
    return [
        *date_warnings(day, planned.days_of_cycle(day.cycle_id)),
        *time_faults(sittings(agenda_from(day, list(sessions))), first=_first(sessions)),
        *_twice(day),
        *tie_warnings(day, sessions),
        *conflicts(sessions, people),
    ]


def _first(sessions: Sequence[Session]) -> str:
    return (sessions[0].starts_at if sessions else "") or FIRST_START


def date_warnings(day: ChallengeDay, days: Sequence[ChallengeDay]) -> list[str]:
    """Where the date does not go with the calendar, the cycle, or people's week."""
    cycle, found = day.cycle, []
    if cycle.challenge_on is None:
        found.append(
            f"The calendar of {cycle.title} names no challenge day. Enter it there, so that others see it."
        )
    elif cycle.challenge_on not in {one.held_on for one in days}:
        found.append(
            f"The calendar of {cycle.title} names {in_words(cycle.challenge_on)}, and this day is on "
            f"{in_words(day.held_on)}. Change one of the two."
        )
    if day.held_on < cycle.due_on:
        found.append(f"The returns are due on {in_words(cycle.due_on)}, after this day.")
    if away := away_on(day.held_on):
        found.append(f"{in_words(day.held_on)} is {away}.")
    return found


def _twice(day: ChallengeDay) -> list[str]:
    """Organisations that present at another day of the cycle too."""
    return [f"{name} presents on {in_words(on)} too." for name, on in planned.elsewhere(day)]


def tie_warnings(day: ChallengeDay, sessions: Sequence[Session]) -> list[str]:
    """Who questions whom although they may not, by now: a tie was declared since, or a trust changed."""
    ties = planned.tie_words(day.cycle.partnership_id)
    pairs = [(one.organisation, one.questioner) for one in sessions]
    both = [(body_of(one), body_of(other)) for one, other in pairs if one is not None and other is not None]
    found = [fault for one, other in both if (fault := bar(one, other, ties))]
    asks = {one.id: other.id for one, other in both}
    return found + uneven(asks, list({other.id: other for _, other in both}.values()))


def steps(
    day: ChallengeDay,
    person: Person,
    sessions: Sequence[Session],
    people: Sequence[Attendee],
    enquiries: Sequence[Enquiry],
    *,
    may_plan: bool,
    may_invite: bool,
) -> list[Step]:
    """What has to be ready, in the order in which it is done."""
    agenda = agenda_from(day, list(sessions))
    found = [
        _where(day, may_plan),
        _agenda(day, agenda),
        _questioners(day, sessions, may_plan),
        _people(day, benches(sessions, people), may_plan),
    ]
    if may_invite:
        found.append(_invitations(day, people))
    return [*found, _enquiries(day, sessions, enquiries), *told(day, person)]


def steps_after(day: ChallengeDay, person: Person) -> list[Step]:
    """What is left to do once a day is over: what later rooms tell, such as its letters."""
    return told(day, person)


def _to(endpoint: str, day: ChallengeDay, may: bool = True, **more: Any) -> str | None:
    return url_for(f"challenge.{endpoint}", ref=day.ref, **more) if may else None


def _where(day: ChallengeDay, may: bool) -> Step:
    href = _to("change_day", day, may)
    if day.place or day.link:
        return Step("Date and place", "Ready", "done", "", href)
    return Step("Date and place", "Missing", "todo", "Say where it is held, or how to join.", href)


def _agenda(day: ChallengeDay, agenda: Agenda) -> Step:
    turns, href = agenda.turns, _to("day", day, _anchor="agenda")
    missing = planned.without_a_session(day)
    if not turns:
        return Step("Sessions", "Missing", "todo", "Nobody presents yet.", href)
    words = f"{plural(len(turns), 'session')}, {agenda.time}."
    if missing:
        words += f" Returned, and on no agenda: {shortened(missing)}."
    return Step(
        "Sessions",
        f"{len(missing)} left out" if missing else "Ready",
        "doing" if missing else "done",
        words,
        href,
    )


def _questioners(day: ChallengeDay, sessions: Sequence[Session], may: bool) -> Step:
    turns = [one for one in sessions if one.organisation is not None]
    without = [one.name for one in turns if one.questioner is None]
    href = _to("rotation", day, may and bool(turns))
    if not turns:
        return Step("Who questions whom", "Missing", "todo", "Add the sessions first.")
    if without:
        words = f"The chair questions {shortened(without)}."
        return Step(
            "Who questions whom", f"{len(turns) - len(without)} of {len(turns)}", "doing", words, href
        )
    return Step("Who questions whom", "Ready", "done", "", href)


def _people(day: ChallengeDay, found: Sequence[Bench], may: bool) -> Step:
    nobody = without_anybody(found)
    coming = sum(bench.count(*COMES) for bench in found)
    unanswered = sum(bench.count(Attendance.EXPECTED) for bench in found)
    href = _to("people", day, may)
    words = f"{coming} coming, {unanswered} without an answer." if coming or unanswered else ""
    if nobody:
        return Step(
            "Who comes",
            f"{len(nobody)} missing",
            "warn",
            f"{words} Nobody of {shortened(nobody)}.".strip(),
            href,
        )
    if not words:
        return Step("Who comes", "Missing", "todo", "Nobody is on the list yet.", href)
    return Step(
        "Who comes",
        "Ready" if not unanswered else "Answers open",
        "doing" if unanswered else "done",
        words,
        href,
    )


def _invitations(day: ChallengeDay, people: Sequence[Attendee]) -> Step:
    href = _to("invitations", day)
    if not people:
        return Step("Invitations", "Not sent", "todo", "Enter first who comes.")
    outlook = operations.look_ahead(day)
    told_ = len(outlook.right) + len(outlook.changed)
    if outlook.changed:
        verb = "has" if len(outlook.changed) == 1 else "have"
        words = f"{plural(len(outlook.changed), 'person', 'people')} {verb} an older time."
        return Step("Invitations", "Plan changed", "warn", words, href)
    if outlook.new:
        return Step(
            "Invitations",
            f"{len(outlook.new)} to send",
            "doing" if told_ else "todo",
            f"{told_} invited.",
            href,
        )
    return Step("Invitations", "Sent", "done", f"{told_} invited.", href)


def _enquiries(day: ChallengeDay, sessions: Sequence[Session], enquiries: Sequence[Enquiry]) -> Step:
    chosen = [one for one in enquiries if one.state == EnquiryState.CHOSEN]
    turns = [one for one in sessions if one.organisation is not None]
    asked = {one.organisation_id for one in chosen}
    without = [one.name for one in turns if one.organisation_id not in asked]
    has_page = "challenge.enquiries" in current_app.view_functions
    href = _to("enquiries", day) if has_page else _to("day", day, _anchor="enquiries")
    if not chosen:
        return Step("Lines of enquiry", "Missing", "todo", "No question is prepared yet.", href)
    words = f"{plural(len(chosen), 'question')} for {plural(len(asked), 'organisation')}."
    if without:
        return Step(
            "Lines of enquiry",
            f"{len(without)} without",
            "doing",
            f"{words} None for {shortened(without)}.",
            href,
        )
    return Step("Lines of enquiry", "Ready", "done", words, href)


def shortened(names: Sequence[str]) -> str:
    """The first few names, and how many more."""
    if len(names) <= NAMES_SHOWN:
        return listed(list(names))
    return listed([*names[: NAMES_SHOWN - 1], f"{len(names) - NAMES_SHOWN + 1} more"])


def is_over(day: ChallengeDay, today: date) -> bool:
    return day.finished_at is not None or day.held_on < today
