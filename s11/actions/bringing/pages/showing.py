"""Which rows of a plan somebody wants to see; it stays in the address, so that no place is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from s11.actions.bringing.shapes import Lack, RowKind, UnderstoodRow

PAGE = 50

Wanted = Callable[[UnderstoodRow], bool]


def _lacks(*lacks: Lack) -> Wanted:
    return lambda row: bool(set(row.lacks) & set(lacks))


def _is(*kinds: RowKind) -> Wanted:
    return lambda row: row.kind in kinds


MEND = "mend"
EVERY = "all"
# What can be asked for: a label, and which rows that is. The first four are tabs.
SHOWS: Mapping[str, tuple[str, Wanted]] = {
    MEND: ("To be mended", lambda row: bool(row.lacks)),
    "actions": ("Actions", _is(RowKind.ACTION)),
    "recommendations": ("Recommendations", _is(RowKind.RECOMMENDATION)),
    "aside": ("Not rows of their own", _is(RowKind.CONTINUED, RowKind.HEADING, RowKind.LEFT_OUT)),
    EVERY: ("All rows", lambda row: True),
    "owner": ("Without an owner", _lacks(Lack.OWNER)),
    "name": ("A post and no name, or no role", _lacks(Lack.OWNER_NAME, Lack.OWNER_ROLE)),
    "due": ("Without a date", _lacks(Lack.DUE)),
    "open": ("Open-ended or unclear", _lacks(Lack.DUE_OPEN, Lack.DUE_UNCLEAR)),
    "text": ("Without an action", _lacks(Lack.TEXT)),
    "number": ("Of a number there is not", _lacks(Lack.NUMBER)),
}
TABS = (MEND, "actions", "recommendations", "aside", EVERY)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: which rows, of which number, which page; and which row was just saved."""

    show: str = ""
    number: str = ""
    page: int = 1
    saved: int = 0

    @property
    def address(self) -> dict[str, str]:
        """What goes into the address of a form or a link, to come back to the same place."""
        named = {"show": self.show, "rec": self.number, "page": str(self.page) if self.page > 1 else ""}
        return {name: value for name, value in named.items() if value}

    def holds(self, row: UnderstoodRow) -> bool:
        """Whether a row is among those asked for. The one that was just saved stays where it was."""
        if row.row == self.saved:
            return True
        if self.number and self.number not in row.numbers:
            return False
        return SHOWS[self.show][1](row)


def asked_for(args: Mapping[str, str], *, to_mend: bool) -> Asked:
    """What an address asks for; without a word of it, what has to be mended, where there is any."""
    show = args.get("show", "")
    if show not in SHOWS:
        show = MEND if to_mend and not args.get("rec") else EVERY
    return Asked(
        show, args.get("rec", "")[:20], max(1, _number(args.get("page"))), _number(args.get("saved"))
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
