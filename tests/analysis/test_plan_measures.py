"""What the composite plan adds up to, on a plan so small that anybody can count it."""

from datetime import date

from s11.actions.rules import Saying
from s11.analysis.measures import plan as measures
from s11.analysis.measures.plan import ImpactSaid, Month, PlanStanding, Since
from s11.analysis.queries import Moved, Tracked
from s11.analysis.rules import a_quarter_before

TODAY = date(2026, 11, 28)


def tracked(
    id_: int, status: str, came: date, first: date | None, due: date | None, **more: object
) -> Tracked:
    told: dict[str, object] = {
        "ref": f"a{id_}", "text": f"Action {id_}", "holder": "Police", "organisation": "p", "led_by": "A B",
        "source": "review", "source_title": "", "mechanism": "", "themes": (), "times_moved": 0,
        "completed_on": None, "verified_on": None, "difference": "", "brought": False,
    }  # fmt: skip
    return Tracked(**{**told, **more}, id=id_, status=status, came_on=came, first_due_on=first, due_on=due)  # type: ignore[arg-type]


PLAN = [
    # Overdue by 28 days, and by 29; the second drifts.
    tracked(1, "on_track", date(2026, 1, 5), date(2026, 10, 31), date(2026, 10, 31)),
    tracked(2, "at_risk", date(2025, 6, 1), date(2026, 1, 31), date(2026, 10, 30),
            times_moved=2, organisation="h"),
    # Not due, drifting; without a date.
    tracked(3, "on_track", date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1), times_moved=3),
    tracked(4, "not_started", date(2026, 11, 20), None, None, brought=True),
    # Complete on its first date; verified late; closed, and brought in.
    tracked(5, "complete", date(2026, 3, 1), date(2026, 6, 1), date(2026, 6, 1),
            completed_on=date(2026, 6, 1)),
    tracked(6, "verified", date(2026, 1, 10), date(2026, 5, 1), date(2026, 8, 1), times_moved=1,
            completed_on=date(2026, 7, 9), verified_on=date(2026, 9, 15), difference="made"),
    tracked(7, "closed", date(2026, 8, 1), date(2026, 8, 1), date(2026, 8, 1),
            completed_on=date(2026, 8, 1), verified_on=date(2026, 10, 1), brought=True),
    # In no figure.
    tracked(8, "superseded", date(2025, 1, 1), date(2025, 3, 1), date(2025, 3, 1), times_moved=4),
]  # fmt: skip


def test_how_the_plan_stands() -> None:
    found = measures.standing(PLAN, TODAY)
    assert found == PlanStanding(
        counted=7, open=4, overdue=2, drifting=2, to_verify=1, verified=1, closed=1, superseded=1,
        without_date=1,
    )  # fmt: skip
    assert found.counted == found.open + found.done


def test_how_late_and_how_old_what_is_open_is() -> None:
    late = measures.lateness(PLAN, TODAY)
    assert late == {
        "Not due yet": 1, "1 to 28 days": 1, "29 to 91 days": 1, "92 to 182 days": 0,
        "More than 182 days": 0, "No date": 1,
    }  # fmt: skip
    assert list(measures.ages(PLAN, TODAY).values()) == [2, 0, 1, 1, 0]
    assert sum(late.values()) == sum(measures.ages(PLAN, TODAY).values()) == 4


def test_month_by_month_what_was_agreed_complete_and_verified() -> None:
    assert measures.over_time(PLAN, TODAY, months=6) == [
        Month(date(2026, 6, 30), 4, 1, 0),
        Month(date(2026, 7, 31), 4, 2, 0),
        Month(date(2026, 8, 31), 5, 3, 0),
        Month(date(2026, 9, 30), 6, 3, 1),
        Month(date(2026, 10, 31), 6, 3, 2),
        Month(TODAY, 7, 3, 2),
    ]


def test_what_kept_its_first_date_and_how_long_it_took() -> None:
    # First dates past: 1, 2, 5, 6, 7. Kept: 5, 7.
    assert measures.on_first_date(PLAN, TODAY) == (2, 5)
    assert measures.moved(PLAN) == {"Never": 4, "Once": 1, "Twice": 1, "Three times or more": 1}
    # 92 and 180 days; what was brought in is left out.
    assert measures.days_to_complete(PLAN) == (136.0, 2)
    assert measures.days_to_complete(PLAN[:4]) == (None, 0)


def test_what_difference_was_said() -> None:
    assert measures.impact(PLAN) == ImpactSaid(of=2, made=1, too_early=0, none=0)


def test_groups_add_up_and_one_of_several_themes_counts_in_each() -> None:
    by = measures.grouped(PLAN, lambda one: (one.organisation,), TODAY)
    assert (by["p"].counted, by["h"].counted, by["h"].overdue) == (6, 1, 1)
    two = [PLAN[0]._replace(themes=("Neglect", "Listening"))]
    themes = measures.grouped(two, lambda one: one.themes, TODAY)
    assert {theme: one.counted for theme, one in themes.items()} == {"Neglect": 1, "Listening": 1}


HISTORY = [
    Moved(2, date(2026, 2, 1), Saying.PROGRESS, "on_track", date(2026, 1, 31), date(2026, 6, 30)),
    Moved(6, date(2026, 7, 9), Saying.PROGRESS, "complete", None, None),
    Moved(2, date(2026, 9, 1), Saying.PROGRESS, "at_risk", date(2026, 6, 30), date(2026, 10, 30)),
    Moved(6, date(2026, 9, 15), Saying.VERIFIED, "verified", None, None),
]


def test_the_plan_as_it_stood() -> None:
    day = date(2026, 8, 28)
    then = {one.id: one for one in measures.as_of(PLAN, HISTORY, day)}
    assert {3, 4} & then.keys() == set()
    assert (then[2].status, then[2].due_on, then[2].times_moved) == ("on_track", date(2026, 6, 30), 1)
    assert then[6].status == "complete"
    stood = measures.standing(then.values(), day)
    assert (stood.open, stood.overdue, stood.drifting, stood.to_verify, stood.verified) == (2, 1, 0, 2, 0)


def test_what_happened_since() -> None:
    assert measures.since(PLAN, HISTORY, date(2026, 8, 28)) == Since(
        came=2, complete=0, verified=1, closed=0, reopened=0, moved=1, superseded=0
    )


def test_a_quarter_ago_is_a_day_that_exists() -> None:
    assert a_quarter_before(date(2026, 11, 28)) == date(2026, 8, 28)
    assert a_quarter_before(date(2026, 5, 31)) == date(2026, 2, 28)
    assert a_quarter_before(date(2027, 1, 15)) == date(2026, 10, 15)
