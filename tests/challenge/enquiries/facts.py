"""Facts to test the rules of enquiry with: an organisation, its answers and its peers, a word each."""

from collections import Counter
from datetime import date

from s11.challenge.enquiries.facts import About, Line, Part, Peers, Promise, Proof, Rated, Whole, Year
from s11.challenge.enquiries.rules import Suggestion, suggestions

TODAY = date(2027, 3, 31)
LISTENING = Part("listening", "4", "Listening to children")
LEADING = Part("leading", "1", "Leadership and accountability")
COLOURS = ("Green", "Amber", "Red")
SCHOOLS = ("school", "schools")
LONG = "Every visit is written up with the child’s own words, and a manager reads ten of them each month."
OTHER = "We have begun to train all staff, and the first forty records were read by the panel in January."


def rated(letter: str) -> Rated:
    """G, A or R of three levels; N: not applicable; -: blank."""
    if letter == "N":
        return Rated("Not applicable", not_applicable=True)
    return Rated(COLOURS["GAR".index(letter)], "GAR".index(letter), 3) if letter in "GAR" else Rated()


def a_line(number: str = "4.2", own: str = "G", standard: Part = LISTENING, **more: object) -> Line:
    """One criterion; its evidence is there and young unless the test says otherwise."""
    told: dict[str, object] = {"words": LONG, "proof": (Proof("doc-" + number, "Audit"),), "has_action": True}
    return Line(standard, f"key-{number}", number, own=rated(own), **{**told, **more})  # type: ignore[arg-type]


def before(*years: tuple[str, str, str], comparable: bool = True) -> tuple[Year, ...]:
    """Earlier years, the latest first: each its name, its letter and its words."""
    return tuple(Year(name, rated(letter), words, comparable) for name, letter, words in years)


def about(*lines: Line, **more: object) -> About:
    told: dict[str, object] = {"organisation_id": 7, "ref": "police", "name": "Northshire Police"}
    return About(lines=lines, **{**told, **more})  # type: ignore[arg-type]


def peers(letters: str, key: str = "key-4.2", name: tuple[str, str] = SCHOOLS) -> Peers:
    """A group of which each rated one criterion: its own rating among them."""
    places = Counter("GAR".index(letter) for letter in letters if letter in "GAR")
    return Peers(name, len(letters), {key: places}, {key: letters.count("N")})


def whole(**more: object) -> Whole:
    return Whole(**{"today": TODAY, "small_group": 5, **more})  # type: ignore[arg-type]


def promise(ref: str = "act", **more: object) -> Promise:
    told: dict[str, object] = {
        "text": "Read forty records.",
        "due_on": date(2027, 1, 31),
        "first_due_on": date(2027, 1, 31),
        "standard_key": "listening",
    }
    return Promise(ref, **{**told, **more})  # type: ignore[arg-type]


def raised(rule: str, one: About, all_: Whole | None = None) -> list[Suggestion]:
    """What one rule suggests."""
    return [found for found in suggestions(one, all_ or whole()) if found.rule == rule]
