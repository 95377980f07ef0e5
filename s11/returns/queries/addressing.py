"""Whom mail about an organisation's return goes to."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Invitation
from s11.organisations.models import Organisation
from s11.register.queries import addressees
from s11.register.queries.addressing import Addressee
from s11.register.rules import ContactRole
from s11.returns.models import Return
from s11.returns.rules import RETURNED


def written_to(organisation_ids: Collection[int], partnership_id: int) -> dict[int, list[Addressee]]:
    """Whom the letter goes to in each of these organisations, by its id: its leads, or who is rung for them.

    Those of whom nobody can be written to have none.
    """
    found = addressees(organisation_ids, partnership_id)
    return {id_: [one for one in known if one.role == ContactRole.LEAD] for id_, known in found.items()}


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
