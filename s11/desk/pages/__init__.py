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
from s11.desk.pages.chase import Chase, chase_of
from s11.desk.pages.desk import Desk, desk_of, narrowed, rows_of
from s11.desk.pages.issuing import OWN_DATES, Confirmation, Wave, confirmation, waves_of
from s11.desk.pages.lines import Line, lines_of
from s11.desk.pages.sheet import ADDRESSES, COLUMNS, sheet_row
from s11.desk.pages.standing import Standing, standing_of
from s11.desk.pages.today import Today, today_of
from s11.desk.pages.year import Year, year_of

__all__ = [
    "ADDRESSES",
    "COLUMNS",
    "OWN_DATES",
    "AudienceView",
    "Chase",
    "ClauseLine",
    "Confirmation",
    "Desk",
    "GroupLine",
    "Line",
    "Planned",
    "Standing",
    "Today",
    "Wave",
    "Year",
    "audience_view",
    "chase_of",
    "confirmation",
    "desk_of",
    "group_lines",
    "lines_of",
    "narrowed",
    "planned",
    "rows_of",
    "sheet_row",
    "sizes",
    "standing_of",
    "today_of",
    "waves_of",
    "year_of",
]
