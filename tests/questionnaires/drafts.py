"""An edition of the partnership's own, as its office would make it."""

from collections.abc import Callable

from s11.core.database import unit_of_work
from s11.people import queries as people
from s11.people.models import Person
from s11.questionnaires import operations, queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format.shape import LineagePart
from s11.questionnaires.models import Edition
from s11.questionnaires.operations.writing import write
from tests.factories import drafts
from tests.factories.drafts import DRAFT
from tests.factories.world import MANAGER, World

REWORDED = LineagePart(change="reworded", reason="Too vague.", source="review")


def a_draft(world: World, *, stage: str = "draft") -> str:
    """A copy of the questionnaire the agencies are asked, in which 1.2 is worded anew; gives its code."""
    drafts.a_draft(world.app, by=MANAGER)

    def act(draft: Edition) -> None:
        reword(draft, "1.2", "Criterion 1.2 is fully met.")
        if stage != "draft":
            operations.put_in_review(draft, by=person(MANAGER))

    doing(world, act)
    return DRAFT


def reword(draft: Edition, number: str, text: str, *, lineage: LineagePart | None = REWORDED) -> None:
    """Give one criterion other words."""
    file = file_of(draft)
    standards = [
        standard.model_copy(
            update={
                "criteria": [
                    c.model_copy(update={"text": text, "lineage": lineage}) if c.number == number else c
                    for c in standard.criteria
                ]
            }
        )
        for standard in file.standards
    ]
    write(file.model_copy(update={"standards": standards}), draft.framework, draft.predecessor, draft)


def person(email: str) -> Person:
    found = people.by_address(email)
    assert found is not None
    return found


def doing(world: World, act: Callable[[Edition], object]) -> None:
    """Do something with the draft in a piece of work of its own."""
    with world.app.app_context(), unit_of_work():
        draft = queries.edition_by_code(DRAFT)
        assert draft is not None
        act(draft)
