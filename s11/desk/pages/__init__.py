"""What the pages of the desk print."""

from s11.desk.pages.audience import AudienceGroup, audience_groups
from s11.desk.pages.chase import Chase, chase_of
from s11.desk.pages.desk import Desk, desk_of, narrowed, rows_of
from s11.desk.pages.lines import Line, lines_of
from s11.desk.pages.sheet import ADDRESSES, COLUMNS, sheet_row
from s11.desk.pages.standing import Standing, standing_of
from s11.desk.pages.today import Today, today_of
from s11.desk.pages.year import Year, year_of

__all__ = [
    "ADDRESSES",
    "COLUMNS",
    "AudienceGroup",
    "Chase",
    "Desk",
    "Line",
    "Standing",
    "Today",
    "Year",
    "audience_groups",
    "chase_of",
    "desk_of",
    "lines_of",
    "narrowed",
    "rows_of",
    "sheet_row",
    "standing_of",
    "today_of",
    "year_of",
]
