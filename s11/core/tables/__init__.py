"""Tables in files that somebody sent: workbooks and Word documents, opened in a process of their own."""

from s11.core.tables.opening import Cell, Dated, Sheet, documents_blocks, sheets_of

__all__ = ["Cell", "Dated", "Sheet", "documents_blocks", "sheets_of"]
