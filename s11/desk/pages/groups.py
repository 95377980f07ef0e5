"""Who needs what, in groups, in the order in which an office sees to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from s11.core import clock
from s11.desk.narrowing import LATE
from s11.desk.needs import TO_DO, WORDS, Need
from s11.desk.pages.lines import Line
from s11.web.filters import plural, short_day, time_of

CHASE = "Remind, and then escalate."


@dataclass(frozen=True)
class NeedGroup:
    """Organisations that need the same: how many, why they stand there, and what helps."""

    show: str
    label: str
    count: int
    why: str
    act: str
    kind: str
    is_to_do: bool


def groups_of(lines: Sequence[Line]) -> list[NeedGroup]:
    """The groups that are not empty; their counts add up to everybody asked."""
    counts = Counter(line.need for line in lines)
    return [
        NeedGroup(
            need,
            WORDS[need].label,
            counts[need],
            why_of(need, lines),
            WORDS[need].act,
            WORDS[need].kind,
            need in TO_DO,
        )
        for need in Need
        if counts[need]
    ]


def why_of(need: Need, lines: Sequence[Line]) -> str:
    """Why they stand there; of signatures also how many wait for somebody who does not exist."""
    nobody = sum(1 for line in lines if line.need is need and line.facts.nobody_signs)
    more = f" {plural(nobody, 'waits', 'wait')} for somebody who is not there." if nobody else ""
    return WORDS[need].why + more


def late_group(lines: Sequence[Line]) -> NeedGroup | None:
    """Those past their own day, who stand in the other groups too; None where nobody is."""
    late = [line.days_late for line in lines if line.progress.late]
    if not late:
        return None
    longest = max(late)
    why = f"Past their own day, by up to {plural(longest, 'day')}. They are counted in the groups above, too."
    is_over = all(line.facts.is_over for line in lines if line.progress.late)
    act = "Nothing is taken from them without a later date." if is_over else CHASE
    return NeedGroup(LATE, "Late", len(late), why, act, "alert", True)


def activity_of(line: Line, saver: str, seen: str) -> tuple[str, str]:
    """The last thing anybody there did, and when and who: ("Saved", "3 Mar 2027, Pat Lead")."""
    row, call = line.progress, line.call
    done = [
        (row.submitted_at if line.is_in else None, "Submitted", ""),
        (row.last_saved_at, "Saved", saver),
        (line.signed_in_at, "Signed in", seen),
        (call.at if call else None, "Spoken to", call.spoke_to if call else ""),
    ]
    happened = [(at, what, who) for at, what, who in done if at is not None]
    if not happened:
        return "Nothing yet", ""
    at, what, who = max(happened, key=lambda one: one[0])
    when = f"today at {time_of(at)}" if clock.local(at).date() == clock.today() else short_day(at)
    return what, ", ".join(part for part in (when, who) if part)
