"""Who would be asked what: an audience applied to the register, counted and put into words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from s11.cycles.audience import Audience, Verdict, clause_key
from s11.cycles.clauses import Subject
from s11.cycles.models import SubmissionGroup
from s11.organisations.models import Organisation
from s11.organisations.rules import KIND_LABELS, Kind, OrganisationFacts
from s11.questionnaires.rules import EditionContent

Found = Sequence[tuple[Organisation, Subject]]


@dataclass(frozen=True)
class Planned:
    """One organisation of the register: what the audience says of it, and how much it would be asked."""

    organisation: Organisation
    verdict: Verdict
    criteria: int
    group: SubmissionGroup | None
    asked_already: bool

    @property
    def is_new(self) -> bool:
        """Whether issuing now would reach it, be it exempt or not."""
        return self.verdict.asked and not self.asked_already

    @property
    def gets_letter(self) -> bool:
        return self.is_new and not self.verdict.exempt


@dataclass(frozen=True)
class ClauseLine:
    """A clause in words, and who is in by it."""

    key: str
    sentence: str
    members: tuple[Planned, ...]
    detail: str = ""


@dataclass(frozen=True)
class GroupLine:
    """A submission group in the plan: None stands for the cycle's own dates."""

    group: SubmissionGroup | None
    rules: tuple[tuple[str, str], ...]
    planned: int
    asked: int


@dataclass(frozen=True)
class AudienceView:
    """What the page of an audience prints."""

    clauses: tuple[ClauseLine, ...]
    by_hand: tuple[Planned, ...]
    left_out: tuple[Planned, ...]
    exempt: tuple[ClauseLine, ...]
    asked: tuple[Planned, ...]
    # Named by hand and gone all the same: closed, merged, or no longer at the table.
    gone: tuple[Planned, ...]

    @property
    def counted(self) -> int:
        return sum(not one.verdict.exempt for one in self.asked)

    @property
    def let_off(self) -> int:
        return sum(bool(one.verdict.exempt) for one in self.asked)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.asked)


def planned(
    found: Found,
    audience: Audience,
    edition: EditionContent,
    groups: Iterable[SubmissionGroup],
    asked_ids: set[int],
) -> list[Planned]:
    """The audience applied to every organisation; those of equal facts are asked equally much."""
    by_ref, size = {group.ref: group for group in groups}, sizes(edition)
    lines = []
    for organisation, subject in found:
        verdict = audience.decide(subject)
        lines.append(
            Planned(
                organisation,
                verdict,
                size(organisation.facts) if verdict.asked else 0,
                by_ref.get(verdict.group),
                organisation.id in asked_ids,
            )
        )
    return lines


def sizes(edition: EditionContent) -> Callable[[OrganisationFacts], int]:
    """How many criteria an organisation of such facts is asked, worked out once for each."""
    known: dict[OrganisationFacts, int] = {}

    def size(facts: OrganisationFacts) -> int:
        if facts not in known:
            known[facts] = sum(len(standard.criteria) for standard in edition.for_organisation(facts))
        return known[facts]

    return size


def audience_view(lines: Sequence[Planned], audience: Audience, names: Mapping[str, str]) -> AudienceView:
    """The audience in words. `names` are those of parents, by ref."""
    asked = [one for one in lines if one.verdict.asked]
    named = {*audience.also, *audience.never}
    return AudienceView(
        clauses=tuple(
            ClauseLine(
                clause_key(at, where),
                where.sentence(names),
                tuple(one for one in asked if one.verdict.clause == at),
            )
            for at, where in enumerate(audience.ask)
        ),
        by_hand=tuple(one for one in lines if one.organisation.ref in audience.also),
        left_out=tuple(one for one in lines if one.organisation.ref in audience.never),
        exempt=tuple(
            ClauseLine(
                clause_key(at, rule),
                rule.where.sentence(names),
                tuple(one for one in asked if rule.where.holds(one.verdict.subject)),
                rule.reason,
            )
            for at, rule in enumerate(audience.exempt)
        ),
        asked=tuple(asked),
        gone=tuple(one for one in lines if one.verdict.subject.gone and one.organisation.ref in named),
    )


def group_lines(
    lines: Sequence[Planned],
    audience: Audience,
    groups: Sequence[SubmissionGroup],
    sizes_now: Mapping[int, int],
    names: Mapping[str, str],
) -> list[GroupLine]:
    """Every group with who stands in it by rule, and last those that go with the cycle's own dates."""
    planned_in = Counter(one.group.id if one.group else 0 for one in lines if one.verdict.asked)
    found = [
        GroupLine(
            group,
            tuple(
                (clause_key(at, rule), rule.where.sentence(names))
                for at, rule in enumerate(audience.groups)
                if rule.group == group.ref
            ),
            planned_in[group.id],
            sizes_now.get(group.id, 0),
        )
        for group in groups
    ]
    rest = sum(one.asked_already and one.group is None for one in lines)
    return [*found, GroupLine(None, (), planned_in[0], rest)]


def kind_label(kind: str) -> str:
    return KIND_LABELS[Kind(kind)]
