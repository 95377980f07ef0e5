"""Weighted scores, scales of steps, and what carries no rating: in figures."""

import pytest
from flask import Flask

from s11.analysis import frames, measures
from s11.analysis.rules import By
from s11.core.database import unit_of_work
from s11.cycles import queries as cycles
from s11.people import queries as people
from s11.questionnaires import queries as questionnaires
from s11.returns import queries as returns
from s11.returns.operations import AnswerChange, save_answers, sign
from tests.factories.audit import an_audit
from tests.factories.world import POLICE_LEAD, World
from tests.pages import Browser

pytestmark = pytest.mark.database

PERCENT = """
scale:
  code: percent
  steps: {from: 0, to: 100, by: 5}
  levels:
  - {code: strong, label: Strong, letter: S, order: 2, value: 60, colour: green, meaning: Mostly so.}
  - {code: weak, label: Weak, letter: W, order: 1, value: 0, colour: red, meaning: Seldom so.}
"""
WEIGHTS = {"1.1": "weight: 3", "1.2": "weight: 1", "1.3": "rated: false"}


def submitted(world: World, said: str) -> None:
    """The police return "80 40 - 55": steps in order, N for not applicable, - for what is not rated."""
    ref = an_audit(
        world, 2, 3, scale=PERCENT, extra={**WEIGHTS, "2.2": "rated: false", "2.3": "rated: false"}
    )
    with world.app.app_context(), unit_of_work():
        return_, by = returns.by_ref(ref), people.by_address(POLICE_LEAD)
        changes = []
        for criterion, word in zip(returns.edition_of(return_).criteria, said.split(), strict=True):
            levels = {level.code: level.id for level in criterion.scale.levels}
            changes.append(
                AnswerChange(
                    criterion.id, 0, levels.get(word), word == "N", "Not here." if word == "N" else "", "Why."
                )
            )
        save_answers(return_, changes, by=by)
        sign(return_, "lead", by=by)


def scores(app: Flask, by: By) -> dict[str, float]:
    with app.app_context():
        (cycle,) = cycles.by_code("AUDIT-2026")
        edition = questionnaires.content(cycle.edition)
        weights = {criterion.number: criterion.weight for criterion in edition.criteria}
        table = measures.scores(frames.ratings(cycle), by, weights)
        return {str(group): score for group, score in table["score"].items()}


def test_a_score_weighs_each_rating_as_its_criterion_weighs(app: Flask, world: World) -> None:
    submitted(world, "80 40 - 55 - -")
    assert scores(app, By.STANDARD) == {"1": 70.0, "2": 55.0}  # (3 × 80 + 40) / 4
    assert scores(app, By.TOTAL) == {"total": 67.0}  # (3 × 80 + 40 + 55) / 5


def test_what_does_not_apply_leaves_the_weights(app: Flask, world: World) -> None:
    submitted(world, "80 N - 55 - -")
    assert scores(app, By.STANDARD) == {"1": 80.0, "2": 55.0}
    assert scores(app, By.TOTAL) == {"total": 73.75}  # (3 × 80 + 55) / 4


def test_steps_are_counted_by_their_band_and_what_is_not_rated_not_at_all(app: Flask, world: World) -> None:
    submitted(world, "80 40 - 60 - -")
    with app.app_context():
        (cycle,) = cycles.by_code("AUDIT-2026")
        frame = frames.ratings(cycle)
        assert frame["criterion"].tolist() == ["1.1", "1.2", "2.1"]
        assert frame["rating"].tolist() == ["strong", "weak", "strong"]
        assert frame["value"].tolist() == [80, 40, 60] and frame["best"].tolist() == [True, False, True]
        slow = frames.ratings_from_answers(cycle)
        for name in ("criterion", "rating", "label", "value", "order", "counts", "best"):
            assert frame[name].tolist() == slow[name].tolist(), name


def test_scores_are_printed_with_their_rule(app: Flask, world: World) -> None:
    submitted(world, "80 40 - 55 - -")
    done = app.test_cli_runner().invoke(
        args=["analysis", "scores", "--cycle", "AUDIT-2026", "--by", "standard"]
    )
    assert done.exit_code == 0, done.output
    assert "AUDIT-2026,standard,1,Standard 1,2,4,70.00" in done.output
    assert "AUDIT-2026,standard,2,Standard 2,1,1,55.00" in done.output
    assert "leaves the weights" in done.output


def test_an_agency_sees_its_score_before_it_submits(app: Flask, browser: Browser, world: World) -> None:
    ref = an_audit(world, 1, 2, scale=PERCENT, extra={"1.1": "weight: 3"})
    with app.app_context():
        criteria = {c.number: c.id for c in returns.edition_of(returns.by_ref(ref)).criteria}
    browser.sign_in(POLICE_LEAD)
    browser.open(f"/returns/{ref}/standards/1")
    browser.submit("/standards/1", **{f"r{criteria['1.1']}": "80", f"r{criteria['1.2']}": "40"})
    assert "Weighted score: 70.0" in browser.open(f"/returns/{ref}/check").text
