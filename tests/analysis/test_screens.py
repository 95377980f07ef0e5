"""The pages beside overview and matrix: lists, profiles, parts, comparison, years and their files."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from s11.analysis import queries
from s11.analysis.pages import letters_for
from s11.challenge import queries as challenge
from s11.challenge.models import Outcome
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.moderation import operations as moderation
from s11.moderation.marks import Mark
from s11.moderation.models import Assignment, Moderation, Reply
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries as returns
from s11.trail import queries as trail
from tests.challenge.some import a_day
from tests.factories.world import (
    CHAIR,
    HOUSING_LEAD,
    MODERATOR,
    POLICE_LEAD,
    World,
    a_person,
    a_return,
)
from tests.factories.years import this_year
from tests.pages import Browser

pytestmark = pytest.mark.database


@pytest.fixture
def board(app: Flask, world: World, browser: Browser) -> Browser:
    """Police and housing are in: "G G A N", moderated down in 1.1 and marked there, and "G R G G"."""
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    a_return(app, world.housing, "G R G G", by=HOUSING_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        return_, by = returns.by_ref(world.police), people.by_address(MODERATOR)
        assert return_ is not None and by is not None
        first = returns.edition_of(return_).criteria[0]
        moderation.rate(return_, first, level_id=first.scale.levels[1].id, reason="Policy of 2019.", by=by)
        moderation.agree_rest(return_, by=by)
        kept = db.session.query(Moderation).filter_by(return_id=return_.id, criterion_id=first.id).one()
        kept.mark = Mark.GOOD_PRACTICE
    browser.sign_in(CHAIR)
    return browser


def at(world: World, path: str = "") -> str:
    return f"/analysis/cycles/{world.cycle}{path}"


def table_of(browser: Browser, path: str) -> list[dict[str, str]]:
    browser.open(path)
    text = browser.response.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_matrix_by_criteria_prints_letters_and_leads_to_each_answer(board: Browser, world: World) -> None:
    page = board.open(at(world, "/matrix?by=criteria&basis=both"))
    assert "Housing G – R – G – G – 3 of 4 75.0 %" in page.text
    assert "Police G A ≠ G G A A N/A N/A 2 of 3 66.7 %" in page.text
    assert "2/2 100.0%" in page.text and "5 of 7 71.4 %" in page.text
    assert f"/answers/{world.police}/1#c" in page.href("G A ≠")


def test_the_matrix_is_sorted_by_what_the_address_says(board: Browser, world: World) -> None:
    def first(query: str) -> str:
        page = board.open(at(world, f"/matrix?{query}"))
        return next(text for _, text in page.links if text in ("Police", "Housing"))

    assert first("") == "Housing" and first("order=down") == "Police"
    assert first("sort=1") == "Housing" and first("sort=1&order=down") == "Police"
    assert first("sort=total") == "Police" and first("by=criteria&sort=2.1") == "Police"
    assert 'aria-sort="ascending"' in board.response.text


def test_figures_are_narrowed_and_say_of_whom_they_are(board: Browser, world: World) -> None:
    page = board.open(at(world, "/matrix?kind=police"))
    assert "Only 1 of the 2 organisations that are in are counted here (kind: Police" in page.text
    assert "All organisations" in page.text and "Housing G" not in page.text
    assert "Nobody who is in fits" in board.open(at(world, "/organisations?kind=school")).text
    rows = table_of(board, at(world, "/tables/ratings.csv?kind=police"))
    assert {row["Organisation"] for row in rows} == {"Northshire Police"} and len(rows) == 4


def test_an_organisation_is_told_on_one_page_and_the_look_is_kept(
    app: Flask, board: Browser, world: World
) -> None:
    page = board.open(board.open(at(world, "/organisations")).href("Northshire Police"))
    assert "66.7 % rated green 2 of 3 ratings given" in page.text and "Policy of 2019." in page.text
    assert "We do not do this." in page.text and "1 of its kind: too few" in page.text
    assert "2.1" in page.text.split("Gaps")[1].split("Doubts at sign-off")[0]
    assert page.href("The whole return") == f"/returns/{world.police}/submitted"
    with app.app_context():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        assert [e.tag for e in trail.of("return", return_.id)].count("return:submission:opened") == 1
    board.open(at(world, f"/organisations/{world.school}"), status=404)


def test_a_standard_is_told_criterion_by_criterion_and_by_everybody(board: Browser, world: World) -> None:
    page = board.open(board.open(at(world, "/standards")).href("1 Standard 1"))
    assert "3 of 4 ratings given" in page.text and "1 of 2 1 rated higher than the moderator" in page.text
    assert page.href("2 Standard 2").endswith("/standards/2")
    assert page.href("Answers of Northshire Police").endswith(f"/answers/{world.police}/1")
    board.open(at(world, "/standards/99"), status=404)


def test_a_theme_nobody_tests_says_so_and_an_unknown_one_is_not_there(board: Browser, world: World) -> None:
    assert "There is nothing to show by theme" in board.open(at(world, "/themes")).text
    assert "Nothing here tests it" in board.open(at(world, "/themes/ownership")).text
    board.open(at(world, "/themes/weather"), status=404)


def test_organisations_are_compared_by_name_and_without(app: Flask, board: Browser, world: World) -> None:
    both = f"with={world.police}&with={world.housing}&with=nobody"
    page = board.open(at(world, f"/comparison?{both}"))
    assert "Standard Housing Police" in page.text and page.href("2 of 2").endswith(f"/{world.police}/1")
    page = board.open(page.href("1 Standard 1, by criterion"))
    assert "1.1 is met. G1 of 1 G1 of 1 1.2 Criterion 1.2 is met. R0 of 1 G1 of 1 Everything" in page.text
    assert f"/{world.housing}/1#c" in page.href("0 of 1")
    rows = table_of(board, at(world, f"/tables/comparison.csv?{both}&standard=2"))
    assert [row["Organisation and criterion"][:12] for row in rows][:2] == ["Housing: 2.1", "Housing: 2.2"]
    # Two are fewer than are shown without names; and their file is not there either.
    page = board.open(at(world, f"/comparison?{both}&names=hidden"))
    assert "Choose at least 5 organisations" in page.text and "Everything asked" not in page.text
    board.open(at(world, f"/tables/comparison.csv?{both}&names=hidden"), status=404)
    with app.app_context(), unit_of_work():
        found = organisations.partnership_by_code(world.partnership)
        assert found is not None
        found.small_group = 2
    page = board.open(at(world, f"/comparison?{both}&names=hidden"))
    shown = page.text[page.text.index("Everything asked") - 200 : page.text.index("Choose others")]
    assert "A" in shown and "Police" not in shown and "Housing" not in shown
    assert not any("/answers/" in href for href, _ in page.links)
    rows = table_of(board, at(world, f"/tables/comparison.csv?{both}&names=hidden"))
    assert {row["Organisation and standard"][:2] for row in rows} == {"A:", "B:"}


def test_letters_are_drawn_by_lot_and_stay_the_same() -> None:
    refs = [f"ref{n}" for n in range(30)]
    drawn = letters_for(refs, "secret")
    assert sorted(drawn.values(), key=lambda one: (len(one), one))[-1] == "AD"
    assert drawn == letters_for(refs[::-1], "secret") != letters_for(refs, "other")
    assert [ref for ref, _ in sorted(drawn.items(), key=lambda pair: pair[1])] != refs


def test_years_stand_beside_each_other_and_say_where_they_break(
    app: Flask, board: Browser, world: World
) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        return_.cycle.due_on = clock.today() - timedelta(days=1)
    ref = this_year(world)
    a_return(app, ref, "A G G A G G", by=POLICE_LEAD, submit=True)
    with app.app_context():
        now = returns.by_ref(ref)
        assert now is not None
        cycle = now.cycle.ref
    page = board.open(f"/analysis/cycles/{cycle}/years")
    assert "1.2 was reworded: Clearer. 1.3 is new: The law changed." in page.text
    assert "5 of 7" in page.text and "4 of 6" in page.text and "‖" in page.text
    board.open(f"/analysis/cycles/{cycle}/charts/years.svg")
    assert board.response.text.startswith("<svg")
    # 1.1 fell from green to amber; 2.2 was not applicable before, so that nothing else can be compared.
    overview = board.open(f"/analysis/cycles/{cycle}").text
    assert "2 of 2 standards were not asked alike" in overview
    assert "Northshire Police 0 higher, 1 lower of 1 compared −100.0 points" in overview
    rows = table_of(board, f"/analysis/cycles/{cycle}/tables/years.csv")
    assert {row["Why"] for row in rows if row["Number"] == "1.3"} == {"1.3 is new: The law changed."}


def test_every_table_comes_as_csv_and_as_a_workbook_with_real_numbers(board: Browser, world: World) -> None:
    for name in ("ratings", "matrix", "organisations", "standards", "criteria", "years"):
        assert table_of(board, at(world, f"/tables/{name}.csv")), name
    board.open(at(world, "/tables/standards.xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(board.response.data))
    rows = book.get_sheet_by_index(0).to_python()
    line = dict(zip(rows[0], rows[1], strict=True))
    assert line["Asked"] == 4 and line["At the best level"] == 3 and line["% at the best level"] == 75.0
    assert line["% agreed"] == 50.0 and line["Rated higher than the moderator"] == 1
    said = [row[0] for row in book.get_sheet_by_name("How it is counted").to_python()]
    assert "2 of 2 returns are in." in said and any("not applicable and blank" in words for words in said)
    board.open(at(world, "/tables/weather.csv"), status=404)
    board.open(at(world, "/tables/ratings.pdf"), status=404)


def test_who_belongs_to_an_organisation_sees_its_moderated_ratings_when_its_people_do(
    app: Flask, board: Browser, world: World
) -> None:
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        assert return_ is not None
        both = a_person("Both Hats", "both@board.example", Role.MODERATOR, return_.cycle.partnership)
        people_operations.give_role(both, Role.LEAD, at=return_.organisation)
    browser = Browser(app)
    browser.sign_in("both@board.example")
    page = browser.open(at(world, "/matrix?basis=both"))
    assert "Moderated ratings of Northshire Police are left out for you" in page.text
    assert "1 differs" not in page.text
    assert "Policy of 2019." not in browser.open(at(world, f"/organisations/{world.police}")).text


def test_a_moderator_who_has_not_finished_a_return_is_asked_about_before_its_ratings_are_shown(
    app: Flask, board: Browser, world: World
) -> None:
    with app.app_context(), unit_of_work():
        return_, by = returns.by_ref(world.police), people.by_address(CHAIR)
        assert return_ is not None and by is not None
        db.session.add(
            Assignment(
                return_id=return_.id, round=return_.round, person_id=by.id, assigned_at=clock.now(),
                assigned_by_name="Mary Manager",
            )
        )  # fmt: skip
        assert [one.id for one in queries.perhaps_hidden(return_.cycle_id, by)] == [return_.id]


def test_charts_say_in_words_and_in_a_table_what_they_draw(board: Browser, world: World) -> None:
    """On the profile of an organisation and of a standard, and where organisations are compared."""

    def drawn(path: str) -> str:
        page = board.open(at(world, path))
        (src,) = re.findall(r'<img src="([^"]+)"', board.response.text)
        board.open(unescape(src))
        assert board.response.mimetype == "image/svg+xml" and board.response.text.startswith("<svg")
        return page.text

    profile = drawn(f"/organisations/{world.police}")
    assert "2 of 3 ratings given are green (66.7 %). Moderated: 1 of 3 ratings given are green" in profile
    assert "The smallest share, 0 of 1 (0.0 %): 2 Standard 2." in profile
    assert "2 Standard 2 Moderated 0 1 0 1 0 1 0.0 %" in profile
    standard = drawn("/standards/1")
    assert (
        "3 of 4 ratings given are green (75.0 %)" in standard
        and "The smallest share, 1 of 2 (50.0 %): 1.2" in standard
    )
    both = drawn(f"/comparison?with={world.police}&with={world.housing}")
    assert "The smallest share, 2 of 3 (66.7 %): Police." in both
    for path in (
        "standard.svg?number=99",
        "theme.svg?code=weather",
        "organisation.svg?return=no",
        "comparison.svg",
    ):
        board.open(at(world, f"/charts/{path}"), status=404)
    hidden = f"comparison.svg?with={world.police}&with={world.housing}&names=hidden"
    board.open(at(world, f"/charts/{hidden}"), status=404)  # two are too few without names


def test_the_matrix_by_criteria_comes_as_a_file_with_a_column_a_criterion(
    board: Browser, world: World
) -> None:
    for path in ("/matrix.csv?by=criteria&basis=both", "/tables/matrix.csv?by=criteria&basis=both"):
        rows = {(row["Organisation"], row["Basis"]): row for row in table_of(board, at(world, path))}
        own = rows["Northshire Police", "Self-assessment"]
        assert [own[n] for n in ("1.1", "1.2", "2.1", "2.2")] == ["Green", "Green", "Amber", "Not applicable"]
        assert (own["Rated"], own["At the best level"], own["% at the best level"]) == ("3", "2", "66.7")
        assert rows["Northshire Police", "Moderated"]["1.1"] == "Amber"
        assert rows["Harbour Housing", "Moderated"]["2.2"] == "Not moderated yet"
    board.open(at(world, "/tables/matrix.xlsx?by=criteria&kind=police"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(board.response.data)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 2 and sheet[1][:5] == [
        "Self-assessment",
        "Northshire Police",
        "Police",
        "Green",
        "Green",
    ]


def test_good_practice_reply_and_the_day_are_told_to_the_board(
    app: Flask, board: Browser, world: World
) -> None:
    day = a_day(world, "Northshire Police")
    with app.app_context(), unit_of_work():
        return_ = returns.by_ref(world.police)
        found = challenge.by_ref(day)
        assert return_ is not None and found is not None
        first = returns.edition_of(return_).criteria[0]
        number, name, key = first.number, f"c{first.id}-heading", first.key
        db.session.add_all(
            [
                Reply(
                    return_id=return_.id, round=return_.round, criterion_id=first.id, accepts=False,
                    text="The audit of June shows it.", person_name="Pat Lead", at=clock.now(),
                ),
                Outcome(
                    day=found, organisation_id=return_.organisation_id, standard_key=first.standard_key,
                    challenge="How do you know at night?", answer="We do not yet.",
                    recorded_by_name="Sam Scribe", recorded_at=clock.now(),
                ),
            ]
        )  # fmt: skip
    page = board.open(at(world))
    assert f"Northshire Police {number} Criterion 1.1 is met." in page.text.split("Good practice to share")[1]
    (href,) = re.findall(rf'href="([^"]*#{name})"', board.response.text)
    answers = board.open(href.split("#")[0])
    assert f'id="{name}"' in board.response.text and f'id="about-{key}"' in board.response.text
    assert "sees it differently The audit of June shows it." in answers.text
    profile = board.open(at(world, f"/organisations/{world.police}")).text
    assert "Asked: How do you know at night?" in profile and "They answered: We do not yet." in profile
    assert "You answered" not in profile
    page = board.open(f"/challenge/{day}/enquiries/suggested")
    assert page.href(f"Read the answers behind: {number} was moderated").endswith(f"/1#about-{key}")


def test_pages_of_figures_ask_the_database_as_often_for_one_organisation_as_for_two(
    app: Flask, world: World, browser: Browser
) -> None:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    browser.sign_in(CHAIR)
    paths = ("/agreement", "/evidence", "/years", f"/comparison?with={world.police}&with={world.housing}")

    def asked() -> list[int]:
        counted = []
        for path in paths:
            statements: list[str] = []
            with app.app_context():
                engine = db.engine

            def count(*told: Any, kept: list[str] = statements) -> None:
                kept.append(str(told[2]))

            event.listen(engine, "before_cursor_execute", count)
            browser.open(at(world, path))
            event.remove(engine, "before_cursor_execute", count)
            counted.append(len(statements))
        return counted

    asked()  # what is looked up once in a process
    one = asked()
    a_return(app, world.housing, "G R G G", by=HOUSING_LEAD, submit=True)
    assert asked() == one and max(one) < 40
