"""Tables in files that somebody sent: workbooks and Word documents, opened in a process of their own."""

from s11.core.tables.lines import decoded, fields_of, said, separated, unmerged
from s11.core.tables.opening import Cell, Dated, Sheet, documents_blocks, sheets_of

__all__ = [
    "Cell", "Dated", "Sheet", "decoded", "documents_blocks", "fields_of", "said", "separated", "sheets_of",
    "unmerged",
]  # fmt: skip
