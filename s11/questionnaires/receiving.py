"""A questionnaire that somebody sends or names: a YAML file or a workbook, told apart by content."""

from s11.core.errors import Invalid
from s11.core.tables.opening import LARGEST as LARGEST_WORKBOOK
from s11.core.tables.opening import OLD_OFFICE
from s11.questionnaires.format import LARGEST, QuestionnaireFile, read
from s11.questionnaires.workbook import read_workbook

MEGABYTE = 1024 * 1024
LARGEST_OF_ANY = max(LARGEST, LARGEST_WORKBOOK)
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
TOO_LARGE = f"Make the file smaller than {LARGEST // MEGABYTE} MB."


def received(data: bytes, name: str) -> QuestionnaireFile:
    """The questionnaire that a file holds.

    Raises Faults with everything there is to mend, or Invalid, at the field "file", where it is neither a
    questionnaire file nor a workbook.
    """
    if data.startswith((b"PK\x03\x04", OLD_OFFICE)) or name.lower().endswith(WORKBOOKS):
        return read_workbook(data, name)
    if len(data) > LARGEST:
        raise Invalid(TOO_LARGE, field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid(f"Save the file as UTF-8: line {line} is in another encoding.", field="file") from None
    return read(text, name)
