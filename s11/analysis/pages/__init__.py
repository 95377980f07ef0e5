"""What the pages of figures print, counted and put into words: the overview and the matrix of a cycle."""

from s11.analysis.pages.board import Hrefs, Overview, overview, standard_groups
from s11.analysis.pages.grid import Matrix, matrix
from s11.analysis.pages.groups import group_matrix

__all__ = ["Hrefs", "Matrix", "Overview", "group_matrix", "matrix", "overview", "standard_groups"]
