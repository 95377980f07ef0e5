"""What was understood of a plan, row by row, beside the words as printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.actions.bringing.mending import WANTED
from s11.actions.bringing.pages.showing import EVERY, MEND, PAGE, SHOWS, TABS, Asked
from s11.actions.bringing.shapes import (
    ROW_KIND_LABELS,
    Known,
    Lack,
    PlanFault,
    Post,
    PrintedRow,
    PrintedTable,
    RowKind,
    UnderstoodPlan,
    UnderstoodRow,
)
from s11.actions.rules import PRIORITY_LABELS, STATUS_LABELS, Priority, Status
from s11.web.filters import day

STATUS = {
    RowKind.ACTION: ("Understood", "done"),
    RowKind.RECOMMENDATION: ("Recommendation", "doing"),
    RowKind.CONTINUED: ("Goes on", "doing"),
    RowKind.HEADING: ("Heading", "todo"),
    RowKind.LEFT_OUT: ("Left out", "todo"),
}
ANSWERS_LONGEST = 140


@dataclass(frozen=True)
class ShownRow:
    """One printed row: its words, and what was made of them as label and text."""

    row: UnderstoodRow
    status: tuple[str, str]
    above: str
    printed: tuple[tuple[str, str], ...]
    understood: tuple[tuple[str, str], ...]
    # What has to be mended, as sentences that say what to enter.
    wanted: tuple[str, ...]

    @property
    def number(self) -> int:
        return self.row.row


@dataclass(frozen=True)
class FaultLine:
    """Something that is wrong with the plan, and the rows to look at."""

    sentence: str
    show: str
    number: str
    words: str


@dataclass(frozen=True)
class RowsPage:
    """One page of the rows that were asked for, with the plan's faults and counts."""

    plan: UnderstoodPlan
    asked: Asked
    tabs: tuple[dict[str, object], ...]
    counts: tuple[dict[str, object], ...]
    faults: tuple[FaultLine, ...]
    rows: tuple[ShownRow, ...]
    found: int
    pages: int

    @property
    def label(self) -> str:
        return SHOWS[self.asked.show][0]


def rows_page(plan: UnderstoodPlan, tables: Sequence[PrintedTable], known: Known, asked: Asked) -> RowsPage:
    """The rows somebody asked for, of a plan that was understood."""
    held = [row for row in plan.rows if asked.holds(row)]
    pages = max(1, -(-len(held) // PAGE))
    page = min(asked.page, pages)
    asked = Asked(asked.show, asked.number, page, asked.saved)
    shows = _Showing(plan, tables, known)
    return RowsPage(
        plan=plan,
        asked=asked,
        tabs=tuple(_tab(plan, key, asked) for key in TABS),
        counts=tuple(_counts(plan)),
        faults=tuple(_fault(one) for one in plan.faults),
        rows=tuple(shows(row) for row in held[(page - 1) * PAGE : page * PAGE]),
        found=len(held),
        pages=pages,
    )


class _Showing:
    """Makes a row of a plan a shown one."""

    def __init__(self, plan: UnderstoodPlan, tables: Sequence[PrintedTable], known: Known) -> None:
        self.places: dict[int, tuple[PrintedTable, PrintedRow]] = {
            row.number: (table, row) for table in tables for row in table.rows
        }
        self.names = {ref: name for ref, name, _ in known.organisations}
        self.board = next(iter(known.board_words), "")
        self.said = {one.number: one.text for one in reversed(plan.recommendations)}

    def __call__(self, row: UnderstoodRow) -> ShownRow:
        table, printed = self.places[row.row]
        return ShownRow(
            row=row,
            status=("To be mended", "warn") if row.lacks else STATUS[row.kind],
            above=table.above[-1] if table.above else "",
            printed=tuple(
                (table.headings[at] if at < len(table.headings) else f"Column {at + 1}", words)
                for at, words in enumerate(printed.cells)
            ),
            understood=tuple(self._understood(row)),
            wanted=tuple(WANTED[lack] for lack in row.lacks),
        )

    def _understood(self, row: UnderstoodRow) -> list[tuple[str, str]]:
        """What was made of a row, without what is empty."""
        if row.kind in (RowKind.HEADING, RowKind.LEFT_OUT):
            return [("What it is", f"{ROW_KIND_LABELS[row.kind]}. Its words stay with the import.")]
        if row.kind == RowKind.CONTINUED:
            return [("What it is", f"It goes on with row {row.continues}, and what it says is part of that.")]
        steps = "\n".join(
            f"{step.text or step.printed}: {day(step.due_on) or 'no date'}" for step in row.steps
        )
        leads, others = row.owners[:1], row.owners[1:]
        is_action = row.kind == RowKind.ACTION
        listed = [
            ("Answers" if is_action else "Number", self._answers(row)),
            ("Theme", ", ".join(row.themes)),
            ("Action" if is_action else "Recommendation", row.text),
            ("Intended outcome", row.outcome),
            ("Evidence", row.evidence),
            ("Owner", "; ".join(self._post(one) for one in leads)),
            ("Others with a part", "; ".join(self._post(one) for one in others)),
            ("To be done by", day(row.due_on)),
            ("Its dates", steps if len(row.steps) > 1 else ""),
            ("Resources", row.resources),
            ("Progress so far", row.progress),
            ("Status", STATUS_LABELS[Status(row.status)] if row.status else ""),
            ("Priority", PRIORITY_LABELS[Priority(row.priority)] if row.priority else ""),
            ("Not certain", "\n".join(row.said)),
        ]
        return [(label, text) for label, text in listed if text]

    def _answers(self, row: UnderstoodRow) -> str:
        if row.answers_all:
            return "All recommendations"
        if row.kind != RowKind.ACTION:
            return ", ".join(row.numbers)
        return "\n".join(f"{one} {_short(self.said.get(one, ''))}".strip() for one in row.numbers)

    def _post(self, post: Post) -> str:
        parts = (post.name, post.role or ("" if post.name else post.printed))
        of = self.board if post.of_board else self.names.get(post.organisation_ref)
        return ", ".join(filter(None, [*parts, of]))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= ANSWERS_LONGEST else words[: ANSWERS_LONGEST - 1].rstrip() + "…"


def _tab(plan: UnderstoodPlan, key: str, asked: Asked) -> dict[str, object]:
    label, holds = SHOWS[key]
    return {"key": key, "label": label, "count": sum(map(holds, plan.rows)), "current": key == asked.show}


def _counts(plan: UnderstoodPlan) -> list[dict[str, object]]:
    """How many of each there are, and which rows that is."""
    actions = sum(row.kind == RowKind.ACTION for row in plan.rows)
    listed = [
        (actions, "action", "actions", "actions"),
        (len(plan.recommendations), "recommendation", "recommendations", "recommendations"),
        (plan.lacking(Lack.OWNER), "without an owner", "without an owner", "owner"),
        (plan.lacking(Lack.OWNER_NAME), "with a post and no name", "with a post and no name", "name"),
        (plan.lacking(Lack.DUE), "without a date", "without a date", "due"),
        (
            plan.lacking(Lack.DUE_OPEN, Lack.DUE_UNCLEAR),
            "open-ended or unclear date", "open-ended or unclear dates", "open",
        ),
        (plan.lacking(Lack.TEXT), "without an action", "without an action", "text"),
        (plan.lacking(Lack.NUMBER), "of a number there is not", "of a number there is not", "number"),
    ]  # fmt: skip
    return [
        {"number": count, "label": one if count == 1 else many, "show": show}
        for count, one, many, show in listed
        if count or show in ("actions", "recommendations", "owner", "due")
    ]


# Where a fault of the plan is mended: which rows to look at, and the words of the link.
WHERE = {
    "number_twice": (EVERY, True, "See the rows of number {}"),
    "number_missing": ("recommendations", False, "See all recommendations"),
    "number_unknown": ("number", False, "See the rows"),
    "without_action": (EVERY, True, "See what is said of {}"),
}


def _fault(fault: PlanFault) -> FaultLine:
    show, narrowed, words = WHERE.get(fault.kind, (MEND, False, "See what has to be mended"))
    if narrowed and not fault.number:
        show, narrowed, words = WHERE["number_missing"]
    return FaultLine(fault.sentence, show, fault.number if narrowed else "", words.format(fault.number))
