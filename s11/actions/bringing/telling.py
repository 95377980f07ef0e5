"""What was understood of a plan, as lines of text."""

from collections.abc import Iterator

from s11.actions.bringing.dates import day_said
from s11.actions.bringing.faults import tallies
from s11.actions.bringing.shapes import LACK_LABELS, RowKind, UnderstoodPlan, UnderstoodRow

WIDEST = 70


def lines_of(plan: UnderstoodPlan) -> Iterator[str]:
    """The figures, the faults, posts that look like one, every row, and what is to be mended."""
    figures = tallies(plan)
    yield f"{figures.rows} rows: {figures.actions} actions, {figures.recommendations} recommendations"
    for label, count in (
        ("without an owner", figures.without_owner),
        ("with a post and nobody’s name", figures.without_name),
        ("without a date", figures.without_date),
        ("without an end", figures.open_ended),
        ("with something that is no date", figures.unclear),
        ("without words", figures.without_text),
    ):
        if count:
            yield f"  {count} actions {label}" if count > 1 else f"  1 action {label}"
    yield from _block("Faults", (fault.sentence for fault in plan.faults))
    yield from _block(
        "These look like one post",
        (" / ".join(post.spellings) for post in plan.posts if len(post.spellings) > 1),
    )
    yield from _block("Rows", map(_row, plan.rows))
    yield from _block("To be mended", (_lacking(row) for row in plan.rows if row.lacks))


def _block(title: str, lines: Iterator[str]) -> Iterator[str]:
    said = list(lines)
    if said:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in said)


def _row(row: UnderstoodRow) -> str:
    if row.kind == RowKind.CONTINUED:
        return f"{row.row}: goes on with row {row.continues}"
    if row.kind != RowKind.ACTION:
        return f"{row.row}: {row.kind.replace('_', ' ')} {_short(row.text)}".rstrip()
    answers = "all" if row.answers_all else ", ".join(row.numbers) or "none"
    owners = "; ".join(owner.name or owner.role for owner in row.owners) or "nobody"
    due = day_said(row.due_on) if row.due_on else row.due_printed or "no date"
    return f"{row.row}: [{answers}] {_short(row.text)} – {owners} – {' '.join(due.split())}"


def _lacking(row: UnderstoodRow) -> str:
    return f"Row {row.row}: {', '.join(LACK_LABELS[lack] for lack in row.lacks)}"


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= WIDEST else f"{said[: WIDEST - 3].rstrip()}…"
