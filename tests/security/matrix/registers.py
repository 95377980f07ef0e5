"""Valid requests for the pages on which registers are brought and duplicates put together."""

import io
from collections.abc import Callable
from typing import Any

from s11.core.database import db
from s11.joining import queries as joining
from s11.organisations import operations as organisations
from s11.organisations import queries as known
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.register.files import operations
from s11.register.files.rules import Layout
from s11.register.permissions import kinds_kept
from tests.factories.registers import a_school, as_csv, gias
from tests.security.matrix.world import MANAGER, Place

REF = "registerfile"
FIRST, SECOND = "firstofatwin", "otherofatwin"
LIST = [["Name", "Kind"], ["Brought Housing", "Housing association"]]


def a_list(place: Place) -> dict[str, object]:
    return {"file": (io.BytesIO(as_csv(LIST)), "list.csv")}


def brought(place: Place, *, many: bool = False) -> None:
    """A file that the manager brought and looked at: a list, or a register of two local authorities."""
    partnership, manager = joining.partnership_by_ref(place.partnership), people.by_address(MANAGER)
    assert partnership is not None and manager is not None
    theirs = a_school(100002, "Theirs") | {"LA (name)": "Southshire"}
    data = gias(a_school(100001, "Ours"), theirs) if many else as_csv(LIST)
    layout = Layout.GIAS if many else Layout.PLAIN
    file = operations.bring(partnership, io.BytesIO(data), "register.csv", layout=layout, by=manager)
    file.ref = REF
    if not many:
        plan = operations.plan_of(file, kinds=kinds_kept(manager, partnership.id))
        operations.note_seen(file, plan)
    db.session.flush()


def brought_of_two(place: Place) -> None:
    brought(place, many=True)


def asked(ask: Callable[..., Any], fields: dict[str, object] | None = None, *, many: bool = False) -> Any:
    """A page or a form about that file."""
    before = brought_of_two if many else brought  # by which the driver knows that it is ready already

    def request(place: Place, actor: str) -> Any:
        return ask({"ref": REF}, fields, before)

    return request


def twins(place: Place) -> None:
    """Two organisations of the kind of the place, under one name."""
    partnership, like = joining.partnership_by_ref(place.partnership), known.by_ref(place.organisation)
    assert partnership is not None and like is not None
    for ref in (FIRST, SECOND):
        twin: Organisation = organisations.add(partnership, name="Twin Place", kind=like.kind)
        twin.ref = ref
    db.session.flush()


def a_pair(ask: Callable[..., Any], fields: dict[str, object] | None = None) -> Any:
    def request(place: Place, actor: str) -> Any:
        return ask({"ref": f"{FIRST}-{SECOND}"}, fields, twins)

    return request
