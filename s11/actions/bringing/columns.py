"""What the columns of a printed plan hold, guessed from their headings and from what stands in them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from s11.actions.bringing.dates import reads_as_date
from s11.actions.bringing.numbers import numbers_of
from s11.actions.bringing.shapes import Meaning, PrintedTable

# The first that fits a heading is taken, so what is narrow stands before what is wide.
WORDS: tuple[tuple[Meaning, str], ...] = (
    (Meaning.NUMBER, r"^(no|nr|number|ref|reference|id|#|item)$|^(rec|recs|recommendations?|findings?|action)"
                     r" (no|nos|nr|number|numbers|ref|reference|id|#)$|^(no|number) of rec"),
    (Meaning.PROGRESS, r"\b(progress|updates?|position|comments?|what has been done|impact so far)\b"),
    (Meaning.RATING, r"^b?rag\b|\b(b?rag|status|rating|rated|traffic light|complete[d]?)\b"),
    (Meaning.PRIORITY, r"\b(priority|urgency)\b"),
    (Meaning.EVIDENCE, r"\b(evidence|evidenced|how will we know|success (criteria|measures?)|measures?)\b"),
    (Meaning.MECHANISM, r"\b(mechanisms?|how will)\b"),
    (Meaning.RESOURCES, r"\b(resources?|resourcing|cost|costs|budget)\b"),
    (Meaning.DUE, r"\b(time ?scales?|time ?frames?|deadlines?|by when|when|dates?|due|target date|"
                  r"completion)\b"),
    (Meaning.OWNER, r"\b(owners?|leads?|led by|responsible|responsibility|accountable|by whom|who|"
                    r"agency|agencies|organisations?)\b"),
    (Meaning.THEME, r"\b(themes?|cornerstones?|strand|area)\b"),
    (Meaning.OUTCOME, r"\b(objectives?|outcomes?|aims?|goals?|what difference|intended|impact)\b"),
    (Meaning.FINDING, r"\b(findings?|context|summary|issues?|learning|lessons?|background)\b"),
    (Meaning.ACTION, r"\b(actions?|tasks?|steps?|what will|activity|activities|response)\b"),
    (Meaning.RECOMMENDATION, r"\b(recommendations?|rec|recs)\b"),
    (Meaning.NUMBER, r"\b(no|ref|number)\b"),
)  # fmt: skip
# Longer is a sentence, and heads no column.
LONGEST_HEADING = 80
# What may stand once only: the words and the number that make a row what it is.
ONCE = frozenset({Meaning.NUMBER, Meaning.RECOMMENDATION, Meaning.ACTION, Meaning.OWNER, Meaning.DUE})
MOSTLY = 0.6


def guess(table: PrintedTable) -> dict[int, Meaning]:
    """What each column seems to hold, by its place from 0; a person looks it through and corrects it."""
    meanings = guess_headings(table.headings)
    for column in range(table.width):
        held = [row.cells[column] for row in table.rows if column < len(row.cells) and row.cells[column]]
        known = meanings.setdefault(column, Meaning.NOTHING)
        if known == Meaning.RECOMMENDATION and Meaning.NUMBER not in meanings.values() and held:
            # "Recommendation" heads its number as often as its words.
            meanings[column] = Meaning.NUMBER if _mostly(held, _only_numbers) else known
        elif known == Meaning.NOTHING and held and not _headed(table, column):
            meanings[column] = _by_content(held, meanings.values())
        elif known == Meaning.NOTHING and held:
            # Of two columns under one heading the first may be the number, and this its words.
            again = meaning_of(table.headings[column])
            if again is not None and again not in meanings.values():
                meanings[column] = again
    telling = {Meaning.NUMBER, Meaning.DUE} & set(meanings.values())
    if not table.headings and telling:
        _longest_is_action(table, meanings)
    return meanings


def guess_headings(headings: Sequence[str]) -> dict[int, Meaning]:
    """What headings alone say; what stands only once is the first that fits."""
    found: dict[int, Meaning] = {}
    for column, heading in enumerate(headings):
        meaning = meaning_of(heading)
        taken = meaning in ONCE and meaning in found.values()
        found[column] = Meaning.NOTHING if meaning is None or taken else meaning
    return found


def guess_all(tables: Iterable[PrintedTable]) -> dict[int, dict[int, Meaning]]:
    """The guess for every table of a plan. One without headings is like the last of its width with them."""
    guessed: dict[int, dict[int, Meaning]] = {}
    before: dict[int, dict[int, Meaning]] = {}
    for table in tables:
        goes_on = not table.headings and table.width in before
        guessed[table.number] = dict(before[table.width]) if goes_on else guess(table)
        if table.headings:
            before[table.width] = guessed[table.number]
    return guessed


def meaning_of(heading: str) -> Meaning | None:
    """What a heading says its column holds, in the words Boards use."""
    if len(heading) > LONGEST_HEADING:
        return None
    said = plain(heading)
    return next((meaning for meaning, words in WORDS if said and re.search(words, said)), None)


def are_headings(cells: Sequence[str]) -> bool:
    """Whether a row heads columns: at least two cells, most of them, say what columns hold."""
    filled = [cell for cell in cells if cell.strip()]
    different = set(map(plain, filled))
    if len(different) < 2 or any(len(cell) > LONGEST_HEADING for cell in filled):
        return False
    if any(bool(numbers_of(cell).numbers) or reads_as_date(cell) for cell in filled):
        return False
    known = [meaning for cell in filled if (meaning := meaning_of(cell)) is not None]
    return len(known) >= 2 and len(known) >= len(filled) * MOSTLY and len(set(known)) > 1


def same_headings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows say the same: headings are repeated at the top of each page."""
    return [plain(cell) for cell in one] == [plain(cell) for cell in other]


def plain(words: str) -> str:
    """Words in small letters with single blanks, without marks other than "#"."""
    return " ".join(re.sub(r"[^\w#]+", " ", words.casefold()).replace("_", " ").split())


def _headed(table: PrintedTable, column: int) -> bool:
    return column < len(table.headings) and bool(table.headings[column].strip())


def _by_content(held: Sequence[str], taken: Iterable[Meaning]) -> Meaning:
    found = Counter(taken)
    if not found[Meaning.NUMBER] and _mostly(held, _only_numbers):
        return Meaning.NUMBER
    if not found[Meaning.DUE] and _mostly(held, reads_as_date):
        return Meaning.DUE
    return Meaning.NOTHING


def _only_numbers(cell: str) -> bool:
    found = numbers_of(cell)
    return bool(found) and not found.unread


def _mostly(held: Sequence[str], says: Callable[[str], bool]) -> bool:
    return sum(map(says, held)) > len(held) * MOSTLY


def _longest_is_action(table: PrintedTable, meanings: dict[int, Meaning]) -> None:
    lengths: Mapping[int, int] = {
        column: sum(len(row.cells[column]) for row in table.rows if column < len(row.cells))
        for column, meaning in meanings.items()
        if meaning == Meaning.NOTHING
    }
    longest = max(lengths, key=lambda column: lengths[column], default=None)
    if longest is not None and lengths[longest]:
        meanings[longest] = Meaning.ACTION
