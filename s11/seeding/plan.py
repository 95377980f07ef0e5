"""Which years there have been, and who stands where in each: all of it measured from today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from s11.returns.rules import Stage
from s11.seeding.material import Body, Material
from s11.seeding.moments import months_after, some_day, working_day, years_before
from s11.seeding.words import letter

FIRST_YEAR, THIS_YEAR = 2024, 2026
HEAD_AFTER, CHAIR_AFTER = 2, 5  # days after the lead that a school's other two sign
PARTNERSHIP_AGE = 1_300  # days
# Days since a return came in: at least so many, and more where somebody has looked at it already.
JUST_IN_AGO, SEEN_AGO = 4, 10
# The stages of which the story names who is in them; everybody else has submitted.
STANDING = (
    Stage.NOT_STARTED,
    Stage.IN_PROGRESS,
    Stage.AWAITING_SIGN_OFF,
    Stage.SENT_BACK,
    Stage.MODERATED,
)


@dataclass(frozen=True)
class Rhythm:
    """How one audit runs: days from today to its opening, its due day and its close, in this year's round."""

    title: str
    opens: int
    due: int
    closes: int


# The school audit is over its date, so that somebody is late; the other two have time left.
RHYTHMS = {
    "S11": Rhythm("Section 11 self-assessment", opens=-35, due=21, closes=110),
    "S175": Rhythm("Section 175/157 school safeguarding audit", opens=-64, due=-6, closes=60),
    "S40": Rhythm("Section 40 early years self-assessment", opens=-16, due=40, closes=100),
}
CHALLENGE_DAY_IN, LAST_CHALLENGE_DAY_AGO = 60, 297  # days from today


@dataclass(frozen=True)
class CyclePlan:
    """One asking of one framework in one year."""

    framework: str
    year: int
    title: str
    opens_on: date
    due_on: date
    closes_on: date
    letter: str
    moderation_on: date | None = None
    challenge_on: date | None = None

    @property
    def code(self) -> str:
        """Also the code of the edition that is asked."""
        return f"{self.framework}-{self.year}"

    @property
    def is_current(self) -> bool:
        return self.year == THIS_YEAR

    @property
    def promise_year(self) -> int:
        """The year in which something promised at the due day for "the autumn" or "December" falls."""
        return max(self.year, months_after(self.due_on, 5).year)


@dataclass(frozen=True)
class Fate:
    """What becomes of one return. `finished_on` is the day its lead signs; `signed` who else has."""

    body: Body
    ends: Stage
    begun_on: date
    finished_on: date
    share: float = 1.0
    signed: tuple[str, ...] = ()
    moderated: bool = False
    resubmitted: bool = False
    declined: bool = False

    @property
    def is_finished(self) -> bool:
        """Whether its lead has signed it at least once."""
        return self.declined or self.ends not in (Stage.NOT_STARTED, Stage.IN_PROGRESS)


def cycles(material: Material, today: date) -> list[CyclePlan]:
    """Every cycle, the oldest year first."""
    letters = {"S11": material.partnership["letter"], **material.story["letters"]}
    return [
        _cycle(framework, rhythm, year, letter(letters[framework]), today)
        for year in range(FIRST_YEAR, THIS_YEAR + 1)
        for framework, rhythm in RHYTHMS.items()
    ]


def _cycle(framework: str, rhythm: Rhythm, year: int, words: str, today: date) -> CyclePlan:
    def day(days: int) -> date:
        return working_day(years_before(today + timedelta(days=days), THIS_YEAR - year))

    held = {THIS_YEAR: challenge_day_this_year(today), THIS_YEAR - 1: challenge_day_last_year(today)}
    challenge_on = held.get(year) if framework == "S11" else None
    return CyclePlan(
        framework=framework,
        year=year,
        title=f"{rhythm.title} {year}",
        opens_on=day(rhythm.opens),
        due_on=day(rhythm.due),
        closes_on=day(rhythm.closes),
        letter=words,
        moderation_on=working_day(challenge_on - timedelta(days=14)) if challenge_on else None,
        challenge_on=challenge_on,
    )


# Schools return in two waves, by district, so that not all of them are chased at once.
WAVES = (
    ("First wave", ("Culverham", "Estwold"), timedelta()),
    ("Second wave", ("Brendle Vale", "Saltreach"), timedelta(days=14)),
)


def waves(cycle: CyclePlan) -> tuple[tuple[str, tuple[str, ...], timedelta], ...]:
    """The submission groups of a cycle: name, districts, and how much later than the cycle it is due."""
    return WAVES if cycle.framework == "S175" else ()


def founded_on(today: date) -> date:
    """The day the partnership was entered, well before its first cycle."""
    return working_day(today - timedelta(days=PARTNERSHIP_AGE))


def challenge_day_last_year(today: date) -> date:
    return working_day(today - timedelta(days=LAST_CHALLENGE_DAY_AGO))


def challenge_day_this_year(today: date) -> date:
    return working_day(today + timedelta(days=CHALLENGE_DAY_IN))


def newcomers(material: Material) -> frozenset[str]:
    """Keys of those who were not asked before this year."""
    return frozenset({material.partnership["joined"], *material.story["joined"]})


def exempt(material: Material, cycle: CyclePlan) -> tuple[Body, str] | None:
    """Who is let off a cycle, and why."""
    body = material.by_key[material.partnership["exempt"]["key"]]
    if not cycle.is_current or body.framework != cycle.framework:
        return None
    return body, material.story["exempt_reason"]


def asked(material: Material, cycle: CyclePlan) -> list[Body]:
    """The organisations a cycle asks, the exempted one among them."""
    new = frozenset() if cycle.is_current else newcomers(material)
    return [body for body in material.answering(cycle.framework) if body.key not in new]


def fates(material: Material, cycle: CyclePlan, today: date) -> list[Fate]:
    """What becomes of every return of a cycle. One that is let off stays as it is."""
    let_off = exempt(material, cycle)
    bodies = [body for body in asked(material, cycle) if let_off is None or body.key != let_off[0].key]
    if cycle.is_current:
        standing = material.story["standing"][cycle.framework]
        return [_fate_now(body, cycle, standing, today) for body in bodies]
    return [_fate_then(body, cycle, material.story) for body in bodies]


def _fate_then(body: Body, cycle: CyclePlan, story: Mapping[str, Any]) -> Fate:
    late = body.key in story["late"].get(cycle.code, [])
    name = f"{cycle.code} {body.key}"
    if late:
        finished = some_day(cycle.due_on + timedelta(days=2), cycle.due_on + timedelta(days=14), of=name)
    else:
        finished = some_day(cycle.opens_on + timedelta(days=12), _last_day(cycle), of=name)
    return Fate(
        body,
        Stage.CLOSED,
        begun_on=cycle.opens_on + timedelta(days=3),
        finished_on=finished,
        signed=_others(body),
        moderated=_in_sample(body, cycle),
        resubmitted=story["resubmitted"].get(cycle.code) == body.key,
    )


def _fate_now(body: Body, cycle: CyclePlan, standing: Mapping[str, Any], today: date) -> Fate:
    ends = next((stage for stage in STANDING if body.key in standing.get(stage, ())), Stage.SUBMITTED)
    declined = body.key in standing.get("declined", ())
    waits = ends is Stage.AWAITING_SIGN_OFF
    before = SEEN_AGO if ends in (Stage.MODERATED, Stage.SENT_BACK) else JUST_IN_AGO
    latest = min(_last_day(cycle), today - timedelta(days=before))
    if waits or declined or body.key in standing.get("late", ()):
        finished = min(cycle.due_on - timedelta(days=1), today - timedelta(days=1))
    else:
        finished = some_day(cycle.opens_on + timedelta(days=5), latest, of=f"{cycle.code} {body.key}")
    return Fate(
        body,
        Stage.IN_PROGRESS if declined else ends,
        begun_on=min(cycle.opens_on + timedelta(days=3), finished),
        finished_on=finished,
        share=standing[ends][body.key] if ends is Stage.IN_PROGRESS else 1.0,
        signed=tuple(standing[ends][body.key]) if waits else _others(body),
        moderated=ends is Stage.MODERATED,
        declined=declined,
    )


def _others(body: Body) -> tuple[str, ...]:
    """The steps of the chain after the lead's, as its people give them."""
    return tuple(person.signs_as for person in body.people if person.signs_as)


def _last_day(cycle: CyclePlan) -> date:
    """The last day on which a lead can sign and the others still be in time."""
    return cycle.due_on - timedelta(days=CHAIR_AFTER + 1 if cycle.framework == "S175" else 1)


def _in_sample(body: Body, cycle: CyclePlan) -> bool:
    """Every agency is moderated; of schools and settings one in five, others each year."""
    return cycle.framework == "S11" or body.place % 5 == cycle.year % 5
