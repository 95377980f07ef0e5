"""Drafts of the small partnership of factories.world."""

from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.people import queries as people
from s11.questionnaires import operations, queries

DRAFT = "DRAFT-2027"


def a_draft(
    app: Flask,
    *,
    of: str = "TINY-2026",
    code: str = DRAFT,
    board: str = "northshire",
    title: str = "Draft of 2027",
    by: str = "",
) -> str:
    """A draft of the partnership's own, with the words of an edition; its code. `by`: an address."""
    with app.app_context(), unit_of_work():
        edition, owner = queries.edition_by_code(of), organisations.partnership_by_code(board)
        assert edition is not None and owner is not None
        person = people.by_address(by) if by else None
        operations.clone(edition, code=code, year=2027, title=title, by=person, owner=owner)
    return code
