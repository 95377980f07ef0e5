"""Words of a plan that are one of few: how an action stands, how urgent it is, under which theme it comes."""

import re
from collections.abc import Collection, Iterable

from s11.actions.rules import Priority, Status

STATUSES: tuple[tuple[Status, str], ...] = (
    (Status.NOT_STARTED, r"not (?:yet )?(?:started|begun|commenced)|n/s|to (?:start|do)"),
    (Status.AT_RISK, r"amber|yellow|a|red|r|at risk|delayed|behind.*|overdue|off track|"
                     r"not (?:on track|met|complete[d]?)"),
    (Status.COMPLETE, r"blue|b|complete[d]?|done|closed|achieved|finished|met|complete[d]? .*"),
    (Status.ON_TRACK, r"green|g|on (?:track|target|schedule)|in progress|under ?way|ongoing|on-going|started|"
                      r"partial(?:ly)?.*|begun"),
)  # fmt: skip
PRIORITIES = {
    "high": Priority.HIGH, "h": Priority.HIGH, "1": Priority.HIGH, "urgent": Priority.HIGH,
    "critical": Priority.HIGH, "medium": Priority.MEDIUM, "m": Priority.MEDIUM, "2": Priority.MEDIUM,
    "moderate": Priority.MEDIUM, "low": Priority.LOW, "l": Priority.LOW, "3": Priority.LOW,
}  # fmt: skip
LITTLE = frozenset({"and", "of", "the", "for", "in", "to", "a"})
# What stays in capitals where a whole title is in capitals.
LETTERS = frozenset(
    {"CSA", "CSE", "CCE", "CIN", "CAMHS", "DA", "GP", "LAC", "MASH", "NHS", "SEND", "FGM", "QA"}
)


def status_of(cell: str) -> str:
    """How an action stands by its rating, or nothing where the words are none of these."""
    said = re.sub(r"^b?rag\s*(?:rating)?\s*[:=-]?\s*", "", _plain(cell)).strip(" .:()-–")
    return next((str(one) for one, pattern in STATUSES if said and re.fullmatch(pattern, said)), "")


def priority_of(cell: str) -> str:
    """How much hangs on an action, or nothing."""
    said = re.sub(r"\bpriority\b", "", _plain(cell)).strip(" .:()-–")
    return str(PRIORITIES[said]) if said in PRIORITIES else ""


def themes_in(cell: str, alone: Collection[str], titles: Iterable[str]) -> tuple[str, ...]:
    """The themes a cell names, each by its whole title where the plan has one. `alone` are themes that have
    cells of their own: two of them in one line are two."""
    found: list[str] = []
    for line in re.split(r"[\n;]", cell):
        words = " ".join(line.split()).strip(" -–,")
        if words:
            found += [title_of(theme, titles) for theme in _taken_apart(words, alone)]
    return tuple(dict.fromkeys(found))


def title_of(theme: str, titles: Iterable[str]) -> str:
    """The whole title for a short form: "PROF CURIOSITY" is "Professional Curiosity"."""
    same = [title for title in titles if _shortens(theme, title)]
    exact = [title for title in same if len(_words(title)) == len(_words(theme))]
    return (exact or same)[0] if len(exact) == 1 or len(same) == 1 else spoken(theme)


def spoken(title: str) -> str:
    """A title in capitals as it is spoken: "VOICE OF THE CHILD" is "Voice of the child"."""
    if title != title.upper() or len(title) < 5 or " " not in title:
        return title if title != title.upper() or len(title) < 5 else title.capitalize()
    words = [word if word in LETTERS else word.lower() for word in title.split()]
    return " ".join([words[0] if words[0] in LETTERS else words[0].capitalize(), *words[1:]])


def _taken_apart(words: str, alone: Collection[str]) -> list[str]:
    by_plain = {_plain(one): one for one in alone}
    for one in sorted(by_plain, key=len, reverse=True):
        rest = _plain(words).removeprefix(f"{one} ")
        if rest != _plain(words) and rest in by_plain:
            return [words[: len(one)].strip(), words[len(one) :].strip()]
    return [words]


def _shortens(short: str, whole: str) -> bool:
    """Whether every word of the short form begins a word of the whole one, in the same order."""
    wanted, words = _words(short), _words(whole)
    if not wanted or not words or not words[0].startswith(wanted[0]):
        return False
    at = 0
    for word in wanted:
        while at < len(words) and not words[at].startswith(word):
            at += 1
        at += 1
        if at > len(words):
            return False
    return True


def _words(title: str) -> list[str]:
    return [word for word in re.findall(r"\w+", title.casefold()) if word not in LITTLE]


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
