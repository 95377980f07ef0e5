"""What the moderators said, as the agency reads it and replies: what differs stands first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from s11.moderation.forms import ACCEPT, OTHERWISE, TypedReply, code_of_reply
from s11.moderation.models import Moderation, Reply
from s11.moderation.pages.standard import Mistake, Row, rows
from s11.questionnaires.rules import StandardContent
from s11.returns.sealing import SealedReturn

REPLY_LABELS = {ACCEPT: "We accept this rating", OTHERWISE: "We see it differently"}


@dataclass(frozen=True)
class SaidLine:
    """One criterion with what was said about it, and the reply as it stands or as it was typed."""

    row: Row
    standard: StandardContent
    kept: Reply | None
    chosen: str
    text: str
    choice_error: str
    text_error: str

    @property
    def was(self) -> str:
        return code_of_reply(self.kept)

    @property
    def is_wrong(self) -> bool:
        return bool(self.choice_error or self.text_error)

    @property
    def is_typed(self) -> bool:
        """Whether something stands in its form that is not kept: the form is then open on the page."""
        kept = (self.was, self.kept.text if self.kept else "")
        return self.is_wrong or (self.chosen, self.text) != kept


@dataclass(frozen=True)
class SaidPage:
    """What differs first, then where the moderators agreed with the agency, both in the order printed."""

    differing: tuple[SaidLine, ...]
    agreeing: tuple[SaidLine, ...]

    @property
    def lines(self) -> tuple[SaidLine, ...]:
        return self.differing + self.agreeing

    @property
    def agreeing_by_standard(self) -> list[tuple[StandardContent, list[SaidLine]]]:
        return [
            (standard, list(lines)) for standard, lines in groupby(self.agreeing, lambda line: line.standard)
        ]

    @property
    def replied(self) -> int:
        return sum(line.kept is not None for line in self.lines)

    @property
    def otherwise(self) -> int:
        return sum(line.kept is not None and not line.kept.accepts for line in self.lines)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The sentences for the top of the page, each with the field it belongs to."""
        return [
            (line.choice_error or line.text_error, f"#{line.row.name}{'-text' if line.text_error else ''}")
            for line in self.lines
            if line.is_wrong
        ]


def said_page(
    standards: Sequence[StandardContent],
    sealed: SealedReturn,
    moderated: Mapping[int, Moderation],
    replies: Mapping[int, Reply],
    *,
    typed: Sequence[TypedReply] = (),
    mistakes: Mapping[int, Mistake] | None = None,
) -> SaidPage:
    """Every moderated criterion. Where there is a mistake, what was typed stands."""
    sent = {item.criterion.id: item for item in typed}
    lines = [
        _line(row, standard, replies.get(row.criterion.id), sent, mistakes or {})
        for standard in standards
        for row in rows(standard, sealed, moderated)
        if row.moderation is not None
    ]
    return SaidPage(
        tuple(line for line in lines if line.row.differs or line.row.mark_label),
        tuple(line for line in lines if not line.row.differs and not line.row.mark_label),
    )


def _line(
    row: Row,
    standard: StandardContent,
    kept: Reply | None,
    sent: Mapping[int, TypedReply],
    mistakes: Mapping[int, Mistake],
) -> SaidLine:
    mistake = mistakes.get(row.criterion.id)
    typed = sent.get(row.criterion.id) if mistake else None
    return SaidLine(
        row,
        standard,
        kept,
        chosen=typed.choice if typed else code_of_reply(kept),
        text=typed.text if typed else kept.text if kept else "",
        choice_error=mistake.sentence if mistake and mistake.field == "choice" else "",
        text_error=mistake.sentence if mistake and mistake.field != "choice" else "",
    )
