"""Moderation of a whole cycle: how far every return is, and who would get what."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.moderation import queries
from s11.moderation.rules import ReturnProgress, Standing, Verdict, own_verdicts
from s11.moderation.sharing import Candidate, ToModerate, share_out, why_not
from s11.questionnaires.rules import EditionContent

PER_PAGE = 50
FILTERS: dict[str, str] = {
    "": "All that are in",
    Standing.UNASSIGNED: "Not assigned",
    Standing.WAITING: "Waiting for moderators",
    Standing.READY: "Ready to agree",
    Standing.FINISHED: "Finished",
}
STANDING_LABELS = {
    Standing.UNASSIGNED: ("Not assigned", "todo"),
    Standing.WAITING: ("Waiting for moderators", "doing"),
    Standing.READY: ("Ready to agree", "warn"),
    Standing.FINISHED: ("Finished", "done"),
}


@dataclass(frozen=True)
class CycleLine:
    """One return: numbers only. What counts ratings is None where this reader may not know it yet."""

    progress: ReturnProgress
    apart: int | None  # criteria in which the moderators differ among each other
    differing: int | None  # agreed ratings that differ from the agency's own
    replies: int
    otherwise: int  # replies that see it differently
    own: bool

    @property
    def label(self) -> str:
        return STANDING_LABELS[self.progress.standing][0]

    @property
    def kind(self) -> str:
        return STANDING_LABELS[self.progress.standing][1]


@dataclass(frozen=True)
class CyclePage:
    """The page: how many stand where, and the returns of one page of the list."""

    counts: Counter[Standing]
    total: int
    show: str
    found: int
    page: int
    pages: int
    lines: tuple[CycleLine, ...]

    @property
    def finished(self) -> int:
        return self.counts[Standing.FINISHED]


def cycle_page(
    cycle: Cycle, *, show: str, page: int, bound_to: frozenset[int], parents: dict[int, int | None]
) -> CyclePage:
    """How far every return that is in has come; `show` is a key of FILTERS.

    `bound_to`: organisations of whoever reads, of whose returns they learn no more than their agency does;
    `parents`: the trust or group of each organisation, by id.
    """
    found = list(queries.progress_of_cycle(cycle.id).values())
    counts = Counter(one.standing for one in found)
    wanted = [one for one in found if show in ("", one.standing)]
    pages = max(1, ceil(len(wanted) / PER_PAGE))
    page = min(max(1, page), pages)
    shown = wanted[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = _lines(cycle, shown, bound_to, parents)
    return CyclePage(counts, len(found), show, len(wanted), page, pages, tuple(lines))


def _lines(
    cycle: Cycle,
    shown: Sequence[ReturnProgress],
    bound_to: frozenset[int],
    parents: dict[int, int | None],
) -> list[CycleLine]:
    ids = [one.return_id for one in shown]
    apart, differing = queries.differing_of(ids), _differing(cycles.content_of(cycle), ids)
    replied = queries.how_many_replied(cycle.id)
    lines = []
    for one in shown:
        own = one.organisation_id in bound_to or (parents.get(one.organisation_id) or 0) in bound_to
        hidden = own and not one.finished
        count, otherwise = replied.get(one.return_id, (0, 0))
        lines.append(
            CycleLine(
                one,
                apart=None if hidden or one.waits_for or not one.moderators else apart.get(one.return_id, 0),
                differing=None if hidden or not one.agreed else differing.get(one.return_id, 0),
                replies=count,
                otherwise=otherwise,
                own=own,
            )
        )
    return lines


def _differing(edition: EditionContent, return_ids: Sequence[int]) -> dict[int, int]:
    """In how many criteria the agreed rating is another than the agency's own, by return id."""
    packed = queries.own_ratings_of(return_ids)
    found = {}
    for return_id, rated in queries.of_returns(return_ids).items():
        own = own_verdicts(edition, packed[return_id]) if return_id in packed else {}
        found[return_id] = sum(
            Verdict(level_id, away) != own.get(criterion_id) for criterion_id, level_id, away in rated
        )
    return found


@dataclass(frozen=True)
class Plan:
    """Who would get what, before anything is given."""

    by_moderator: tuple[tuple[Candidate, tuple[ToModerate, ...]], ...]
    refused: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Ref of the return and ref of the person."""
        return [(one.ref, who.ref) for who, returns in self.by_moderator for one in returns]

    @property
    def returns(self) -> int:
        return len({one.ref for _, returns in self.by_moderator for one in returns})


def plan_of(returns: Sequence[ToModerate], people: Sequence[Candidate], *, share: bool, each: int) -> Plan:
    """Shared out evenly, or every return to everybody chosen; with a sentence for what cannot be."""
    if share:
        shared = share_out(returns, people, each=each)
        pairs: list[tuple[ToModerate, Candidate]] = list(shared.pairs)
        refused = [sentence for _, sentence in shared.short]
    else:
        pairs, refused = [], []
        for one in returns:
            for who in people:
                sentence = why_not(one, who)
                if sentence:
                    refused.append(sentence)
                else:
                    pairs.append((one, who))
    given: dict[str, list[ToModerate]] = defaultdict(list)
    for one, who in pairs:
        given[who.ref].append(one)
    return Plan(
        tuple(
            (who, tuple(sorted(given[who.ref], key=lambda one: one.organisation)))
            for who in people
            if given[who.ref]
        ),
        tuple(dict.fromkeys(refused)),
    )
