"""Figures as files: CSV for spreadsheets and machines, and workbooks with filters and real numbers."""

from s11.analysis.exports.book import workbook
from s11.analysis.exports.plan import PLAN_TABLES
from s11.analysis.exports.tables import (
    Column,
    Table,
    agreement_table,
    criteria_matrix_table,
    csv_of,
    evidence_table,
    matrix_table,
    ratings_table,
    returns_table,
    rungs_table,
    shares_column,
    years_table,
)
from s11.analysis.exports.text import (
    matrix_csv,
    named,
    number,
    ratings_csv,
    safe,
    scores_csv,
    summary_csv,
    titles_of,
)

__all__ = [
    "PLAN_TABLES",
    "Column",
    "Table",
    "agreement_table",
    "criteria_matrix_table",
    "csv_of",
    "evidence_table",
    "matrix_csv",
    "matrix_table",
    "named",
    "number",
    "ratings_csv",
    "ratings_table",
    "returns_table",
    "rungs_table",
    "safe",
    "scores_csv",
    "shares_column",
    "summary_csv",
    "titles_of",
    "workbook",
    "years_table",
]
