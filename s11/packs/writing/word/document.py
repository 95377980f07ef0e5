"""A whole paper in Word: its front, its contents, its sections, upright or on their side."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from s11.packs.document import Chart, Document, Section, Table, Trend
from s11.packs.writing import charts
from s11.packs.writing.properties import describe
from s11.packs.writing.shades import SOFT, frame
from s11.packs.writing.texts import levelled, plain
from s11.packs.writing.word.blocks import GUTTER, TIGHT, Blocks
from s11.packs.writing.word.markup import NAMES, cell, field, paragraph, row, run, says, table, twips
from s11.packs.writing.word.styles import numbered_anew, set_up
from s11.partnerships.looks import NONE, Look

# Millimetres: an A4 page, and the margins around its words.
SHORT, LONG, MARGIN, SIDE_MARGIN = 210, 297, 19, 13
TOP, BOTTOM = 14, 16
PICTURE_WIDE = 172.0
IN_CONTENTS = 2


def write(document: Document, look: Look = NONE) -> bytes:
    """The paper as the bytes of a .docx file."""
    paper = _Paper(document, look)
    kept = io.BytesIO()
    paper.finished().save(kept)
    return kept.getvalue()


class _Paper:
    """A paper on its way into Word."""

    def __init__(self, document: Document, look: Look) -> None:
        self.document, self.look = document, look
        self.word: WordDocument = docx.Document()
        self.brand = frame(look.colour)
        set_up(self.word, self.brand, document.language)
        self.blocks = Blocks(self.pictures, lambda: numbered_anew(self.word), self.end_of)
        self.footers = self.foot()
        self.first, self.drawn = True, 0
        self.wide, self.begins = document.sideways, "nextPage"

    def finished(self) -> WordDocument:
        describe(self.word.core_properties, self.document)
        # Taken as a whole: moved piece by piece, five hundred rows take half a minute.
        whole = f"<w:document {NAMES}><w:body>{''.join(self.told())}</w:body></w:document>"
        self.word.part._element = parse_xml(whole)
        return self.word

    def told(self) -> Iterator[str]:
        """Everything, run by run; the page a run stands on is said at its end."""
        contents = "".join(self.contents())
        front = "".join(self.front()) + contents
        wide = self.document.sideways
        inner = [front] if front else []
        for place, (level, section) in enumerate(levelled(self.document)):
            if self.is_wide(section) != wide:
                if inner:
                    yield from inner
                    yield self.ending(self.page(wide))
                inner, wide = [], not wide
                self.wide, breaks = wide, False
            else:
                breaks = section.starts_page if place else bool(contents) or self.document.has_cover
            inner.append("".join(self.section(level, section, place, breaks=breaks)))
        yield from inner
        if self.begins == "continuous":  # no run of Word's is without a paragraph
            yield paragraph("", "Cellsmall", more=TIGHT)
        yield self.page(wide)

    def ending(self, page: str) -> str:
        """The end of a run, in a paragraph so low that no page is too full for it."""
        return paragraph("", "Cellsmall", more=TIGHT + page)

    def end_of(self, columns: int) -> str:
        """The end of what stood in so many columns; what follows goes on beneath."""
        ended = self.ending(self.page(self.wide, columns))
        self.begins = "continuous"
        return ended

    def section(self, level: int, section: Section, place: int, *, breaks: bool) -> Iterator[str]:
        name = f'w:id="{place + 1}"'
        begins, ends = f'<w:bookmarkStart {name} w:name="{_mark(place)}"/>', f"<w:bookmarkEnd {name}/>"
        turned = '<w:pageBreakBefore/><w:spacing w:before="0"/>' if breaks else ""
        if section.title:
            yield paragraph(f"{begins}{run(section.title)}{ends}", f"Heading{level}", more=turned)
        elif breaks:
            yield paragraph("", "Cellsmall", more=turned)
        yield from self.blocks.set(section.blocks, level, _room(self.is_wide(section)))

    def front(self) -> Iterator[str]:
        """The cover, or the head of the first page."""
        document, cover = self.document, self.document.has_cover
        if cover:
            yield says("", more=f'<w:spacing w:before="{twips(30)}"/>')
        if self.look.logo:
            yield paragraph(self.picture(self.look.logo, self.look.name, height=16))
        yield paragraph(run(document.partnership, colour=SOFT, half_points=24))
        yield says(document.title, "Title")
        if document.subtitle:
            yield says(document.subtitle, "Subtitle")
        if document.facts:
            widths = [twips(45), twips(_room(document.sideways) - 45)]
            yield table(
                (
                    row(
                        [
                            cell(paragraph(run(label, colour=SOFT)), widths[0]),
                            cell(says(value), widths[1]),
                        ]
                    )
                    for label, value in document.facts
                ),
                widths,
                says="About this paper",
                borders="",
            )
        yield says(document.notice, "Quiet", more='<w:spacing w:before="360"/>')
        yield says(document.built, "Quiet")

    def contents(self) -> Iterator[str]:
        """A table of contents as a field of Word, filled with titles that lead to their sections.

        Only Word knows on which page each stands; it adds the numbers when the field is updated. It is not
        told to do so when it opens the paper, because it would then ask a question that frightens people.
        """
        if not self.document.has_contents or not self.document.sections:
            return
        listed = [
            (place, level, section.title)
            for place, (level, section) in enumerate(levelled(self.document))
            if level <= IN_CONTENTS and section.title
        ]
        if not listed:
            return
        breaks = "<w:pageBreakBefore/>" if self.document.has_cover else ""
        yield says("Contents", "Contentsheading", more=breaks)
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'TOC \\o "1-{IN_CONTENTS}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for turn, (place, level, title) in enumerate(listed):
            link = f'<w:hyperlink w:anchor="{_mark(place)}" w:history="1">{run(title)}</w:hyperlink>'
            yield paragraph(
                (begin if turn == 0 else "") + link + (end if turn == len(listed) - 1 else ""), f"toc{level}"
            )

    def is_wide(self, section: Section) -> bool:
        return self.document.sideways or _is_wide(section)

    def page(self, wide: bool, columns: int = 1) -> str:
        """The page of the run that ends here, and in how many columns it stood."""
        across, down = (LONG, SHORT) if wide else (SHORT, LONG)
        margin = twips(SIDE_MARGIN if wide else MARGIN)
        first = "<w:titlePg/>" if self.first and self.document.has_cover else ""
        begins, self.first, self.begins = self.begins, False, "nextPage"
        aside = f'<w:cols w:num="{columns}" w:space="{twips(2 * GUTTER)}"/>' if columns > 1 else ""
        return (
            f'<w:sectPr>{self.footers}<w:type w:val="{begins}"/><w:pgSz w:w="{twips(across)}" '
            f'w:h="{twips(down)}" w:orient="{"landscape" if wide else "portrait"}"/>'
            f'<w:pgMar w:top="{twips(TOP)}" w:right="{margin}" w:bottom="{twips(BOTTOM)}" w:left="{margin}" '
            f'w:header="{twips(9)}" w:footer="{twips(8)}" w:gutter="0"/>{aside}{first}</w:sectPr>'
        )

    def foot(self) -> str:
        """What stands at the foot of each page but the cover; gives how a page refers to it."""
        page = self.word.sections[0]
        page.different_first_page_header_footer = True
        foot, first = page.footer, page.first_page_footer
        foot.is_linked_to_previous = first.is_linked_to_previous = False
        number = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
        right = paragraph(number, "Footer", more='<w:jc w:val="right"/>')
        held = parse_xml(f"<w:body {NAMES}>{says(self.document.notice, 'Footer')}{right}</w:body>")
        for old in list(foot._element):
            foot._element.remove(old)
        for one in list(held):
            foot._element.append(one)
        found = self.word.element.body.sectPr.findall(qn("w:footerReference"))
        return "".join(
            f'<w:footerReference w:type="{one.get(qn("w:type"))}" r:id="{one.get(qn("r:id"))}"/>'
            for one in found
        )

    def pictures(self, drawn: Chart | Trend, room: float) -> Iterator[str]:
        for picture in charts.png(drawn):
            yield self.picture(picture.content, picture.alt, width=min(room, PICTURE_WIDE))

    def picture(self, content: bytes, alt: str, *, width: float = 0, height: float = 0) -> str:
        """A picture with the words for whoever does not see it."""
        inline = self.word.part.new_pic_inline(
            io.BytesIO(content), Mm(width) if width else None, Mm(height) if height else None
        )
        self.drawn += 1
        inline.docPr.set("id", str(self.drawn))
        inline.docPr.set("name", f"Picture {self.drawn}")
        inline.docPr.set("descr", plain(alt))
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _is_wide(section: Section) -> bool:
    return any(isinstance(block, Table) and block.wide and block.rows for block in section.blocks)


def _room(wide: bool) -> float:
    return LONG - 2 * SIDE_MARGIN if wide else SHORT - 2 * MARGIN


def _mark(place: int) -> str:
    return f"_Toc{place + 1:06}"
