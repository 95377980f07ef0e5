"""The recommendations of a plan, and which of them an action answers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from s11.actions.bringing.numbers import number_named_in, without_number
from s11.actions.bringing.shapes import Known, Meaning, RowKind, UnderstoodRecommendation
from s11.actions.bringing.understanding.context import Heading
from s11.actions.bringing.understanding.drafts import Draft

LEADING = re.compile(
    r"(?:recommendation|rec\.?|finding)?\s*(\d{1,3}(?:\.\d{1,2})?[a-z]?)\s*[.:)–—-]\s+(?=\D)", re.IGNORECASE
)
# So alike, and an action says what a recommendation says.
NEARLY = 0.8
SAME = 0.92
COMPARED = 600
LONG_ENOUGH = 40  # of fewer letters nothing can be told


@dataclass
class Found:
    """A recommendation while the plan is read."""

    number: str
    text: str
    row: int = 0
    themes: list[str] = field(default_factory=list)
    finding: str = ""
    context: str = ""
    response: str = ""
    key: str = ""


class Recommending:
    """Every recommendation that the plan makes or names, found once."""

    def __init__(self, drafts: Sequence[Draft], known: Known) -> None:
        self.found: list[Found] = []
        self.noun = "recommendation"
        self.of_row: dict[int, list[Found]] = {}
        self._words(drafts)
        named = any(draft.numbers for draft in drafts if draft.kind in (RowKind.ACTION, RowKind.CONTINUED))
        if not self.found and not named:
            self._findings(drafts)
        elif not self.found and not known.recommendations:
            self._numbers_alone(drafts)
        self.theirs = [Found(number, text, key=ref) for ref, number, text in known.recommendations]
        self._key()

    def _words(self, drafts: Iterable[Draft]) -> None:
        """Those whose words stand in a row or above a table."""
        before: tuple[int, list[Found]] = (0, [])
        for draft in drafts:
            if draft.kind not in (RowKind.ACTION, RowKind.RECOMMENDATION):
                continue
            words = draft.get(Meaning.RECOMMENDATION)
            heading = draft.context.recommendation
            if words:
                mine = self._saying(draft, words)
            elif draft.beside_recommendations and not draft.numbers and before[0] == draft.table:
                mine = before[1]
                draft.said.append("No recommendation stands here: that of the row above was taken.")
            elif heading is not None and not draft.numbers:
                mine = [self._headed(heading, draft)]
            else:
                continue
            before = (draft.table, mine)
            self.of_row[draft.row] = mine

    def _saying(self, draft: Draft, words: str) -> list[Found]:
        named = number_named_in(words)
        leading = LEADING.match(words)
        alone = named or (leading[1].lower() if leading else "")
        numbers = draft.numbers.numbers or (alone,)
        text = without_number(words)
        if leading and leading[1].lower() in numbers:
            text = text.removeprefix(leading[0]).strip() or text
        return [self._one(number, text or words, draft) for number in numbers]

    def _one(self, number: str, text: str, draft: Draft) -> Found:
        bearing = (one for one in self.found if one.number == number)
        # Without numbers only the very words tell that two are one.
        same = next(
            (one for one in bearing if one.text == text or (number and alike(one.text, text) >= SAME)), None
        )
        if same is None:
            same = Found(number, text, draft.row)
            self.found.append(same)
        finding = draft.get(Meaning.FINDING) or _said(draft.context.finding)
        same.finding = same.finding or finding
        return same

    def _headed(self, heading: Heading, draft: Draft) -> Found:
        text = heading.text or f"Recommendation {heading.number}"
        one = self._one(heading.number, text, draft)
        one.context, one.response = heading.context, heading.response
        return one

    def _findings(self, drafts: Iterable[Draft]) -> None:
        """Of a plan without recommendations the findings above its tables are what it answers."""
        for draft in drafts:
            heading = draft.context.finding
            if draft.kind not in (RowKind.ACTION, RowKind.CONTINUED):
                continue
            if heading is None:
                draft.said.append("No finding stands above this table.")
                continue
            text = heading.text or f"Finding {heading.number}"
            one = self._one(heading.number, text, draft)
            one.finding, one.context, one.response = "", heading.context, heading.response
            self.of_row[draft.row] = [one]
            self.noun = "finding"
            if not draft.context.anew:
                draft.said.append(
                    "No finding stands above this table; it was taken to go on with finding "
                    f"{heading.number}."
                )

    def _numbers_alone(self, drafts: Iterable[Draft]) -> None:
        """Of a plan that only numbers its recommendations."""
        for draft in drafts:
            if draft.kind in (RowKind.ACTION, RowKind.CONTINUED):
                for number in draft.numbers.numbers:
                    self._one(number, f"Recommendation {number}", draft)

    def _key(self) -> None:
        times: dict[str, int] = {}
        for one in self.found:
            base = one.number or f"row-{one.row}"
            times[base] = times.get(base, 0) + 1
            one.key = base if times[base] == 1 else f"{base}-{times[base]}"
        self.found.sort(key=lambda one: _natural(one.number))

    @property
    def all(self) -> list[Found]:
        """Those of the plan, and those of its review that the plan does not repeat."""
        numbers = {one.number for one in self.found}
        return [*self.found, *(one for one in self.theirs if one.number not in numbers)]

    def answered_by(self, draft: Draft) -> tuple[list[Found], list[str], list[str]]:
        """What an action answers, the numbers there are none of, and sentences."""
        if draft.numbers.every:
            return self.all, [], []
        text = draft.get(Meaning.ACTION)
        mine = list(self.of_row.get(draft.row, []))
        missing: list[str] = []
        said: list[str] = []
        if not mine:
            for number in draft.numbers.numbers:
                bearing = [one for one in self.all if one.number == number]
                missing += [] if bearing else [number]
                mine += self._meant(bearing, number, text, said)
        if not mine and not missing and not draft.get(Meaning.NUMBER) and self.noun == "recommendation":
            mine = self._by_words(text, said)
        return list({one.key: one for one in mine}.values()), missing, said

    def _by_words(self, text: str, said: list[str]) -> list[Found]:
        """What an action answers that names nothing: the one whose words it nearly says."""
        near = self._near(self.all, text)
        if near is None:
            said.append("No recommendation is named here.")
            return []
        named = f"recommendation {near.number}" if near.number else f"“{_short(near.text)}”"
        said.append(f"No number stands here. Its words are nearly those of {named}, so that was taken.")
        return [near]

    def _meant(self, bearing: list[Found], number: str, text: str, said: list[str]) -> list[Found]:
        """Of several with one number the one whose words the action nearly says, or all of them."""
        if len(bearing) < 2:
            return bearing
        near = self._near(bearing, text)
        taken = f"“{_short(near.text)}” was taken, by its words" if near else "all were taken"
        said.append(f"{len(bearing)} {self.noun}s have the number {number}: {taken}.")
        return [near] if near else bearing

    def _near(self, among: Iterable[Found], text: str) -> Found | None:
        if len(text) < LONG_ENOUGH:
            return None
        rated = [(max(alike(one.text, text), alike(one.text[: len(text)], text)), one) for one in among]
        best = max(rated, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= NEARLY else None

    def understood(
        self, answered: Mapping[str, Sequence[int]], themes: Mapping[str, tuple[str, ...]]
    ) -> tuple[UnderstoodRecommendation, ...]:
        """The recommendations with the rows that answer them and the themes they come under."""
        return tuple(
            UnderstoodRecommendation(
                key=one.key,
                number=one.number,
                text=one.text,
                themes=themes.get(one.key, ()),
                finding=one.finding,
                context=one.context,
                response=one.response,
                rows=tuple(answered.get(one.key, ())),
            )
            for one in self.all
        )


def alike(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    first, second = (" ".join(re.findall(r"\w+", text.casefold()))[:COMPARED] for text in (one, other))
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
        return 0.0
    return matcher.ratio()


def _said(heading: Heading | None) -> str:
    if heading is None:
        return ""
    return f"Finding {heading.number}: {heading.text}".strip(": ")


def _natural(number: str) -> tuple[bool, list[tuple[int, str]]]:
    parts = re.findall(r"(\d+)([a-z]*)", number)
    return not parts, [(int(figures), letters) for figures, letters in parts]


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 60 else f"{said[:57].rstrip()}…"
