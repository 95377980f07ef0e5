"""What the matrix shows in its cells."""

from types import SimpleNamespace
from typing import Any

from s11.analysis.pages import Matrix, matrix
from s11.analysis.rules import Basis
from tests.analysis.figures import LEVELS, a_frame

STANDARDS = tuple(SimpleNamespace(number=number, title=f"Standard {number}") for number in ("1", "2"))
CRITERIA = (SimpleNamespace(scale=SimpleNamespace(levels=LEVELS, counted=LEVELS), rated=True),)
EDITION: Any = SimpleNamespace(
    standards=STANDARDS, asked_standards=STANDARDS, criteria=CRITERIA, asked_criteria=CRITERIA
)


def a_matrix(own: dict[str, dict[str, str]], other: dict[str, dict[str, str]] | None = None) -> Matrix:
    frames = {Basis.SELF: a_frame(own)}
    if other:
        frames[Basis.MODERATED] = a_frame(other)
    return matrix(
        frames,
        EDITION,
        LEVELS,
        caption="Cycle",
        return_href=lambda ref: f"/{ref}",
        answers_href=lambda ref, number: f"/{ref}/{number}",
    )


def said(page: Matrix) -> list[list[str]]:
    """Each row in words: its name, then its cells."""
    return [
        [
            row.label,
            *(
                page.faces[cell.face].empty
                or " / ".join(
                    " ".join(filter(None, (s.basis, s.figures, s.note))) for s in page.faces[cell.face].strips
                )
                + (f" ({page.faces[cell.face].note})" if page.faces[cell.face].note else "")
                for cell in row.cells
            ),
        ]
        for row in page.rows
    ]


def test_cells_count_the_best_of_those_rated_and_totals_give_the_share() -> None:
    page = a_matrix({"Police": {"1": "G G A", "2": "N -"}, "Hill School": {"1": "G G G"}})
    assert said(page) == [
        ["Hill", "3 of 3", "Not asked", "3 of 3 100.0\u00a0%"],
        ["Police", "2 of 3", "none rated 1 N/A, 1 blank", "2 of 3 66.7\u00a0%, 1 N/A, 1 blank"],
        [
            "All organisations",
            "5 of 6 83.3\u00a0%",
            "none rated 1 N/A, 1 blank",
            "5 of 6 83.3\u00a0%, 1 N/A, 1 blank",
        ],
    ]
    assert [cell.href for cell in page.rows[0].cells] == ["/hill school/1", "", ""]
    assert page.caption == "Cycle. How many of the ratings given are green."


def test_on_both_bases_a_cell_says_how_many_differ_and_what_is_not_moderated_yet() -> None:
    page = a_matrix({"Police": {"1": "G G", "2": "G A"}}, {"Police": {"1": "A G", "2": "- -"}})
    assert said(page)[0] == [
        "Police",
        "S 2 of 2 / M 1 of 2 (1 differs)",
        "S 1 of 2 / M not yet",
        "S 3 of 4 75.0\u00a0% / M 1 of 2 50.0\u00a0%, 2 not yet (1 differs)",
    ]


def test_cells_that_look_alike_share_one_face() -> None:
    page = a_matrix({f"School {n}": {"1": "G G", "2": "G A"} for n in range(40)})
    assert len(page.rows) == 41 and len(page.faces) == 6


def test_organisations_that_share_a_short_name_keep_their_full_one() -> None:
    page = a_matrix({"Mary Vale": {"1": "G"}, "Mary Wold": {"1": "G"}, "Police Force": {"1": "G"}})
    assert [row.label for row in page.rows] == ["Mary Vale", "Mary Wold", "Police", "All organisations"]
