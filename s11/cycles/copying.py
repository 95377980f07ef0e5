"""What a cycle planned from an earlier one is called. Plain Python."""

import re

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
SHORT = re.compile(r"(?<!\d)(20\d\d)([/-])(\d\d)(?!\d)")


def following(name: str, years: int) -> str:
    """A title or code with its years moved on: "Section 11 2026" becomes "Section 11 2027".

    A school year moves as a whole: "2026/27" becomes "2027/28". One without a year stays as it is.
    """

    def both(found: re.Match[str]) -> str:
        return f"{int(found[1]) + years}{found[2]}{(int(found[3]) + years) % 100:02}"

    if SHORT.search(name):
        return SHORT.sub(both, name)
    return YEAR.sub(lambda found: str(int(found[1]) + years), name)
