"""How many answers are done stands with the return, and is right after whatever anybody did."""

import random
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from s11.actions import operations as plan
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.errors import DomainError
from s11.evidence import operations as library
from s11.people import queries as people
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import operations, queries
from s11.returns.merging import Rating, Said
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, CopyTo, FieldChange
from s11.returns.operations.workbooks import load_workbook
from tests.factories.questionnaires import tiny
from tests.factories.world import HOUSING_LEAD, POLICE_DEPUTY, POLICE_LEAD, World, a_return
from tests.factories.years import THIS_YEAR, last_year, this_year
from tests.returns.test_adding_evidence import HIDING

pytestmark = pytest.mark.database
STEPS = 70
# Green needs evidence, red an action; 1.3 has to be filled in, 2.3 is asked only where 1.1 is not red.
EXTRA = {
    **THIS_YEAR["extra"],
    "1.3": THIS_YEAR["extra"]["1.3"] + "\nfields: [{code: figure, label: The figure, required: true}]",
    "2.3": "only_if: \"rating('1.1') != 'red'\"",
}


def asked_again(world: World) -> str:
    """The police's return of this year, in which levels and fields need something more."""
    last_year(world)
    text = tiny(2, 3, code="TINY-2027", year=2027, predecessor="TINY-2026", **{**THIS_YEAR, "extra": EXTRA})
    for meaning, need in (("In place.", "evidence"), ("Not in place.", "action")):
        text = text.replace(f"meaning: {meaning}}}", f"meaning: {meaning}, needs: [{need}]}}")
    return this_year(world, text)


class Work:
    """Somebody at work on a return: every kind of write, on a criterion that chance chooses."""

    def __init__(self, world: World, ref: str, chance: random.Random) -> None:
        self.world, self.ref, self.chance, self.count = world, ref, chance, 0

    def step(self, act: Callable[["Work", Return, CriterionContent, Person], None]) -> None:
        return_ = queries.by_ref(self.ref)
        asked = [c for standard in queries.standards_of(return_) for c in standard.criteria]
        self.count += 1
        by = people.by_address(self.chance.choice([POLICE_LEAD, POLICE_DEPUTY]))
        act(self, return_, self.chance.choice(asked), by)

    def said(self, criterion: CriterionContent) -> Said:
        level = self.chance.choice([*criterion.scale.levels, None])
        words = self.chance.choice(["", *3 * [f"Words {self.count}."]])
        away = level is None and self.chance.random() < 0.5
        reason = self.chance.choice(["", "Not ours."]) if away else ""
        return Said(
            Rating(level.id if level else None, away), reason, words, come_back=self.chance.random() < 0.1
        )

    def content(self) -> bytes:
        return f"File {self.chance.randrange(4)}".encode()


def version_of(return_: Return, criterion: CriterionContent) -> int:
    answer = queries.answer_of(return_.id, criterion.id)
    return answer.version if answer else 0


def save(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    said = work.said(criterion)
    change = AnswerChange(
        criterion.id, version_of(return_, criterion), said.rating.level_id, said.rating.not_applicable,
        said.not_applicable_reason, said.commentary, come_back=said.come_back,
    )  # fmt: skip
    operations.save_answers(return_, [change], by=by)


def load(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    load_workbook(return_, [(criterion.id, version_of(return_, criterion), work.said(criterion))], [], by=by)


def attach(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    stream = BytesIO(work.content())
    added = library.add_file(return_.organisation, stream, "a.txt", by=by, most=1_000)
    operations.attach(return_, criterion, added, by=by)


def detach(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    for shown in queries.evidence(return_.id, criterion.id).get(criterion.id, []):
        operations.detach(return_, criterion, shown.revision.ref, by=by)


def carry(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    operations.carry(return_, [criterion], by=by)


def carry_all(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    operations.carry(return_, queries.edition_of(return_).criteria, by=by)


def confirm(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    for one in queries.edition_of(return_).criteria[: work.chance.randint(1, 6)]:
        operations.confirm(return_, one, by=by)


def clear(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    for one in queries.edition_of(return_).criteria[: work.chance.randint(1, 6)]:
        operations.clear(return_, one, by=by)


def put_back(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    seen = version_of(return_, criterion)
    if seen:
        operations.put_back(return_, criterion, work.chance.randint(1, seen), seen=seen, by=by)


def copy(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    source = queries.by_ref(work.world.housing)
    there = work.chance.choice(queries.edition_of(source).criteria)
    replaces = version_of(return_, criterion)
    operations.copy_answer(source, there, [CopyTo(return_, criterion, replaces)], by=by)


def record(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    plan.add(
        return_.cycle.partnership, return_.organisation, source="self_assessment", text="Do it.",
        owner_name="Asha Rahman", owner_role="Head", due_on=clock.today() + timedelta(days=9),
        cycle=return_.cycle, standard_key=criterion.standard_key, criterion_key=criterion.key, by=by,
    )  # fmt: skip


def enter(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    asks = queries.edition_of(return_).by_number["1.3"]
    entry = queries.field_answers(return_.id).get((asks.fields[0].id, asks.id))
    value = work.chance.choice(["", f"Figure {work.count}"])
    change = FieldChange(asks.fields[0].id, asks.id, entry.version if entry else 0, value)
    operations.save_fields(return_, [change], by=by)


def decide(work: Work, return_: Return, criterion: CriterionContent, by: Person) -> None:
    received = library.receive([(BytesIO(HIDING), "hiding.docx")], most=1_000_000)
    return_, by = queries.by_ref(work.ref), people.by_address(POLICE_LEAD)  # it lets go of what was read
    operations.show_files(return_, criterion, received, note="", personal_data="no", by=by)
    for upload in queries.waiting_in(return_, criterion=criterion.number):
        operations.decide(return_, upload, criterion, add=work.chance.random() < 0.7, by=by)


ACTS = (save, save, save, load, attach, detach, carry, carry_all, confirm, clear, put_back, copy, record,
        enter, decide)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_the_count_of_answers_is_right_after_every_kind_of_work(app: Flask, world: World, seed: int) -> None:
    a_return(app, world.housing, "G A R N", by=HOUSING_LEAD)
    work = Work(world, asked_again(world), random.Random(seed))
    done: list[str] = []
    counts = set()
    for _ in range(STEPS):
        act = work.chance.choice(ACTS)
        with app.app_context():
            try:
                with unit_of_work():
                    work.step(act)
                done.append(act.__name__)
            except DomainError as refusal:
                done.append(f"{act.__name__} refused: {refusal.sentence}")
        with app.app_context():
            return_ = queries.by_ref(work.ref)
            asked = {c.number for standard in queries.standards_of(return_) for c in standard.criteria}
            lacking = {gap.number for gap in queries.gaps_of(return_)}
            counts.add(return_.answered)
            assert return_.answered == len(asked - lacking), f"after {done[-3:]}"
            db.session.rollback()
    assert len(counts) > 2, f"the work got nowhere: {done}"
    assert {one.__name__ for one in ACTS} - {"clear", "confirm"} <= {one.split()[0] for one in done}, done
