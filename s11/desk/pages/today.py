"""What the running cycles ask of an office today, in one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from s11.core import clock
from s11.cycles import permissions as cycle_permissions
from s11.cycles.models import Cycle
from s11.desk import queries
from s11.desk.needs import Need
from s11.desk.pages.groups import NeedGroup, groups_of, late_group
from s11.desk.pages.lines import Line, lines_of
from s11.desk.pages.standing import Standing
from s11.desk.queries import CallBack, HalfWay, Unanswered, Undelivered
from s11.evidence.requests.permissions import kinds_asked
from s11.evidence.requests.queries import of_partnership
from s11.evidence.requests.rules import Turn
from s11.people.models import Person

WEEK = timedelta(days=7)
# Mail that came back longer ago is in the desks still; here it is no news.
NEWS = timedelta(days=30)


@dataclass(frozen=True)
class CycleToday:
    """A running cycle: how it stands, and who of it needs what."""

    cycle: Cycle
    standing: Standing
    needs: list[NeedGroup]
    late: NeedGroup | None
    due_this_week: int
    sent_back: list[str]
    half_way: HalfWay | None
    may_change: bool

    @property
    def is_settled(self) -> bool:
        return not self.needs and self.half_way is None


@dataclass(frozen=True)
class Coming:
    """A day of this week: when, what, and where to see it."""

    on: date
    what: str
    cycle_ref: str = ""
    organisation_ref: str = ""
    request_ref: str = ""


@dataclass(frozen=True)
class Today:
    """The page."""

    cycles: list[CycleToday]
    coming: list[Coming]
    calls: list[CallBack]
    unanswered: list[Unanswered]
    undelivered: list[Undelivered]

    @property
    def all_is_well(self) -> bool:
        settled = all(one.is_settled for one in self.cycles)
        return settled and not (self.coming or self.calls or self.unanswered or self.undelivered)


def today_of(person: Person, cycles: Sequence[Cycle]) -> Today:
    """What is to be done today. Calls, escalations and mail are for whoever chases, of their own cycles."""
    today = clock.today()
    running = sorted(
        (cycle for cycle in cycles if is_running(cycle)), key=lambda cycle: (cycle.due_on, cycle.code)
    )
    chased = [cycle for cycle in running if cycle_permissions.can_change(person, cycle)]
    # What was promised or is unanswered is so after the closing, too.
    pursued = [cycle for cycle in cycles if cycle.issued_at and cycle_permissions.can_change(person, cycle)]
    ids = [cycle.id for cycle in pursued]
    stopped = queries.issues_half_way([cycle.id for cycle in running], today)
    calls, unanswered = queries.calls_to_make(ids, today + WEEK), queries.unanswered(ids)
    shown = [cycle_today(cycle, stopped.get(cycle.id), today, cycle in chased) for cycle in running]
    return Today(
        cycles=[one for one in shown if one.standing.asked or one.half_way],
        coming=sorted(
            [
                *coming(cycles, shown, today),
                *promised(calls, unanswered, today),
                *evidence_due(person, today),
            ],
            key=lambda one: (one.on, one.what),
        ),
        calls=[one for one in calls if one.on is not None and one.on <= today],
        unanswered=unanswered,
        undelivered=queries.undelivered([cycle.ref for cycle in pursued], clock.now() - NEWS),
    )


def is_running(cycle: Cycle) -> bool:
    """Issued, and not closed: nobody closed it, and its last day is not over."""
    if cycle.issued_at is None or cycle.closed_at is not None:
        return False
    return cycle.closes_on is None or cycle.closes_on >= clock.today()


def cycle_today(cycle: Cycle, half_way: HalfWay | None, today: date, may_change: bool) -> CycleToday:
    lines = lines_of(cycle)
    return CycleToday(
        cycle=cycle,
        standing=Standing.of([line.progress for line in lines]),
        needs=[group for group in groups_of(lines) if group.is_to_do],
        late=late_group(lines),
        due_this_week=sum(is_due_soon(line, today) for line in lines),
        sent_back=[line.progress.organisation for line in lines if line.need is Need.SENT_BACK],
        half_way=half_way,
        may_change=may_change,
    )


def is_due_soon(line: Line, today: date) -> bool:
    is_missing = not line.is_in and not line.progress.let_off
    return is_missing and today <= line.progress.due_on <= today + WEEK


def coming(cycles: Sequence[Cycle], shown: Sequence[CycleToday], today: date) -> list[Coming]:
    """The days of this week, the earliest first."""
    last = today + WEEK
    found = [
        Coming(on, f"{cycle.title} {what}", cycle.ref)
        for cycle in cycles
        if cycle.closed_at is None
        for on, what in days_of(cycle)
        if on is not None and today <= on <= last
    ]
    for group in queries.groups_opening([cycle.id for cycle in cycles], today, last):
        on, what = (group.opens_on, "opens") if group.opens_on >= today else (group.due_on, "is due")
        found.append(Coming(on, f"Group {group.name} of {group.cycle.title} {what}", group.cycle.ref))
    return found


def promised(calls: Sequence[CallBack], unanswered: Sequence[Unanswered], today: date) -> list[Coming]:
    """Calls to make back in the next days, and answers that senior people were asked for by then."""
    found = [
        Coming(one.on, f"Call {one.organisation} back", one.cycle_ref, one.organisation_ref)
        for one in calls
        if one.on is not None and one.on > today
    ]
    found += [
        Coming(
            one.answer_by,
            f"{one.to_name} of {one.organisation} was asked to answer",
            one.cycle_ref,
            one.organisation_ref,
        )
        for one in unanswered
        if one.answer_by is not None and today <= one.answer_by <= today + WEEK
    ]
    return found


def evidence_due(person: Person, today: date) -> list[Coming]:
    """What evidence is due this week, of those that somebody may ask."""
    found = []
    for place in person.partnership_ids:
        kinds = kinds_asked(person, place)
        if kinds is not None and not kinds:
            continue
        for line in of_partnership(place, kinds=kinds, today=today):
            one = line.request
            if line.standing.turn is Turn.ORGANISATION and today <= one.due_on <= today + WEEK:
                what = f"Evidence from {one.organisation.name} is due: {one.title}"
                found.append(Coming(one.due_on, what, request_ref=one.ref))
    return found


def days_of(cycle: Cycle) -> list[tuple[date | None, str]]:
    return [
        (cycle.opens_on, "opens" if cycle.issued_at else "is to open, and is not issued"),
        (cycle.due_on, "is due"),
        (cycle.closes_on, "closes"),
        (cycle.moderation_on, "is to be moderated"),
        (cycle.challenge_on, "has its challenge day"),
    ]
