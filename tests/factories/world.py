"""A small invented partnership to test in, built through the operations people use.

`a_world(app)` gives two agencies, a school and its trust, somebody in every role, a tiny questionnaire of
two standards with two criteria each, and one open cycle for the agencies and one for the school.
The contributor of the police was given standard 1.
Only names and refs leave it, so that no test holds an object of another session.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.cycles import operations as cycles
from s11.cycles.models import Cycle
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people import operations as people
from s11.people import queries as people_queries
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from s11.returns import queries as returns
from s11.returns.models import Return
from s11.returns.operations import AnswerChange, give, issue, save_answers, sign
from tests.factories.questionnaires import tiny
from tests.pages import PASSWORD

MANAGER = "manager@board.example"
CHAIR = "chair@board.example"
MODERATOR = "moderator@board.example"
OFFICE = "office@board.example"
QUALITY = "quality@board.example"
INSPECTOR = "inspector@ofsted.example"
EDUCATION_ADVISER = "education@board.example"
EARLY_YEARS_ADVISER = "early-years@board.example"
POLICE_LEAD = "lead@police.example"
POLICE_DEPUTY = "deputy@police.example"
POLICE_HELPER = "helper@police.example"
POLICE_SIGNATORY = "director@police.example"
POLICE_VIEWER = "viewer@police.example"
HOUSING_LEAD = "lead@housing.example"
DSL = "dsl@school.example"
HEAD = "head@school.example"
GOVERNOR = "governor@school.example"
TRUST_LEAD = "lead@harbour-trust.example"
ADMINISTRATOR = "administrator@host.example"
OUTSIDER = "manager@elsewhere.example"

CODES = {"G": "green", "A": "amber", "R": "red"}


@dataclass(frozen=True)
class World:
    """Refs of what was built."""

    app: Flask
    partnership: str  # code
    cycle: str
    school_cycle: str
    police: str  # refs of the returns
    housing: str
    school: str


def a_person(
    name: str,
    email: str,
    role: Role,
    at: Partnership | Organisation | None,
    *,
    until: date | None = None,
    **more: str,
) -> Person:
    person = people.add(name=name, email=email, password=PASSWORD)
    people.give_role(person, role, at=at, until=until, **more)
    return person


def a_cycle(
    partnership: Partnership, edition_code: str, code: str, asked: list[Organisation], *, days: int = 30
) -> tuple[Cycle, list[Return]]:
    """An issued cycle that is due in so many days."""
    edition = questionnaires.edition_by_code(edition_code)
    assert edition is not None
    today = clock.today()
    cycle = cycles.plan(
        partnership,
        edition,
        code=code,
        title=f"Cycle {code}",
        opens_on=today - timedelta(days=60),
        due_on=today + timedelta(days=days),
    )
    return cycle, issue(cycle, asked)


def a_world(app: Flask) -> World:
    with app.app_context(), unit_of_work():
        board = organisations.found(
            code="northshire", name="Northshire Partnership", office_email="office@board.example"
        )
        police = organisations.add(
            board, name="Northshire Police", short_name="Police", kind="police", bound_by_statute=True
        )
        housing = organisations.add(board, name="Harbour Housing", short_name="Housing", kind="housing")
        trust = organisations.add(board, name="Harbour Trust", kind="trust")
        school = organisations.add(
            board,
            name="Hill Primary School",
            short_name="Hill Primary",
            kind="school",
            phase="primary",
            parent=trust,
        )
        a_person("Mary Manager", MANAGER, Role.BUSINESS_MANAGER, board)
        a_person("Colin Chair", CHAIR, Role.CHAIR, board)
        a_person("Mo Derator", MODERATOR, Role.MODERATOR, board)
        a_person("Olive Office", OFFICE, Role.OFFICE, board)
        a_person("Quinn Quality", QUALITY, Role.QUALITY, board)
        a_person("Ines Inspector", INSPECTOR, Role.INSPECTOR, board, until=clock.today() + timedelta(days=30))
        a_person("Ed Adviser", EDUCATION_ADVISER, Role.EDUCATION_ADVISER, board)
        a_person("Eve Years", EARLY_YEARS_ADVISER, Role.EARLY_YEARS_ADVISER, board)
        a_person("Ada Administrator", ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR, None)
        a_person("Pat Lead", POLICE_LEAD, Role.LEAD, police, job_title="Head of Vulnerability")
        a_person("Des Deputy", POLICE_DEPUTY, Role.DEPUTY, police)
        a_person("Sig Natory", POLICE_SIGNATORY, Role.SIGNATORY, police, signs_as="director")
        a_person("Vi Viewer", POLICE_VIEWER, Role.VIEWER, police)
        helper = a_person("Helen Helper", POLICE_HELPER, Role.CONTRIBUTOR, police)
        a_person("Hari Lead", HOUSING_LEAD, Role.LEAD, housing)
        a_person("Dee Ess", DSL, Role.LEAD, school, job_title="Deputy head")
        a_person("Hetty Head", HEAD, Role.SIGNATORY, school, signs_as="headteacher")
        a_person("Gus Governor", GOVERNOR, Role.SIGNATORY, school, signs_as="chair_of_governors")
        a_person("Tess Trust", TRUST_LEAD, Role.TRUST_LEAD, trust)
        elsewhere = organisations.found(code="elsewhere", name="Elsewhere Partnership")
        a_person("Ellie Elsewhere", OUTSIDER, Role.BUSINESS_MANAGER, elsewhere)
        load(read(tiny(2, 2), "tiny.yaml"))
        load(
            read(
                tiny(
                    1, 2, code="SCHOOL-2026", framework="S175",
                    steps=("lead", "headteacher", "chair_of_governors"),
                ),
                "school.yaml",
            )
        )  # fmt: skip
        cycle, (police_return, housing_return) = a_cycle(board, "TINY-2026", "TINY-2026", [police, housing])
        given = returns.standards_of(police_return)[:1]
        give(police_return, given, helper, by=people_queries.by_address(POLICE_LEAD), tell=False)
        school_cycle, (school_return,) = a_cycle(board, "SCHOOL-2026", "SCHOOL-2026", [school])
        return World(
            app, board.code, cycle.ref, school_cycle.ref,
            police_return.ref, housing_return.ref, school_return.ref,
        )  # fmt: skip


def a_return(app: Flask, ref: str, ratings: str, *, by: str, submit: bool = False) -> None:
    """Fill a return in words: "G G A -" rates its criteria in order; "N" is not applicable, "-" blank.

    With `submit` the person who fills it signs it too.
    """
    with app.app_context(), unit_of_work():
        return_, person = returns.by_ref(ref), people_queries.by_address(by)
        assert return_ is not None and person is not None
        asked = [c for standard in returns.standards_of(return_) for c in standard.criteria]
        known = returns.answers(return_.id)
        changes = []
        for criterion, letter in zip(asked, ratings.split(), strict=True):
            if letter == "-":
                continue
            levels = {level.code: level.id for level in criterion.scale.levels}
            changes.append(
                AnswerChange(
                    criterion_id=criterion.id,
                    version=known[criterion.id].version if criterion.id in known else 0,
                    level_id=levels.get(CODES.get(letter, "")),
                    not_applicable=letter == "N",
                    not_applicable_reason="We do not do this." if letter == "N" else "",
                    commentary="" if letter == "N" else f"Why {criterion.number} is {letter}.",
                )
            )
        save_answers(return_, changes, by=person)
        if submit:
            sign(return_, "lead", by=person)
