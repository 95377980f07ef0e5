"""Whose signatures can be asked for: those of the questionnaires a place may be asked."""

import pytest

from s11.core.database import unit_of_work
from s11.joining import queries
from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from tests.factories.audit import an_audit
from tests.factories.drafts import a_draft
from tests.factories.world import World

pytestmark = pytest.mark.database


def test_the_signature_under_a_single_standard_can_be_given_to_somebody(world: World) -> None:
    an_audit(world, of_standards={"2": "sign_off: {step: hr_director, label: Director of people}"})
    with world.app.app_context():
        police = organisations.by_name("Northshire Police")
        steps = queries.signing_steps(police)
        assert steps["hr_director"] == "Director of people"
        assert steps["headteacher"] == "Headteacher" and "lead" not in steps


def test_another_boards_own_questionnaire_names_no_signatory_here(world: World) -> None:
    a_draft(world.app, of="SCHOOL-2026", code="THEIRS-2027", board="elsewhere")
    with world.app.app_context():
        theirs = organisations.partnership_by_code("elsewhere")
        here = organisations.partnership_by_code(world.partnership)
        assert queries.signing_steps(theirs) == queries.signing_steps(here)
        with unit_of_work():
            draft = questionnaires.edition_by_code("THEIRS-2027")
            draft.sign_off = [*draft.sign_off, {"step": "mayor", "label": "The mayor"}]
        assert "mayor" in queries.signing_steps(theirs)
        assert "mayor" not in queries.signing_steps(here)
