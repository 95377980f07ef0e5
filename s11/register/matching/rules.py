"""When two names are likely to be of the same organisation. Python's own `difflib` is enough: only names
that share a word few others have, a postcode or a number are compared at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# One way of writing for what registers write in several.
SAID_ONE_WAY = (
    (re.compile(r"['’`.]"), ""),
    (re.compile(r"&"), " and "),
    (re.compile(r"\(.*?\)"), " "),
    (re.compile(r"\bsaints?\b"), "st"),
    (re.compile(r"\bc of e\b|\bce\b|\bchurch of england\b|\bcofe\b|\bc e\b"), "cofe"),
    (re.compile(r"\broman catholic\b|\br c\b|\bcatholic\b"), "rc"),
    (re.compile(r"\bvoluntary aided\b|\bvoluntary controlled\b|\bva\b|\bvc\b"), " "),
    (re.compile(r"\bmt\b"), "mount"),
    (re.compile(r"\bcouncil\b|\bborough\b|\bcity\b|\bcounty\b"), " "),
)
# Words that say what it is and not which: two names that share only these are not alike.
COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "at",
        "a",
        "school",
        "schools",
        "academy",
        "primary",
        "secondary",
        "infant",
        "infants",
        "junior",
        "nursery",
        "pre",
        "preschool",
        "college",
        "high",
        "community",
        "special",
        "trust",
        "multi",
        "mat",
        "limited",
        "ltd",
        "cofe",
        "rc",
        "st",
        "service",
        "services",
        "centre",
        "day",
        "childminder",
        "playgroup",
        "setting",
        "sixth",
        "form",
        "free",
        "first",
        "middle",
        "upper",
        "lower",
        "club",
    ]
)
ALIKE = 0.84
CERTAIN = 0.97
# A letter or two: whoever keyed it in once more may have given it another number.
ALMOST = 0.94
A_WORD_OF_AT_MOST = 12


@dataclass(frozen=True)
class Named:
    """What is compared of an organisation."""

    id: int
    name: str
    postcode: str = ""
    kind: str = ""
    phase: str = ""
    district: str = ""
    numbers: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True)
class Found:
    """Two that may be one: how sure, from 0 to 1, and why, in words."""

    one: int
    other: int
    score: float
    why: tuple[str, ...]


def said_one_way(name: str) -> str:
    """The name in small letters, with one way of writing for what is written in several."""
    said = name.casefold().replace("-", " ").replace("/", " ")
    for pattern, instead in SAID_ONE_WAY:
        said = pattern.sub(instead, said)
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", said).split())


def telling(said: str) -> frozenset[str]:
    """The words of a name that tell which one it is."""
    words = frozenset(said.split())
    return words - COMMON or words


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1; both as `said_one_way` gives them."""
    if one == other:
        return 1.0
    first, second = telling(one), telling(other)
    shared = len(first & second) / max(1, min(len(first), len(second)))
    letters = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio()
    whole = SequenceMatcher(None, one, other).ratio()
    return min(0.99, max(letters, 0.9 * shared if len(first & second) > 1 else 0) * 0.75 + whole * 0.25)


def judged(one: Named, other: Named, first: str, second: str) -> Found | None:
    """Whether two may be one, and why."""
    why = [f"The same number: {number}" for number in one.numbers if number in other.numbers]
    score = likeness(first, second)
    if score == 1.0:
        why.append("The same name" if one.name == other.name else "The same name, written in two ways")
    elif score >= ALIKE:
        why.append("Names that are alike")
    same_place = bool(one.postcode) and one.postcode == other.postcode
    keyed_twice = same_place and almost_the_same(first, second)
    if keyed_twice and score < ALIKE:
        score = ALMOST
        why.append("Names that are almost the same")
    if why and same_place:
        why.append("The same postcode")
    if not why and same_place and score >= ALIKE - 0.15:
        why += ["The same postcode", "Names that are alike"]
    if not why:
        return None
    if not any("number" in reason for reason in why) and differ(
        one, other, same_place, score, keyed_twice=keyed_twice
    ):
        return None
    if keyed_twice and contradict(one.numbers, other.numbers):
        why.append("Their numbers differ")
    bonus = 1.0 * ("number" in why[0]) + 0.1 * same_place + 0.05 * (one.district == other.district != "")
    return Found(min(one.id, other.id), max(one.id, other.id), score + bonus, tuple(why))


def almost_the_same(one: str, other: str) -> bool:
    """Whether two names differ in a letter or two, and in no figure; both as `said_one_way` gives them."""
    figures = [re.findall(r"\d+", name) for name in (one, other)]
    return figures[0] == figures[1] and SequenceMatcher(None, one, other).ratio() >= ALMOST


def differ(one: Named, other: Named, same_place: bool, score: float, *, keyed_twice: bool = False) -> bool:
    """What speaks for two: other numbers in one register, other kinds, phases or postcodes.

    Numbers do not, where name and postcode are almost those of the other.
    """
    if contradict(one.numbers, other.numbers) and not keyed_twice:
        return True
    if one.kind != other.kind and score < 1.0:
        return True
    if one.phase and other.phase and one.phase != other.phase:
        return True
    apart = bool(one.postcode and other.postcode) and not same_place
    return apart and (score < 1.0 or (one.district != other.district))


def contradict(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether both have a number in the same register, and not the same one: "urn 100001", "urn 100002"."""
    held = dict(number.split(" ", 1) for number in first)
    return any(held.get(name, value) != value for name, value in (number.split(" ", 1) for number in second))


def pairs(all_of_them: Sequence[Named]) -> list[Found]:
    """The pairs that may be one organisation, the surest first."""
    said = {one.id: said_one_way(one.name) for one in all_of_them}
    by_id = {one.id: one for one in all_of_them}
    found = (judged(by_id[a], by_id[b], said[a], said[b]) for a, b in candidates(all_of_them, said))
    return sorted((one for one in found if one is not None), key=lambda one: (-one.score, one.one, one.other))


def candidates(all_of_them: Iterable[Named], said: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs that share a number, a postcode, or a telling word that few have."""
    holders: dict[str, list[int]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for one in all_of_them:
        for word in telling(said[one.id]):
            counted[word] += 1
            holders[f"word {word}"].append(one.id)
        for number in (*one.numbers, one.postcode):
            if number:
                holders[f"number {number}"].append(one.id)
        holders[f"name {said[one.id]}"].append(one.id)
    seen: set[tuple[int, int]] = set()
    for ids in holders.values():
        if len(ids) > A_WORD_OF_AT_MOST:
            continue
        for at, one_id in enumerate(ids):
            for other_id in ids[at + 1 :]:
                pair = (min(one_id, other_id), max(one_id, other_id))
                if pair[0] != pair[1] and pair not in seen:
                    seen.add(pair)
                    yield pair
