"""Slides as they fill: where the next thing goes, when a slide is full, and what goes into its notes."""

from copy import deepcopy
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Mm

from s11.packs.document import Document
from s11.packs.writing.powerpoint.markup import NAMES, Box, Line, emu, filled
from s11.packs.writing.shades import SOFT
from s11.packs.writing.texts import plain, shortened

WIDE, HIGH = 338.667, 190.5
LEFT, ROOM = 14.0, 310.6
TITLE_TOP, TITLE_HIGH, TOP, BOTTOM = 8.0, 17.0, 29.0, 174.0
FOOT_TOP, FOOT_HIGH = 177.5, 10.0
TITLE_LONGEST = 110
COVER, PLAIN = 0, 5  # python-pptx's own layouts: a title slide, and a title only
CONTINUED = " (continued)"


class Deck:
    """A presentation as it grows. Everything is put where there is room, else on a new slide."""

    def __init__(self, document: Document, brand: str) -> None:
        self.document, self.brand = document, brand
        self.language = document.language
        self.show = Presentation()
        self.show.slide_width, self.show.slide_height = Mm(WIDE), Mm(HIGH)
        self.cover_layout: Any
        self.layout: Any
        self.cover_layout, self.layout = (self.show.slide_layouts[n] for n in (COVER, PLAIN))
        _shape_layouts(self.show, self.cover_layout, self.layout, brand)
        self.slide: Slide | None = None
        self.title, self.top, self.number = "", TOP, 0
        self.box: Box | None = None
        self.notes: list[str] = []

    @property
    def left_over(self) -> float:
        """How much room there is down the slide."""
        return BOTTOM - self.top if self.slide is not None else 0

    @property
    def empty(self) -> bool:
        """Whether nothing stands on the slide but its title."""
        return self.slide is not None and self.top == TOP and self.box is None

    def begin(self, title: str, *, again: bool = False) -> None:
        """A new slide; `again`: it goes on with what the last was about."""
        self.close()
        self.title = title
        self.slide = self.show.slides.add_slide(self.layout)
        shown = f"{shortened(plain(title), TITLE_LONGEST)}{CONTINUED if again else ''}"
        if len(plain(title)) > TITLE_LONGEST and not again:
            self.note(title)
        self._titled(self.slide, shown)
        self._foot(self.slide)
        self.top, self.number = TOP, 20

    def go_on(self) -> None:
        """The next slide about the same."""
        self.begin(self.title, again=True)

    def need(self, height: float) -> None:
        """Room for so much, on a new slide if need be."""
        if self.slide is None or (height > self.left_over and not self.empty):
            self.go_on()

    def say(self, line: Line, *, left: float = LEFT, width: float = ROOM, with_next: float = 0) -> None:
        """A paragraph beneath what stands there, in the same box as the last where it can be."""
        height = line.height(width)
        if self.slide is None or (height + with_next > self.left_over and not self.empty):
            self.go_on()
        if self.box is None or (self.box.left, self.box.width) != (left, width):
            self.shut()
            self.box = Box(left, self.top, width)
        self.box.lines.append(line)
        self.top += height

    def shut(self, gap: float = 2.5) -> None:
        """No more goes into the text box."""
        if self.box is not None:
            self.put(self.box.markup(self.next_number(), self.language))
            self.box = None
            self.top += gap

    def put(self, markup: str) -> None:
        assert self.slide is not None
        self.slide.shapes._spTree.append(parse_xml(markup))

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def note(self, words: str) -> None:
        """What there is no room for, said in the notes of the slide."""
        self.notes.append(plain(words))

    def close(self) -> None:
        """The slide is full: its box and its notes are put in."""
        self.shut()
        if self.slide is not None and self.notes:
            frame = self.slide.notes_slide.notes_text_frame
            assert frame is not None
            frame.text = "\n".join(self.notes)
        self.notes = []

    def _titled(self, slide: Any, words: str) -> None:
        frame = slide.shapes.title.text_frame
        frame.text = words
        for run in frame.paragraphs[0].runs:
            run._r.get_or_add_rPr().set("lang", self.language)

    def _foot(self, slide: Slide) -> None:
        """The notice and the number of the slide, in the places its layout has for them."""
        for placeholder in list(self.layout.placeholders):
            kind = placeholder.element.find(f".//{qn('p:ph')}").get("type")
            if kind not in ("ftr", "sldNum"):
                continue
            copied = deepcopy(placeholder.element)
            slide.shapes._spTree.append(copied)
            if kind == "ftr":
                self._say_in(copied, plain(self.document.notice))

    def _say_in(self, shape: Any, words: str) -> None:
        body = shape.find(qn("p:txBody"))
        for old in body.findall(qn("a:p")):
            body.remove(old)
        made = parse_xml(f'<a:p {NAMES}><a:r><a:rPr lang="{self.language}"/><a:t></a:t></a:r></a:p>')
        made.find(f".//{qn('a:t')}").text = " ".join(words.split())
        body.append(made)


def _shape_layouts(show: Any, cover: Any, layout: Any, brand: str) -> None:
    """python-pptx's template is made for 4:3 and black on white; this is ours."""
    for other in list(show.slide_layouts):
        if other not in (cover, layout):
            show.slide_layouts.remove(other)
    master = show.slide_master
    for holder in (master, cover, layout):
        for placeholder in list(holder.placeholders):
            _place(placeholder, holder is cover)
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    look = style.find(qn("a:defRPr"))
    look.set("sz", "2600")
    look.set("b", "1")
    for old in look.findall(qn("a:solidFill")):
        look.remove(old)
    look.insert(
        0,
        parse_xml(filled(brand).replace("<a:solidFill>", f"<a:solidFill {NAMES}>")),
    )
    for holder, high in ((cover, 9.0), (layout, 3.0)):
        holder.shapes._spTree.insert(2, parse_xml(_band(brand, high)))


PLACES = {
    "title": (LEFT, TITLE_TOP, ROOM, TITLE_HIGH),
    "ctrTitle": (24.0, 52.0, 285.0, 30.0),
    "subTitle": (24.0, 84.0, 285.0, 16.0),
    "ftr": (LEFT, FOOT_TOP, ROOM - 24, FOOT_HIGH),
    "sldNum": (LEFT + ROOM - 20, FOOT_TOP, 20.0, FOOT_HIGH),
}
ANCHORS = {"title": "ctr", "ctrTitle": "b", "subTitle": "t", "ftr": "ctr", "sldNum": "ctr"}
SIZES = {"ftr": 1000, "sldNum": 1000, "ctrTitle": 3800, "subTitle": 2000}


def _place(placeholder: Any, on_cover: bool) -> None:
    kind = placeholder.element.find(f".//{qn('p:ph')}").get("type")
    if kind not in PLACES or (on_cover and kind in ("ftr", "sldNum")):
        if kind in ("dt", "ftr", "sldNum"):
            placeholder.element.getparent().remove(placeholder.element)
        else:
            placeholder.left, placeholder.top = Mm(LEFT), Mm(TOP)
            placeholder.width, placeholder.height = Mm(ROOM), Mm(BOTTOM - TOP)
        return
    left, top, width, height = PLACES[kind]
    placeholder.left, placeholder.top = Mm(left), Mm(top)
    placeholder.width, placeholder.height = Mm(width), Mm(height)
    body = placeholder.element.find(f".//{qn('a:bodyPr')}")
    for old in list(body):
        body.remove(old)
    body.set("anchor", ANCHORS[kind])
    body.set("lIns", "0")
    body.append(parse_xml(f"<a:normAutofit {NAMES}/>"))
    _size(placeholder.element, kind)


def _size(shape: Any, kind: str) -> None:
    style = shape.find(f".//{qn('a:lstStyle')}")
    for old in list(style):
        style.remove(old)
    if kind in SIZES:
        align = "r" if kind == "sldNum" else "l"
        style.append(
            parse_xml(
                f'<a:lvl1pPr {NAMES} marL="0" indent="0" algn="{align}"><a:buNone/>'
                f'<a:defRPr sz="{SIZES[kind]}">{filled(SOFT)}</a:defRPr></a:lvl1pPr>'
                if kind != "ctrTitle"
                else f'<a:lvl1pPr {NAMES} algn="l"><a:defRPr sz="{SIZES[kind]}" b="1"/></a:lvl1pPr>'
            )
        )


def _band(brand: str, high: float) -> str:
    return (
        f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="90" name="Band" descr=""/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{emu(WIDE)}" cy="{emu(high)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{filled(brand)}<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
