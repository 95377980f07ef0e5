"""Finding what the address of a page of the desk names, within its cycle."""

from flask import abort

from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.organisations import queries as organisations


def invitation_or_404(cycle: Cycle, organisation_ref: str) -> Invitation:
    from_ref = organisations.by_ref(organisation_ref)
    found = cycles.invitation(cycle.id, from_ref.id) if from_ref else None
    if found is None:
        abort(404)
    return found
