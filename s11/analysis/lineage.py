"""What can be compared between two editions, criterion by criterion, and why something cannot. Plain Python.

A rating of one year stands beside that of another only where the question had the same words and the same
scale. The words themselves are compared, not what an edition says of its lineage: between the two there
may lie an edition that was never asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from s11.analysis.kept import kept_by_edition
from s11.questionnaires.rules import CriterionContent, EditionContent, ScaleContent


@dataclass(frozen=True)
class Break:
    """Why a criterion cannot be compared with the year before. `how`: as a heading has it; `why`: what the
    edition says of it, empty where it says nothing."""

    number: str
    how: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """4.2 was reworded: now twice a year."""
        return f"{self.number} {self.how}{f': {self.why}' if self.why else ''}"


@dataclass(frozen=True)
class Lineage:
    """Two editions side by side. `same`: keys of the criteria that can be compared; `breaks`: why not, by
    key of this edition; `gone`: criteria of the earlier one that nothing carries on, by key."""

    same: frozenset[str]
    breaks: dict[str, Break]
    gone: dict[str, Break]

    def of_standard(self, edition: EditionContent, earlier: EditionContent, key: str) -> list[Break]:
        """What breaks the line of a standard: its criteria now, and those that left it."""
        now = {c.key for c in rated(edition) if c.standard_key == key}
        then = {c.key: c for c in rated(earlier) if c.standard_key == key}
        found = [self.breaks[c] for c in _in_order(edition, now) if c in self.breaks]
        came = [c for c in _in_order(edition, now) if c in self.same and c not in then]
        found += [Break(edition.by_key[c].number, f"stood in another {_word(edition)} before") for c in came]
        left = [c for c in then if c not in now]
        return [*found, *(self._left(edition, then[c]) for c in left if not self._is_told(edition, now, c))]

    def _left(self, edition: EditionContent, criterion: CriterionContent) -> Break:
        known = self.gone.get(criterion.key)
        return known or Break(f"{criterion.number} of the year before", f"moved to another {_word(edition)}")

    def _is_told(self, edition: EditionContent, now: Iterable[str], key: str) -> bool:
        """Whether a criterion here says already that it was made from that one."""
        return any(key in edition.by_key[one].change_from for one in now)


def _word(edition: EditionContent) -> str:
    return edition.labels.get("standard", "standard").lower()


def _in_order(edition: EditionContent, keys: Iterable[str]) -> list[str]:
    wanted = set(keys)
    return [criterion.key for criterion in edition.criteria if criterion.key in wanted]


def rated(edition: EditionContent) -> list[CriterionContent]:
    """The criteria that ratings are asked of, in the order printed."""
    return [criterion for criterion in edition.asked_criteria if criterion.rated]


@kept_by_edition
def between(edition: EditionContent, earlier: EditionContent) -> Lineage:
    """What can be compared between an edition and one before it."""
    before = {criterion.key: criterion for criterion in rated(earlier)}
    breaks: dict[str, Break] = {}
    for criterion in rated(edition):
        broken = _break_of(criterion, before, edition)
        if broken is not None:
            breaks[criterion.key] = broken
    now = {criterion.key for criterion in rated(edition)}
    carried = now | {key for criterion in rated(edition) for key in criterion.change_from}
    why = {one["key"]: one.get("reason", "") for one in edition.retired}
    gone = {
        key: Break(f"{criterion.number} of the year before", "is no longer asked", _line(why.get(key, "")))
        for key, criterion in before.items()
        if key not in carried
    }
    return Lineage(frozenset(now - set(breaks)), breaks, gone)


def _break_of(
    criterion: CriterionContent, before: dict[str, CriterionContent], edition: EditionContent
) -> Break | None:
    came = [before[key] for key in criterion.change_from if key in before]
    known, why = before.get(criterion.key), _line(criterion.change_reason)
    if criterion.change in ("split", "merged") and came:
        numbers = _listed([one.number for one in came])
        how = "was part of" if criterion.change == "split" else "was put together from"
        return Break(criterion.number, f"{how} {numbers} of the year before", why)
    if known is None:
        return Break(criterion.number, "is new", why)
    if not same_words(known, criterion):
        return Break(criterion.number, "was reworded", why)
    told = scale_break(known.scale, criterion.scale)
    if told:
        return Break(criterion.number, told, _line(edition.scale_change.get("reason", "")))
    return _descriptor_break(known, criterion)


def same_words(then: CriterionContent, now: CriterionContent) -> bool:
    """Whether the question is the same, to everybody it is asked of; other line breaks are no change."""

    def words(one: CriterionContent) -> list[list[str]]:
        return [one.text.split(), *([v.only_if, *v.text.split()] for v in one.variants if v.text)]

    return words(then) == words(now)


def scale_break(then: ScaleContent, now: ScaleContent) -> str:
    """How a scale differs from that of the year before; empty where its levels mean the same."""
    shapes = [[(v.code, v.label, v.counts) for v in scale.counted] + [_steps(scale)] for scale in (then, now)]
    if shapes[0] != shapes[1]:
        return "is rated on another scale"
    for old, new in zip(then.counted, now.counted, strict=True):
        if old.meaning.split() != new.meaning.split():
            return f"is rated on a scale whose “{new.label}” means something else"
    return ""


def _steps(scale: ScaleContent) -> tuple[float, ...]:
    """Where the bands of a scale of steps begin."""
    return tuple(v.value or 0 for v in scale.counted) if scale.steps else ()


def _descriptor_break(then: CriterionContent, now: CriterionContent) -> Break | None:
    """A level that is described in other words beside this criterion."""
    old, new = _described(then), _described(now)
    for level in now.scale.levels:
        if old.get(level.code, []) != new.get(level.code, []):
            return Break(now.number, f"describes “{level.label}” in other words", _line(now.change_reason))
    return None


def _described(criterion: CriterionContent) -> dict[str, list[str]]:
    codes = {level.id: level.code for level in criterion.scale.levels}
    return {codes[id_]: text.split() for id_, text in criterion.descriptors.items() if id_ in codes}


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def said(breaks: Sequence[Break], at_most: int = 4) -> str:
    """Breaks in one text: "1.2 was reworded: now yearly. 1.3 is new."; of many, the first ones."""
    told = " ".join(f"{one.sentence}." for one in breaks[:at_most])
    more = len(breaks) - at_most
    return f"{told} And {more} more." if more > 0 else told
