"""How charts that are too long for a page are cut."""


def parts(count: int, at_most: int) -> list[slice]:
    """How so many are cut into charts of about the same length."""
    number = -(-count // at_most)
    size = -(-count // number) if number else 0
    return [slice(turn * size, (turn + 1) * size) for turn in range(number)]
