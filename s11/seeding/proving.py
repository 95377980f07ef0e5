"""The evidence an organisation shows: files it has, addresses, and where things can be seen."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from flask import current_app

from s11.core import clock
from s11.evidence import operations as evidence
from s11.evidence.models import Revision
from s11.people.models import Person
from s11.returns import operations as returns
from s11.returns import queries as returns_queries
from s11.returns.models import Return
from s11.seeding.documents import Press
from s11.seeding.drafts import Draft
from s11.seeding.material import Body, Material, Paper
from s11.seeding.plan import CyclePlan
from s11.seeding.ratings import BEST
from s11.seeding.words import fill, year_slots

FILES_OF = {"strong": 9, "good": 8, "mixed": 7, "developing": 6, "weak": 5}
ALWAYS = ("safeguarding-policy", "annual-report")
# How many criteria one document supports, from and to. Who is strong can show it; who is optimistic cannot.
SUPPORTS = {"strong": (4, 7), "good": (3, 6), "mixed": (2, 4), "developing": (1, 3), "weak": (1, 2)}
SUPPORTS_IF_OPTIMISTIC = (1, 2)
SUPPORTS_IN_SMALL_AUDITS = (1, 2)


@dataclass(frozen=True)
class Showing:
    """One organisation's evidence for one year."""

    return_: Return
    body: Body
    cycle: CyclePlan
    drafts: Sequence[Draft]
    by: Person

    @property
    def name(self) -> str:
        """What chance is drawn from."""
        return f"{self.body.key} {self.cycle.year}"

    @property
    def slots(self) -> dict[str, str]:
        return {**self.body.slots, **year_slots(self.cycle.year)}

    @property
    def supports(self) -> tuple[int, int]:
        """How many answers one document supports, from and to."""
        if self.cycle.framework != "S11":
            return SUPPORTS_IN_SMALL_AUDITS
        return SUPPORTS_IF_OPTIMISTIC if self.body.optimistic else SUPPORTS[self.body.profile]

    def supported(self, standards: Iterable[str]) -> list[Draft]:
        """The answers a document to these standards can support: the best ones, else all but the worst."""
        wanted = frozenset(standards)
        fitting = [draft for draft in self.drafts if draft.criterion.standard_key in wanted and draft.level]
        best = [draft for draft in fitting if draft.level and draft.level.code == BEST]
        return best or [draft for draft in fitting if not draft.is_worst]


@dataclass
class Archive:
    """Makes and keeps evidence. `keys` are the files kept, `standing` what is shown again each year."""

    material: Material
    press: Press
    keys: list[str] = field(default_factory=list)
    standing: dict[tuple[str, str], Revision] = field(default_factory=dict)

    def show(self, showing: Showing) -> None:
        """Add a year's evidence and attach it to the answers it supports."""
        for paper in self._papers(showing):
            self._attach(showing, self._file(showing, paper), showing.supported(paper.standards))
        for told in self._pointers(showing):
            supported = showing.supported(told["for"])
            if supported:
                self._attach(showing, self._pointer(showing, told), supported)
        self._show_what_is_needed(showing)

    def _show_what_is_needed(self, showing: Showing) -> None:
        """Where a level needs evidence of this body, and nothing was shown: where it can be seen."""
        needed = [draft for draft in showing.drafts if draft.level and "evidence" in draft.level.needs]
        shown = returns_queries.answer_facts(showing.return_.id)
        for draft in needed:
            if not shown[draft.criterion.id].evidence:
                revision = self._pointer(showing, self.material.story["needed_reference"])
                returns.attach(showing.return_, draft.criterion, revision, note="", by=showing.by)

    def _papers(self, showing: Showing) -> list[Paper]:
        """The papers a body has this year: only those that support something it answered."""
        body, year = showing.body, showing.cycle.year
        fitting = [paper for paper in self.material.papers if showing.supported(paper.standards)]
        always = [paper for paper in fitting if paper.key in ALWAYS]
        others = [paper for paper in fitting if paper.key not in ALWAYS]
        wanted = {
            "S11": FILES_OF[body.profile] - len(always) - body.optimistic,
            "S175": 2 + (body.place % 3 == year % 3),
            "S40": 1 + (body.place % 2 == year % 2),
        }[showing.cycle.framework]
        return [*always, *Random(f"papers {showing.name}").sample(others, k=min(wanted, len(others)))]

    def _pointers(self, showing: Showing) -> Iterable[Mapping[str, Any]]:
        """Addresses and references a body gives instead of files: one of each, and few from schools."""
        story, turn = self.material.story, showing.body.place
        if showing.cycle.framework == "S11":
            yield story["links"][turn % len(story["links"])]
            yield story["references"][turn % len(story["references"])]
        elif showing.cycle.framework == "S175" and turn % 4 == 0:
            yield story["school_references"][turn // 4 % len(story["school_references"])]

    def _file(self, showing: Showing, paper: Paper) -> Revision:
        title, name, content = self.press.make(paper, showing.slots, of=showing.name, written=clock.now())
        revision = evidence.add_file(
            showing.return_.organisation,
            io.BytesIO(content),
            name,
            by=showing.by,
            title=title,
            most=current_app.config["S11"].upload_max_mb * 1024 * 1024,
        )
        self.keys.append(revision.storage_key)
        return revision

    def _pointer(self, showing: Showing, told: Mapping[str, Any]) -> Revision:
        """An address or a reference; it stays the same over the years and is entered once."""
        owner, slots, by = showing.return_.organisation, showing.slots, showing.by
        title = fill(told["title"], slots)
        known = self.standing.get((showing.body.key, title))
        if known is not None:
            return known
        if "address" in told:
            made = evidence.add_link(owner, address=fill(told["address"], slots), title=title, by=by)
        else:
            made = evidence.add_reference(owner, words=fill(told["words"], slots), title=title, by=by)
        self.standing[showing.body.key, title] = made
        return made

    def _attach(self, showing: Showing, revision: Revision, supported: Sequence[Draft]) -> None:
        chance = Random(f"attach {revision.document.title} {showing.name}")
        many = min(len(supported), chance.randint(*showing.supports))
        for draft in chance.sample(supported, k=many):
            note = chance.choice(self.material.story["notes"]) if revision.storage_key else ""
            returns.attach(showing.return_, draft.criterion, revision, note=note, by=showing.by)
