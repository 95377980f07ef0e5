"""How an agency rated itself and how it was moderated, standard by standard, as plain values.

The figures come from `s11.analysis.frames`, as those of every other page do; here they are only
counted out for one agency at a time, for the session page and for the pack.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from s11.analysis.lazy import frames
from s11.analysis.rules import NOT_APPLICABLE, Basis, share
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.questionnaires.rules import EditionContent, LevelContent


@dataclass(frozen=True)
class Rating:
    """One rating of one criterion: a level, not applicable, or blank."""

    level: LevelContent | None
    not_applicable: bool
    best: bool

    @property
    def blank(self) -> bool:
        return self.level is None and not self.not_applicable


@dataclass(frozen=True)
class CriterionRating:
    """One criterion as the agency rated it and as it was moderated."""

    number: str
    key: str
    standard_key: str
    own: Rating
    moderated: Rating
    not_applicable_reason: str
    evidence: int

    @property
    def standing(self) -> Rating:
        """The moderator's rating where there is one, the agency's own elsewhere."""
        return self.own if self.moderated.blank else self.moderated


@dataclass(frozen=True)
class Count:
    """How often a level was given."""

    code: str
    label: str
    letter: str
    colour: str
    count: int


@dataclass(frozen=True)
class Tally:
    """Ratings counted: by level, and how many of those that count are at the best level."""

    counts: tuple[Count, ...]
    best: int
    counted: int
    not_applicable: int
    blank: int

    @property
    def words(self) -> str:
        """5 Green, 2 Amber; "none" when nothing was rated."""
        return ", ".join(f"{count.count} {count.label}" for count in self.counts if count.count) or "none"

    @property
    def best_of(self) -> str:
        """5 of 7."""
        return f"{self.best} of {self.counted}" if self.counted else "–"

    @property
    def share(self) -> str:
        """71.4 %."""
        return share(self.best, self.counted)


@dataclass(frozen=True)
class StandardRatings:
    """A standard of one agency: its own ratings and the moderated ones."""

    number: str
    key: str
    title: str
    own: Tally
    moderated: Tally

    @property
    def is_moderated(self) -> bool:
        return self.moderated.counted + self.moderated.not_applicable > 0


def of_returns(cycle: Cycle, return_ids: Iterable[int]) -> dict[int, tuple[CriterionRating, ...]]:
    """Every rating of these returns, by return id, in the order printed. Only what is in is found."""
    wanted = set(return_ids)
    levels = {level.code: level for level in content_of(cycle).levels.values()}
    own, moderated = frames.ratings(cycle, Basis.SELF), frames.ratings(cycle, Basis.MODERATED)
    own = own[own["return_id"].isin(wanted)]
    moderated = moderated[moderated["return_id"].isin(wanted)]
    second = {
        (row.return_id, row.criterion_key): _rating(row, levels) for row in moderated.itertuples(index=False)
    }
    found: dict[int, list[CriterionRating]] = {return_id: [] for return_id in wanted}
    for row in own.itertuples(index=False):
        found[row.return_id].append(
            CriterionRating(
                number=row.criterion,
                key=row.criterion_key,
                standard_key=row.standard_key,
                own=_rating(row, levels),
                moderated=second[row.return_id, row.criterion_key],
                not_applicable_reason=row.not_applicable_reason,
                evidence=int(row.evidence),
            )
        )
    return {return_id: tuple(ratings) for return_id, ratings in found.items()}


def _rating(row: object, levels: dict[str, LevelContent]) -> Rating:
    code = row.rating  # type: ignore[attr-defined]
    return Rating(levels.get(code), code == NOT_APPLICABLE, bool(row.best))  # type: ignore[attr-defined]


def tally(ratings: Sequence[Rating], levels: Iterable[LevelContent]) -> Tally:
    """Ratings counted by level, best level first; N/A and blank stand apart."""
    given = Counter(rating.level.code for rating in ratings if rating.level)
    return Tally(
        counts=tuple(
            Count(level.code, level.label, level.letter, level.colour, given[level.code]) for level in levels
        ),
        best=sum(rating.best for rating in ratings),
        counted=sum(bool(rating.level and rating.level.counts) for rating in ratings),
        not_applicable=sum(rating.not_applicable for rating in ratings),
        blank=sum(rating.blank for rating in ratings),
    )


def by_standard(edition: EditionContent, ratings: Sequence[CriterionRating]) -> tuple[StandardRatings, ...]:
    """One agency's ratings, counted for each standard it was asked."""
    counted = []
    for standard in edition.standards:
        mine = [rating for rating in ratings if rating.standard_key == standard.key]
        if not mine:
            continue
        levels = list({lv.code: lv for c in standard.criteria for lv in c.scale.levels}.values())
        counted.append(
            StandardRatings(
                number=standard.number,
                key=standard.key,
                title=standard.title,
                own=tally([rating.own for rating in mine], levels),
                moderated=tally([rating.moderated for rating in mine], levels),
            )
        )
    return tuple(counted)
