"""Which of the words that stand in one place only somebody may come to see: written down apart from the code.

Everything written in the world of the matrix holds a word of its own (`world.mark`). Whoever is shown one
that is not theirs has been shown something they may not see, however it got onto the page.
"""

import io
import re
from functools import lru_cache
from zipfile import ZipFile

from pypdf import PdfReader

from tests.security.matrix.world import ACTORS

KINDS = (
    "name",
    "answer",
    "note",
    "file",
    "later",
    "moderation",
    "asked",
    "answered",
    "remark",
    "day",
    "enquiry",
    "action",
    "demand",
    "sent",
    "review",
)
# What is asked for outside a cycle and what came: read by who runs the partnership, not by moderators.
OF_A_REQUEST = ("demand", "sent")
# An action says on which day it was agreed and what had been asked; what was answered is the Board's.
OF_AN_ACTION = ("action", "asked", "day")
MARK = re.compile(rf"zq(beside)?([a-z]+?)({'|'.join(KINDS)})zq")
# Whose return is tried in which audit, and who stands beside them: the same cycle, and in already.
NORTH = ("police", "school", "nursery")
ELSEWHERE = ("fire",)
NAMES_OF_NORTH = frozenset({"police", "housing", "trust", "school", "vale", "nursery", "moon", "unasked"})
AUDITS = {"education@board.example": ("school",), "early@board.example": ("nursery",)}
BOARD_COLUMNS = (
    "conflicted", "business_manager", "office", "chair", "quality", "moderator", "adviser", "other_adviser",
    "inspector",
)  # fmt: skip
OWN_COLUMNS = {
    "contributor": "police", "other_contributor": "police", "lead": "police", "deputy": "police",
    "signatory": "police", "viewer": "police", "conflicted": "police", "trust_lead": "school",
}  # fmt: skip
COLUMNS_OF: dict[str, set[str]] = {}
for _column, _actors in ACTORS.items():
    for _email, _ in _actors:
        COLUMNS_OF.setdefault(_email, set()).add(_column)


def marks_in(text: str) -> set[str]:
    return {found[0] for found in MARK.finditer(text)}


def text_of(body: bytes, kind: str) -> str:
    """The words of an answer, whatever it is: a page, a sheet, a file, a pack."""
    if kind == "application/pdf":
        return text_of_pdf(body)
    if "openxmlformats" in kind:
        return text_of_office(body)
    return body.decode("utf-8", "replace")


@lru_cache(maxsize=16)
def text_of_office(body: bytes) -> str:
    """Every word in a Word, PowerPoint or Excel file, its properties and names of sheets too."""
    with ZipFile(io.BytesIO(body)) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        return " ".join(parts.read(name).decode("utf-8", "replace") for name in names)


@lru_cache(maxsize=16)
def text_of_pdf(body: bytes) -> str:
    """The words of a PDF, read once however many open it: that takes long."""
    reader = PdfReader(io.BytesIO(body))
    told = " ".join(str(value) for value in (reader.metadata or {}).values())
    # A word is broken where a line of a narrow column ends.
    return told + "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace("-", "")


def leaks(text: str, email: str, stage: str) -> list[str]:
    """The words in a text that this person may not see at this stage."""
    return sorted(mark for mark in marks_in(text) if not may_see(mark, email, stage))


def may_see(mark: str, email: str, stage: str) -> bool:
    found = MARK.fullmatch(mark)
    assert found is not None
    beside, whose, kind = bool(found[1]), found[2], found[3]
    return any(column_sees(column, email, stage, beside, whose, kind) for column in COLUMNS_OF[email])


def column_sees(column: str, email: str, stage: str, beside: bool, whose: str, kind: str) -> bool:
    """Whether somebody who stands in this column may see this kind of word of this organisation."""
    if column == "elsewhere":
        return of_board(ELSEWHERE, stage, beside, whose, kind) or (kind == "name" and whose == "coast")
    if column == "administrator":
        # Whose account it is, and where they hold a role; not a word of what is written there.
        return kind == "name"
    if column == "elsewhere_lead":
        return whose == "fire" and not beside and of_own(stage, kind)
    if column in ("invited", "left"):
        # The letter says where one is invited, and what is held about oneself where one has been.
        return kind == "name" and whose == "police"
    if column in BOARD_COLUMNS and of_north(column, email, stage, beside, whose, kind):
        return True
    if column in OWN_COLUMNS:
        own = whose == OWN_COLUMNS[column] and not beside and of_own(stage, kind)
        return own or (column == "trust_lead" and kind == "name" and whose == "trust")
    if column == "other_lead" and email == "lead@housing.example":
        own = beside and whose == "police" and kind in ("answer", "note", "file", "remark")
        return own or (whose == "housing" and kind == "name")
    return False


def of_own(stage: str, kind: str) -> bool:
    """What an organisation's own people see of it; second ratings once moderation is finished."""
    if kind == "moderation":
        return stage in "MC"
    return kind in ("name", "answer", "note", "file", "later", "remark", *OF_AN_ACTION, *OF_A_REQUEST)


def of_north(column: str, email: str, stage: str, beside: bool, whose: str, kind: str) -> bool:
    if kind == "name":
        return whose in NAMES_OF_NORTH
    if kind in (*OF_AN_ACTION, "review"):
        return whose in NORTH  # the plan is one for the whole Board
    audits = AUDITS.get(email, NORTH)
    if kind in OF_A_REQUEST:
        return whose in audits and column not in ("moderator", "conflicted")
    if column == "conflicted" and whose == "police" and kind == "moderation" and stage == "S":
        return False
    return of_board(audits, stage, beside, whose, kind)


def of_board(audits: tuple[str, ...], stage: str, beside: bool, whose: str, kind: str) -> bool:
    """What the Board sees of the audits it works with: words once they are in, files that were submitted."""
    # What colleagues say to each other is never for the Board.
    if whose not in audits or kind in ("later", "remark"):
        return False
    if kind in ("answer", "note", "file", "moderation"):
        return beside or stage in "SMC"
    return True
