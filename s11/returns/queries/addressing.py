"""Whom mail about an organisation's return goes to."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Invitation
from s11.organisations.models import Organisation
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import Role
from s11.returns.models import Return
from s11.returns.rules import RETURNED


def addressees(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[tuple[str, str]]]:
    """Name and address of everybody written to in each of these organisations, by its id; one query.

    Those of whom nobody can be written to have none. `partnership_id` is whose contacts count.
    """
    query = (
        select(Membership.organisation_id, Person.name, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids), Membership.role == Role.LEAD, in_force())
        .order_by(Person.name, Membership.id)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for organisation_id, name, email in db.session.execute(query):
        if organisation_id is not None and (name, email) not in found[organisation_id]:
            found[organisation_id].append((name, email))
    return found


def not_returned(cycle_id: int) -> list[Invitation]:
    """Those asked in a cycle whose return is not in and who are not let off, by name of the organisation."""
    query = (
        select(Invitation)
        .join(Return, Return.invitation_id == Invitation.id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.cycle_id == cycle_id,
            Invitation.exempted_at.is_(None),
            Return.stage.not_in(RETURNED),
        )
        .options(joinedload(Invitation.organisation), joinedload(Invitation.cycle))
        .order_by(Organisation.name, Invitation.id)
    )
    return list(db.session.scalars(query))
