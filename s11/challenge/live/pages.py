"""What the pages of the day print: how the time runs, and each entry of a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from s11.challenge.live import rules, timing
from s11.challenge.live.forms import box
from s11.challenge.live.operations import Saved, Typed, begins_from, said_of
from s11.challenge.live.operations.entering import read_about
from s11.challenge.live.rules import OF_ENQUIRY, OF_OUTCOME, Says
from s11.challenge.live.timing import STATE_LABELS, Expected, Planned, State
from s11.challenge.models import ChallengeDay, Enquiry, Outcome, Session
from s11.challenge.rules import minutes_of
from s11.core import clock
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.questionnaires.rules import EditionContent
from s11.web.filters import capital, time_of
from s11.web.forms import parse_day

THE_CHAIR = "The chair"
WHOLE = "Not in the plan yet: it is still being written"


@dataclass(frozen=True)
class Turn:
    """A session with its times."""

    session: Session
    planned: Planned
    expected: Expected

    @property
    def state(self) -> State:
        return self.expected.state

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def times(self) -> str:
        """10:05 to 10:25, as it was or as it looks now."""
        return f"{self.expected.starts_at} to {self.expected.ends_at}"

    @property
    def asks(self) -> str:
        """Who asks the questions; nobody in a break."""
        if self.session.organisation is None:
            return ""
        return self.session.questioner.name if self.session.questioner else THE_CHAIR


@dataclass(frozen=True)
class Now:
    """The day at a moment: what runs, what is next, and how late it is.

    `left`: how long the session that runs still has; `later`: when the next break, or the end, is expected.
    """

    turns: tuple[Turn, ...]
    current: Turn | None
    next: Turn | None
    left: str = ""
    is_over: bool = False
    late: str = ""
    is_late: bool = False
    later: str = ""

    @property
    def mark(self) -> str:
        """Differs where a page would print something else."""
        states = "".join(one.state[0] for one in self.turns)
        return f"{states}|{self.left}|{self.late}|{self.later}"

    def turn_of(self, session: Session) -> Turn:
        return next(one for one in self.turns if one.session.id == session.id)


def now_of(day: ChallengeDay, sessions: Sequence[Session], moment: datetime) -> Now:
    """How the day stands at a moment."""
    midnight = _midnight(day, sessions, moment)

    def minutes(when: datetime | None) -> float | None:
        return None if when is None else (when - midnight) / timedelta(minutes=1)

    planned, free = [], 0.0
    for one in sessions:
        starts = minutes_of(one.starts_at)
        planned.append(
            Planned(
                free if starts is None else starts, one.minutes, minutes(one.began_at), minutes(one.ended_at)
            )
        )
        free = planned[-1].starts + one.minutes
    now = minutes(moment) or 0.0
    runs = day.opened_at is not None and day.finished_at is None
    times = timing.expected(planned, now, running=runs)
    turns = tuple(map(Turn, sessions, planned, times))
    running = [one for one in turns if one.state == State.NOW]
    current = max(running, key=lambda one: one.expected.starts, default=None)
    after = turns[turns.index(current) + 1 :] if current else turns
    waiting = (one for one in after if one.state == State.WAITING)
    following = None if day.finished_at else next(waiting, None)
    shown = Now(turns, current, following)
    if not runs or not turns:
        return shown
    late = timing.lateness(planned, times)
    left = timing.left(current.planned, now) if current else None
    return replace(
        shown,
        left="" if left is None else timing.left_words(left),
        is_over=left is not None and left <= -1,
        late=timing.late_words(late),
        is_late=late >= timing.TOLERANCE,
        later=later_words(turns),
    )


def _midnight(day: ChallengeDay, sessions: Sequence[Session], moment: datetime) -> datetime:
    """The beginning of the day on which it really began; of this one where it has not."""
    began = [one.began_at for one in sessions if one.began_at is not None]
    first = min([*began, *([day.opened_at] if day.opened_at else [])], default=moment)
    return clock.start_of(clock.local(first).date())


def later_words(turns: Sequence[Turn]) -> str:
    """Lunch at about 12:27; where no break is to come, when the day ends."""
    waiting = [one for one in turns if one.state == State.WAITING]
    pause = next((one for one in waiting if one.session.organisation is None), None)
    if pause is not None:
        return f"{pause.session.title} at about {pause.expected.starts_at}"
    return f"The day ends at about {turns[-1].expected.ends_at}"


@dataclass(frozen=True)
class Entry:
    """One entry of the record as its boxes show it.

    `theirs`: where somebody else wrote to the same part, what it is called, their words, and the words typed.
    """

    key: str
    said: Says
    token: str
    enquiry: Enquiry | None = None
    outcome: Outcome | None = None
    number: int = 0
    faults: Mapping[str, str] = field(default_factory=dict)
    theirs: tuple[tuple[str, str, str], ...] = ()
    by_name: str = ""
    at: datetime | None = None
    is_open: bool = False

    @property
    def heading(self) -> str:
        return self.said["challenge"] or ("Another question" if self.outcome is None else "No question yet")

    @property
    def is_answered(self) -> bool:
        """Whether anything came of it but the question itself."""
        left_out = ("challenge", "asked_by", "asker_name", "about")
        return self.has_plan or any(text for part, text in self.said.items() if part not in left_out)

    @property
    def has_plan(self) -> bool:
        return self.outcome is not None and self.outcome.action_id is not None

    @property
    def plan_words(self) -> str:
        """What an action as far as it is typed still needs; nothing where none is typed."""
        if self.has_plan or not rules.has_action(self.said):
            return ""
        lacking = rules.lacks(self.said, parse_day(self.said["action_due_on"]), since=clock.today())
        return rules.needs_words(lacking) if lacking else WHOLE

    @property
    def shown_at(self) -> datetime | None:
        """When it was last put before the room; None when it was not."""
        return self.outcome.shown_at if self.outcome else None

    @property
    def note(self) -> str:
        """What stands in its heading: answered, a rating, an action."""
        told = [
            "answered" if self.said["answer"] else "",
            "evidence promised" if self.said["evidence_promised"] else "",
            "rating agreed" if self.said["agreed"] else "",
            "good practice" if self.said["good_practice"] else "",
            "action in the plan" if self.has_plan else "",
            "action not in the plan yet" if self.plan_words else "",
        ]
        return capital(", ".join(filter(None, told)) or "nothing recorded")


def entries(session: Session, enquiries: Sequence[Enquiry], outcomes: Sequence[Outcome]) -> list[Entry]:
    """The questions of a session in their order, each with what is recorded of it, then what else came up."""
    of_enquiry: dict[int | None, list[Outcome]] = {}
    for outcome in outcomes:
        of_enquiry.setdefault(outcome.enquiry_id, []).append(outcome)
    found: list[Entry] = []
    for enquiry in enquiries:
        recorded = of_enquiry.pop(enquiry.id, [])
        found += [entry_of(outcome, enquiry, first=place == 0) for place, outcome in enumerate(recorded)]
        if not recorded:
            said = begins_from(enquiry, session)
            found.append(Entry(f"{OF_ENQUIRY}{enquiry.ref}", said, rules.token_of(0, said), enquiry))
    rest = sorted((one for left in of_enquiry.values() for one in left), key=lambda one: one.id)
    found += [entry_of(outcome) for outcome in rest]
    return [replace(entry, number=number) for number, entry in enumerate(found, 1)]


def entry_of(outcome: Outcome, enquiry: Enquiry | None = None, *, first: bool = True) -> Entry:
    """An entry that is recorded. The first of a line of enquiry is known by that, so that two pages which
    begin it write to one."""
    said = said_of(outcome)
    by_enquiry = f"{OF_ENQUIRY}{enquiry.ref}" if enquiry and first else ""
    key = outcome.once or by_enquiry or f"{OF_OUTCOME}{outcome.ref}"
    return Entry(
        key,
        said,
        rules.token_of(outcome.version, said),
        enquiry,
        outcome,
        by_name=outcome.changed_by_name or outcome.recorded_by_name,
        at=outcome.changed_at or outcome.recorded_at,
    )


def blank(session: Session, key: str) -> Entry:
    """An empty entry for another question."""
    said = begins_from(None, session)
    return Entry(key, said, rules.token_of(0, said))


def as_typed(entry: Entry, typed: Typed, saved: Saved, words: "Words") -> Entry:
    """An entry with what somebody typed in its boxes, where a part of it could not be kept."""
    mine = {**entry.said, **typed.said}
    return replace(
        entry,
        said={**entry.said, **{part: mine[part] for part in (*saved.clashes, *saved.faults)}},
        # A sentence about the whole entry stands at its first box only.
        faults=first_of_each(saved.faults),
        theirs=tuple(
            (rules.PARTS[part].capitalize(), words.of(part, saved.said[part]), words.of(part, mine[part]))
            for part in saved.clashes
        ),
        by_name=saved.by_name,
        at=saved.at,
        is_open=bool(saved.clashes or saved.faults),
    )


def first_of_each(faults: Mapping[str, str]) -> dict[str, str]:
    """Each sentence once, at the first part it is said of."""
    first: dict[str, str] = {}
    for part, sentence in faults.items():
        first.setdefault(sentence, part)
    return {part: sentence for sentence, part in first.items()}


@dataclass(frozen=True)
class Words:
    """What the values of an entry's boxes are called on a page."""

    edition: EditionContent
    organisations: Sequence[Organisation]

    def of(self, part: str, value: str) -> str:
        """A value as people read it; "Nothing" where there is none."""
        if part == "agreed":
            level = self.edition.levels.get(int(value)) if value.isdecimal() else None
            return level.label if level else "None agreed"
        if part == "asked_by":
            return next((one.name for one in self.organisations if one.ref == value), THE_CHAIR)
        if part == "about":
            return self.about(value)
        return value or "Nothing"

    def about(self, value: str) -> str:
        """1.2, or 1 Leadership; "No one standard" where nothing is named."""
        standard_key, criterion_key = read_about(self.edition, value) or ("", "")
        for standard in self.edition.asked_standards:
            if standard.key == standard_key:
                numbers = [one.number for one in standard.criteria if one.key == criterion_key]
                return f"{standard.number} {standard.title}{f', {numbers[0]}' if numbers else ''}"
        return "No one standard"


def state_of(entry: Entry) -> dict[str, Any]:
    """An entry for the script of a page: what it is by now, by the names of its boxes."""
    return {
        "version": entry.token,
        "boxes": {box(part, entry.key): text for part, text in entry.said.items()},
        "heading": entry.heading,
        "note": entry.note,
        "plan": entry.plan_words,
        "in_plan": entry.has_plan,
        "by": entry.by_name,
        "at": time_of(entry.at) if entry.at else "",
    }


def clash_of(saved: Saved, words: Words) -> dict[str, Any]:
    """Where two wrote to one part: whose words stand, since when, and the words."""
    return {
        "criterion": saved.key,
        "name": saved.by_name,
        "at": time_of(saved.at) if saved.at else "",
        "parts": [
            {
                "label": rules.PARTS[part].capitalize(),
                "theirs": words.of(part, saved.said[part]),
                "box": box(part, saved.key),
            }
            for part in saved.clashes
        ],
    }


def in_room(found: Sequence[Entry]) -> Entry | None:
    """The entry whose question is before the room: the one chosen last."""
    shown = [(one.shown_at, place) for place, one in enumerate(found) if one.shown_at]
    return found[max(shown)[1]] if shown else None


@dataclass(frozen=True)
class Unfinished:
    """What a session leaves open: questions without an answer, and actions that are not whole."""

    session: Session
    unanswered: tuple[Entry, ...]
    half_typed: tuple[Entry, ...]


def unfinished(
    sessions: Sequence[Session], enquiries: Sequence[Enquiry], outcomes: Sequence[Outcome]
) -> list[Unfinished]:
    """What is still open, session by session; those with nothing open are left out."""
    found = []
    for session in sessions:
        mine = entries(
            session,
            [one for one in enquiries if one.organisation_id == session.organisation_id],
            [one for one in outcomes if one.organisation_id == session.organisation_id],
        )
        if session.organisation_id is None or not mine:
            continue
        unanswered = tuple(one for one in mine if not one.said["answer"])
        half_typed = tuple(one for one in mine if one.plan_words)
        if unanswered or half_typed:
            found.append(Unfinished(session, unanswered, half_typed))
    return found


def edition_of(day: ChallengeDay) -> EditionContent:
    return content_of(day.cycle)
