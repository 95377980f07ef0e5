"""Asking organisations, and giving each its return."""

from collections.abc import Iterable

from s11.core import clock
from s11.core.database import db
from s11.cycles import operations as cycles
from s11.cycles.models import Cycle
from s11.notices.operations import queue
from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.models import Return


def issue(
    cycle: Cycle, organisations: Iterable[Organisation], *, by: Person | None = None, tell: bool = True
) -> list[Return]:
    """Invite organisations that are not asked yet, open a return for each, and write to their leads."""
    returns = []
    for invitation in cycles.invite(cycle, organisations, by=by):
        return_ = Return(
            invitation=invitation,
            invitation_id=invitation.id,
            cycle=cycle,
            organisation=invitation.organisation,
            created_at=clock.now(),
        )
        returns.append(return_)
        if tell:
            tell_leads(cycle, invitation.organisation)
    db.session.add_all(returns)
    db.session.flush()
    return returns


def tell_leads(cycle: Cycle, organisation: Organisation) -> None:
    """Queue the letter to the leads of one organisation."""
    for _, lead in people.members(organisation.id, Role.LEAD):
        queue(
            to_address=lead.email,
            to_name=lead.name,
            subject=f"{cycle.title}: please complete by {cycle.due_on.day} {cycle.due_on:%B %Y}",
            body=f"Dear {lead.name},\n\n{cycle.letter or cycle.title}\n\n"
            f"Please complete it by {cycle.due_on.day} {cycle.due_on:%B %Y}. Sign in to begin.\n",
            organisation_id=organisation.id,
        )
