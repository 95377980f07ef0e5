"""Whether a later rating says that what an action changed did not last."""

from collections.abc import Sequence


def is_low(order: int, orders: Sequence[int]) -> bool:
    """Whether a level stands in the lower half of those that count: red of red, amber and green, and the two
    lowest of four. Best is the highest order."""
    if order not in orders or len(orders) < 2:
        return False
    place = sorted(orders, reverse=True).index(order)
    return place >= len(orders) / 2
