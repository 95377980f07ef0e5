"""The composite plan for the public: no person is named, and what was replaced can be read beforehand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from s11.packs.plans import queries
from s11.packs.plans.naming import NAMED, Names, Replaced
from s11.packs.plans.values import ActionLine, PlanLines, RecommendationBlock, SourceBlock, Who

NOTICE = (
    "Made for publication. Persons are not named: owners stand here by role and organisation, and in running "
    "text a name is replaced by the role of whoever bears it, or by “a named person”. Evidence files are not "
    "named, and some reviews stand under another title."
)
LEFT_OUT = "Names of persons, addresses and telephone numbers, names of files; actions of other plans"


@dataclass(frozen=True)
class PublicPlan:
    """The plan without names, and what a person has to look at before it is published.

    `left`: words that are a name of somebody known and an ordinary word too, or that look like a name, with
    how often they stand there. `untitled`: reviews that have no title of their own for the public.
    """

    plan: PlanLines
    narrowed: str
    replaced: Sequence[Replaced]
    left: Sequence[tuple[str, int]]
    untitled: Sequence[str]

    @property
    def seen(self) -> str:
        """A print of what was read, so that nobody publishes what changed since."""
        return sha256(repr(self.plan.sources).encode()).hexdigest()


def for_the_public(
    plan: PlanLines, partnership_id: int, *, narrowed: str = "", also: Iterable[str] = ()
) -> PublicPlan:
    """The plan with no person named. `narrowed`: to what, in words; `also`: names to be taken out that nobody
    here bears."""
    people = [(one.name, one.role) for one in queries.people_of(partnership_id)]
    names = Names(
        people,
        keep=queries.organisation_names(partnership_id),
        used=list(_texts(plan)),
        always=also,
    )
    cleaned = _Cleaned(names, [(one.title, one.public_title) for one in plan.sources if one.public_title])
    sources = tuple(cleaned.source(source) for source in plan.sources)
    return PublicPlan(
        replace(plan, sources=sources),
        names.without(narrowed, where="What the plan is narrowed to"),
        names.replaced,
        names.left.most_common(),
        [one.title for one in plan.sources if one.title and not one.public_title and one.dated_on],
    )


def _texts(plan: PlanLines) -> Iterator[str]:
    for source in plan.sources:
        for block in source.blocks:
            yield block.text
            for line in block.actions:
                yield from (line.text, line.evidence, line.word.text if line.word else "")


class _Cleaned:
    """Takes names out of a plan, part by part. `titles`: those of reviews, with the ones for the public."""

    def __init__(self, names: Names, titles: Sequence[tuple[str, str]]) -> None:
        self.names, self.titles = names, titles

    def text(self, words: str, where: str) -> str:
        for title, public in self.titles:
            words = words.replace(title, public)
        return self.names.without(words, where=where)

    def source(self, source: SourceBlock) -> SourceBlock:
        title = source.public_title or self.text(source.title, "Title")
        blocks = tuple(self.block(block, title) for block in source.blocks)
        return replace(source, title=title, public_title="", blocks=blocks)

    def block(self, block: RecommendationBlock, title: str) -> RecommendationBlock:
        where = f"{title}, {block.number}".rstrip(", ")
        return replace(
            block,
            text=self.text(block.text, where),
            themes=tuple(self.text(theme, where) for theme in block.themes),
            not_accepted=self.text(block.not_accepted, where),
            actions=tuple(self.line(line, where) for line in block.actions),
        )

    def line(self, line: ActionLine, where: str) -> ActionLine:
        return replace(
            line,
            text=self.text(line.text, where),
            outcome=self.text(line.outcome, where),
            evidence=self.text(line.evidence, where),
            steps=tuple(replace(step, text=self.text(step.text, where)) for step in line.steps),
            owners=tuple(self.who(one, where) for one in line.owners),
            word=replace(line.word, by="", text=self.text(line.word.text, where)) if line.word else None,
        )

    def who(self, one: Who, where: str) -> Who:
        """An owner by role and organisation."""
        role = self.text(one.role, where)
        return Who("", role or (NAMED.capitalize() if one.name else ""), one.organisation)
