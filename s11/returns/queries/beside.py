"""The returns somebody may answer beside one: those of their other organisations to the same framework."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.questionnaires.models import Edition
from s11.returns.models import Return
from s11.returns.rules import EDITABLE


def open_beside(return_: Return, organisation_ids: Iterable[int]) -> list[Return]:
    """What these organisations are answering, asked by the same Board in the same framework, by name."""
    others = [one for one in organisation_ids if one != return_.organisation_id]
    if not others:
        return []
    query = (
        select(Return)
        .join(Cycle, Cycle.id == Return.cycle_id)
        .join(Edition, Edition.id == Cycle.edition_id)
        .join(Organisation, Organisation.id == Return.organisation_id)
        .where(
            Return.organisation_id.in_(others),
            Return.stage.in_(EDITABLE),
            Cycle.partnership_id == return_.cycle.partnership_id,
            Edition.framework_id == return_.cycle.edition.framework_id,
        )
        .options(joinedload(Return.cycle), joinedload(Return.organisation), joinedload(Return.invitation))
        .order_by(Organisation.name, Return.id)
    )
    return list(db.session.scalars(query))
