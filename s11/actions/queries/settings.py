"""How a partnership reminds of actions and asks what became of them."""

from sqlalchemy import select

from s11.actions.models import PlanSettings
from s11.actions.rules import PlanRules
from s11.core.database import db


def settings_of(partnership_id: int) -> PlanRules:
    """What a partnership has chosen; as shipped where it has chosen nothing."""
    query = select(PlanSettings).where(PlanSettings.partnership_id == partnership_id)
    chosen = db.session.scalar(query)
    if chosen is None:
        return PlanRules()
    return PlanRules(
        before=tuple(chosen.before),
        after=tuple(chosen.after),
        to_lead_after=chosen.to_lead_after,
        to_office_after=chosen.to_office_after,
        ask_after_months=tuple(chosen.ask_after_months),
    )
