"""Every printed row as a draft: what kind of row it is, and its words by what their columns mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from s11.actions.bringing.columns import same_headings
from s11.actions.bringing.keeping import Meanings
from s11.actions.bringing.numbers import Numbers, numbers_of
from s11.actions.bringing.shapes import Meaning, Mended, PrintedRow, PrintedTable, RowKind
from s11.actions.bringing.understanding.context import Context

# A row that holds nothing else makes a recommendation and promises no action.
OF_A_RECOMMENDATION = frozenset(
    {
        Meaning.NUMBER, Meaning.RECOMMENDATION, Meaning.THEME, Meaning.FINDING, Meaning.PRIORITY,
        Meaning.NOTHING,
    }
)  # fmt: skip

# What holds for the rows below it as well, where it stands in front: one objective, several actions.
HOLDS_ON = {
    Meaning.OUTCOME: "No objective stands here: that of the row above was taken.",
    Meaning.FINDING: "No finding or context stands here: that of the row above was taken.",
}


@dataclass
class Draft:
    """A row while it is understood."""

    row: int
    table: int
    kind: RowKind
    words: dict[Meaning, str] = field(default_factory=dict)
    joined: frozenset[Meaning] = frozenset()
    context: Context = field(default_factory=Context)
    numbers: Numbers = field(default_factory=Numbers)
    said: list[str] = field(default_factory=list)
    may_continue: bool = False
    continues: int | None = None
    # Whether its table has a column for the words of recommendations; what stands in front of them and of the
    # actions, and so holds for several rows.
    beside_recommendations: bool = False
    in_front: frozenset[Meaning] = frozenset()

    def get(self, meaning: Meaning) -> str:
        return self.words.get(meaning, "")


def drafts_of(
    tables: Sequence[PrintedTable], meanings: Meanings, mended: Mapping[int, Mended]
) -> list[Draft]:
    """A draft of every row, in order; none is left out."""
    found: list[Draft] = []
    context = Context()
    for table in tables:
        context = context.below(table.above)
        columns = meanings.get(table.number, {})
        before: Draft | None = None  # the last row that is an action of this table
        for row in table.rows:
            draft = _draft(table, row, columns, context, before)
            wanted = mended.get(row.number, Mended()).kind
            if wanted is not None:
                draft.kind = wanted
            _place(draft, before)
            if draft.kind == RowKind.HEADING:
                context = context.below(line for line in row.cells if line)
                draft.context = context
            elif draft.kind == RowKind.ACTION:
                before = draft
            found.append(draft)
    return found


def _draft(
    table: PrintedTable,
    row: PrintedRow,
    columns: Mapping[int, Meaning],
    context: Context,
    before: Draft | None,
) -> Draft:
    draft = Draft(row.number, table.number, RowKind.ACTION, context=context)
    if row.title or same_headings(row.cells, table.headings):
        draft.kind = RowKind.HEADING
        draft.said.append("A line across the table." if row.title else "The headings, printed again.")
        return draft
    draft.words = _by_meaning(row, columns)
    draft.joined = frozenset(columns.get(column, Meaning.NOTHING) for column in row.joined)
    draft.numbers = numbers_of(draft.get(Meaning.NUMBER))
    there = set(columns.values())
    draft.beside_recommendations = Meaning.RECOMMENDATION in there
    told = min(_first(columns, Meaning.ACTION), _first(columns, Meaning.RECOMMENDATION))
    draft.in_front = frozenset(one for one in HOLDS_ON if _first(columns, one) < told)
    draft.kind, said = _kind(draft, there, before)
    draft.said += [said] if said else []
    if draft.kind == RowKind.ACTION and not draft.get(Meaning.ACTION) and before is not None:
        draft.may_continue = True
        draft.said.append(
            "No action stands here. If its cell is merged with the one above in the plan, say that it goes "
            f"on with row {before.row}."
        )
    return draft


def _kind(draft: Draft, there: set[Meaning], before: Draft | None) -> tuple[RowKind, str]:
    """What a row is by the words in it, and a sentence where that needs one."""
    filled = {meaning for meaning, words in draft.words.items() if words}
    if Meaning.ACTION not in there:
        if Meaning.RECOMMENDATION not in there:
            return RowKind.LEFT_OUT, "No column of this table holds actions or recommendations."
        if Meaning.RECOMMENDATION in filled:
            return RowKind.RECOMMENDATION, ""
        return RowKind.HEADING, "No words of a recommendation stand here: it was taken for a heading."
    if Meaning.ACTION in draft.joined and before is not None:
        return RowKind.CONTINUED, f"Its action is that of row {before.row}: the cell is merged."
    if Meaning.ACTION in filled:
        return RowKind.ACTION, ""
    if Meaning.RECOMMENDATION in filled and filled <= OF_A_RECOMMENDATION:
        return RowKind.RECOMMENDATION, ""
    lone = filled <= {Meaning.NOTHING} or (filled == {Meaning.NUMBER} and not draft.numbers)
    if lone:
        return RowKind.HEADING, "Nothing of an action stands here: it was taken for a heading."
    return RowKind.ACTION, ""


def _place(draft: Draft, before: Draft | None) -> None:
    """What goes on needs something to go on with."""
    if draft.kind != RowKind.CONTINUED:
        return
    if before is None:
        draft.kind = RowKind.ACTION
        draft.said.append("There is no action above it to go on with, so it is an action of its own.")
    else:
        draft.continues, draft.may_continue = before.row, False


def folded(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The actions, each with the words and numbers of the rows that go on with it."""
    by_row = {draft.row: draft for draft in drafts}
    for draft in drafts:
        if draft.kind == RowKind.CONTINUED and draft.continues is not None:
            _join(by_row[draft.continues], draft)
    return (draft for draft in drafts if draft.kind == RowKind.ACTION)


def _join(action: Draft, more: Draft) -> None:
    for meaning, words in more.words.items():
        if words and meaning not in more.joined and words not in action.get(meaning).split("\n"):
            action.words[meaning] = f"{action.get(meaning)}\n{words}".strip()
    both = (*action.numbers.numbers, *more.numbers.numbers)
    action.numbers = Numbers(
        tuple(dict.fromkeys(both)),
        action.numbers.every or more.numbers.every,
        " ".join(filter(None, (action.numbers.unread, more.numbers.unread))),
    )
    action.said.append(f"Row {more.row} goes on with it.")


def _by_meaning(row: PrintedRow, columns: Mapping[int, Meaning]) -> dict[Meaning, str]:
    """The words of a row by meaning; of several columns with one meaning, below one another."""
    words: dict[Meaning, str] = {}
    for column, cell in enumerate(row.cells):
        meaning = columns.get(column, Meaning.NOTHING)
        if cell:
            words[meaning] = f"{words.get(meaning, '')}\n{cell}".strip()
    return words


def _first(columns: Mapping[int, Meaning], meaning: Meaning) -> int:
    return min((column for column, one in columns.items() if one == meaning), default=10_000)
