"""Valid requests for the pages on which an action plan is brought in."""

import io
from collections.abc import Callable
from typing import Any

from s11.actions.bringing import operations, queries
from s11.actions.bringing.mending import mark_of
from s11.actions.bringing.posts import key_of
from s11.actions.bringing.shapes import Mended
from s11.actions.models import PlanImport
from s11.core.database import db
from s11.joining import queries as joining
from s11.people import queries as people
from tests.security.matrix.world import MANAGER, Place

REF = "planimport22"
PLAN = "Rec No.\tActions\tOwner\tTimescales\n1\tTrain every sergeant.\tHead of Quality\tOngoing"


def a_plan(place: Place) -> dict[str, object]:
    return {
        "kind": "review",
        "title": "Case R",
        "dated_on": "",
        "pasted": PLAN,
        "file": (io.BytesIO(b""), ""),
    }


def begun(place: Place) -> PlanImport:
    """A plan the manager pasted, whose columns are still to be said."""
    partnership, manager = joining.partnership_by_ref(place.partnership), people.by_address(MANAGER)
    assert partnership is not None and manager is not None
    plan = operations.begin(partnership, about=operations.About("review", "Case R"), pasted=PLAN, by=manager)
    plan.ref = REF
    db.session.flush()
    return plan


def understood(place: Place) -> None:
    """The same with its columns as they were guessed."""
    plan, manager = begun(place), people.by_address(MANAGER)
    assert manager is not None
    operations.choose_columns(plan, operations.meanings_of(plan), by=manager, version=plan.version)
    db.session.flush()


def brought_in(place: Place) -> None:
    """The same once it is in the plan."""
    understood(place)
    plan, manager = queries.by_ref(REF), people.by_address(MANAGER)
    assert plan is not None and manager is not None
    operations.bring_in(plan, by=manager)
    db.session.flush()


def asked(
    ask: Callable[..., Any],
    fields: dict[str, object] | None = None,
    *,
    before: Callable[[Place], None] = understood,
    **parts: str,
) -> Any:
    """A page or a form about that plan."""

    def request(place: Place, actor: str) -> Any:
        return ask({"ref": REF, **parts}, fields, before)

    return request


COLUMNS = {
    "version": "1",
    "g1-c0": "number",
    "g1-c1": "action",
    "g1-c2": "owner",
    "g1-c3": "due",
    "t1": "y",
}
POST = {
    "key": key_of("Head of Quality"),
    "mark": mark_of(None),
    "spelling": "Head of Quality",
    "role": "Head of Quality",
    "name": "Asha Rahman",
    "organisation": "",
}
ROW = {
    "r1-mark": mark_of(Mended()),
    "r1-kind": "action",
    "r1-numbers": "1",
    "r1-text": "Train every sergeant.",
    "r1-owner_name": "Asha Rahman",
    "r1-owner_role": "Head of Quality",
    "r1-organisation": "",
    "r1-due_on": "31 3 2028",
}
