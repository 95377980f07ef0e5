"""How an action is marked red, amber or green, and why."""

from datetime import date, timedelta

import pytest

from s11.actions.rules import RAG_LABELS, Rag, Status, rag

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("status", "days", "moved", "mark", "why"),
    [
        ("complete", -90, 3, Rag.GREEN, "Complete"),
        ("verified", -90, 0, Rag.GREEN, "Verified"),
        ("closed", None, 0, Rag.GREEN, "Closed"),
        ("on_track", -1, 0, Rag.RED, "Overdue by 1 day"),
        ("at_risk", -12, 4, Rag.RED, "Overdue by 12 days"),
        ("on_track", None, 0, Rag.RED, "No completion date"),
        ("at_risk", 200, 0, Rag.AMBER, "At risk"),
        ("on_track", 200, 2, Rag.AMBER, "Drifting: date moved 2 times"),
        ("on_track", 0, 0, Rag.AMBER, "Due today"),
        ("not_started", 28, 1, Rag.AMBER, "Due in 28 days"),
        ("not_started", 29, 1, Rag.LATER, "Not started"),
        ("superseded", -12, 0, Rag.GONE, "Superseded"),
    ],
)
def test_what_an_action_is_marked(status: str, days: int | None, moved: int, mark: Rag, why: str) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    found = rag(status, due, TODAY, times_moved=moved)
    assert (found.rag, found.why, found.label) == (mark, why, RAG_LABELS[mark])


def test_without_a_named_owner_nothing_is_well() -> None:
    found = rag(Status.ON_TRACK, TODAY + timedelta(days=100), TODAY, named=False)
    assert (found.rag, found.why) == (Rag.AMBER, "No owner is named")
