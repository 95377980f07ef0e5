"""Several people at once, for real: threads against one database."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from s11.actions import operations as actions
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.people import queries as people
from s11.returns import queries
from s11.returns.models import Submission
from s11.returns.operations import AnswerChange, save_answers
from tests.factories.audit import an_audit_of
from tests.factories.questionnaires import tiny
from tests.factories.world import POLICE_HELPER, POLICE_LEAD, World, a_return
from tests.pages import Browser

pytestmark = pytest.mark.database
ROUNDS = 15


def write(app: Flask, ref: str, place: int, by: str, start: Barrier) -> int:
    """Save one criterion again and again; says how often it was kept."""
    kept = 0
    start.wait()
    for turn in range(ROUNDS):
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(ref)
            criterion = queries.edition_of(return_).criteria[place]
            known = queries.answer_of(return_.id, criterion.id)
            change = AnswerChange(criterion.id, known.version if known else 0, commentary=f"{by} {turn}")
            kept += len(save_answers(return_, [change], by=people.by_address(by)).kept)
    return kept


def test_two_people_on_different_criteria_never_collide(app: Flask, world: World) -> None:
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        pat = pool.submit(write, app, world.police, 0, POLICE_LEAD, start)
        helen = pool.submit(write, app, world.police, 1, POLICE_HELPER, start)
        assert (pat.result(), helen.result()) == (ROUNDS, ROUNDS)
    with app.app_context():
        answers = queries.answers(queries.by_ref(world.police).id).values()
        assert [(a.version, a.commentary.split()[1]) for a in answers] == [(ROUNDS, "14")] * 2


def test_on_one_criterion_every_acknowledged_save_is_one_version(app: Flask, world: World) -> None:
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        saves = [pool.submit(write, app, world.police, 0, by, start) for by in (POLICE_LEAD, POLICE_HELPER)]
        acknowledged = sum(save.result() for save in saves)
    with app.app_context():
        (answer,) = queries.answers(queries.by_ref(world.police).id).values()
        assert answer.version == acknowledged


def test_six_clicks_on_submit_at_once_make_one_submission(app: Flask, world: World) -> None:
    a_return(app, world.police, "G A R N", by=POLICE_LEAD)
    browsers = [Browser(app) for _ in range(6)]
    for browser in browsers:
        browser.sign_in(POLICE_LEAD)
        browser.open(f"/returns/{world.police}/check")
    start = Barrier(len(browsers))

    def click(browser: Browser) -> str:
        form = browser.page.form("/sign/lead")
        start.wait()
        return browser.post(form.action, form.data()).text

    with ThreadPoolExecutor(len(browsers)) as pool:
        pages = list(pool.map(click, browsers))
    assert all("Checksum" in page for page in pages)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_an_action_recorded_while_its_answer_is_saved_counts(app: Flask, world: World) -> None:
    """The answer lacks nothing once both are there, so whoever comes second waits, and counts both."""
    meaning = "meaning: Not in place."
    text = tiny(1, 1, code="AUDIT-2026", framework="AUDIT")
    ref = an_audit_of(world, text.replace(meaning, f"{meaning}, needs: [action]"))

    def promise() -> None:
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(ref)
            criterion = queries.edition_of(return_).criteria[0]
            actions.add(
                return_.cycle.partnership, return_.organisation, source="self_assessment", text="Do it.",
                owner_name="Asha Rahman", owner_role="Head", due_on=clock.today(), cycle=return_.cycle,
                standard_key=criterion.standard_key, criterion_key=criterion.key,
            )  # fmt: skip

    with ThreadPoolExecutor(1) as pool:
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(ref)
            criterion = queries.edition_of(return_).criteria[0]
            red = criterion.scale.levels[-1].id
            change = AnswerChange(criterion.id, 0, level_id=red, commentary="Not yet.")
            save_answers(return_, [change], by=people.by_address(POLICE_LEAD))
            recorded = pool.submit(promise)
            time.sleep(0.3)
        recorded.result()
    with app.app_context():
        assert queries.by_ref(ref).answered == 1
