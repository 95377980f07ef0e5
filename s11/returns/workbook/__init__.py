"""A return as a workbook: written for those who prefer Excel, and read back with every difference shown."""

from s11.returns.workbook.comparing import Choices, Plan, compare
from s11.returns.workbook.contents import Contents, Scope
from s11.returns.workbook.found import ReadReturn
from s11.returns.workbook.reading import read_return
from s11.returns.workbook.writing import write_return

__all__ = ["Choices", "Contents", "Plan", "ReadReturn", "Scope", "compare", "read_return", "write_return"]
