"""The chase curve in words, figures and lines: this round against the one before, and where it is heading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from s11.core import clock
from s11.core.shares import share
from s11.cycles.models import Cycle
from s11.desk import queries
from s11.desk.curve import Curve, Frame, Projection, frame_of, project
from s11.web.filters import plural

USUAL_CHASE = 35  # days after the due day, where a cycle has no close
STEP = 7


@dataclass(frozen=True)
class Gridline:
    """A line across or a mark below, with its word."""

    at: float
    word: str


@dataclass(frozen=True)
class Chase:
    """What the drawing and the words beside it need."""

    sentence: str
    how: str
    before_title: str
    frame: Frame
    now_line: str
    before_line: str
    ahead_line: str
    today_x: float
    today_y: float
    due_x: float
    across: list[Gridline]
    below: list[Gridline]
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Rounds:
    """This round and the one before, with the days that matter, counted from the due day."""

    cycle: Cycle
    before: Cycle | None
    now_curve: Curve
    then_curve: Curve | None
    opens: int
    today: int
    closes: int
    standing: int  # returned, and not sent back since

    @property
    def back_words(self) -> str:
        """Those that came in and were sent back are in the curve, and not in the count of the page."""
        back = self.now_curve.returned(self.today) - self.standing
        return f" at least once, counting {back} sent back since" if back > 0 else ""

    def ahead(self, day: int) -> Projection | None:
        return project(self.now_curve, self.then_curve, self.today, day)


def chase_of(cycle: Cycle, returned: int) -> Chase | None:
    """The curve of a cycle that is issued and has somebody due; None for any other.

    `returned`: how many are in now, without those that were sent back.
    """
    before = queries.round_before(cycle)
    ids = [one.id for one in (cycle, before) if one is not None]
    due, came = queries.due_in(ids), queries.days_returned(ids)
    if cycle.issued_at is None or not due.get(cycle.id):
        return None
    return drawn(
        Rounds(
            cycle=cycle,
            before=before if before and due.get(before.id) else None,
            now_curve=curve_of(cycle, due[cycle.id], came.get(cycle.id, [])),
            then_curve=curve_of(before, due[before.id], came.get(before.id, []))
            if before and due.get(before.id)
            else None,
            opens=(cycle.opens_on - cycle.due_on).days,
            today=(clock.today() - cycle.due_on).days,
            closes=(cycle.closes_on - cycle.due_on).days if cycle.closes_on else USUAL_CHASE,
            standing=returned,
        )
    )


def curve_of(cycle: Cycle, due: int, moments: Iterable[datetime]) -> Curve:
    days = [(clock.local(at).date() - cycle.due_on).days for at in moments]
    return Curve.of(due, days)


def drawn(rounds: Rounds) -> Chase:
    """The words, the lines and the figures."""
    curves = [rounds.now_curve, *([rounds.then_curve] if rounds.then_curve else [])]
    upto = min(rounds.today, rounds.closes)
    frame = frame_of([], rounds.opens, upto, rounds.closes)
    now, then = curves[0], rounds.then_curve
    return Chase(
        sentence=sentence(rounds),
        how=how(rounds),
        before_title=rounds.before.title if rounds.before else "",
        frame=frame,
        now_line=frame.line((day, now.share(day)) for day in range(frame.first, upto + 1)),
        before_line=whole_line(then, frame) if then else "",
        ahead_line=ahead_line(rounds, frame, upto),
        today_x=frame.x(upto),
        today_y=frame.y(now.share(upto)),
        due_x=frame.x(0),
        across=[Gridline(frame.y(part / 100), f"{part} %") for part in (0, 25, 50, 75, 100)],
        below=below(frame),
        rows=rows(rounds, frame),
    )


def whole_line(curve: Curve, frame: Frame) -> str:
    return frame.line((day, curve.share(day)) for day in range(frame.first, frame.last + 1))


def ahead_line(rounds: Rounds, frame: Frame, upto: int) -> str:
    points = [(upto, rounds.now_curve.share(upto))]
    for day in range(upto + 1, rounds.closes + 1):
        ahead = rounds.ahead(day)
        if ahead is None:
            return ""
        points.append((day, ahead.share))
    return frame.line(points) if len(points) > 1 else ""


def sentence(rounds: Rounds) -> str:
    """Where it stands, where it stood the time before, and where it is heading."""
    said = f"Today {share_in(rounds.now_curve, rounds.today)} have returned{rounds.back_words}"
    if rounds.then_curve is None:
        return f"{said}."
    said += f"; at this point of the last cycle it was {share_in(rounds.then_curve, rounds.today)}."
    ends = [
        (rounds.ahead(0), "will be in on the due day"),
        (rounds.ahead(rounds.closes), "when it closes" if rounds.cycle.closes_on else "five weeks after it"),
    ]
    heading = [f"{percent(ahead.share)} {words}" for ahead, words in ends if ahead]
    if len(heading) == 1 and rounds.today >= 0:
        heading = [f"{percent(ends[1][0].share)} will be in {ends[1][1]}"] if ends[1][0] else []
    return f"{said} If the rest goes as it did then, {' and '.join(heading)}." if heading else said


def how(rounds: Rounds) -> str:
    """How the projection comes about, in words; or why there is none."""
    if rounds.then_curve is None:
        return "There is no earlier cycle of this questionnaire to compare with, so nothing is projected."
    ahead = rounds.ahead(0) or rounds.ahead(rounds.closes)
    if ahead is None:
        return "Nothing is projected: the last cycle asked too few, or nobody was missing by this point."
    until = "the due day" if ahead.day == 0 else "the end"
    return (
        f"How this is worked out: at this point of {rounds.before.title if rounds.before else ''}, "
        f"{plural(ahead.missing_then, 'return was', 'returns were')} missing, and {ahead.came_then} of them "
        f"({share(ahead.came_then, ahead.missing_then)}) had come by {until}. "
        f"The same share of the {missing_now(rounds)} missing now is added to those that are in."
    )


def missing_now(rounds: Rounds) -> int:
    return rounds.now_curve.due - rounds.now_curve.returned(rounds.today)


def percent(part: float) -> str:
    """A share in whole per cent: a projection is no more exact than that. 100 % means everybody."""
    whole = round(part * 100)
    return f"{99 if whole == 100 and part < 1 else whole}\N{NO-BREAK SPACE}%"


def below(frame: Frame) -> list[Gridline]:
    """A mark every so many weeks, counted from the due day; the due day has one of its own."""
    weeks = max(2, (frame.last - frame.first) // (STEP * 6))
    step = weeks * STEP
    days = [day for day in range(-(-frame.first // step) * step, frame.last + 1, step) if day]
    return [Gridline(frame.x(day), f"{'+' if day > 0 else '−'}{abs(day) // STEP}") for day in days]


def rows(rounds: Rounds, frame: Frame) -> list[tuple[str, str, str]]:
    """The figures behind the lines, week by week; what is projected says so."""
    days = {day for day in range(frame.first, frame.last + 1) if day % STEP == 0}
    days |= {rounds.today} if frame.first <= rounds.today <= frame.last else set()
    return [
        (day_words(day, rounds.cycle.due_on, rounds.today), now_words(rounds, day), then_words(rounds, day))
        for day in sorted(days)
    ]


def day_words(day: int, due_on: date, today: int) -> str:
    at = due_on + timedelta(days=day)
    words = f"{at.day} {at:%b %Y}"
    return f"{words}, today" if day == today else f"{words}, due day" if day == 0 else words


def now_words(rounds: Rounds, day: int) -> str:
    if day <= rounds.today:
        return counted(rounds.now_curve, day)
    ahead = rounds.ahead(day)
    return f"{percent(ahead.share)} projected" if ahead else ""


def then_words(rounds: Rounds, day: int) -> str:
    then = rounds.then_curve
    return counted(then, day) if then else ""


def counted(curve: Curve, day: int) -> str:
    return f"{curve.returned(day)} of {curve.due} ({share_in(curve, day)})"


def share_in(curve: Curve, day: int) -> str:
    """What share was in, rounded as everywhere else on the page."""
    return share(curve.returned(day), curve.due)
