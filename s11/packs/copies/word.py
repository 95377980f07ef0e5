"""A copy of a submission as a Word document: real headings, lists and table heads, for screen readers too."""

import io
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from s11.packs.copies.contents import Answer, CopyContents, Part, Rating
from s11.packs.papers.word import plain, table_of

INK = RGBColor(0x0B, 0x3A, 0x43)


def write(contents: CopyContents) -> bytes:
    """The whole copy."""
    copy = _Copy(contents)
    copy.front()
    copy.signatures()
    if contents.parts:
        copy.heading("About the whole return", 1)
        copy.parts(contents.parts)
    for standard in contents.standards:
        copy.heading(f"{standard.number}. {standard.title}", 1)
        for answer in standard.answers:
            copy.answer(answer)
        copy.parts(standard.parts)
        if standard.signed:
            copy.say(standard.signed)
    copy.evidence()
    kept = io.BytesIO()
    copy.document.save(kept)
    return kept.getvalue()


class _Copy:
    """A document as it grows. The styles are looked up once: there are a thousand paragraphs."""

    def __init__(self, contents: CopyContents) -> None:
        self.contents = contents
        self.document = docx.Document()
        _set_up(self.document, contents)
        styles = self.document.styles
        self.headings = {level: styles[f"Heading {level}"].style_id for level in (1, 2)}
        self.bullet = styles["List Bullet"].style_id

    def paragraph(self, words: str = "", style_id: str = "") -> Paragraph:
        added = self.document.add_paragraph()
        if style_id:
            added._p.get_or_add_pPr().style = style_id
        if words:
            added.add_run(plain(words))
        return added

    def heading(self, words: str, level: int) -> None:
        self.paragraph(words, self.headings[level])

    def say(self, words: str) -> None:
        for line in words.split("\n"):
            self.paragraph(line)

    def labelled(self, label: str, words: str) -> Paragraph:
        first, *others = words.split("\n")
        paragraph = self.paragraph()
        paragraph.add_run(f"{plain(label)}: ").bold = True
        paragraph.add_run(plain(first))
        for line in others:
            paragraph.add_run().add_break()
            paragraph.add_run(plain(line))
        return paragraph

    def front(self) -> None:
        contents = self.contents
        self.paragraph(contents.cycle)
        self.document.add_heading(plain(contents.organisation), level=0)
        which = f". {contents.which}" if contents.which else ""
        rows = (
            ("Submitted", contents.submitted),
            ("To", contents.partnership),
            ("Questionnaire", contents.edition),
            ("Kind of organisation", contents.kind),
            ("Receipt", contents.receipt),
            ("Checksum (SHA-256)", contents.checksum_grouped),
            ("To check it", f"{contents.address}: enter the receipt and the first 16 characters"),
        )
        table_of(self.document, (f"A copy of what was submitted{which}", ""), (4.5, 12.5), rows)
        self.paragraph()
        if contents.counts:
            self.labelled("Ratings", ", ".join(f"{one.count} {one.label}" for one in contents.counts))

    def signatures(self) -> None:
        self.heading("Signatures", 1)
        if self.contents.declaration:
            self.say(self.contents.declaration)
        rows = [
            (
                one.label,
                f"{one.name}, {one.role}" + (f"\nApproved by {one.approved}" if one.approved else ""),
                one.at,
            )
            for one in self.contents.signatures
        ]
        table_of(self.document, ("Signed as", "Who", "When"), (4.5, 7.5, 5), rows)

    def answer(self, answer: Answer) -> None:
        self.heading(f"{answer.number} {answer.heading}", 2)
        if answer.more:
            for line in answer.more.split("\n"):
                self.paragraph(line).paragraph_format.keep_with_next = True
        if answer.rating or answer.state:
            rated = self.paragraph()
            rated.add_run(_rated(answer.rating) or answer.state).bold = True
            rated.paragraph_format.keep_with_next = True
        self.parts(answer.parts)
        self.listed("Evidence", answer.evidence)
        self.listed("Actions", answer.actions)

    def parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.columns:
                self.labelled(part.label, "")
                width = 17 / len(part.columns)
                table_of(self.document, part.columns, (width,) * len(part.columns), part.rows)
                self.paragraph()
            else:
                self.labelled(part.label, part.words)

    def listed(self, label: str, items: Iterable[str]) -> None:
        items = tuple(items)
        if items:
            self.labelled(label, "").paragraph_format.keep_with_next = True
        for item in items:
            self.paragraph(item, self.bullet)

    def evidence(self) -> None:
        self.heading("Evidence", 1)
        if not self.contents.evidence:
            self.say("No evidence was shown.")
            return
        rows = [
            (one.numbers, one.title, one.what + (f"\nSHA-256 {one.sha256}" if one.sha256 else ""))
            for one in self.contents.evidence
        ]
        table_of(self.document, ("Shown for", "Title", "What it is"), (3, 5, 9), rows)


def _rated(rating: Rating | None) -> str:
    return f"{plain(rating.label)} ({plain(rating.letter)})" if rating else ""


def _set_up(document: Document, contents: CopyContents) -> None:
    properties = document.core_properties
    properties.title, properties.author = plain(contents.title), plain(contents.organisation)
    properties.language, properties.comments = "en-GB", f"Receipt {contents.receipt}"
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(6)
    _in_english(document)
    for name, points in (("Title", 24), ("Heading 1", 15), ("Heading 2", 11)):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.color.rgb = Pt(points), INK
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    footer = document.styles["Footer"]
    assert isinstance(footer, ParagraphStyle)
    footer.font.size = Pt(8)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _footer(page.footer.paragraphs[0], contents)


def _in_english(document: Document) -> None:
    """Word's own template says American English, and would read it out so."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _footer(paragraph: Paragraph, contents: CopyContents) -> None:
    """On every page: whose it is, the receipt, the checksum, the number of the page."""
    paragraph.add_run(plain(f"{contents.organisation}. {contents.cycle}. Page "))
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    last = paragraph.add_run()
    last.add_break()
    last.add_text(f"Receipt {contents.receipt}. Checksum {contents.checksum}")
    last.font.size = Pt(7)


def _field(paragraph: Paragraph, code: str) -> None:
    """A number Word works out, such as that of the page, in the size of the style (Word takes no other)."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
