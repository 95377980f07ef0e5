"""Who fetched a Word, PowerPoint or Excel file of ours and when, beside what stands at the edge of its pages.

The files are packages of XML that our own writers made, so what is looked for in them is known to be there.
"""

import io
import re
from collections.abc import Callable
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

from s11.packs.kinds import Format
from s11.packs.writing.texts import plain

# Beside the number of a page of Word, in the last line of its foot.
WORD_FOOT = re.compile(r'(<w:jc w:val="right"/></w:pPr>)(?=<w:r><w:t xml:space="preserve">Page )')
# The foot of a cover is empty.
COVER_FOOT = "</w:pPr></w:p></w:ftr>"
# Beneath the notice of a slide.
SLIDE_FOOT = re.compile(r'(<p:ph type="ftr"(?:(?!</p:sp>).)*?</a:p>)(?=</p:txBody>)', re.DOTALL)


def stamped(content: bytes, format_: Format, words: str) -> bytes:
    """The file with words at the edge of every page or slide."""
    folder, change = CHANGES[format_]
    said, made = plain(words), io.BytesIO()
    with ZipFile(io.BytesIO(content)) as found, ZipFile(made, "w", ZIP_DEFLATED) as written:
        for part in found.infolist():
            held = found.read(part)
            if part.filename.startswith(folder) and part.filename.endswith(".xml"):
                held = change(held.decode(), said).encode()
            written.writestr(part, held)
    return made.getvalue()


def _in_word(xml: str, words: str) -> str:
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    beside = run.format(f"{escape(words)} \N{MIDDLE DOT} ")
    made, count = WORD_FOOT.subn(lambda found: found[1] + beside, xml, count=1)
    if count:
        return made
    return xml.replace(COVER_FOOT, f"</w:pPr>{run.format(escape(words))}</w:p></w:ftr>", 1)


def _on_slide(xml: str, words: str) -> str:
    line = f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{escape(words)}</a:t></a:r></a:p>'
    return SLIDE_FOOT.sub(lambda found: found[1] + line, xml, count=1)


def _on_sheet(xml: str, words: str) -> str:
    """In the head of a printed page, where an ampersand begins a code."""
    head = escape(f"&R&8{words.replace('&', '&&')}")
    return xml.replace("<headerFooter>", f"<headerFooter><oddHeader>{head}</oddHeader>", 1)


CHANGES: dict[Format, tuple[str, Callable[[str, str], str]]] = {
    Format.WORD: ("word/footer", _in_word),
    Format.POWERPOINT: ("ppt/slides/slide", _on_slide),
    Format.EXCEL: ("xl/worksheets/sheet", _on_sheet),
}
