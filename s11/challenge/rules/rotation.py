"""Who questions whom."""

from collections.abc import Sequence


def pairings(organisation_ids: Sequence[int]) -> list[tuple[int, int | None]]:
    """Who is questioned by whom: each by the next in order, the last by the first, nobody by itself."""
    if len(organisation_ids) < 2:
        return [(one, None) for one in organisation_ids]
    return list(zip(organisation_ids, [*organisation_ids[1:], organisation_ids[0]], strict=True))


def questioner_fault(organisation_id: int, questioner_id: int | None) -> str | None:
    """The sentence that says why a questioner will not do, or None."""
    if organisation_id == questioner_id:
        return "An organisation does not question itself. Choose another one to ask the questions."
    return None
