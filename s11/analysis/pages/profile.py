"""One organisation in one cycle: where it stands, and what is behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from s11.moderation.marks import Mark
from s11.moderation.models import Moderation
from s11.questionnaires.rules import CriterionContent, LevelContent, StandardContent
from s11.returns.sealing import SealedAnswer, SealedReturn

MOST = 8  # lines of a list that could be as long as the questionnaire


@dataclass(frozen=True)
class Point:
    """One criterion in a list: its own rating and the moderated one in words, a word about it, and where its
    answer is. `level`: the lower of both, which decides its place."""

    number: str
    text: str
    href: str
    own: LevelContent | None
    moderated: LevelContent | None
    words: str = ""
    level: int = 0

    @property
    def differs(self) -> bool:
        return self.own is not None and self.moderated is not None and self.own.code != self.moderated.code


@dataclass(frozen=True)
class Points:
    """A list cut short: the first of them, and how many more there are."""

    shown: tuple[Point, ...]
    more: int = 0


@dataclass(frozen=True)
class Profile:
    """What stands beside the figures of one organisation."""

    good_practice: Points
    strengths: Points
    gaps: Points
    to_improve: Points
    doubts: Points
    weak_evidence: Points
    away: Points
    said: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Said:
    """A criterion with what was answered and what a moderator made of it."""

    standard: StandardContent
    criterion: CriterionContent
    answer: SealedAnswer
    own: LevelContent | None
    kept: Moderation | None
    moderated: LevelContent | None
    href: str

    @property
    def best(self) -> LevelContent | None:
        return next((level for level in self.criterion.scale.levels if level.counts), None)

    def is_best(self, level: LevelContent | None) -> bool:
        return level is not None and self.best is not None and level.id == self.best.id

    @property
    def lowest(self) -> int:
        """How far the lower of both ratings stands beneath the best."""
        given = [level.order for level in (self.own, self.moderated) if level is not None and level.counts]
        return min(given) - self.best.order if given and self.best else 0

    def point(self, words: str = "") -> Point:
        return Point(
            self.criterion.number,
            self.criterion.headline,
            self.href,
            self.own,
            self.moderated,
            words,
            self.lowest,
        )


def profile(
    standards: Sequence[StandardContent],
    sealed: SealedReturn,
    moderated: Mapping[int, Moderation],
    said: Mapping[str, tuple[str, ...]],
    answers_href: Callable[[str, int], str],
) -> Profile:
    """From what was submitted and what was moderated. `said`: what was said on challenge days, by the key of
    the standard."""
    every = [one for standard in standards for one in _of_standard(standard, sealed, moderated, answers_href)]
    best = [one for one in every if one.is_best(one.own) and (one.kept is None or one.is_best(one.moderated))]
    best.sort(key=lambda one: (one.kept is None, not one.answer.evidence))
    below = sorted((one for one in every if one.lowest < 0), key=lambda one: one.lowest)
    reason = _reason
    return Profile(
        good_practice=_points([one.point(reason(one)) for one in every if _marked(one, Mark.GOOD_PRACTICE)]),
        strengths=_points([one.point() for one in best if one.answer.evidence]),
        gaps=_points([one.point(reason(one)) for one in below]),
        to_improve=_points([one.point(reason(one)) for one in every if _marked(one, Mark.TO_IMPROVE)]),
        doubts=_points([one.point(words) for one in every for words in _doubts(one.answer)]),
        weak_evidence=_points(
            [one.point() for one in every if one.is_best(one.own) and not one.answer.evidence]
        ),
        away=_points(
            [
                one.point(one.answer.not_applicable_reason or "No reason given.")
                for one in every
                if one.answer.not_applicable
            ]
        ),
        said=tuple(
            (f"{standard.number} {standard.title}", said[standard.key])
            for standard in standards
            if said.get(standard.key)
        ),
    )


def _of_standard(
    standard: StandardContent,
    sealed: SealedReturn,
    moderated: Mapping[int, Moderation],
    answers_href: Callable[[str, int], str],
) -> list[_Said]:
    told = sealed.standard(standard.number)
    answers = {answer.key: answer for answer in told.answers} if told else {}
    return [
        _Said(
            standard,
            criterion,
            answer,
            _level(criterion, answer),
            kept := moderated.get(criterion.id),
            next((level for level in criterion.scale.levels if kept and level.id == kept.level_id), None),
            answers_href(standard.number, criterion.id),
        )
        for criterion in standard.criteria
        if criterion.rated and (answer := answers.get(criterion.key)) is not None
    ]


def _level(criterion: CriterionContent, answer: SealedAnswer) -> LevelContent | None:
    if answer.rating is None:
        return None
    code = answer.rating.code
    return next((level for level in criterion.scale.levels if level.code == code), None)


def _points(found: list[Point]) -> Points:
    return Points(tuple(found[:MOST]), max(0, len(found) - MOST))


def _marked(one: _Said, mark: Mark) -> bool:
    return one.kept is not None and one.kept.mark == mark


def _reason(one: _Said) -> str:
    return one.kept.reason if one.kept else ""


def _doubts(answer: SealedAnswer) -> list[str]:
    return [
        f"{doubt.sentence} {f'Their reply: {doubt.reason}' if doubt.reason else 'No reply.'}"
        for doubt in answer.doubts
    ]
