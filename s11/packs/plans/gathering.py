"""Reading the plan for its papers: what was asked for, put under the recommendation and source it answers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.actions.pages import mechanism_of
from s11.actions.rules import PlanFilter, Source, Status, rag
from s11.core import clock
from s11.packs.plans import queries
from s11.packs.plans.queries import RecommendationRow, SourceRow
from s11.packs.plans.values import ActionLine, PlanLines, RecommendationBlock, SourceBlock, Step, Who, Word
from s11.people.models import Person

# What narrows the plan to recommendations as well as to actions: then what has no action is printed too.
FITS_RECOMMENDATIONS = frozenset({"of", "source", "theme"})
KINDS = (Source.REVIEW, Source.INSPECTION, Source.AUDIT, Source.CHALLENGE, Source.MODERATION,
         Source.SELF_ASSESSMENT, Source.EVIDENCE_REQUEST)  # fmt: skip


def plan_lines(
    person: Person, wanted: PlanFilter, *, today: date, partnership_id: int | None, only: bool = False
) -> PlanLines:
    """The plan as this person sees it, narrowed. `partnership_id`: whose recommendations without an action
    are printed, for somebody who serves it; `only`: nothing of another partnership is printed."""
    rows = actions.visible_to(person, wanted, today=today)
    if only:
        rows = [one for one in rows if one.partnership_id == partnership_id]
    asked = {field.name for field in fields(wanted) if getattr(wanted, field.name)}
    whole = partnership_id is not None and asked <= FITS_RECOMMENDATIONS
    ids = [one.id for one in rows]
    found = queries.recommendations(partnership_id=partnership_id if whole else None, action_ids=ids)
    numbered = _Numbered(found, queries.answered_by(ids))
    sources = {one.id: one for one in queries.sources(_source_ids(found, rows))}
    themes = queries.themes([one.id for one in found])
    shown = [one for one in found if _is_asked_for(one, sources[one.source_id], themes, numbered, wanted)]
    lines = _lines(rows, numbered, today)
    placed = _Placed(numbered, lines, themes, {id_ for _, id_ in queries.answering([r.id for r in shown])})
    return PlanLines(today, tuple(_sources(rows, shown, sources, placed)), whole)


def _source_ids(found: Iterable[RecommendationRow], rows: Iterable[Action]) -> list[int]:
    """The sources of these recommendations and actions."""
    return sorted(
        {one.source_id for one in found} | {one.source_id for one in rows if one.source_id is not None}
    )


def _is_asked_for(
    one: RecommendationRow,
    source: SourceRow,
    themes: dict[int, tuple[str, ...]],
    numbered: "_Numbered",
    wanted: PlanFilter,
) -> bool:
    """Whether a recommendation is printed: an action that is answers it, or it fits what was asked for."""
    if one.id in numbered.used:
        return True
    return (
        (not wanted.source or source.kind == wanted.source)
        and (not wanted.of or source.ref == wanted.of)
        and (not wanted.theme or wanted.theme in themes.get(one.id, ()))
    )


class _Numbered:
    """Which action answers which recommendation, and how that is said."""

    def __init__(self, found: Sequence[RecommendationRow], answered: dict[int, list[int]]) -> None:
        self.by_id = {one.id: one for one in found}
        self.answered = {
            action_id: [id_ for id_ in ids if id_ in self.by_id] for action_id, ids in answered.items()
        }
        self.used = {id_ for ids in self.answered.values() for id_ in ids}
        self.sizes = Counter(one.source_id for one in found)

    def words(self, action_id: int) -> str:
        """ "5 & 8" of the recommendations an action answers; "All" where it answers every one of a source.

        Those without a number are counted beside others, and one that stands alone is not named.
        """
        known = [self.by_id[id_] for id_ in self.answered.get(action_id, ())]
        if len(known) > 2 and len(known) == self.sizes[known[0].source_id]:
            return "All"
        if len(known) == 1:
            return known[0].number
        numbers = [one.number for one in known if one.number]
        if more := len(known) - len(numbers):
            numbers.append(f"{'one' if more == 1 else more} without a number")
        return " & ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 1 else numbers)

    def home(self, action: Action) -> int | None:
        """The source an action stands under: that of the first recommendation it answers, else its own."""
        return next((self.by_id[id_].source_id for id_ in self.answered.get(action.id, ())), action.source_id)


def _lines(rows: Sequence[Action], numbered: _Numbered, today: date) -> dict[int, ActionLine]:
    """Every action as a line, by its id."""
    ids = [one.id for one in rows]
    others: dict[int, list[Who]] = defaultdict(list)
    for owner in queries.owners(ids):
        others[owner.action_id].append(Who(owner.name, owner.role, owner.organisation or ""))
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in queries.milestones(ids):
        steps[step.action_id].append(Step(step.text, step.due_on, step.done_on))
    words = {
        said.action_id: Word(clock.local(said.at).date(), said.by, said.text)
        for said in queries.said_last(ids)
    }
    earlier = queries.earlier_dates(ids)
    return {
        one.id: ActionLine(
            ref=one.ref,
            number=numbered.words(one.id),
            text=one.text,
            outcome=one.outcome,
            steps=tuple(steps[one.id]),
            evidence=one.evidence_expected,
            mechanism=mechanism_of(one),
            owners=(Who(one.owner_name, one.owner_role, one.holder), *others[one.id]),
            holder=one.holder,
            due_on=one.due_on,
            first_due_on=one.first_due_on,
            earlier=tuple(earlier.get(one.id, ())),
            times_moved=one.times_moved,
            status=Status(one.status),
            mark=rag(one.status, one.due_on, today, times_moved=one.times_moved, named=bool(one.owner_name)),
            word=words.get(one.id),
            agreed_on=clock.local(one.created_at).date(),
        )
        for one in rows
    }


@dataclass(frozen=True)
class _Placed:
    """What the blocks of a source are made of. `answered`: recommendations with any action at all."""

    numbered: _Numbered
    lines: dict[int, ActionLine]
    themes: dict[int, tuple[str, ...]]
    answered: set[int]


def _sources(
    rows: Sequence[Action], shown: Sequence[RecommendationRow], sources: dict[int, SourceRow], placed: _Placed
) -> Iterable[SourceBlock]:
    """The sources in order: what recommends first, the latest of each kind first; then the others."""
    by_source: dict[int, list[Action]] = defaultdict(list)
    others: dict[tuple[int, str], list[Action]] = defaultdict(list)
    for action in rows:
        home = placed.numbered.home(action)
        if home is not None and home in sources:
            by_source[home].append(action)
        else:
            others[KINDS.index(Source(action.source)), action.source_title].append(action)
    recommended: dict[int, list[RecommendationRow]] = defaultdict(list)
    for one in shown:
        recommended[one.source_id].append(one)
    for source in sorted(sources.values(), key=lambda one: KINDS.index(Source(one.kind))):
        blocks = _blocks(by_source[source.id], recommended[source.id], placed)
        if blocks:
            yield SourceBlock(
                Source(source.kind), source.title, source.public_title, source.dated_on, tuple(blocks)
            )
    for (kind, title), some in sorted(others.items()):
        yield SourceBlock(KINDS[kind], title, "", None, tuple(_by_words(some, placed.lines)))


def _by_words(some: Sequence[Action], lines: dict[int, ActionLine]) -> Iterable[RecommendationBlock]:
    """Actions that answer no recommendation of the plan, by the words and the theme they came with."""
    found: dict[tuple[str, str], list[ActionLine]] = defaultdict(list)
    for action in some:
        found[action.recommendation, action.theme].append(lines[action.id])
    for (words, theme), told in found.items():
        themes = (theme,) if theme else ()
        yield RecommendationBlock("", words, themes, actions=tuple(told), is_printed=False)


def _blocks(
    some: Sequence[Action], recommended: Sequence[RecommendationRow], placed: _Placed
) -> list[RecommendationBlock]:
    """The recommendations of one source as printed. What answers several stands at the first of them."""
    places = {one.id: place for place, one in enumerate(recommended)}
    at: dict[int, list[ActionLine]] = defaultdict(list)
    elsewhere: dict[int, dict[str, None]] = defaultdict(dict)
    loose: list[Action] = []
    for action in some:
        line = placed.lines[action.id]
        own = sorted(
            (id_ for id_ in placed.numbered.answered.get(action.id, ()) if id_ in places),
            key=places.__getitem__,
        )
        if not own:
            loose.append(action)
            continue
        at[own[0]].append(line)
        for other in own[1:] if line.status != Status.SUPERSEDED else ():
            elsewhere[other][line.number] = None
    blocks = [
        RecommendationBlock(
            number=one.number,
            text=one.text,
            themes=placed.themes.get(one.id, ()),
            not_accepted=one.not_accepted,
            actions=tuple(at[one.id]),
            elsewhere=tuple(elsewhere[one.id]),
            answered=one.id in placed.answered,
        )
        for one in recommended
    ]
    return [*blocks, *_by_words(loose, placed.lines)]
