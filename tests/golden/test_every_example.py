"""Every example questionnaire is lived through: asked, answered, signed, moderated and added up."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from s11.actions import operations as actions
from s11.analysis import frames, measures
from s11.analysis.rules import Basis, By, levels_of
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.evidence import operations as evidence
from s11.moderation import operations as moderation
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.questionnaires.rules import CriterionContent, FieldContent
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.operations import (
    AnswerChange,
    FieldChange,
    attach,
    save_answers,
    save_fields,
    sign,
    sign_section,
)
from s11.returns.rules import Stage
from s11.returns.sealing import unseal
from tests.factories.world import DSL, MODERATOR, POLICE_LEAD, World, a_cycle, a_person

pytestmark = [pytest.mark.database, pytest.mark.slow]

FOLDER = Path(__file__).parents[2] / "seeds" / "questionnaires" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.yaml"))
ENTRIES: dict[str, Any] = {
    "text": "Jo Ashworth",
    "long_text": "We audit a tenth of all files every term.",
    "number": 12,
    "date": "2026-03-31",
    "yes_no": True,
}


class Living:
    """One organisation's year with one questionnaire."""

    def __init__(self, organisation: Organisation, lead: Any, return_: Return) -> None:
        self.organisation, self.lead, self.return_ = organisation, lead, return_
        self.revision = evidence.add_reference(
            organisation, words="In the HR system: ask Ann Bell.", title="HR record", by=lead
        )

    def answer_everything(self) -> None:
        """Until nothing is missing: an answer may open a further question."""
        for turn in range(4):
            standards = returns.standards_of(self.return_)
            known = returns.answers(self.return_.id)
            open_ones = [c for s in standards for c in s.criteria if c.id not in known]
            save_answers(
                self.return_, [self.answer(c, n + turn) for n, c in enumerate(open_ones)], by=self.lead
            )
            self.fill_fields()
            for criterion in open_ones:
                self.prove(criterion)
            db.session.flush()
            if not open_ones:
                return

    def answer(self, criterion: CriterionContent, place: int) -> AnswerChange:
        levels = criterion.scale.levels
        level = levels[place % len(levels)].id if criterion.rated else None
        return AnswerChange(criterion.id, 0, level, commentary=f"Why {criterion.number} is so.")

    def fill_fields(self) -> None:
        entries = returns.field_answers(self.return_.id)
        places = [(field, 0) for field in returns.fields_of(self.return_)]
        for standard in returns.standards_of(self.return_):
            places += [(field, standard.id) for field in standard.fields]
            places += [(field, c.id) for c in standard.criteria for field in c.fields]
        changes = [
            FieldChange(field.id, subject, 0, self.entry(field))
            for field, subject in places
            if (field.id, subject) not in entries
        ]
        assert not save_fields(self.return_, changes, by=self.lead).conflicts

    def entry(self, field: FieldContent) -> Any:
        if field.kind == "file":
            return self.revision.ref
        if field.kind == "table":
            return [{c.code: c.options[0] if c.kind == "choice" else ENTRIES[c.kind] for c in field.columns}]
        if field.kind == "choices":
            return list(field.options[:2])
        return field.options[0] if field.kind == "choice" else ENTRIES[field.kind]

    def prove(self, criterion: CriterionContent) -> None:
        """Give every answer evidence and an action, whatever its level needs."""
        attach(self.return_, criterion, self.revision, by=self.lead)
        actions.add(
            self.return_.cycle.partnership,
            self.organisation,
            source="self_assessment",
            cycle=self.return_.cycle,
            criterion_key=criterion.key,
            text="Brief every new starter.",
            owner_name="Asha Rahman",
            owner_role="Head of service",
            due_on=clock.today().replace(year=clock.today().year + 1, day=1),
            by=self.lead,
        )

    def sign(self) -> None:
        edition = returns.edition_of(self.return_)
        standards = returns.standards_of(self.return_)
        steps = {step.step for step in edition.sign_off} | {s.sign_off.step for s in standards if s.sign_off}
        for step in sorted(steps - {"lead"}):
            a_person(
                f"Signs {step}", f"{step}@sign.example", Role.SIGNATORY, self.organisation, signs_as=step
            )
        db.session.expire_all()
        for standard in standards:
            if standard.sign_off:
                sign_section(self.return_, standard, by=self.signer(standard.sign_off.step))
        for step_ in sorted(edition.sign_off, key=lambda one: one.step != "lead"):
            sign(
                self.return_, step_.step, by=self.signer(step_.step), role="Head",
                approver_name="Ann Bell", approver_role="Director",
            )  # fmt: skip

    def signer(self, step: str) -> Any:
        return self.lead if step == "lead" else people.by_address(f"{step}@sign.example")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_asked_answered_moderated_and_added_up(app: Flask, world: World, file: Path) -> None:
    with app.app_context(), unit_of_work():
        edition = load(read(file.read_text(encoding="utf-8"), file.name)).edition
        is_schools = edition.framework.code.startswith(("S175", "S157"))
        board = organisations.partnership_by_code(world.partnership)
        ref, lead = (world.school, DSL) if is_schools else (world.police, POLICE_LEAD)
        organisation = returns.by_ref(ref).organisation
        cycle, (return_,) = a_cycle(board, edition.code, edition.code, [organisation])
        living = Living(organisation, people.by_address(lead), return_)
        assert returns.gaps_of(return_), "there is something to answer"
        living.answer_everything()
        db.session.expire_all()
        assert [gap.sentence for gap in returns.gaps_of(return_) if "signed" not in gap.sentence] == []
        living.sign()
        assert return_.stage == Stage.SUBMITTED
        sealed = unseal(returns.submission(return_.id).sealed)
        asked = returns.standards_of(return_)
        assert [a.number for s in sealed.standards for a in s.answers] == [
            c.number for s in asked for c in s.criteria
        ]
        rated = [c for s in asked for c in s.criteria if c.rated]
        by = people.by_address(MODERATOR)
        if rated:
            moderation.rate(
                return_, rated[0], level_id=rated[0].scale.levels[-1].id, reason="Seen on a visit.", by=by
            )
            moderation.agree_rest(return_, by=by)
            moderation.complete(return_, by=by)
        tables = frames.tables(cycle)
        content = returns.edition_of(return_)
        for basis in Basis if rated else (Basis.SELF,):
            total = measures.summary(tables[basis], By.TOTAL, levels_of(content))
            if rated:
                assert total.loc["total", "asked"] == len(rated)
                assert total.loc["total", "blank"] == 0
        slow = frames.ratings_from_answers(cycle)
        assert tables[Basis.SELF]["rating"].tolist() == slow["rating"].tolist()
