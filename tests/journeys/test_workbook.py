"""A lead who prefers Excel: downloads the return, fills it in, sends it back, chooses, and applies."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.returns import queries
from s11.returns.operations import AnswerChange, save_answers
from tests.factories.workbooks import cell, opened, saved
from tests.factories.world import POLICE_DEPUTY, POLICE_LEAD, World, a_return
from tests.journeys.conftest import sign_in, sound

pytestmark = pytest.mark.browser


def fill_in(file: Path) -> None:
    """What the lead does in Excel, and one slip."""
    book = opened(file.read_bytes())
    cell(book, "1.1", "Commentary").value = "Why 1.1 is G, and how we know."
    cell(book, "1.2", "Commentary").value = "In the workbook."
    cell(book, "2.1", "Rating").value = "Amber"
    cell(book, "2.2", "Rating").value = "Grene"
    file.write_bytes(saved(book))


def meanwhile(app: Flask, ref: str) -> None:
    """The deputy answers on screen."""
    with app.app_context(), unit_of_work():
        return_ = queries.by_ref(ref)
        assert return_ is not None
        criterion = queries.edition_of(return_).by_number["1.2"].id
        answer = queries.answers(return_.id)[criterion]
        change = AnswerChange(criterion, 1, level_id=answer.level_id, commentary="On the screen.")
        save_answers(return_, [change], by=people.by_address(POLICE_DEPUTY))


def test_a_lead_answers_in_excel(page: Page, world: World, tmp_path: Path) -> None:
    a_return(world.app, world.police, "G A - -", by=POLICE_LEAD)
    sign_in(page, POLICE_LEAD)
    page.goto(f"/returns/{world.police}")
    page.get_by_role("link", name="Your return as a workbook").click()
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the workbook").click()
    file = tmp_path / "my answers.xlsx"
    download.value.save_as(file)
    fill_in(file)
    meanwhile(world.app, world.police)

    page.get_by_label("The workbook with your answers").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What your workbook would change")).to_be_visible()
    expect(page.get_by_text("“Grene” is not one of Green, Amber, Red, Not applicable.")).to_be_visible()
    expect(page.get_by_text("In the workbook.")).to_be_visible()
    expect(page.get_by_text("On the screen.")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Apply the changes and your choices").click()
    page.get_by_role("link", name="1.2 Commentary: Choose what should stand.").click()
    expect(page.get_by_label("Keep what is on screen")).to_be_focused()
    sound(page)
    page.get_by_label("Keep both, one after the other").check()
    page.get_by_role("button", name="Apply the changes and your choices").click()
    expect(page.get_by_text("3 answers were changed.")).to_be_visible()
    expect(page.get_by_text("Everything else has been applied.")).to_be_visible()
    sound(page)

    page.goto(f"/returns/{world.police}/standards/1")
    first = page.get_by_label("What lies behind your rating")
    expect(first.nth(0)).to_have_value("Why 1.1 is G, and how we know.")
    expect(first.nth(1)).to_have_value("On the screen.\n\nIn the workbook.")
