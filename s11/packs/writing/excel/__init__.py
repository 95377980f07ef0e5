"""A paper as an Excel workbook: tables to filter and add up, and everything else the paper says."""

from s11.packs.writing.excel.workbook import write

__all__ = ["write"]
