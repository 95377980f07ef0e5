"""A cycle of schools whose returns are in, each rated in letters."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.cycles import queries as cycle_queries
from s11.organisations import operations as organisations
from s11.organisations import queries
from s11.people import operations as people
from s11.people import queries as people_queries
from s11.people.rules import Role
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from tests.factories.questionnaires import tiny
from tests.factories.world import TRUST_LEAD, World, a_cycle, a_person, a_return

HILL = "GG AR"
CODE = "PRIMARY-2026"


@dataclass(frozen=True)
class Asking:
    """The cycle, and the returns by short name of the school."""

    cycle: str
    returns: dict[str, str]


def lead_of(name: str) -> str:
    return f"{name.lower().replace(' ', '-')}@schools.example"


def asking(app: Flask, world: World, schools: dict[str, str], **more: str) -> Asking:
    """Schools by name with what they submit: "GG AR" two standards of two criteria, "" nothing.

    `more`: phases by name of the school, where it is not primary. Schools named "Trust …" are the trust's.
    """
    with app.app_context(), unit_of_work():
        board = queries.partnership_by_code(world.partnership)
        trust = queries.by_name("Harbour Trust")
        if not cycle_queries.by_code(CODE):
            load(read(tiny(2, 2, code=CODE, framework="S175", steps=("lead",)), "primary.yaml"))
        made = []
        for name in schools:
            school = organisations.add(
                board, name=name, short_name=name, kind="school", phase=more.get(name, "primary"),
                parent=trust if name.startswith("Trust") else None, district="North",
            )  # fmt: skip
            a_person(f"Lead of {name}", lead_of(name), Role.LEAD, school)
            made.append(school)
        cycle, returns = a_cycle(board, CODE, CODE, made)
        found = Asking(cycle.ref, {r.organisation.short_name: r.ref for r in returns})
    for name, letters in schools.items():
        if letters:
            a_return(
                app, found.returns[name], " ".join(letters.replace(" ", "")), by=lead_of(name), submit=True
            )
    return found


def close(app: Flask, asked: Asking) -> None:
    """The last day was yesterday."""
    with app.app_context(), unit_of_work():
        cycle = cycle_queries.by_ref(asked.cycle)
        yesterday = clock.today() - timedelta(days=1)
        cycle.due_on, cycle.closed_at = yesterday, clock.now()


def also_leads(app: Flask, email: str, name: str) -> None:
    """Let the lead of one school lead another too."""
    with app.app_context(), unit_of_work():
        people.give_role(people_queries.by_address(email), Role.LEAD, at=queries.by_name(name))


__all__ = ["TRUST_LEAD", "Asking", "also_leads", "asking", "close", "lead_of"]
