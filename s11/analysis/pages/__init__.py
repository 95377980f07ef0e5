"""What the pages of figures print, counted and put into words."""

from s11.analysis.pages.agreeing import AGREEMENT_HIGHEST_FIRST, Agreed, agreed, agreed_line
from s11.analysis.pages.board import Hrefs, Overview, overview, standard_groups
from s11.analysis.pages.comparing import letters_for, side_by_side
from s11.analysis.pages.drawing import Chart, bars, counted_words, picture
from s11.analysis.pages.grid import Matrix, Order, called_of, matrix
from s11.analysis.pages.groups import group_matrix
from s11.analysis.pages.ladders import Named, Rung, ladder, rung
from s11.analysis.pages.letters import LetterMatrix, letter_matrix
from s11.analysis.pages.parts import choices, of_criteria, of_returns, only_of, without
from s11.analysis.pages.plan import (
    GROUP_HEAD,
    PlanFigures,
    PlanGroup,
    group_line,
    happened,
    in_passing,
    plan_figures,
    source_name,
    then_and_now,
    timeliness,
)
from s11.analysis.pages.plan_drawing import DRAWINGS, PlanDrawing, by_organisation, over_the_months
from s11.analysis.pages.profile import Profile, profile
from s11.analysis.pages.proving import (
    EVIDENCE_HIGHEST_FIRST,
    Proved,
    ReusedDocument,
    proved,
    proved_line,
    reused_documents,
)
from s11.analysis.pages.returning import Curves, Rate, curves, rate_line, rates
from s11.analysis.pages.tables import FigureLine, best_word, names, sorted_lines, title
from s11.analysis.pages.tallies import Tally, tallies, together
from s11.analysis.pages.trend import Trend, moves, peers, trend

__all__ = [
    "AGREEMENT_HIGHEST_FIRST",
    "DRAWINGS",
    "EVIDENCE_HIGHEST_FIRST",
    "GROUP_HEAD",
    "Agreed",
    "Chart",
    "Curves",
    "FigureLine",
    "Hrefs",
    "LetterMatrix",
    "Matrix",
    "Named",
    "Order",
    "Overview",
    "PlanDrawing",
    "PlanFigures",
    "PlanGroup",
    "Profile",
    "Proved",
    "Rate",
    "ReusedDocument",
    "Rung",
    "Tally",
    "Trend",
    "agreed",
    "agreed_line",
    "bars",
    "best_word",
    "by_organisation",
    "called_of",
    "choices",
    "counted_words",
    "curves",
    "group_line",
    "group_matrix",
    "happened",
    "in_passing",
    "ladder",
    "letter_matrix",
    "letters_for",
    "matrix",
    "moves",
    "names",
    "of_criteria",
    "of_returns",
    "only_of",
    "over_the_months",
    "overview",
    "peers",
    "picture",
    "plan_figures",
    "profile",
    "proved",
    "proved_line",
    "rate_line",
    "rates",
    "reused_documents",
    "rung",
    "side_by_side",
    "sorted_lines",
    "source_name",
    "standard_groups",
    "tallies",
    "then_and_now",
    "timeliness",
    "title",
    "together",
    "trend",
    "without",
]
