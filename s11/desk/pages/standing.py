"""How a cycle stands, in numbers of organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.core.shares import share
from s11.cycles.rules import LetOff
from s11.returns.rules import Progress, Stage


@dataclass(frozen=True)
class Standing:
    """How a cycle stands, in numbers of organisations. `due` leaves out the exempt and the withdrawn."""

    due: int
    returned: int
    awaiting: int
    in_progress: int
    not_started: int
    sent_back: int
    late: int
    exempt: int
    withdrawn: int = 0

    @property
    def asked(self) -> int:
        return self.due + self.exempt + self.withdrawn

    @property
    def missing(self) -> int:
        return self.due - self.returned

    @property
    def sentence(self) -> str:
        """The honest numbers in a line: who was asked, who left the count, how many of the rest are in."""
        out = [f"{count} {word}" for count, word in self._out if count]
        asked = f"{self.asked:,} asked" + (f", {', '.join(out)}, {self.due:,} due" if out else "")
        return f"{asked}; {self.returned:,} returned, {share(self.returned, self.due)}"

    @property
    def _out(self) -> tuple[tuple[int, str], ...]:
        return (self.exempt, "exempt"), (self.withdrawn, "withdrawn")

    @classmethod
    def of(cls, rows: Sequence[Progress]) -> "Standing":
        groups = [group for row in rows for group in cls.groups(row)]
        return cls(
            due=sum(not row.let_off for row in rows),
            returned=groups.count("returned"),
            awaiting=groups.count("awaiting"),
            in_progress=groups.count("in_progress"),
            not_started=groups.count("not_started"),
            sent_back=groups.count("sent_back"),
            late=groups.count("late"),
            exempt=groups.count(LetOff.EXEMPT),
            withdrawn=groups.count(LetOff.WITHDRAWN),
        )

    @staticmethod
    def groups(row: Progress) -> tuple[str, ...]:
        """The groups an organisation is counted in; late ones stand in two."""
        if row.let_off:
            return (row.let_off,)
        return (GROUP_OF_STAGE[row.stage], "late") if row.late else (GROUP_OF_STAGE[row.stage],)


GROUP_OF_STAGE = {
    Stage.NOT_STARTED: "not_started",
    Stage.IN_PROGRESS: "in_progress",
    Stage.AWAITING_SIGN_OFF: "awaiting",
    Stage.SENT_BACK: "sent_back",
    Stage.SUBMITTED: "returned",
    Stage.MODERATED: "returned",
    Stage.CLOSED: "returned",
}


def standing_of(counts: Mapping[str, int]) -> Standing:
    """The same from counts by stage ("exempt" and "late" among them), for lists of cycles."""
    by_group: dict[str, int] = {}
    for stage in Stage:
        group = GROUP_OF_STAGE[stage]
        by_group[group] = by_group.get(group, 0) + counts.get(stage, 0)
    return Standing(
        due=sum(by_group.values()),
        late=counts.get("late", 0),
        exempt=counts.get(LetOff.EXEMPT, 0),
        withdrawn=counts.get(LetOff.WITHDRAWN, 0),
        **by_group,
    )
