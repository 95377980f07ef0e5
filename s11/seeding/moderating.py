"""The second look at returns, and the end of a year."""

from collections.abc import Sequence
from datetime import date, timedelta

from s11.moderation import operations as moderation
from s11.returns.operations.closing import close_cycle
from s11.returns.rules import Stage
from s11.seeding.answering import SENT_IN_AGAIN_AFTER
from s11.seeding.drafts import Draft
from s11.seeding.moments import at, working_day
from s11.seeding.scene import Scene

MODERATED_AFTER = 9  # days after the lead signed, or after the due day in earlier years
STANDARDS_BEGUN = 2


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
