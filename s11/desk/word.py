"""A letter as a Word document, to be printed and posted."""

import io
import unicodedata

import docx
from docx.shared import Cm, Pt

from s11.desk.models import Escalation
from s11.desk.words import signature_of
from s11.web.filters import day


def write(escalation: Escalation) -> bytes:
    """The letter of an escalation, as it was kept."""
    partnership = escalation.invitation.cycle.partnership
    document = docx.Document()
    document.core_properties.title = plain(escalation.subject)
    document.core_properties.author = plain(partnership.name)
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(11)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    document.add_paragraph(plain(partnership.name)).runs[0].bold = True
    document.add_paragraph(plain("\n".join(_to(escalation))))
    document.add_paragraph(day(escalation.at))
    document.add_paragraph().add_run(plain(escalation.subject)).bold = True
    whole = f"{escalation.letter}\n\n{signature_of(partnership)}".strip()
    for paragraph in whole.split("\n\n"):
        document.add_paragraph(plain(paragraph))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _to(escalation: Escalation) -> list[str]:
    """Name, role and address of whoever it goes to, a line each."""
    organisation = escalation.invitation.organisation
    whole = [escalation.to_name, escalation.to_role, organisation.name, organisation.address]
    return [line for line in [*whole, organisation.postcode] if line]


def plain(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
