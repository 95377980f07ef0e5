"""What a partnership may set, within which bounds, and in which words it is said."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypedDict


class Subject(StrEnum):
    """One page of the settings each; the value stands in its address and in the trail."""

    NAMES = "names"
    COLOUR = "colour"
    MAIL = "mail"
    TIME = "time-zone"
    EVIDENCE = "evidence"
    GROUPS = "small-groups"
    SECOND_STEP = "second-step"


COLUMNS: dict[Subject, tuple[str, ...]] = {
    Subject.NAMES: ("name", "board_word", "quality_group"),
    Subject.COLOUR: ("colour",),
    Subject.MAIL: ("mail_signature", "office_email"),
    Subject.TIME: ("time_zone",),
    Subject.EVIDENCE: ("takes_files", "files_at_most", "megabytes_at_most"),
    Subject.GROUPS: ("small_group",),
    Subject.SECOND_STEP: ("second_factor_roles",),
}
SMALLEST_GROUP, LARGEST_GROUP = 3, 20
SHORTEST_YEARS, LONGEST_YEARS = 1, 30
SIGNATURE_LONGEST = 1000


class EvidenceRules(TypedDict):
    takes_files: bool
    files_at_most: int | None
    megabytes_at_most: int | None


class TakesEvidence(Protocol):
    """What evidence is taken, as a partnership or a cycle says it."""

    @property
    def takes_files(self) -> bool: ...
    @property
    def files_at_most(self) -> int | None: ...
    @property
    def megabytes_at_most(self) -> int | None: ...


def evidence_defaults(partnership: TakesEvidence) -> EvidenceRules:
    """What evidence a new cycle of a partnership takes, until somebody rules otherwise for it."""
    return {
        "takes_files": partnership.takes_files,
        "files_at_most": partnership.files_at_most,
        "megabytes_at_most": partnership.megabytes_at_most,
    }


def evidence_words(rules: TakesEvidence) -> str:
    """The same in words, for a list of settings."""
    if not rules.takes_files:
        return "No files: only links, and where something can be seen"
    most = []
    if rules.files_at_most:
        most.append(f"{rules.files_at_most} {'file' if rules.files_at_most == 1 else 'files'}")
    if rules.megabytes_at_most:
        most.append(f"{rules.megabytes_at_most} MB")
    return (
        f"Files, at most {' and '.join(most)} for each return"
        if most
        else "Files, without a limit of its own"
    )


def mark_of(values: Mapping[str, object]) -> str:
    """Some values in a word: a form brings back the mark of those it began from, and it still has to fit."""
    told = json.dumps(dict(values), sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_shorter(years: int | None, than: int | None) -> bool:
    """Whether files would be kept for less time; None is as long as the record."""
    return years is not None and (than is None or years < than)


def years_words(years: int | None) -> str:
    if years is None:
        return "As long as the record of the return"
    return f"{years} {'year' if years == 1 else 'years'} after the cycle is closed"


@dataclass(frozen=True)
class Pending:
    """A shorter time that one person asked for and another has to confirm."""

    years: int
    by: str  # the ref of who asked
    at: str  # ISO

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "Pending | None":
        years = told.get("years")
        if not isinstance(years, int):
            return None
        return cls(years, str(told.get("by", "")), str(told.get("at", "")))

    @property
    def mark(self) -> str:
        return mark_of(vars(self))
