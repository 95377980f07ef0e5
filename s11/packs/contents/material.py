"""Everything a pack is made from, read at once: sealed submissions, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.analysis.rules import levels_of
from s11.challenge import pages as challenge_pages
from s11.challenge import queries as challenge
from s11.challenge import ratings as agency_ratings
from s11.challenge.kinds import EnquiryState
from s11.challenge.models import ChallengeDay, Enquiry, Outcome
from s11.challenge.pages import AgendaLine
from s11.challenge.ratings import CriterionRating, Rating
from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.cycles.queries.register import before_of
from s11.moderation.permissions import SHOWN_TO_AGENCY
from s11.packs import queries
from s11.questionnaires.rules import CriterionContent, EditionContent, LevelContent
from s11.returns import queries as returns
from s11.returns.queries import Submitted
from s11.returns.sealing import SealedAnswer, SealedReturn

NONE_CHOSEN = "Choose at least one organisation for the pack."
NONE_IN = "No return of this cycle is in yet, so there is nothing to put into a pack."
NOT_IN = "A return that is not in cannot be in the pack. Choose organisations that have submitted."
UNSEEN = Rating(None, False, False)


@dataclass(frozen=True)
class Before:
    """The cycle before: what each organisation rated then, and what may be compared with now."""

    cycle: Cycle
    own: Mapping[int, Mapping[str, Rating]]  # by organisation id, then key of the criterion
    comparable: frozenset[str]


@dataclass(frozen=True)
class Material:
    """What is known about the chosen organisations, by return id where it belongs to one."""

    cycle: Cycle
    edition: EditionContent
    day: ChallengeDay | None
    agenda: tuple[AgendaLine, ...]
    enquiries: tuple[Enquiry, ...]
    outcomes: tuple[Outcome, ...]
    chosen: tuple[Submitted, ...]
    everybody: tuple[Submitted, ...]  # all that are in, chosen or not
    ratings: Mapping[int, tuple[CriterionRating, ...]]
    sealed: Mapping[int, SealedReturn]
    reasons: Mapping[tuple[int, int], str]
    marks: Mapping[tuple[int, int], str]
    replies: Mapping[tuple[int, int], queries.Replied]
    actions: tuple[Action, ...]
    before: Before | None
    today: date

    @property
    def levels(self) -> tuple[LevelContent, ...]:
        return levels_of(self.edition)

    @property
    def criteria(self) -> Mapping[str, CriterionContent]:
        return self.edition.by_key

    def answers(self, return_id: int) -> Mapping[str, SealedAnswer]:
        """What a return said, by key of the criterion."""
        sealed = self.sealed[return_id]
        return {answer.key: answer for standard in sealed.standards for answer in standard.answers}

    def line_of(self, organisation_id: int) -> AgendaLine | None:
        """An organisation's place on the agenda."""
        return next((one for one in self.agenda if one.session.organisation_id == organisation_id), None)

    def actions_of(self, organisation_id: int) -> list[Action]:
        return [one for one in self.actions if one.organisation_id == organisation_id]

    def all_ratings(self) -> list[CriterionRating]:
        """The ratings of everybody chosen, one after another."""
        return [rating for one in self.chosen for rating in self.ratings[one.return_id]]

    def word(self, name: str) -> str:
        """What the edition calls a standard or a criterion."""
        return self.edition.labels.get(name, name.capitalize())


def read(
    cycle: Cycle, organisation_ids: Sequence[int], *, for_board: bool, everything: bool = False
) -> Material:
    """What is known of these organisations of a cycle, in the order of the agenda.

    Where it is not for the Board, nothing of a moderation is read that its agency has not been shown.
    `everything`: of the others that are in, the ratings are read too. Raises Invalid when none is
    chosen, or when one is chosen whose return is not in.
    """
    everybody = returns.submitted(cycle.id)
    day = challenge.of_cycle(cycle.id)
    agenda = challenge_pages.agenda(challenge.sessions(day.id)) if day else []
    chosen = in_order(chosen_of(everybody, organisation_ids), agenda)
    ids = [one.return_id for one in chosen]
    wanted = [one.return_id for one in everybody] if everything else ids
    shown = set(ids) if for_board else queries.at_stage(ids, SHOWN_TO_AGENCY)
    rated = agency_ratings.of_returns(cycle, wanted)
    return Material(
        cycle=cycle,
        edition=content_of(cycle),
        day=day,
        agenda=tuple(agenda),
        enquiries=tuple(
            one for one in (challenge.enquiries(day.id) if day else []) if one.state == EnquiryState.CHOSEN
        ),
        outcomes=tuple(challenge.outcomes(day.id)) if day else (),
        chosen=tuple(chosen),
        everybody=tuple(everybody),
        ratings={key: found if key in shown else hidden(found) for key, found in rated.items()},
        sealed=queries.sealed(ids),
        reasons={key: one for key, one in queries.reasons(ids).items() if key[0] in shown},
        marks={key: one for key, one in queries.marks(ids).items() if key[0] in shown},
        replies={key: one for key, one in queries.replies(ids).items() if key[0] in shown},
        actions=tuple(actions.unfinished(cycle.partnership_id, [one.organisation_id for one in chosen])),
        before=before(cycle),
        today=clock.today(),
    )


def chosen_of(everybody: Sequence[Submitted], organisation_ids: Sequence[int]) -> list[Submitted]:
    """The standing submissions of the chosen organisations; a refusal where one has none."""
    is_in = {one.organisation_id: one for one in everybody}
    if not is_in:
        raise Invalid(NONE_IN, field="organisations")
    if not organisation_ids:
        raise Invalid(NONE_CHOSEN, field="organisations")
    if any(organisation_id not in is_in for organisation_id in organisation_ids):
        raise Invalid(NOT_IN, field="organisations")
    return [is_in[organisation_id] for organisation_id in dict.fromkeys(organisation_ids)]


def in_order(chosen: Sequence[Submitted], agenda: Sequence[AgendaLine]) -> list[Submitted]:
    """In the order of the agenda, then by name."""
    order = {line.session.organisation_id: place for place, line in enumerate(agenda)}
    return sorted(chosen, key=lambda one: (order.get(one.organisation_id, len(order)), one.organisation))


def hidden(ratings: Sequence[CriterionRating]) -> tuple[CriterionRating, ...]:
    """Ratings without what a moderator said."""
    return tuple(replace(one, moderated=UNSEEN) for one in ratings)


def before(cycle: Cycle) -> Before | None:
    """What was rated in the cycle before this one; None where there is none."""
    earlier = before_of(cycle)
    if earlier is None:
        return None
    submitted = returns.submitted(earlier.id)
    rated = agency_ratings.of_returns(earlier, [one.return_id for one in submitted])
    return Before(
        earlier,
        {one.organisation_id: {r.key: r.own for r in rated[one.return_id]} for one in submitted},
        comparable(content_of(earlier), content_of(cycle)),
    )


def comparable(then: EditionContent, now: EditionContent) -> frozenset[str]:
    """The criteria asked in the same words and rated with the same levels in both editions.

    A reworded question and a scale that changed are a break: nobody knows which of the two moved.
    """
    known = {criterion.key: criterion for criterion in then.criteria}
    return frozenset(
        one.key
        for one in now.asked_criteria
        if one.rated
        and (other := known.get(one.key)) is not None
        and other.text.split() == one.text.split()
        and scale_of(other) == scale_of(one)
    )


def scale_of(criterion: CriterionContent) -> tuple[tuple[str, str, int, bool], ...]:
    """What makes a scale the same: its levels, their words, their order and whether they count."""
    return tuple((v.code, v.label, v.order, v.counts) for v in criterion.scale.levels)
