"""Agencies of ours with the structure and the figures of a published matrix.

Twelve agencies and six criteria of one standard: 66 green, 3 amber, no red, 3 not applicable;
91.7 % of all, 95.7 % of what applies.
"""

from datetime import timedelta

from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.cycles import operations as cycles
from s11.organisations import operations as organisations
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns.operations import issue
from tests.factories.questionnaires import tiny
from tests.factories.world import a_person, a_return

AGENCIES: dict[str, tuple[str, str]] = {
    "Aller Valley Children's Services": ("children_services", "G G G G G G"),
    "Bramley Hospitals Trust": ("acute_trust", "G G G G G G"),
    "Colne Probation": ("probation", "G G G G G G"),
    "Dunmere Homes": ("housing", "G G G G A N"),
    "Eskdale Family Charity": ("voluntary", "G G G G G G"),
    "Fenwick Care Board": ("icb", "G G G G N G"),
    "Garth Fire and Rescue": ("fire", "G G A G G G"),
    "Holme Public Health": ("public_health", "G G G G G G"),
    "Ingleby Young Voices": ("voluntary", "G G G G N A"),
    "Jarrow Vale Adult Services": ("other", "G G G G G G"),
    "Kelder Social Care": ("children_services", "G G G G G G"),
    "Lowther Police": ("police", "G G G G G G"),
}
CYCLE = "MATRIX-2026"


def a_cycle_of(app: Flask, agencies: dict[str, tuple[str, str]], *, partnership: str = "aller") -> str:
    """A cycle in which these agencies have submitted; each maps to kind and ratings. Gives its ref."""
    with app.app_context(), unit_of_work():
        board = organisations.found(code=partnership, name=f"{partnership.capitalize()} Partnership")
        if questionnaires.edition_by_code(CYCLE) is None:
            load(read(tiny(1, 6, code=CYCLE), "matrix.yaml"))
        edition = questionnaires.edition_by_code(CYCLE)
        assert edition is not None
        today = clock.today()
        cycle = cycles.plan(
            board, edition, code=CYCLE, title="Matrix 2026", opens_on=today, due_on=today + timedelta(days=9)
        )
        asked = []
        for place, (name, (kind, _)) in enumerate(agencies.items()):
            organisation = organisations.add(board, name=name, kind=kind)
            a_person(f"Lead Number {place}", lead_of(partnership, place), Role.LEAD, organisation)
            asked.append(organisation)
        by_name = {return_.organisation.name: return_.ref for return_ in issue(cycle, asked)}
        ref = cycle.ref
    for place, (name, (_, ratings)) in enumerate(agencies.items()):
        if ratings:
            a_return(app, by_name[name], ratings, by=lead_of(partnership, place), submit=True)
    return ref


def lead_of(partnership: str, place: int) -> str:
    return f"lead{place}@{partnership}.example"
