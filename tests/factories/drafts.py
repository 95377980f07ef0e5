"""Drafts of the small partnership of factories.world."""

from flask import Flask

from s11.core.database import unit_of_work
from s11.organisations import queries as organisations
from s11.questionnaires import operations, queries


def a_draft(app: Flask, *, of: str = "TINY-2026", code: str = "DRAFT-2027", board: str = "northshire") -> str:
    """A draft of the partnership's own, with the words of an edition; its code."""
    with app.app_context(), unit_of_work():
        edition, owner = queries.edition_by_code(of), organisations.partnership_by_code(board)
        assert edition is not None and owner is not None
        operations.clone(edition, code=code, year=2027, title="Draft 2027", by=None, owner=owner)
    return code
