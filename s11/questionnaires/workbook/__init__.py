"""A questionnaire as a workbook: written for a business manager to edit, and read back without loss."""

from s11.questionnaires.workbook.faults import WorkbookFaults
from s11.questionnaires.workbook.reading import read_workbook
from s11.questionnaires.workbook.writing import write_workbook

__all__ = ["WorkbookFaults", "read_workbook", "write_workbook"]
