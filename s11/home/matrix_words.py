"""The table of permissions in words: who may do what, and when, as an agency reads it."""

from collections import defaultdict
from dataclasses import dataclass

from s11.home.matrix import ALWAYS, NEVER, OWN, STAGES, Row

# Titles of the things, in the order of the page: what an agency asks first stands first.
TITLES = {
    "return": "Returns",
    "evidence": "Evidence",
    "moderation": "Moderation",
    "action": "Actions",
    "challenge day": "Challenge days",
    "pack": "Challenge-day packs",
    "letter": "Letters after a challenge day",
    "analysis": "Figures",
    "cycle": "Cycles",
    "questionnaire": "Questionnaires",
    "people": "People and their roles",
    "register": "The register of organisations",
    "mail": "Mail",
    "trail": "The trail",
    "settings": "Settings of the partnership",
    "system": "The installation",
    "account": "Your own account",
    "service": "The service",
}
# The columns in which an organisation's own people stand, and those of the Board, in short.
ORGANISATION = {
    "lead": "lead",
    "deputy": "deputy",
    "contributor": "contributors in the standards given to them",
    "other_contributor": "contributors in other standards",
    "signatory": "signatories",
    "viewer": "viewers",
    "trust_lead": "trust lead",
}
BOARD = {
    "business_manager": "business manager",
    "office": "office",
    "chair": "chair",
    "quality": "quality-assurance members",
    "moderator": "moderators",
    "adviser": "advisers in their own audit",
    "other_adviser": "advisers in other audits",
    "inspector": "inspectors",
}
# Both columns of a pair in one word, where they may do the same.
PAIRS = {
    ("contributor", "other_contributor"): "contributors",
    ("adviser", "other_adviser"): "advisers",
}
WHEN = {
    ALWAYS: "",
    OWN: "",
    "O": "while the return is open",
    "OW": "until the return is submitted",
    "W": "while the return waits for signatures",
    "S": "from submission until moderation is finished",
    "M": "from the end of moderation until the return is closed",
    "SM": "from submission until the return is closed",
    "SMC": "once the return is submitted",
    "MC": "once moderation is finished",
    "OWSMC": "",
}


@dataclass(frozen=True)
class Act:
    """A line of the page: an act, and who of the organisation, of the Board and of all others may do it."""

    what: str
    organisation: str
    board: str
    others: str


def parts(rows: tuple[Row, ...]) -> list[tuple[str, list[Act]]]:
    """The page in parts, one a thing."""
    acts: dict[str, list[Act]] = {thing: [] for thing in TITLES}
    for row in rows:
        acts.setdefault(row.thing, []).append(act_of(row))
    return [(TITLES.get(thing, thing.capitalize()), found) for thing, found in acts.items() if found]


def act_of(row: Row) -> Act:
    return Act(
        what=row.act[0].upper() + row.act[1:],
        organisation=said(row, ORGANISATION),
        board=said(row, BOARD),
        others=others(row),
    )


def said(row: Row, columns: dict[str, str]) -> str:
    """Who of these may, and when: "Lead, deputy: while the return is open"."""
    by_cell: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        if row.cells[column] != NEVER:
            by_cell[row.cells[column]].append(column)
    lines = []
    for cell, may in by_cell.items():
        who = "everybody" if len(may) == len(columns) else ", ".join(names(may, columns))
        lines.append(": ".join(filter(None, [who[0].upper() + who[1:], when(cell)])))
    return "; ".join(lines) or "Nobody"


def names(may: list[str], columns: dict[str, str]) -> list[str]:
    """The columns by their short names, a pair in one word."""
    short = {column: columns[column] for column in may}
    for (first, second), both in PAIRS.items():
        if first in short and second in short:
            short[first] = both
            del short[second]
    return list(short.values())


def when(cell: str) -> str:
    """The stages of a cell as the rest of a sentence; nothing where it is always so."""
    if cell in WHEN:
        return WHEN[cell]
    return "while the return is " + " or ".join(STAGES[letter] for letter in cell)


def others(row: Row) -> str:
    """What everybody else may: people of other organisations and partnerships, and those without a role."""
    cells = row.cells
    if cells["nobody"] == ALWAYS:
        return "Everybody, also without signing in"
    if cells["administrator"] == ALWAYS:
        return "System administrator"
    if cells["administrator"] == OWN:
        return "Everybody who is signed in, with their own"
    if cells["invited"] == OWN:
        return "Whoever it was offered to"
    if OWN in (cells["other_lead"], cells["elsewhere"]):
        return "Each with what is their own; nobody with yours"
    return "Nobody"
