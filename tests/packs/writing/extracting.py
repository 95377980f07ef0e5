"""Everything a file of each format says, as a person would read it in the program it is made for."""

import io
import re
from datetime import datetime

import docx
import openpyxl
import pypdfium2
from pptx import Presentation

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def squeezed(text: str) -> str:
    """Without spaces, line ends and marks of direction: where lines break makes no difference."""
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]+", "", text)


def pdf(content: bytes) -> str:
    reader = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in reader)


def word(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    parts = [document.element.body, *(section.footer._element for section in document.sections)]
    nodes = [node for part in parts for node in part.iter() if node.tag.endswith(("}t", "}p"))]
    return "".join("\n" if node.tag.endswith("}p") else node.text or "" for node in nodes)


def powerpoint(content: bytes) -> str:
    said = []
    for slide in Presentation(io.BytesIO(content)).slides:
        said += [node.text or "" for node in slide._element.iter() if node.tag.endswith("}t")]
        said.append("\n")
        if slide.has_notes_slide:
            said.append(slide.notes_slide.notes_text_frame.text)
    return "".join(said)


def excel(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        shown(cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def shown(cell) -> str:
    """What a spreadsheet shows in a cell, for the formats we use."""
    if isinstance(cell.value, str):
        return cell.value
    if isinstance(cell.value, datetime):
        on, month = cell.value, MONTHS[cell.value.month - 1]
        words = cell.number_format.replace("[$-809]", "")
        for shape, said in (
            ("d mmmm yyyy", f"{on.day} {month} {on.year}"), ("d mmm yyyy", f"{on.day} {month[:3]} {on.year}"),
            ("dd/mm/yyyy", f"{on:%d/%m/%Y}"), ("yyyy-mm-dd", f"{on:%Y-%m-%d}"),
        ):  # fmt: skip
            if shape in words:
                return words.replace(shape, said).replace('"', "")
    assert isinstance(cell.value, int | float), cell.value
    positive, _, negative = cell.number_format.partition(";")
    form = negative if negative and cell.value < 0 else positive
    found = re.search(r'(#,##)?0(\.0+)?(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    assert found, form
    number = abs(cell.value) * (100 if "%" in re.sub(r'"[^"]*"', "", form) else 1)
    digits = len(found[2] or ".") - 1
    figure = f"{number:,.{digits}f}" if found[1] else f"{number:.{digits}f}"
    return f"{form[: found.start()]}{figure}{form[found.end() :]}".replace('"', "")
