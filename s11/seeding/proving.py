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
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.returns import operations as returns
from s11.returns.models import Return
from s11.seeding.documents import Press
from s11.seeding.drafts import Draft
from s11.seeding.material import Body, Material, Paper
from s11.seeding.plan import CyclePlan
from s11.seeding.ratings import BEST
from s11.seeding.words import fill, year_slots

FILES_OF = {"strong": 9, "good": 8, "mixed": 7, "developing": 6, "weak": 5}
ALWAYS = ("safeguarding-policy", "annual-report")
SHOWN_FOR = {"S11": 3, "S175": 2, "S40": 2}  # criteria one document supports, at most


@dataclass
class Archive:
    """What is needed to show evidence. `keys` are the files kept, `standing` what is shown again each year."""

    material: Material
    press: Press
    keys: list[str] = field(default_factory=list)
    standing: dict[tuple[str, str], Revision] = field(default_factory=dict)

    def show(self, return_: Return, body: Body, cycle: CyclePlan, drafts: Sequence[Draft], *, by: Person) -> None:
        """Add this year's evidence and attach it to the answers it supports."""
        slots = {**body.slots, **year_slots(cycle.year)}
        for paper in self._papers(body, cycle, drafts):
            revision = self._file(return_.organisation, body, cycle, paper, slots, by=by)
            self._attach(return_, revision, paper.key, body, cycle, _supported(drafts, paper.standards), by=by)
        for told in self._pointers(body, cycle):
            supported = _supported(drafts, told["for"])
            if supported:
                revision = self._pointer(return_.organisation, body, told, slots, by=by)
                self._attach(return_, revision, told["title"], body, cycle, supported, by=by)

    def _papers(self, body: Body, cycle: CyclePlan, drafts: Sequence[Draft]) -> list[Paper]:
        """The papers a body has this year: only those that support something it answered."""
        fitting = [paper for paper in self.material.papers if _supported(drafts, paper.standards)]
        always = [paper for paper in fitting if paper.key in ALWAYS]
        others = [paper for paper in fitting if paper.key not in ALWAYS]
        chance = Random(f"papers {body.key} {cycle.year}")
        wanted = {
            "S11": FILES_OF[body.profile] - len(always) - body.optimistic,
            "S175": 2 + (body.place % 3 == cycle.year % 3),
            "S40": 1 + (body.place % 2 == cycle.year % 2),
        }[cycle.framework]
        return [*always, *chance.sample(others, k=max(0, min(wanted, len(others))))]

    def _pointers(self, body: Body, cycle: CyclePlan) -> Iterable[Mapping[str, Any]]:
        """Addresses and references a body gives instead of files: one of each, and few from schools."""
        story, turn = self.material.story, body.place
        if cycle.framework == "S11":
            yield story["links"][turn % len(story["links"])]
            yield story["references"][turn % len(story["references"])]
        elif cycle.framework == "S175" and turn % 4 == 0:
            yield story["school_references"][turn // 4 % len(story["school_references"])]

    def _file(
        self,
        organisation: Organisation,
        body: Body,
        cycle: CyclePlan,
        paper: Paper,
        slots: Mapping[str, str],
        *,
        by: Person,
    ) -> Revision:
        of = f"{body.key} {cycle.year}"
        title, name, content = self.press.make(paper, slots, of=of, written=clock.now())
        most = current_app.config["S11"].upload_max_mb * 1024 * 1024
        revision = evidence.add_file(organisation, io.BytesIO(content), name, by=by, title=title, most=most)
        self.keys.append(revision.storage_key)
        return revision

    def _pointer(
        self,
        organisation: Organisation,
        body: Body,
        told: Mapping[str, Any],
        slots: Mapping[str, str],
        *,
        by: Person,
    ) -> Revision:
        """An address or a reference; it stays the same over the years and is entered once."""
        title = fill(told["title"], slots)
        known = self.standing.get((body.key, title))
        if known is not None:
            return known
        if "address" in told:
            made = evidence.add_link(organisation, address=fill(told["address"], slots), title=title, by=by)
        else:
            made = evidence.add_reference(organisation, words=fill(told["words"], slots), title=title, by=by)
        self.standing[body.key, title] = made
        return made

    def _attach(
        self,
        return_: Return,
        revision: Revision,
        what: str,
        body: Body,
        cycle: CyclePlan,
        supported: Sequence[Draft],
        *,
        by: Person,
    ) -> None:
        chance = Random(f"attach {what} {body.key} {cycle.year}")
        many = chance.randint(1, SHOWN_FOR[cycle.framework])
        for draft in supported if many >= len(supported) else chance.sample(supported, k=many):
            note = chance.choice(self.material.story["notes"]) if revision.storage_key else ""
            returns.attach(return_, draft.criterion, revision, note=note, by=by)


def _supported(drafts: Sequence[Draft], standards: Iterable[str]) -> list[Draft]:
    """The answers a document to these standards can support: the best ones, else any that apply."""
    wanted = frozenset(standards)
    fitting = [draft for draft in drafts if draft.criterion.standard_key in wanted and draft.level]
    best = [draft for draft in fitting if draft.level and draft.level.code == BEST]
    return best or [draft for draft in fitting if not draft.is_worst]
