"""The page of the clock, for whoever runs the installation."""

import pytest
from sqlalchemy import select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.notices import queries
from s11.notices.models import Notice
from tests.factories.world import ADMINISTRATOR, MANAGER, World
from tests.notices.letterbox import put
from tests.pages import Browser

pytestmark = pytest.mark.database


def test_the_page_says_what_never_ran_and_how_to_set_it_up(world: World, browser: Browser) -> None:
    browser.sign_in(ADMINISTRATOR)
    browser.open("/system/")
    page = browser.open(browser.page.href("By the clock"))
    assert "Nothing has ever run" in page.text and "flask --app wsgi schedule run" in page.text
    world.app.test_cli_runner().invoke(args=["schedule", "run"])
    page = browser.open("/system/clock")
    assert (
        "Nothing has ever run" not in page.text and "Send mail" in page.text and "sent, 0 could" in page.text
    )


def test_only_who_runs_the_installation_sees_it(world: World, browser: Browser) -> None:
    browser.sign_in(MANAGER)
    browser.open("/system/clock", status=404)


@pytest.mark.parametrize(("go", "waiting"), [("again", True), ("leave", False)])
def test_mails_of_no_partnership_that_may_have_gone_are_settled_together(
    world: World, browser: Browser, go: str, waiting: bool
) -> None:
    with world.app.app_context(), unit_of_work():
        for notice in db.session.scalars(select(Notice)):
            notice.sent_at = clock.now()
    number = put(world.app, subject="Choose a new password")
    with world.app.app_context(), unit_of_work():
        queries.by_id(number).handed_at = clock.now()
    browser.sign_in(ADMINISTRATOR)
    page = browser.open("/system/clock")
    assert "1 mail of no partnership may have been sent" in page.text
    assert "Choose a new password" not in page.text
    browser.submit("/system/clock/mail", go=go)
    with world.app.app_context():
        notice = queries.by_id(number)
        assert (notice.sent_at is None, notice.handed_at is None) == (waiting, waiting)
