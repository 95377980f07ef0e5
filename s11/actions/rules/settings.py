"""How a partnership reminds of actions and asks what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanRules:
    """The days and months of a plan, as shipped unless a partnership has chosen its own.

    `before` and `after` are days before and after the due date on which the owner is reminded. So many
    days overdue, and the lead is told, then the office; None leaves one of them out. So many months after
    an action was verified it is asked what difference it made.
    """

    before: tuple[int, ...] = (14, 3)
    after: tuple[int, ...] = (1, 14)
    to_lead_after: int | None = 14
    to_office_after: int | None = 28
    ask_after_months: tuple[int, ...] = (3, 12)
