"""Who is there: how many of an organisation can sign in, when one of them last did, and who signs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from s11.core.database import db
from s11.cycles.models import Invitation
from s11.organisations.models import Organisation
from s11.people.models import Membership, Person
from s11.people.queries import in_force
from s11.people.rules import TRUST_ROLES, Role
from s11.questionnaires.signing import LEAD_STEP
from s11.register.rules import Addressee
from s11.returns.models import Answer

# As what somebody is written to who has to sign a return; no contact of the register is one.
SIGNATORY = "signatory"


@dataclass(frozen=True)
class Reach:
    """How many people an organisation has, those of its trust among them, and when one last signed in."""

    people: int = 0
    signed_in_at: datetime | None = None

    def with_(self, other: "Reach") -> "Reach":
        moments = [at for at in (self.signed_in_at, other.signed_in_at) if at is not None]
        return Reach(self.people + other.people, max(moments, default=None))


def reach_of(cycle_id: int) -> tuple[dict[int, Reach], dict[int, Reach]]:
    """By organisation its own people, and by trust those who act for all its schools; two queries."""
    held = (
        select(Membership.organisation_id, func.count(), func.max(Person.last_signed_in_at))
        .join(Person, Person.id == Membership.person_id)
        .where(in_force())
        .group_by(Membership.organisation_id)
        .order_by(Membership.organisation_id)
    )
    asked = select(Invitation.organisation_id).where(Invitation.cycle_id == cycle_id)
    parents = (
        select(Organisation.parent_id)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.cycle_id == cycle_id, Organisation.parent_id.is_not(None))
    )
    own = held.where(Membership.organisation_id.in_(asked))
    trusts = held.where(Membership.organisation_id.in_(parents), Membership.role.in_(TRUST_ROLES))
    return (
        {id_: Reach(count, last) for id_, count, last in db.session.execute(own) if id_},
        {id_: Reach(count, last) for id_, count, last in db.session.execute(trusts) if id_},
    )


def signatories_of(
    organisation_ids: Collection[int], steps: Iterable[str]
) -> dict[tuple[int, str], list[str]]:
    """The names of who can give these steps, by organisation and step, in one query."""
    wanted = set(steps)
    query = (
        select(Membership.organisation_id, Membership.signs_as, Membership.role, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids), in_force())
        .order_by(Person.name, Membership.id)
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for organisation_id, signs_as, role, name in db.session.execute(query):
        step = LEAD_STEP if role in (Role.LEAD, Role.DEPUTY) else signs_as
        key = (organisation_id or 0, step)
        if step in wanted and name not in found[key]:
            found[key].append(name)
    return found


def signers(steps: Mapping[int, Collection[str]]) -> dict[int, list[Addressee]]:
    """Who can give these signatures, by organisation, to be written to; in one query."""
    query = (
        select(
            Membership.organisation_id,
            Membership.signs_as,
            Membership.job_title,
            Person.id,
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(steps), Membership.signs_as != "", in_force())
        .order_by(Person.name, Membership.id)
    )
    found: dict[int, list[Addressee]] = defaultdict(list)
    for id_, signs_as, job_title, person_id, name, email in db.session.execute(query):
        if id_ and signs_as in steps[id_]:
            found[id_].append(Addressee(name, email, SIGNATORY, job_title, True, person_id, None))
    return found


def leads_of(organisation_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Name and address of the leads of these organisations."""
    query = (
        select(Membership.organisation_id, Person.name, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids), Membership.role == Role.LEAD, in_force())
        .order_by(Person.name, Membership.id)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for organisation_id, name, email in db.session.execute(query):
        found[organisation_id or 0].append((name, email))
    return found


def seen_last(organisation_ids: Collection[int]) -> dict[int, str]:
    """The name of who of each organisation signed in last."""
    query = (
        select(Membership.organisation_id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            Person.last_signed_in_at.is_not(None),
            in_force(),
        )
        .order_by(Person.last_signed_in_at, Membership.id)
    )
    return {id_: name for id_, name in db.session.execute(query) if id_}  # the last stands


def savers_of(return_ids: Collection[int]) -> dict[int, str]:
    """The name of who saved an answer last in each of these returns."""
    last = func.max(Answer.updated_at)
    query = (
        select(Answer.return_id, Answer.updated_by_name)
        .where(Answer.return_id.in_(return_ids))
        .group_by(Answer.return_id, Answer.updated_by_name)
        .order_by(Answer.return_id, last)
    )
    return {return_id: name for return_id, name in db.session.execute(query)}
