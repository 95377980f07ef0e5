"""The proof that the matrix finds what it is for: faults planted in the code, each of which it must name.

A fault is what somebody could write by mistake: a guard without its second half, a predicate that forgets
the stage, the partnership or the organisation. It is planted for one test, the rows it concerns are driven,
and a mismatch has to be found that names the person who may now too much (or too little).
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import pytest
from flask import Flask, abort

from s11.actions import permissions as actions
from s11.core.database import db
from s11.cycles import permissions as cycles
from s11.evidence import permissions as evidence
from s11.home.matrix import row_named
from s11.moderation import permissions as moderation
from s11.organisations.models import Organisation
from s11.people.models import Membership
from s11.people.rules import FRAMEWORKS_OF_ROLE, Role
from s11.returns import permissions as returns
from s11.returns import queries as return_queries
from s11.returns.rules import MOVES, Act, Stage
from s11.trail import operations as trail_operations
from s11.trail import permissions as trail
from s11.web import guards
from s11.web.guards import guard, signed_in
from s11.web.transactions import keep_what_was_saved
from tests.security.conftest import DriverAt

Plant = Callable[[pytest.MonkeyPatch, Flask], None]


@dataclass(frozen=True)
class Fault:
    """What is wrong, how it is planted, at which stage and in which row it shows, and whose cell is wrong."""

    name: str
    plant: Plant
    stage: str
    row: str
    column: str


def becomes(function: Any, other: Callable[..., Any]) -> Plant:
    """Give a function another body, wherever it is already held: guards hold theirs since the start."""
    assert isinstance(function, FunctionType) and isinstance(other, FunctionType)
    body = other.__code__

    def plant(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
        monkeypatch.setattr(function, "__code__", body)

    return plant


def guarded_anew(endpoint: str, decorate: Callable[[Any], Any]) -> Plant:
    """Put another guard in front of a view."""

    def plant(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
        view = app.view_functions[endpoint].__wrapped__  # type: ignore[attr-defined]
        monkeypatch.setitem(app.view_functions, endpoint, decorate(view))

    return plant


def entry(mapping: Any, key: object, value: object) -> Plant:
    return lambda monkeypatch, app: monkeypatch.setitem(mapping, key, value)


def named(module: object, name: str, value: object) -> Plant:
    return lambda monkeypatch, app: monkeypatch.setattr(module, name, value)


# The bodies that are planted. Names in them are those of the module of the function they stand in for.


def open_to_the_board(person, return_):  # type: ignore[no-untyped-def]
    return bool(person.roles_at(return_.organisation_id) or person.roles_for(return_.cycle.partnership_id))


def read_at_any_stage(person, return_):  # type: ignore[no-untyped-def]
    return can_open(person, return_) or cycles.can_see(person, return_.cycle)  # type: ignore[name-defined]  # noqa: F821


def all_of_it(person, return_, standards):  # type: ignore[no-untyped-def]
    return tuple(standards)


def yes(person, thing):  # type: ignore[no-untyped-def]
    return True


def no(person, thing):  # type: ignore[no-untyped-def]
    return False


def not_pending(self):  # type: ignore[no-untyped-def]
    return not self.pending


def not_ended(self):  # type: ignore[no-untyped-def]
    return self.ended_on is None and (self.until is None or self.until >= clock.today())  # type: ignore[name-defined]  # noqa: F821


def no_entry(page, ref, status, *, by, organisation_id=None, partnership_id=None):  # type: ignore[no-untyped-def]
    return None


def forbidden(status: int, thing: Any = None, ref: str = "") -> None:
    """403 also where nobody should learn that there is anything."""
    guards.note_refusal(status, thing, ref)
    abort(403)


def refused_and_kept(status: int, thing: Any = None, ref: str = "") -> None:
    """Refuses, and keeps what was done before."""
    db.session.query(Organisation).update({Organisation.district: "Changed"})
    keep_what_was_saved()
    guards.note_refusal(status, thing, ref)
    abort(status)


IN_FORCE = Membership.in_force.fget  # type: ignore[attr-defined]
WORKING_COPY = "return: read the working copy"
FAULTS = [
    Fault("the Board opens working copies", becomes(returns.can_open, open_to_the_board), "O", WORKING_COPY,
          "business_manager"),
    Fault("the Board reads before anything is submitted", becomes(returns.can_read, read_at_any_stage), "O",
          "return: read who did what with it", "chair"),
    Fault("everybody of the organisation answers", becomes(returns.part_of, all_of_it), "O", "return: answer",
          "other_contributor"),
    Fault("a viewer says how an action stands", named(actions, "UPDATERS", actions.UPDATERS | {Role.VIEWER}),
          "S", "action: say how it stands", "viewer"),
    Fault("answers are changed after submission", entry(MOVES, (Stage.SUBMITTED, Act.SAVE), Stage.SUBMITTED),
          "S", "return: answer", "lead"),
    Fault("a guard without its second half", guarded_anew("moderation.save", guard(
        return_queries.by_ref, see=moderation.can_see_moderation)), "S", "moderation: give a second rating",
        "quality"),
    Fault("an agency moderates itself", becomes(moderation.is_own, no), "S",
          "moderation: give a second rating", "conflicted"),
    Fault("the quality-assurance group moderates", named(moderation, "MODERATORS",
          moderation.MODERATORS | {Role.QUALITY}), "S", "moderation: give a second rating", "quality"),
    Fault("who has left keeps their role", becomes(IN_FORCE, not_pending), "S", WORKING_COPY, "left"),
    Fault("an invitation counts before it is taken up", becomes(IN_FORCE, not_ended), "S", WORKING_COPY,
          "invited"),
    Fault("nobody asks which partnership", becomes(cycles.can_see, yes), "S",
          "cycle: see who has returned, in numbers", "elsewhere"),
    Fault("an adviser works with every audit", entry(FRAMEWORKS_OF_ROLE, Role.EDUCATION_ADVISER, None), "S",
          "return: read what was submitted", "other_adviser"),
    Fault("a file that was never submitted is handed out", named(return_queries, "is_in_submission", yes),
          "S", "evidence: open a file that was not submitted", "moderator"),
    Fault("a library opens to whoever has its address", becomes(evidence.belongs_to, yes), "S",
          "evidence: see the organisation's library", "other_lead"),
    Fault("everybody signed in plans a cycle", guarded_anew("cycles.new", signed_in()), "S",
          "cycle: plan one", "lead"),
    Fault("the office reads the trail", named(trail, "READERS", trail.READERS | {Role.OFFICE}), "S",
          "trail: read and download the partnership's", "office"),
    Fault("what is hidden says that it is there", named(guards, "turn_away", forbidden), "S", WORKING_COPY,
          "other_lead"),
    Fault("a refused form is kept all the same", named(guards, "turn_away", refused_and_kept), "S",
          "pack: build one", "chair"),
    Fault("a refusal leaves no entry", becomes(trail_operations.refuse, no_entry), "S", "pack: build one",
          "chair"),
    Fault("the lead may not answer any more", becomes(returns.can_edit, no), "O", "return: answer", "lead"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_the_matrix_finds_it(driver_at: DriverAt, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    driver = driver_at(fault.stage)
    row = row_named(fault.row)
    fault.plant(monkeypatch, driver.app)
    try:
        found = driver.faults_of(row, row.routes[0])
        assert any(f" as {fault.column} (" in one for one in found), (
            f"The matrix was driven with this fault in the code, and saw nothing wrong with {fault.column}: "
            f"{fault.name}."
        )
    finally:
        monkeypatch.undo()
        driver.restore()
        driver.unknown.clear()  # what a faulty service answered is no measure for others


def test_without_a_fault_it_finds_nothing(driver_at: DriverAt) -> None:
    """What is taken out again leaves no trace: the rows above are as the matrix says."""
    for row in {fault.row for fault in FAULTS if fault.stage == "S"}:
        driver = driver_at("S")
        assert list(driver.faults_of(row_named(row), row_named(row).routes[0])) == []
