"""A draft to build in, for tests: the partnership's edition of next year, cloned from the one it asks now."""

from s11.questionnaires import queries
from s11.questionnaires.editing.parts import criterion_of
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import CriterionPart
from tests.factories import drafts
from tests.factories.drafts import DRAFT
from tests.factories.world import MANAGER, World
from tests.pages import Browser

BUILD = f"/questionnaires/{DRAFT}/build"


def a_draft(world: World, code: str = DRAFT) -> str:
    """A draft of the world's partnership, of two standards with two criteria each; its code."""
    return drafts.a_draft(world.app, code=code, title="Tiny questionnaire 2027", by=MANAGER)


def the_file(world: World, code: str = DRAFT) -> QuestionnaireFile:
    """The draft as it is stored."""
    with world.app.app_context():
        edition = queries.edition_by_code(code)
        assert edition is not None
        return file_of(edition)


def the_version(world: World, code: str = DRAFT) -> int:
    """The draft's version, which every change raises."""
    with world.app.app_context():
        edition = queries.edition_by_code(code)
        assert edition is not None
        return edition.version


def the_criterion(world: World, key: str, code: str = DRAFT) -> CriterionPart:
    return criterion_of(the_file(world, code), key)


def numbers(world: World, code: str = DRAFT) -> str:
    """The numbers of all criteria as they stand: "1.1 1.2 2.1 2.2"."""
    return " ".join(criterion.number for criterion in the_file(world, code).criteria)


def a_manager(world: World) -> Browser:
    """The business manager at a keyboard."""
    browser = Browser(world.app)
    browser.sign_in(MANAGER)
    return browser
