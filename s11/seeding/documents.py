"""Invented documents as real files: Word, PDF, CSV and plain text."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePath
from xml.sax.saxutils import escape

import docx
import typst

from s11.seeding.figures import varied
from s11.seeding.material import Paper
from s11.seeding.words import fill, joined, paragraphs

NOTE = "Invented for the demonstration of this service"
BODY = "word/document.xml"
PLACE = "the paragraphs stand here"


@dataclass(frozen=True)
class Sheet:
    """A document ready to be written: its title, whose it is, and its paragraphs."""

    title: str
    owner: str
    paragraphs: tuple[str, ...]


class Press:
    """Makes the files. It keeps what all of them share, since a demonstration has hundreds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(
        self, paper: Paper, slots: Mapping[str, str], *, of: str, written: datetime
    ) -> tuple[str, str, bytes]:
        """Title, file name and content of a paper for one organisation and year (`of`)."""
        title, name = fill(paper.title, slots), fill(paper.file_name, slots)
        suffix = PurePath(name).suffix
        if suffix == ".csv":
            return title, name, varied(paper.key, paper.text, of=of).encode()
        text = fill(paper.text, slots)
        if suffix == ".txt":
            return title, name, text.replace("\n", "\r\n").encode()
        sheet = Sheet(title, slots["org"], tuple(paragraphs(joined(text))))
        return title, name, self.pdf(sheet, written) if suffix == ".pdf" else self.word(sheet)

    def pdf(self, sheet: Sheet, written: datetime) -> bytes:
        """A PDF of one page or two."""
        content = {
            "title": sheet.title,
            "owner": sheet.owner,
            "note": NOTE,
            "paragraphs": sheet.paragraphs,
        }
        made = self._typesetter.compile(
            sys_inputs={"content": json.dumps(content)}, timestamp=int(written.timestamp())
        )
        assert isinstance(made, bytes)  # one document, written to memory
        return made

    def word(self, sheet: Sheet) -> bytes:
        """A Word document: python-docx's own, with these paragraphs in the place of one."""
        package, body, line = self._word_parts
        text = "".join(line.replace(PLACE, escape(paragraph)) for paragraph in sheet.paragraphs)
        body = body.replace("a title", escape(sheet.title)).replace("an owner", escape(sheet.owner))
        content = io.BytesIO(package)
        with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_member(BODY), body.replace(line, text))
        return content.getvalue()

    @cached_property
    def _typesetter(self) -> typst.Compiler:
        return typst.Compiler(str(self.folder / "document.typ"), ignore_system_fonts=True)

    @cached_property
    def _word_parts(self) -> tuple[bytes, str, str]:
        """A package without its text, the text, and the one paragraph in it.

        python-docx reads and writes the whole package for every document, which takes ten times as long
        as putting other paragraphs into one that it has made.
        """
        document = docx.Document()
        document.core_properties.author = NOTE
        document.core_properties.comments = ""
        document.core_properties.created = document.core_properties.modified = datetime(
            2024, 1, 1, tzinfo=UTC
        )
        document.add_paragraph("an owner", style="Subtitle")
        document.add_paragraph("a title", style="Heading 1")
        document.add_paragraph(PLACE)
        document.sections[0].footer.paragraphs[0].text = NOTE
        made, package = io.BytesIO(), io.BytesIO()
        document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.infolist():
                if member.filename != BODY:
                    target.writestr(_member(member.filename), source.read(member))
            body = source.read(BODY).decode()
        opening = body.rindex("<w:p>", 0, body.index(PLACE))
        line = body[opening : body.index("</w:p>", opening) + len("</w:p>")]
        return package.getvalue(), body, line


def _member(name: str) -> zipfile.ZipInfo:
    """A part of a package, under a fixed date: the same words make the same file, and so the same hash."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
