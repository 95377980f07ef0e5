"""The second look at returns, and the end of a year."""

from collections.abc import Sequence
from datetime import date, timedelta

from s11.moderation import operations as moderation
from s11.moderation import queries
from s11.moderation.operations import holding
from s11.people.models import Person
from s11.people.rules import Role
from s11.returns.operations.closing import close_cycle
from s11.returns.rules import Stage
from s11.seeding.answering import SENT_IN_AGAIN_AFTER
from s11.seeding.drafts import Draft
from s11.seeding.moments import at, working_day
from s11.seeding.scene import Scene

MODERATED_AFTER = 9  # days after the lead signed, or after the due day in earlier years
STANDARDS_BEGUN = 2
SEEN_OTHERWISE = (
    "The audit you read was of the summer term. The one of this autumn, which we finished after we had "
    "returned, shows the change. We would like to bring it to the day."
)


def moderate(scene: Scene, drafted: Sequence[Draft]) -> None:
    """Rate differently where the drafts say so, agree with the rest, and finish."""
    with at(_day(scene), of=f"moderate {scene.name}", latest=scene.now):
        _differ(scene, drafted)
        moderation.agree_rest(scene.return_, by=scene.moderator)
        moderation.complete(scene.return_, by=scene.moderator)


def begin_to_moderate(scene: Scene, drafted: Sequence[Draft]) -> None:
    """Look at the first standards only, and leave the others for another day."""
    with at(_day(scene), of=f"moderate {scene.name}", latest=scene.now):
        for standard in scene.in_hand.edition.standards[:STANDARDS_BEGUN]:
            _differ(scene, [draft for draft in drafted if draft.criterion.standard_key == standard.key])
            moderation.agree_rest(scene.return_, standard, by=scene.moderator)


def _differ(scene: Scene, drafted: Sequence[Draft]) -> None:
    """Ratings other than the organisation's, each with its reason."""
    reasons = scene.material.story["moderated_up"]
    for turn, draft in enumerate(drafted, start=scene.body.place):
        if draft.moderated is None or draft.level is None or draft.moderated.id == draft.level.id:
            continue
        up = draft.moderated.order > draft.level.order
        moderation.rate(
            scene.return_,
            draft.criterion,
            level_id=draft.moderated.id,
            reason=reasons[turn % len(reasons)] if up else draft.why_lower,
            by=scene.moderator,
        )


Played = Sequence[tuple[Scene, Sequence[Draft]]]


def give_out(played: Played, *, today: date) -> None:
    """Of this year's agencies that wait: one rated by two moderators who differ here and there, one where one
    of them is still at it, one whose first moderator stood aside."""
    waiting = [one for one in played if Stage(one[0].return_.stage) is Stage.SUBMITTED]
    for (scene, drafted), as_it_went in zip(waiting, (_both_rated, _one_waits, _one_declined), strict=False):
        first, second = (scene.cast.on_board(Role.MODERATOR, turn) for turn in (0, 1))
        with at(_given_on(scene, today), of=f"give out {scene.name}", latest=scene.now):
            moderation.assign(
                scene.return_.cycle,
                [(scene.return_.ref, person.ref) for person in (first, second)],
                due_on=max(scene.plan.moderation_on or today, today + timedelta(days=7)),
                by=scene.adviser,
            )
        with at(today, of=f"rate {scene.name}", latest=scene.now):
            as_it_went(scene, drafted, first, second)


def _given_on(scene: Scene, today: date) -> date:
    return max(scene.fate.finished_on + timedelta(days=1), working_day(today - timedelta(days=4)))


def _both_rated(scene: Scene, drafted: Sequence[Draft], first: Person, second: Person) -> None:
    _alone(scene, drafted, first, every=1)
    _alone(scene, drafted, second, every=2)


def _one_waits(scene: Scene, drafted: Sequence[Draft], first: Person, second: Person) -> None:
    _alone(scene, drafted, first, every=1)
    begun = queries.assignment_of(scene.return_, second.id)
    assert begun is not None
    moderation.declare(begun, by=second)
    for standard in scene.in_hand.edition.standards[:STANDARDS_BEGUN]:
        moderation.agree_rest_alone(begun, standard, by=second)


def _one_declined(scene: Scene, drafted: Sequence[Draft], first: Person, second: Person) -> None:
    given = queries.assignment_of(scene.return_, first.id)
    assert given is not None
    moderation.decline(given, "I sat on its board of trustees until two years ago.", for_good=True, by=first)


def _alone(scene: Scene, drafted: Sequence[Draft], person: Person, *, every: int) -> None:
    """Rate everything: differ where the drafts do, each time or every second time."""
    mine = queries.assignment_of(scene.return_, person.id)
    assert mine is not None
    moderation.declare(mine, by=person)
    differing = [one for one in drafted if one.moderated and one.level and one.moderated.id != one.level.id]
    ups = scene.material.story["moderated_up"]
    for turn, draft in enumerate(differing):
        assert draft.moderated is not None and draft.level is not None
        if turn % every:
            continue
        up = draft.moderated.order > draft.level.order
        moderation.rate_alone(
            mine,
            draft.criterion,
            level_id=draft.moderated.id,
            reason=ups[turn % len(ups)] if up else draft.why_lower,
            mark="" if up else "to_improve",
            by=person,
        )
    moderation.agree_rest_alone(mine, by=person)
    moderation.finish_alone(mine, by=person)


def reply(played: Played, *, today: date) -> None:
    """One agency has read what the moderators said: it sees one rating differently and accepts the others."""
    moderated = [scene for scene, _ in played if Stage(scene.return_.stage) is Stage.MODERATED]
    for scene in moderated[:1]:
        own = holding.own_of(scene.return_)
        rated = queries.of_return(scene.return_.id, scene.return_.round)
        differing = [
            criterion
            for criterion in scene.in_hand.edition.criteria
            if criterion.id in rated and own[criterion.id].level_id != rated[criterion.id].level_id
        ]
        with at(today, of=f"reply {scene.name}", latest=scene.now):
            for criterion in differing[:1]:
                moderation.reply(scene.return_, criterion, accepts=False, text=SEEN_OTHERWISE, by=scene.lead)
            moderation.accept_rest(scene.return_, by=scene.lead)


def _day(scene: Scene) -> date:
    """Soon after a return is in; in earlier years not before most are."""
    fate, plan = scene.fate, scene.plan
    after = MODERATED_AFTER + (SENT_IN_AGAIN_AFTER if fate.resubmitted else 0)
    soon = fate.finished_on + timedelta(days=after)
    return working_day(soon if plan.is_current else max(soon, plan.due_on + timedelta(days=MODERATED_AFTER)))


def close(scenes: Sequence[Scene]) -> None:
    """End an earlier year: the cycle and its returns are closed, and stay readable."""
    scene = next((one for one in scenes if one.fate.ends is Stage.CLOSED), None)
    if scene is not None:
        with at(scene.plan.closes_on, of=f"close {scene.plan.code}", latest=scene.now):
            close_cycle(scene.return_.cycle, with_returns=True, by=scene.adviser)
