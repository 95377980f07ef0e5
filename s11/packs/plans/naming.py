"""Names of persons taken out of running text, for a paper that is published.

Every known name is replaced by the role of whoever bears it: the full name in whatever case, with a title,
initials or a middle name, surname first, and its parts standing alone. A part that is an ordinary word too
("Grace", "Young") is left, and pointed out: only a person can tell. So are words that look like a name
nobody here bears.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

NAMED = "a named person"
RANKS = "Chief|Detective|Superintendent|Inspector|Sergeant|Constable"
TITLED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Rev|Revd|Sir|Dame|PC|DC|DS|DI|DCI|DSU|"
    rf"{RANKS})\.?\s+)+$"
)
TITLES = f"mr mrs ms miss mx dr prof professor cllr councillor rev revd sir dame pc dc ds di dci dsu {RANKS}"
TITLE_WORDS = frozenset(TITLES.lower().replace("|", " ").split())
# After these titles a capitalised word is a name, whoever bears it.
ADDRESSED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor)\.?\s+"
    r"[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)?"
)
MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"(?<![\w/])(?:\+44\s?\(?0?\)?|0)\d(?:[\s-]?\d){8,9}(?!\w)")
FILE = re.compile(r"\b[\w()-]+\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|jpe?g|png|msg|eml)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
BETWEEN = re.compile(r"[\s,.]+")
LOOKS_LIKE = re.compile(r"(?<![.!?:•\n“] )(?<!^)\b([A-Z][a-z'’-]+ [A-Z][a-z'’-]+)\b", re.MULTILINE)
SHORTEST = 3  # letters of a part that is looked for by itself
# Parts of names that are words of every plan.
ORDINARY_WORDS = """
    a an and the of for in on at to by with or april may june august autumn summer winter spring day
    week month year north south east west green brown white black grey gray red king bishop dean chase page
    price field hill wood woods stone brook rivers lane park street church ward law cross read young old
    long short best good rich will mark grace hope faith joy rose holly art bill frank pat rob sue max penny
    carol child police board chair lead deputy office officer manager head nurse named designated service
    safeguarding people school college trust care health social early help family agency partner person
    somebody someone council county city review audit plan action practice case home house"""
ORDINARY = frozenset(ORDINARY_WORDS.split())


@dataclass(frozen=True)
class Replaced:
    """One place where something was replaced: the words around it, before and after."""

    where: str
    before: str
    after: str


@dataclass
class Names:
    """The names of persons that are known, and what stands in their place. `keep`: words that stay, such as
    the names of organisations; `used`: the words of the plan itself, in whatever way they are written;
    `always`: what is replaced wherever it stands so, since somebody said that it is a name."""

    people: Sequence[tuple[str, str]]
    keep: Iterable[str] = ()
    used: Iterable[str] = ()
    always: Iterable[str] = ()
    replaced: list[Replaced] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._small = {
            word for text in self.used for word in WORD.findall(text) if word == word.lower()
        } | ORDINARY
        self._small |= {word.casefold() for _, role in self.people for word in WORD.findall(role)}
        self._kept_words = {word.casefold() for name in self.keep for word in WORD.findall(name)}
        self._kept = _any_of(name for name in self.keep if len(name) > SHORTEST)
        self._always = _any_of(map(_straight, self.always))
        roles: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for name, role in self.people:
            parts = tuple(
                word.casefold()
                for word in WORD.findall(_straight(name))
                if word.casefold() not in TITLE_WORDS
            )
            if parts:
                roles[parts].add(role.strip())
        self._full: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._alone: dict[str, set[str]] = defaultdict(set)
        self._words: dict[tuple[str, ...], str] = {}
        for parts, said in roles.items():
            known = {role for role in said if role}
            self._words[parts] = known.pop() if len(known) == 1 else ""
            for first in {parts[0], parts[-1]}:
                self._full[first].append(parts)
            for part in parts:
                if len(part) >= SHORTEST:
                    self._alone[part].add(self._words[parts])
        # A role that names somebody is none.
        for parts, role in list(self._words.items()):
            if self._named(role) != role:
                self._words[parts] = ""
        self.left.clear()

    def without(self, text: str, *, where: str = "") -> str:
        """The text with no known name in it; what was replaced is noted."""
        if not text:
            return text
        straight = _straight(text)
        said = MAIL.sub("an e-mail address", straight)
        said = NUMBER.sub("a telephone number", said)
        said = FILE.sub("a document", said)
        if self._always:
            said = self._always.sub(lambda found: _placed(NAMED, found.string[: found.start()]), said)
        pieces, done = [], 0
        for kept in self._kept.finditer(said) if self._kept else ():
            pieces += [self._named(said[done : kept.start()]), kept[0]]
            done = kept.end()
        found = "".join([*pieces, self._named(said[done:])])
        found = ADDRESSED.sub(NAMED, found)
        self._look_at(found)
        if found == straight:
            return text
        self.replaced.append(Replaced(where, text, found))
        return found

    def _named(self, text: str) -> str:
        words = [(one.start(), one.end(), _bare(one[0])) for one in WORD.finditer(text)]
        out, done, at = [], 0, 0
        while at < len(words):
            start, end, word = words[at]
            count, parts = self._match(text, words, at)
            if not count:
                at += 1
                continue
            end = words[at + count - 1][0] + len(words[at + count - 1][2])
            start = self._begin(text, start, done, parts)
            out += [text[done:start], _placed(self._said(parts, word), text[:start])]
            done, at = end, at + count
        return "".join([*out, text[done:]])

    def _match(
        self, text: str, words: list[tuple[int, int, str]], at: int
    ) -> tuple[int, tuple[str, ...]]:  # fmt: skip
        """How many words from here on are a name, and whose."""
        word = words[at][2]
        for parts in self._full.get(word.casefold(), ()):
            for spoken in (parts, (parts[-1], *parts[:-1])):
                if count := _spoken(text, words, at, spoken):
                    return count, parts
        small = word.casefold()
        if small not in self._alone or not word[0].isupper():
            return 0, ()
        if small in self._small or small in self._kept_words:
            self.left[word] += 1
            return 0, ()
        return 1, (small,)

    def _begin(self, text: str, start: int, done: int, parts: tuple[str, ...]) -> int:
        """Where a name begins: at its title or its initials, where it has them."""
        before = text[done:start]
        if initials := re.search(r"(?:\b[A-Z]\.?\s+){1,3}$", before):
            first = initials[0].strip()[0].casefold()
            if any(known[0].startswith(first) for known in self._full.get(parts[-1], ())):
                before = before[: initials.start()]
        if title := TITLED.search(before):
            before = before[: title.start()]
        return done + len(before)

    def _said(self, parts: tuple[str, ...], word: str) -> str:
        if parts in self._words:
            return _role(self._words[parts])
        roles = self._alone.get(parts[0], set())
        return _role(next(iter(roles))) if len(roles) == 1 else NAMED

    def _look_at(self, text: str) -> None:
        """Two capitalised words in a row that are no known words look like a name."""
        for found in LOOKS_LIKE.finditer(text):
            words = [word.casefold() for word in found[1].split()]
            if not any(word in self._small or word in self._kept_words for word in words):
                self.left[found[1]] += 1


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Whichever of these phrases stands there as whole words, the longest first; None of none."""
    found = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    whole = "|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in found)
    return re.compile(whole) if found else None


def _role(role: str) -> str:
    """The Head of Safeguarding; somebody whose role is not known is a named person."""
    if not role:
        return NAMED
    return role if role.lower().startswith(("the ", "a ", "an ")) else f"the {role}"


def _placed(words: str, before: str) -> str:
    """The words as they stand there: with a capital at the beginning of a sentence."""
    before = before.rstrip(" ")
    begins = not before or before[-1] in ".!?\n•:"
    return words[0].upper() + words[1:] if begins else words


def _spoken(text: str, words: list[tuple[int, int, str]], at: int, spoken: tuple[str, ...]) -> int:
    """How many words from here on say a name, one capitalised word between its first and last allowed."""
    if len(spoken) < 2:
        return 0
    place, skipped = at, 0
    for turn, part in enumerate(spoken):
        if place >= len(words):
            return 0
        if turn and not BETWEEN.fullmatch(text[words[place - 1][1] : words[place][0]]):
            return 0
        if words[place][2].casefold() != part:
            between = words[place][2]
            follows = words[place + 1][2].casefold() if place + 1 < len(words) else ""
            if not turn or skipped or not between[0].isupper() or follows != part:
                return 0
            place, skipped = place + 1, 1
        place += 1
    return place - at


def _bare(word: str) -> str:
    """A word without the ’s of possession."""
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word


def _straight(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
