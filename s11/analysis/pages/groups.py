"""Groups of organisations by standards: what an adviser's matrix prints."""

from collections.abc import Callable, Mapping, Sequence

from s11.analysis.counts import ALL, Line
from s11.analysis.pages.grid import Cell, Column, Counts, Look, Matrix, MatrixRow, face
from s11.analysis.pages.tables import best_word
from s11.analysis.rules import Basis
from s11.questionnaires.rules import EditionContent, LevelContent


def group_matrix(
    groups: Mapping[str, Mapping[str, Line]],
    edition: EditionContent,
    levels: Sequence[LevelContent],
    *,
    caption: str,
    corner: str,
    href: Callable[[str, str], str],
) -> Matrix:
    """One row a group, one column a standard; `href(group, number)` leads to the schools behind a cell."""
    worn: dict[Look, int] = {}
    standards = [s for s in edition.standards if any(s.number in lines for lines in groups.values())]

    def cell(group: str, number: str, line: Line | None) -> Cell:
        look = Look((counts_of(line or Line(), levels),), is_total=True)
        return Cell(href(group, number) if line else "", worn.setdefault(look, len(worn)))

    rows = [
        MatrixRow(
            group,
            href(group, ""),
            "",
            (*(cell(group, s.number, lines.get(s.number)) for s in standards), cell(group, "", lines[ALL])),
        )
        for group, lines in groups.items()
    ]
    return Matrix(
        caption=f"{caption}. How many of the ratings given are {best_word(edition)}.",
        corner=corner,
        columns=(*(Column(s.number, s.title) for s in standards), Column("", "All")),
        rows=tuple(rows),
        faces=tuple(face(look, (Basis.SELF,), levels) for look in worn),
    )


def counts_of(line: Line, levels: Sequence[LevelContent]) -> Counts:
    given = [line.counts.get(level.code, 0) for level in levels]
    asked = sum(given) + line.not_applicable + line.blank
    return (asked, line.denominator, line.best, line.not_applicable, line.blank, *given)
