"""What is in a pack for whom, what is picked out for a profile, and how it is cut to fit."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from s11.challenge.ratings import CriterionRating
from s11.organisations.rules import Kind
from s11.packs.kinds import Audience, Format

# So many of each are printed: a profile is read in minutes, and the return itself holds the rest.
STRENGTHS, WEAKEST, WITHOUT_EVIDENCE, DOUBTS, AWAY, ACTIONS, REPLIES = 3, 3, 3, 2, 2, 3, 2
EXCERPT = 220
SHORT_EXCERPT = 95  # two lines of a column
PROMISE_EXCERPT, REASON_EXCERPT = 140, 120
# Of a whole answer, where an agency reads its own.
ANSWER_EXCERPT = 400
# Whoever writes a file has so long; after that it counts as killed, and somebody else writes it.
MINUTES_TO_WRITE = 3
# Two forms sent within so many seconds by the same person, for the same pack, are one.
SECONDS_OF_A_DOUBLE_CLICK = 60
FOREWORD_LONGEST = 20_000


@dataclass(frozen=True)
class Holds:
    """What a pack for an audience holds. `for_board`: only people of the Board ever read it."""

    who: str  # whom it is for, on its cover
    for_board: bool
    about_one: bool = False  # it is made for one organisation
    agenda: bool = True
    enquiries: bool = False
    sheets: bool = False


HOLDS: Mapping[Audience, Holds] = {
    Audience.CHAIR: Holds("The chair of the challenge day", True, enquiries=True, sheets=True),
    Audience.PARTNERSHIP: Holds("All partners", False),
    Audience.AGENCY: Holds("This organisation", False, about_one=True, agenda=False),
    Audience.QUESTIONER: Holds("Whoever asks the questions", False, about_one=True, enquiries=True),
    Audience.CLUSTER: Holds("The adviser of these {bodies}", True, agenda=False),
    Audience.REPORT: Holds("The sub-group and the Board", True, agenda=False),
}
FORMATS_OF: Mapping[Audience, tuple[Format, ...]] = dict.fromkeys(Audience, tuple(Format))


def in_no_order(refs: Iterable[str], *, within: str, secret: str) -> list[str]:
    """The same in an order that tells nothing about who is who, and is another one in another pack.

    It stays the same for the same pack, so that a pack built again can be laid beside the first. Without
    the secret of the service nobody can work it out from the refs.
    """

    def place(ref: str) -> bytes:
        return hmac.digest(secret.encode(), f"{within}|{ref}".encode(), sha256)

    return sorted(refs, key=place)


def letters(count: int) -> list[str]:
    """A, B … Z, AA, AB …: what peers are called where they are not named."""
    found = []
    for turn in range(count):
        name, rest = "", turn
        while rest >= 0:
            name, rest = chr(ord("A") + rest % 26) + name, rest // 26 - 1
        found.append(name)
    return found


SCHOOLS = frozenset({Kind.SCHOOL, Kind.COLLEGE})
SETTINGS = frozenset({Kind.EARLY_YEARS, Kind.CHILDMINDER})


def body_words(kinds: Iterable[str]) -> tuple[str, str]:
    """What organisations of these kinds are called, one and many: schools are nobody's agencies."""
    found = set(kinds)
    if found <= SCHOOLS:
        return "school", "schools"
    if found <= SETTINGS:
        return "setting", "settings"
    return "agency", "agencies"


def stem_of(*parts: str) -> str:
    """section-11-2027-chairs-pack: the name of a file, without its ending."""
    joined = " ".join(parts).lower().replace("’", "").replace("'", "")
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in joined)
    return "-".join(part for part in plain.split("-") if part)[:90].strip("-")


def excerpt(text: str, longest: int = EXCERPT) -> str:
    """The beginning of a text, cut at a word, in one paragraph; "…" says that there is more."""
    joined = " ".join(text.split())
    if len(joined) <= longest:
        return joined
    cut = joined[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + " …"


def strengths(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """What a moderator confirmed at the best level; best evidenced first, then as printed."""
    confirmed = [one for one in ratings if one.moderated.best]
    return sorted(confirmed, key=lambda one: -one.evidence)


def own_strengths(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """The same where nobody moderated yet: rated best by the agency, with something to show for it."""
    return sorted((one for one in ratings if one.own.best and one.evidence), key=lambda one: -one.evidence)


def weakest(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """What stands lowest on its scale, below the best level: lowest first, the least evidenced first."""

    def height(one: CriterionRating) -> tuple[int, int]:
        return (one.standing.level.order if one.standing.level else 0), one.evidence

    low = [
        one for one in ratings if one.standing.level and one.standing.level.counts and not one.standing.best
    ]
    return sorted(low, key=height)


def without_evidence(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """Rated best by the agency with nothing to show for it."""
    return [one for one in ratings if one.own.best and one.evidence == 0]


def differing(ratings: Sequence[CriterionRating]) -> list[CriterionRating]:
    """Where the moderator said something else than the agency: first where they rated lower."""
    found = [
        one
        for one in ratings
        if not one.moderated.blank
        and not one.own.blank
        and (one.own.level, one.own.not_applicable) != (one.moderated.level, one.moderated.not_applicable)
    ]
    return sorted(found, key=lambda one: not is_lower(one))


def is_lower(one: CriterionRating) -> bool:
    """Whether the moderator rated lower than the agency."""
    return bool(one.own.level and one.moderated.level and one.moderated.level.order < one.own.level.order)


def rest_of(found: Sequence, at_most: int, what: str) -> str:
    """How many more there are than are printed: "and 12 more answers"; empty where all are."""
    more = len(found) - at_most
    return f"and {more} more {what}{'s' if more != 1 else ''}" if more > 0 else ""


def middle(shares: Sequence[float]) -> float:
    """The middle of some shares: as many stand above it as beneath."""
    ordered, half = sorted(shares), len(shares) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def capital(words: str) -> str:
    """The same, beginning with a capital letter."""
    return words[:1].upper() + words[1:]
