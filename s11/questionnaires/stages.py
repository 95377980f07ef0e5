"""The life of an edition: its stages, what moves it on, and what is needed for that."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from s11.core.errors import DomainError, Invalid

NOTE_LONGEST = 2_000
REASON_LONGEST = 2_000
COMMENT_LONGEST = 5_000
NAME_LONGEST = 200


class Stage(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ISSUED = "issued"
    ARCHIVED = "archived"


STAGE_LABELS = {
    Stage.DRAFT: "Draft",
    Stage.IN_REVIEW: "In review",
    Stage.APPROVED: "Approved",
    Stage.ISSUED: "Issued",
    Stage.ARCHIVED: "Archived",
}


class Act(StrEnum):
    """What can happen to an edition as a whole."""

    REVIEW = "review"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REOPEN = "reopen"
    ISSUE = "issue"
    ARCHIVE = "archive"


# The office still words it: also while the Board's people read, so that a comment can be followed at once.
WORDED = frozenset({Stage.DRAFT, Stage.IN_REVIEW})


# (stage, act) -> the stage that follows. What is not here is refused.
MOVES: dict[tuple[Stage, Act], Stage] = {
    (Stage.DRAFT, Act.REVIEW): Stage.IN_REVIEW,
    (Stage.IN_REVIEW, Act.WITHDRAW): Stage.DRAFT,
    (Stage.IN_REVIEW, Act.APPROVE): Stage.APPROVED,
    (Stage.APPROVED, Act.REOPEN): Stage.DRAFT,
    (Stage.APPROVED, Act.ISSUE): Stage.ISSUED,
    (Stage.ISSUED, Act.ARCHIVE): Stage.ARCHIVED,
}
# The trail's tag of each act.
TAGS = {
    Act.REVIEW: "questionnaire:review:begun",
    Act.WITHDRAW: "questionnaire:review:ended",
    Act.APPROVE: "questionnaire:edition:approved",
    Act.REOPEN: "questionnaire:edition:reopened",
    Act.ARCHIVE: "questionnaire:edition:archived",
}
# Comments are made here, and nowhere else; they are read and answered at any time.
COMMENTED = frozenset({Stage.IN_REVIEW})

NEVER_AGAIN = (
    "An approved edition changes only by going back to draft before it is issued; an issued one never."
)
REFUSALS = {
    Act.REVIEW: "Only a draft can be put in review. {code} is {stage}.",
    Act.WITHDRAW: "Only an edition in review can be taken out of it. {code} is {stage}.",
    Act.APPROVE: "Put {code} in review before you record its approval. It is {stage}.",
    Act.REOPEN: f"{{code}} is {{stage}} and cannot go back to draft. {NEVER_AGAIN}",
    Act.ISSUE: "{code} has not been approved, so it cannot be sent out. Record its approval first.",
    Act.ARCHIVE: "Only an issued edition can be archived. {code} is {stage}.",
}
FROM_A_FILE = (
    "{code} came from a file and belongs to no partnership, so its stage is not changed here. "
    "Copy it to make an edition of your own."
)


def next_stage(code: str, stage: Stage, act: Act) -> Stage:
    """The stage that follows, or a refusal that says why there is none."""
    following = MOVES.get((stage, act))
    if following is None:
        raise DomainError(REFUSALS[act].format(code=code, stage=STAGE_LABELS[stage].lower()))
    return following


def acts_at(stage: Stage) -> frozenset[Act]:
    """What can be done at a stage."""
    return frozenset(act for at, act in MOVES if at == stage)


class NotReady(DomainError):
    """An edition that cannot be approved; `sentences` says what is to be mended, one by one."""

    def __init__(self, code: str, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(f"{code} cannot be approved yet. {' '.join(sentences)}")


def check_approval(name: str, meeting: str, on: date, *, today: date) -> None:
    """Who approved, where and when; refused is what cannot have been."""
    if not name.strip():
        raise Invalid(
            "Enter who approved it: the name of the sub-group or of the person.", field="approved_by"
        )
    if not meeting.strip():
        raise Invalid("Enter the meeting at which it was approved.", field="meeting")
    if on > today:
        raise Invalid("Enter the day it was approved. It cannot be in the future.", field="approved_on")


def check_unresolved(unresolved: int, *, despite: bool) -> None:
    """Comments nobody has resolved hold an approval up, unless the manager says otherwise."""
    if unresolved and not despite:
        what = "comment is" if unresolved == 1 else "comments are"
        raise Invalid(
            f"{unresolved} {what} not resolved. Resolve them first, or tick that it was approved all "
            "the same.",
            field="despite",
        )


def check_comments_by(until: date | None, *, today: date) -> None:
    if until is not None and until < today:
        raise Invalid("Enter a day that has not passed, or leave it empty.", field="until")
