"""How a cycle stands, in numbers of organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s11.returns.rules import Progress, Stage


@dataclass(frozen=True)
class Standing:
    """How a cycle stands, in numbers of organisations. `due` leaves out those that are exempt."""

    due: int
    returned: int
    awaiting: int
    in_progress: int
    not_started: int
    sent_back: int
    late: int
    exempt: int

    @classmethod
    def of(cls, rows: Sequence[Progress]) -> "Standing":
        groups = [group for row in rows for group in cls.groups(row)]
        return cls(
            due=sum(not row.exempt_reason for row in rows),
            returned=groups.count("returned"),
            awaiting=groups.count("awaiting"),
            in_progress=groups.count("in_progress"),
            not_started=groups.count("not_started"),
            sent_back=groups.count("sent_back"),
            late=groups.count("late"),
            exempt=groups.count("exempt"),
        )

    @staticmethod
    def groups(row: Progress) -> tuple[str, ...]:
        """The groups an organisation is counted in; late ones stand in two."""
        if row.exempt_reason:
            return ("exempt",)
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
        exempt=counts.get("exempt", 0),
        **by_group,
    )
