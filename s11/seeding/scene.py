"""Everybody and everything one return needs."""

from dataclasses import dataclass
from datetime import datetime

from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.models import Return
from s11.seeding.asking import Round
from s11.seeding.founding import Cast
from s11.seeding.material import Body, Material
from s11.seeding.plan import CyclePlan, Fate
from s11.seeding.proving import Archive

RUN_BY = {"S11": Role.BUSINESS_MANAGER, "S175": Role.EDUCATION_ADVISER, "S40": Role.EARLY_YEARS_ADVISER}
MODERATED_BY = {**RUN_BY, "S11": Role.MODERATOR}


@dataclass(frozen=True)
class Scene:
    """One return with its organisation, its year and what it is fated to; `now` is the latest it can be."""

    cast: Cast
    material: Material
    in_hand: Round
    archive: Archive
    fate: Fate
    now: datetime

    @property
    def plan(self) -> CyclePlan:
        return self.in_hand.plan

    @property
    def body(self) -> Body:
        return self.fate.body

    @property
    def return_(self) -> Return:
        return self.in_hand.returns[self.body.key]

    @property
    def name(self) -> str:
        """What chance is drawn from, so that it falls the same way each time."""
        return f"{self.plan.code} {self.body.key}"

    @property
    def lead(self) -> Person:
        return self.cast.person(self.body.lead)

    @property
    def adviser(self) -> Person:
        """Who runs this audit for the Board."""
        return self.cast.on_board(RUN_BY[self.plan.framework])

    @property
    def moderator(self) -> Person:
        """Whose turn it is to moderate."""
        return self.cast.on_board(MODERATED_BY[self.plan.framework], self.body.place)
