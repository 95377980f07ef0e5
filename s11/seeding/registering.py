"""What the register knows of everybody: numbers, addresses, contacts, and a little history."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from s11.organisations import operations as organisations
from s11.organisations import queries
from s11.organisations.models import Organisation, Partnership
from s11.people.rules import Role
from s11.register import operations as register
from s11.register.operations import Details
from s11.register.rules import ContactRole, Happening
from s11.seeding.material import Body, Individual

# Where the telephone numbers and postcodes of a framework's organisations begin.
BEGINS = {"S11": 0, "S175": 100, "S40": 300}
SCHOOL_NUMBERS = {"primary": 2000, "secondary": 4000, "all-through": 6900, "special": 7000}
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def details_of(body: Body, told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an organisation that only the register asks for."""
    agency = told["agencies"].get(body.key, {})
    place = BEGINS[body.framework] + body.place
    district = body.details.get("district", "")
    streets = told["streets"]
    street = f"{1 + place % 89} {streets[place % len(streets)]}"
    area = told["postcodes"].get(district, "ZZ1")
    found = {
        "local_authority": told["local_authority"],
        "address": agency.get("address") or "\n".join(part for part in (street, district) if part),
        "postcode": f"{area} {1 + place % 9}{LETTERS[place % 20]}{LETTERS[place // 20 % 20]}",
        "telephone": telephone(body),
    }
    for number in ("ods_code", "charity_number"):
        if number in agency:
            found[number] = agency[number]
    if body.framework == "S175":
        base = SCHOOL_NUMBERS.get(body.details.get("phase", ""), 8600)
        found |= {"dfe_number": f"999/{base + body.place}", "ukprn": f"1999{place:04}"}
    return found


def telephone(body: Body) -> str:
    return f"01632 960 {BEGINS[body.framework] + body.place:03}"


def contacts(
    partnership: Partnership, organisation: Organisation, body: Body, told: Mapping[str, Any]
) -> None:
    """Whom the office writes to and rings beside those with accounts."""
    agency = told["agencies"].get(body.key)
    if agency is not None:
        senior = body.holding(Role.SIGNATORY)
        if senior is not None:
            add(partnership, organisation, senior, ContactRole.SENIOR, telephone(body))
        name, title = agency["substitute"]
        lead = register.add_contact(
            organisation, partnership, as_contact(body.lead, ContactRole.LEAD, telephone(body))
        )
        domain = body.lead.email.partition("@")[2]
        address = f"{'.'.join(name.lower().split()[-2:])}@{domain}"
        stands_in = Details(
            name, ContactRole.SUBSTITUTE, address, telephone(body), title, substitute_for=lead
        )
        register.add_contact(organisation, partnership, stands_in)
        return
    for individual in body.people:
        if individual.signs_as in ("headteacher", "chair_of_governors"):
            role = ContactRole.HEAD if individual.signs_as == "headteacher" else ContactRole.CHAIR
            add(partnership, organisation, individual, role, telephone(body))


def add(
    partnership: Partnership, organisation: Organisation, individual: Individual, role: str, number: str
) -> None:
    register.add_contact(organisation, partnership, as_contact(individual, role, number))


def as_contact(individual: Individual, role: str, number: str) -> Details:
    return Details(individual.name, role, individual.email, number, individual.job_title)


def history(partnership: Partnership, known: Mapping[str, Organisation], told: Mapping[str, Any]) -> None:
    """Names that were, and a school that became part of another."""
    for one in told["renamed"]:
        organisation = known[one["organisation"]]
        register.happened(
            organisation,
            Happening.RENAMED,
            partnership=partnership,
            on=one["day"],
            before={"name": one["was"]},
            after={"name": organisation.name},
            note=one.get("note", ""),
        )
    for one in told["merged"]:
        merge(partnership, known[one["into"]], one)


def merge(partnership: Partnership, successor: Organisation, told: Mapping[str, Any]) -> None:
    """A school that closed and left the table on the day another took it in."""
    on: date = told["day"]
    facts = {name: told[name] for name in ("phase", "district", "urn", "dfe_number")}
    gone = organisations.add(
        partnership,
        name=told["name"],
        short_name=told["short_name"],
        kind=told["kind"],
        joined_on=on - timedelta(days=365),
        **facts,
    )
    register.close(gone, partnership, on=on, successor=successor)
    seat = queries.seat(partnership.id, gone.id)
    assert seat is not None
    register.leave(gone, partnership, seat, on=on)
