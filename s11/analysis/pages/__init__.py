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
    "EVIDENCE_HIGHEST_FIRST",
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
    "called_of",
    "choices",
    "counted_words",
    "curves",
    "group_matrix",
    "ladder",
    "letter_matrix",
    "letters_for",
    "matrix",
    "moves",
    "names",
    "of_criteria",
    "of_returns",
    "only_of",
    "overview",
    "peers",
    "picture",
    "profile",
    "proved",
    "proved_line",
    "rate_line",
    "rates",
    "reused_documents",
    "rung",
    "side_by_side",
    "sorted_lines",
    "standard_groups",
    "tallies",
    "title",
    "together",
    "trend",
    "without",
]
