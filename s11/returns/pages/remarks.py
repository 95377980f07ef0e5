"""What is printed beside a criterion for colleagues: their thread, and who is at work there."""

from collections.abc import Sequence
from dataclasses import dataclass

from s11.returns.models import Remark
from s11.web.filters import plural


@dataclass(frozen=True)
class Thread:
    """What colleagues said about one criterion, and what is being written there now."""

    remarks: Sequence[Remark]
    typed: str = ""
    error: str = ""
    is_open: bool = False

    @property
    def questions(self) -> int:
        return sum(one.is_question and one.settled_at is None for one in self.remarks)

    @property
    def summary(self) -> str:
        """The line of the fold: "2 remarks, 1 open question"."""
        if not self.remarks:
            return "Remarks between colleagues: none yet"
        said = len(self.remarks) - self.questions
        parts = [plural(said, "remark")] if said else []
        parts += [plural(self.questions, "open question")] if self.questions else []
        return ", ".join(parts)


@dataclass(frozen=True)
class AtWork:
    """Who else is at work on a criterion, and for how many seconds that may still be said."""

    names: tuple[str, ...]
    seconds: int

    @property
    def words(self) -> str:
        """What the page says, before the number of the criterion."""
        *others, last = self.names
        return f"{', '.join(others)} and {last} are working on" if others else f"{last} is working on"
