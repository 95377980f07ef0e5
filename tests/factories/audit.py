"""A cycle of a questionnaire made for one test, and the police's return to it."""

from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries as returns
from tests.factories.questionnaires import tiny
from tests.factories.world import World, a_cycle


def an_audit(world: World, standards: int = 2, criteria: int = 2, **asked: object) -> str:
    """Issue a tiny questionnaire to the police; `asked` as in `tiny`. Gives the return's ref."""
    text = tiny(standards, criteria, code="AUDIT-2026", framework="AUDIT", **asked)  # type: ignore[arg-type]
    return an_audit_of(world, text)


def an_audit_of(world: World, text: str, *, beside: str = "") -> str:
    """Issue a questionnaire, as the text of a file, to the police, or to whose return `beside` is the ref."""
    with world.app.app_context(), unit_of_work():
        return_ = returns.by_ref(beside or world.police)
        assert return_ is not None
        code = load(read(text, "audit.yaml")).edition.code
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        _, (issued,) = a_cycle(board, code, code, [return_.organisation])
        return issued.ref
