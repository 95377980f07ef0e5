"""An invented county of 600 schools: what its register says, and who has an account there.

A school is known by its place, 0 to 599. From the place follows everything a test has to count: a third lie
in Eastmere, one in five is a secondary school, and of every 25 neighbours 24 belong to one trust each.
"""

from sqlalchemy import insert, select

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.refs import new_ref
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation
from s11.people import passwords
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.questionnaires.format import read
from s11.questionnaires.operations import load
from tests.factories.questionnaires import tiny
from tests.factories.registers import MULTI, a_school, gias
from tests.factories.world import EDUCATION_ADVISER, MANAGER, a_person
from tests.pages import PASSWORD

SCHOOLS, TRUSTS = 600, 24
LEFT_OUT = (598, 599)
UNITS = (595, 596, 597)  # pupil referral units, exempt from the start
SPECIAL = (40, 80, 120, 160)
SEVERAL = 12  # safeguarding leads with ten schools each: those of the first 120
OF_ONE_LEAD = 10
FIRST_URN = 200_000


def name_of(place: int) -> str:
    return f"School {place:03}"


def trust_of(place: int) -> int | None:
    """The number of its trust; every 25th school is in none."""
    return place % (TRUSTS + 1) if place % (TRUSTS + 1) < TRUSTS else None


def district_of(place: int) -> str:
    return "Northport" if place % 3 else "Eastmere"


def phase_of(place: int) -> str:
    if place in UNITS:
        return "pru"
    if place in SPECIAL:
        return "special"
    return "secondary" if place % 5 == 4 else "primary"


def ratings_of(place: int) -> tuple[str, str, str, str]:
    """What it says of the four criteria: half are amber in 1.2, a tenth red in 2.1, all amber in 2.2."""
    return "green", "green" if place % 2 else "amber", "green" if place % 10 else "red", "amber"


def asked() -> list[int]:
    """Those in the cycle, the exempt among them."""
    return [place for place in range(SCHOOLS) if place not in LEFT_OUT]


def lead_of(place: int) -> str:
    """The address of whoever leads there."""
    if place < SEVERAL * OF_ONE_LEAD:
        return f"several{place // OF_ONE_LEAD:02}@county.example"
    return f"lead{place:03}@county.example"


def trust_lead(number: int) -> str:
    return f"trust{number:02}@county.example"


def register_file() -> bytes:
    """What the office brings: the national register of schools, cut down to its county."""
    return gias(*(row_of(place) for place in range(SCHOOLS)))


def row_of(place: int) -> dict[str, str]:
    phase, trust = phase_of(place), trust_of(place)
    kinds = {"pru": "Pupil referral unit", "special": "Community special school"}
    told = {
        "TypeOfEstablishment": kinds.get(phase, "Community school" if trust is None else "Academy converter"),
        "PhaseOfEducation": "Not applicable" if phase in kinds else phase.capitalize(),
        "DistrictAdministrative": district_of(place),
        "HeadTitle": "Ms",
        "HeadFirst": "Head",
        "HeadLast": f"Of{place:03}",
    }
    if trust is not None:
        told |= {"TrustSchoolFlag": MULTI, "Trusts": f"Trust {trust:02}"}
    return a_school(FIRST_URN + place, name_of(place), **told)


def found() -> None:
    """The partnership with its office and its adviser, and the questionnaire it will ask."""
    with unit_of_work():
        board = organisations.found(
            code="northshire", name="Northshire Partnership", office_email="office@board.example"
        )
        a_person("Mary Manager", MANAGER, Role.BUSINESS_MANAGER, board)
        a_person("Ed Adviser", EDUCATION_ADVISER, Role.EDUCATION_ADVISER, board)
        load(read(tiny(2, 2, code="SCHOOLS-2027", framework="S175"), "schools.yaml"))


def give_everybody_an_account() -> None:
    """A lead for every school, a dozen of them for ten schools each, and one for every trust."""
    with unit_of_work():
        ids = {name: id_ for id_, name in db.session.execute(select(Organisation.id, Organisation.name))}
        held = [(lead_of(place), ids[name_of(place)], Role.LEAD) for place in range(SCHOOLS)]
        held += [(trust_lead(one), ids[f"Trust {one:02}"], Role.TRUST_LEAD) for one in range(TRUSTS)]
        _put_people(list(dict.fromkeys(address for address, _, _ in held)))
        people = {email: id_ for id_, email in db.session.execute(select(Person.id, Person.email))}
        today = clock.today()
        rows = [
            dict(ref=new_ref(), person_id=people[address], organisation_id=at, role=role, started_on=today)
            for address, at, role in held
        ]
        db.session.execute(insert(Membership), rows)


def _put_people(addresses: list[str]) -> None:
    secret, now = passwords.hash_of(PASSWORD), clock.now()
    rows = [
        dict(ref=new_ref(), name=address.split("@")[0], email=address, password_hash=secret, created_at=now)
        for address in addresses
    ]
    db.session.execute(insert(Person), rows)
