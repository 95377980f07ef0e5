"""What somebody looking into a file can come back with: sentences to warn with, or a reason to refuse."""

SAVE_AS_PDF = "Save it as a PDF and add that."


class Refused(Exception):
    """The file cannot be kept. The words go on after its name: "holds macros. Save it without …"."""


def many(count: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 comment", "3 comments"."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def listed(names: list[str], most: int = 5) -> str:
    """Names as people list them, the rest counted: "a, b and 4 more"."""
    if len(names) <= most:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"
