"""What the page of a standard shows for each criterion: the agency's answer, and the ratings beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from s11.moderation import queries
from s11.moderation.forms import AWAY, Typed, code_of, name_of
from s11.moderation.marks import MARK_LABELS, Mark
from s11.moderation.models import Moderation, SecondRating
from s11.moderation.permissions import SHOWN_TO_AGENCY
from s11.moderation.rules import Said, SecondLook, StandardProgress, Verdict, all_agree, mark_of
from s11.questionnaires.rules import CriterionContent, LevelContent, StandardContent
from s11.returns.queries import SecondView
from s11.returns.sealing import SealedAnswer, SealedReturn

# Not a level of any scale, but chosen among them.
NOT_APPLICABLE_CHOICE = LevelContent(0, AWAY, "Not applicable", "N/A", 0, None, "na", "", counts=False)

Kept = Moderation | SecondRating


def second_views(return_id: int, round_: int) -> dict[str, SecondView]:
    """What the Board made of each answer of a submission, by the key of the criterion. Nothing until
    moderation is finished: before that it is the Board's own affair."""
    if queries.stage_of(return_id) not in SHOWN_TO_AGENCY:
        return {}
    replies = queries.replies_by_key(return_id, round_)
    return {
        key: SecondView(rating, away, reason, _words(mark, replies.get(key)))
        for key, rating, away, reason, mark in queries.verdicts(return_id, round_)
    }


def _words(mark: str, said: Said | None) -> tuple[str, ...]:
    """The mark, and what the agency said to the rating, line by line."""
    words = [MARK_LABELS[mark_of(mark)]] if mark else []
    if said is not None:
        what = "You accepted it" if said.accepts else "You saw it differently"
        words.append(f"{what}: {said.text}" if said.text else f"{what}.")
    return tuple(words)


@dataclass(frozen=True)
class Mistake:
    """A sentence about one criterion, at its rating or at its reason."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Look:
    """What one moderator made of a criterion by themselves."""

    name: str
    level: LevelContent | None  # None: not applicable
    reason: str
    mark: str  # in words; empty where there is none


@dataclass(frozen=True)
class Row:
    """One criterion."""

    criterion: CriterionContent
    name: str
    answer: SealedAnswer | None
    own: LevelContent | None
    choices: tuple[LevelContent, ...]
    descriptors: dict[str, str]
    chosen: str
    reason: str
    mark: str
    was: str
    was_reason: str
    was_mark: str
    version: int
    moderation: Kept | None
    looks: tuple[Look, ...]
    all_agree: bool
    reply: Said | None
    rating_error: str
    reason_error: str

    @property
    def own_code(self) -> str:
        """The choice that stands for the agency's own rating; empty where it gave none."""
        if self.own is not None:
            return self.own.code
        return AWAY if self.answer and self.answer.not_applicable else ""

    @property
    def differs(self) -> bool:
        """Whether the kept rating is another than the agency's."""
        if self.moderation is None or self.answer is None:
            return False
        kept = Verdict(self.moderation.level_id, self.moderation.not_applicable)
        return kept != Verdict(self.own.id if self.own else None, self.answer.not_applicable)

    @property
    def mark_label(self) -> str:
        """What the kept rating points at, in words; empty where at nothing."""
        kept = mark_of(self.moderation.mark) if self.moderation else Mark.NONE
        return MARK_LABELS[kept] if kept else ""


def rows(
    standard: StandardContent,
    sealed: SealedReturn,
    moderated: Mapping[int, Kept],
    *,
    looks: Mapping[int, Sequence[tuple[str, SecondLook]]] | None = None,
    replies: Mapping[int, Said] | None = None,
    typed: Sequence[Typed] = (),
    mistakes: Mapping[int, Mistake] | None = None,
) -> list[Row]:
    """Each criterion of a standard. Where there is a mistake, what was typed stands."""
    said = sealed.standard(standard.number)
    answers = {answer.key: answer for answer in said.answers} if said else {}
    sent = {item.criterion.id: item for item in typed}
    return [
        _row(
            criterion,
            answers.get(criterion.key),
            moderated.get(criterion.id),
            sent,
            mistakes or {},
            (looks or {}).get(criterion.id, ()),
            (replies or {}).get(criterion.id),
        )
        for criterion in standard.criteria
    ]


def _row(
    criterion: CriterionContent,
    answer: SealedAnswer | None,
    kept: Kept | None,
    sent: Mapping[int, Typed],
    mistakes: Mapping[int, Mistake],
    looks: Sequence[tuple[str, SecondLook]],
    reply: Said | None,
) -> Row:
    mistake = mistakes.get(criterion.id)
    typed = sent.get(criterion.id) if mistake else None
    away = criterion.not_applicable_allowed or bool(answer and answer.not_applicable)
    levels = criterion.scale.levels
    return Row(
        # In the words it was asked with: other organisations may have read others.
        criterion=replace(criterion, text=answer.text) if answer else criterion,
        name=name_of(criterion),
        answer=answer,
        own=_own_level(criterion, answer),
        choices=(*levels, NOT_APPLICABLE_CHOICE) if away else levels,
        descriptors={v.code: criterion.descriptors[v.id] for v in levels if v.id in criterion.descriptors},
        chosen=typed.choice if typed else code_of(kept),
        reason=typed.reason if typed else kept.reason if kept else "",
        mark=typed.mark if typed else kept.mark if kept else "",
        was=code_of(kept),
        was_reason=kept.reason if kept else "",
        was_mark=kept.mark if kept else "",
        version=kept.version if kept else 0,
        moderation=kept,
        looks=tuple(_look(name, look, criterion) for name, look in looks),
        all_agree=all_agree([look for _, look in looks]) is not None,
        reply=reply,
        rating_error=mistake.sentence if mistake and mistake.field == "rating" else "",
        reason_error=mistake.sentence if mistake and mistake.field == "reason" else "",
    )


def _look(name: str, look: SecondLook, criterion: CriterionContent) -> Look:
    level = next((v for v in criterion.scale.levels if v.id == look.verdict.level_id), None)
    mark = mark_of(look.mark)
    return Look(name, level, look.reason, MARK_LABELS[mark] if mark else "")


def _own_level(criterion: CriterionContent, answer: SealedAnswer | None) -> LevelContent | None:
    if answer is None or answer.rating is None:
        return None
    return next((level for level in criterion.scale.levels if level.code == answer.rating.code), None)


def marks(
    standards: Sequence[StandardContent], moderated: Mapping[int, Kept]
) -> list[tuple[StandardContent, bool]]:
    """Each standard, and whether all of it is moderated."""
    return [(standard, all(c.id in moderated for c in standard.criteria)) for standard in standards]


def progress(
    standards: Sequence[StandardContent], own: Mapping[int, Verdict], moderated: Mapping[int, Kept]
) -> list[StandardProgress]:
    """Each standard with how much of it is moderated and how much of that differs."""
    return [
        StandardProgress(
            standard,
            done=sum(c.id in moderated for c in standard.criteria),
            differing=sum(
                Verdict(moderated[c.id].level_id, moderated[c.id].not_applicable) != own.get(c.id)
                for c in standard.criteria
                if c.id in moderated
            ),
        )
        for standard in standards
    ]
