"""What the pages of the desk print."""

from s11.desk.pages.audience import (
    AudienceView,
    ClauseLine,
    GroupLine,
    Planned,
    audience_view,
    group_lines,
    planned,
    sizes,
)
from s11.desk.pages.issuing import OWN_DATES, Confirmation, Wave, confirmation, waves_of
from s11.desk.pages.standing import Standing, standing_of

__all__ = [
    "OWN_DATES",
    "AudienceView",
    "ClauseLine",
    "Confirmation",
    "GroupLine",
    "Planned",
    "Standing",
    "Wave",
    "audience_view",
    "confirmation",
    "group_lines",
    "planned",
    "sizes",
    "standing_of",
    "waves_of",
]
