"""The facts behind the questions, as they stand in the database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from s11.challenge import queries
from s11.challenge.enquiries import pages
from s11.challenge.enquiries.gathering import gather, past_its_time
from s11.challenge.enquiries.rules import suggestions
from s11.core.database import db, unit_of_work
from s11.organisations import queries as organisations
from s11.returns import queries as returns
from tests.challenge.some import a_day
from tests.factories.world import HOUSING_LEAD, POLICE_LEAD, a_return
from tests.factories.years import last_year, this_year

pytestmark = pytest.mark.database


def gathered(day, *names):
    found = [organisations.by_name(name) for name in names]
    return gather(queries.by_ref(day), found)


@pytest.fixture
def day(world, app):
    """A day about a cycle in which the police rated 1.1 green with a file, and the moderator amber."""
    last_year(world, "G A R N")
    return a_day(world, "Northshire Police")


def test_ratings_the_moderators_and_the_evidence_stand_beside_each_other(app, day):
    with app.app_context():
        ((about,), whole) = gathered(day, "Northshire Police")
        first, *_, last = about.lines
        assert (first.number, first.own.label, first.moderated.label) == ("1.1", "Green", "Amber")
        assert first.levels_above == 1 and [one.title for one in first.proof] == ["policy.pdf"]
        assert last.own.not_applicable and whole.everybody.away["criterion-2-2"] == 1
        assert "A lead in every team." in first.words
        assert whole.everybody.places["criterion-1-1"] == {0: 1}


def test_an_organisation_whose_return_is_not_in_has_no_lines(app, day):
    with app.app_context():
        ((about,), _) = gathered(day, "Harbour Housing")
        assert about.lines == () and not about.is_in and about.days_late == 0


def test_last_year_is_compared_where_words_and_scale_are_the_same(app, world, day):
    ref = this_year(world)
    a_return(app, ref, "A A A A A G", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        cycle = returns.by_ref(ref).cycle
        later = queries.by_ref(day)
        later.cycle = cycle
    with app.app_context():
        ((about,), whole) = gathered(day, "Northshire Police")
        told = {line.number: [(y.rated.label, y.comparable) for y in line.before] for line in about.lines}
        # 1.2 is reworded, 2.1 and 2.2 are divided, 1.3 is new; 2.3 was not applicable.
        assert told == {
            "1.1": [("Green", True)], "1.2": [("Amber", False)], "1.3": [],
            "2.1": [], "2.2": [], "2.3": [("Not applicable", True)],
        }  # fmt: skip
        (fell,) = [one for one in suggestions(about, whole) if one.rule == "fell"]
        assert fell.why == "Northshire Police rated 1.1 “Green” in 2026 and “Amber” this year."


def test_more_organisations_take_no_more_queries(app, world, day):
    a_return(app, world.housing, "R A G N", by=HOUSING_LEAD, submit=True)
    counted = []
    with app.app_context():
        for names in (("Northshire Police",), ("Northshire Police", "Harbour Housing")):
            db.session.expire_all()
            found = [organisations.by_name(name) for name in names]
            plan = queries.by_ref(day)
            seen = []

            def note(*args, seen=seen):
                seen.append(args)

            event.listen(db.engine, "before_cursor_execute", note)
            gather(plan, found)
            event.remove(db.engine, "before_cursor_execute", note)
            counted.append(len(seen))
    assert counted[1] <= counted[0] <= 20


@pytest.mark.parametrize(
    ("kind", "until", "confirmed", "added", "said"),
    [
        ("file", date(2026, 1, 1), None, 2026, "was current until 1 January 2026"),
        ("file", date(2026, 1, 1), datetime(2026, 6, 1, tzinfo=UTC), 2025, ""),
        ("file", date(2028, 1, 1), None, 2020, ""),
        ("file", None, None, 2022, "was added in May 2022"),
        ("file", None, datetime(2023, 6, 1, tzinfo=UTC), 2022, ""),
        ("link", None, None, 2022, ""),
        ("file", None, None, 2025, ""),
    ],
)
def test_evidence_is_old_after_its_last_day_or_after_three_years(app, kind, until, confirmed, added, said):
    with app.app_context():
        moment = datetime(added, 5, 2, tzinfo=UTC)
        assert past_its_time(kind, until, confirmed, moment, today=date(2027, 3, 31)) == said


def test_of_many_suggestions_the_first_are_shown_and_the_rest_counted(app, world, day):
    with app.app_context():
        police = organisations.by_name("Northshire Police")
        abouts, whole = gather(queries.by_ref(day), [police])
        many = suggestions(abouts[0], whole) * 9
        (group,) = pages.suggested([police], many, set(), {}, pages.Narrowing())
        assert len(group.shown) == pages.SHOWN and group.more == len(many) - pages.SHOWN
        (all_,) = pages.suggested([police], many, set(), {}, pages.Narrowing(organisation=police.ref))
        assert len(all_.shown) == len(many) and all_.more == 0
        assert pages.suggested([police], many, {one.key for one in many}, {}, pages.Narrowing()) == []
