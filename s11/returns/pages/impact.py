"""Whom a change in a questionnaire concerns, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from s11.questionnaires.changes import About, Change, Kind


@dataclass(frozen=True)
class Impact:
    """The organisations that answered each criterion of the edition before."""

    answered: Mapping[str, frozenset[int]]

    @property
    def organisations(self) -> int:
        """How many submitted answers to anything in it."""
        return len(frozenset().union(*self.answered.values()))

    def count(self, change: Change) -> int | None:
        """How many carried answers to what this change replaces or ends; None where it does neither."""
        if change.about != About.CRITERION or not change.before or set(change.kinds) <= {Kind.RENUMBERED}:
            return None
        return len(frozenset().union(*(self.answered.get(old.key, frozenset()) for old in change.before)))

    def words(self, change: Change) -> str:
        """38 organisations carried answers to this."""
        count = self.count(change)
        if count is None or not self.organisations:
            return ""
        if count == 0:
            return "No organisation carried an answer to this."
        return f"{count} organisation{'s' if count > 1 else ''} carried answers to this."

    def sentence(self, earlier: str) -> str:
        """What the figures rest on, for the head of a page or paper."""
        if not self.organisations:
            return f"No organisation of the partnership has submitted answers to {earlier}."
        many = "organisations have" if self.organisations > 1 else "organisation has"
        return (
            f"{self.organisations} {many} submitted answers to {earlier}. Beside each change stands how many "
            "carried an answer to what it replaces; not applicable counts as an answer, blank does not."
        )
