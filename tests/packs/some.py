"""Packs to test with: quickly written files that say what the document says."""

from collections.abc import Sequence

import pytest

from s11.core.database import unit_of_work
from s11.cycles import queries as cycles
from s11.organisations import operations as organisation_operations
from s11.organisations import queries as organisations
from s11.packs import operations, queries
from s11.packs.contents import Wanted, gather
from s11.packs.document import Document, words
from s11.packs.kinds import Audience, Format
from s11.packs.writing import formats
from s11.people import queries as people
from s11.people.rules import Role
from s11.returns import queries as returns
from s11.returns.operations import issue
from tests.factories.world import CHAIR, MANAGER, POLICE_LEAD, World, a_person, a_return

POLICE, HOUSING = "Northshire Police", "Harbour Housing"
# Names nobody would write by chance: whoever finds one of them where nobody is named has found a leak.
CANARIES = tuple(f"Quillfeather {turn}" for turn in ("Ash", "Birch", "Cedar", "Elm", "Fir"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Format]:
    """Files are the words of the document and nothing else; the list says which were written."""
    written: list[Format] = []

    def write(document: Document, as_: Format, look: object = None) -> formats.Written:
        written.append(as_)
        return formats.Written("\n".join(words(document)).encode(), 3 if as_ is Format.PDF else 0)

    monkeypatch.setattr(formats, "write", write)
    return written


def returned(world: World, *, housing: bool = True) -> World:
    """The police rated best once of three, with one N/A; housing best of all four, or still writing."""
    a_return(world.app, world.police, "G A R N", by=POLICE_LEAD, submit=True)
    a_return(world.app, world.housing, "G G G G", by="lead@housing.example", submit=housing)
    return world


def with_peers(
    world: World, ratings: Sequence[str] = ("G G G G", "G G A R", "A A A A", "R R R R", "G A A A")
) -> None:
    """Five more agencies that have returned, under names nobody would write by chance."""
    with world.app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(world.partnership)
        assert board is not None
        made = []
        for turn, name in enumerate(CANARIES):
            one = organisation_operations.add(board, name=name, short_name=name, kind="housing")
            a_person(f"Lead of {name}", f"lead{turn}@peers.example", Role.LEAD, one)
            made.append(one)
        refs = [one.ref for one in issue(cycles.by_ref(world.cycle), made)]
    for turn, (ref, said) in enumerate(zip(refs, ratings, strict=True)):
        a_return(world.app, ref, said, by=f"lead{turn}@peers.example", submit=True)


def said(world: World, audience: Audience, *names: str, whose: str = "") -> Document:
    """What a pack for this audience says, about these organisations or all that are in."""
    with world.app.app_context():
        return gather(
            cycles.by_ref(world.cycle), wanted(world, audience, *names, whose=whose), by_name="X"
        ).document


def wanted(world: World, audience: Audience, *names: str, whose: str = "") -> Wanted:
    cycle = cycles.by_ref(world.cycle)
    chosen = [organisations.by_name(name) for name in names]
    ids = [one.id for one in chosen if one] or [one.organisation_id for one in returns.submitted(cycle.id)]
    return Wanted(audience, tuple(ids), organisations.by_name(whose) if whose else None)


def text_of(document: Document) -> str:
    return " ".join(" ".join(words(document)).split())


def a_pack(
    world: World,
    audience: Audience = Audience.CHAIR,
    *names: str,
    whose: str = "",
    formats: Sequence[Format] = (Format.PDF,),
    writes: bool = True,
    by: str = MANAGER,
) -> str:
    """The ref of a pack, with its files written unless they are to wait."""
    with world.app.app_context():
        with unit_of_work():
            cycle, person = cycles.by_ref(world.cycle), people.by_address(by)
            prepared = operations.prepare(cycle, wanted(world, audience, *names, whose=whose), by=person)
            pack = operations.begin(cycle, prepared, formats, by=person)
            pack_id, ref = pack.id, pack.ref
        while writes and operations.write_next(pack_id):
            pass
    return ref


def release(world: World, ref: str) -> None:
    with world.app.app_context(), unit_of_work():
        operations.release(queries.by_ref(ref), by=people.by_address(CHAIR))
