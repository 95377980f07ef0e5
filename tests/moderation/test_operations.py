"""Giving second ratings."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import operations, queries
from s11.moderation.rules import NotModerated
from s11.people import queries as people
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import operations as return_operations
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.trail import queries as trail
from tests.factories.world import CHAIR, MODERATOR, POLICE_LEAD, World, a_return

pytestmark = pytest.mark.database


class Desk:
    """A return on a moderator's desk, in one session."""

    def __init__(self, ref: str) -> None:
        found, by = returns.by_ref(ref), people.by_address(MODERATOR)
        assert found is not None and by is not None
        self.return_: Return = found
        self.by: Person = by
        self.criteria = returns.edition_of(found).criteria

    def level(self, criterion: CriterionContent, code: str) -> int:
        return next(level.id for level in criterion.scale.levels if level.code == code)

    def rate(
        self, place: int, code: str, reason: str = "", version: int = 0, by: Person | None = None
    ) -> object:
        criterion = self.criteria[place]
        return operations.rate(
            self.return_, criterion, level_id=self.level(criterion, code), reason=reason, version=version,
            by=by or self.by,
        )  # fmt: skip

    def kept(self) -> list[str]:
        found = queries.of_return(self.return_.id, self.return_.round)
        return [
            "-" if c.id not in found else "N" if found[c.id].level is None else found[c.id].level.letter
            for c in self.criteria
        ]


@pytest.fixture
def desk(app: Flask, world: World) -> Iterator[Desk]:
    a_return(app, world.police, "G G A N", by=POLICE_LEAD, submit=True)
    with app.app_context(), unit_of_work():
        yield Desk(world.police)


def test_a_rating_that_differs_is_kept_with_its_reason_beside_the_agencys_own(desk: Desk) -> None:
    desk.rate(0, "amber", "The policy is of 2019.")
    kept = queries.of_return(desk.return_.id, 1)[desk.criteria[0].id]
    assert (kept.level.code if kept.level else "", kept.reason) == ("amber", "The policy is of 2019.")
    assert (kept.moderator_name, kept.version) == ("Mo Derator", 1)
    assert returns.answers(desk.return_.id)[desk.criteria[0].id].level_id == desk.level(
        desk.criteria[0], "green"
    )


def test_a_rating_that_differs_without_a_reason_is_refused_at_the_reason(desk: Desk) -> None:
    with pytest.raises(Invalid) as refusal:
        desk.rate(0, "red", " ")
    assert refusal.value.field == "reason" and desk.kept() == ["-", "-", "-", "-"]


def test_a_newer_rating_of_somebody_else_is_not_overwritten(desk: Desk) -> None:
    chair = people.by_address(CHAIR)
    assert chair is not None
    desk.rate(0, "amber", "Out of date.", by=chair)
    with pytest.raises(Stale) as refusal:
        desk.rate(0, "red", "There is none.")
    assert "Colin Chair rated 1.1 “Amber” meanwhile: “Out of date.”" in refusal.value.sentence
    desk.rate(0, "red", "There is none.", version=1)
    assert desk.kept()[0] == "R"


def test_saying_the_same_again_changes_nothing_and_leaves_no_trail(desk: Desk) -> None:
    desk.rate(0, "green")
    before = len(trail.of("return", desk.return_.id))
    desk.rate(0, "green", version=0)
    assert len(trail.of("return", desk.return_.id)) == before


def test_agreeing_with_the_rest_takes_the_agencys_ratings_and_keeps_what_was_moderated(desk: Desk) -> None:
    desk.rate(0, "red", "There is none.")
    assert operations.agree_rest(desk.return_, by=desk.by) == 3
    assert desk.kept() == ["R", "G", "A", "N"]
    assert operations.agree_rest(desk.return_, by=desk.by) == 0


def test_one_can_agree_with_one_standard_alone(desk: Desk) -> None:
    standard = returns.standards_of(desk.return_)[1]
    assert operations.agree_rest(desk.return_, standard, by=desk.by) == 2
    assert desk.kept() == ["-", "-", "A", "N"]


def test_finishing_is_refused_with_what_is_missing(desk: Desk) -> None:
    desk.rate(0, "green")
    with pytest.raises(NotModerated) as refusal:
        operations.complete(desk.return_, by=desk.by)
    assert refusal.value.numbers == ("1.2", "2.1", "2.2") and desk.return_.stage == "submitted"


def test_finishing_moves_the_return_on_and_writes_it_into_the_trail(desk: Desk) -> None:
    operations.agree_rest(desk.return_, by=desk.by)
    operations.complete(desk.return_, by=desk.by)
    assert desk.return_.stage == "moderated"
    tags = [entry.tag for entry in trail.of("return", desk.return_.id)]
    assert "return:stage:moderated" in tags and "return:moderation:agreed" in tags
    with pytest.raises(DomainError):
        operations.complete(desk.return_, by=desk.by)


def test_moderation_belongs_to_a_round(desk: Desk) -> None:
    desk.rate(0, "red", "There is none.")
    return_operations.send_back(desk.return_, reason="Attach the policy.", by=desk.by)
    assert queries.of_cycle(desk.return_.cycle_id) == []
    assert queries.of_return(desk.return_.id, 1)
    with pytest.raises(DomainError):
        desk.rate(1, "green")


def test_progress_is_counted_for_each_return(desk: Desk) -> None:
    desk.rate(0, "green")
    desk.rate(1, "green")
    assert queries.progress(desk.return_.cycle_id) == {desk.return_.id: 2}


@pytest.mark.parametrize("act", [operations.agree_rest, lambda r, by: operations.complete(r, by=by)])
def test_a_return_that_is_not_in_cannot_be_moderated(
    app: Flask, world: World, act: Callable[..., object]
) -> None:
    with app.app_context(), unit_of_work():
        desk = Desk(world.housing)
        with pytest.raises(DomainError):
            act(desk.return_, by=desk.by)
