"""One return, from its first answer to wherever it ends."""

from collections.abc import Sequence
from datetime import date, timedelta

from s11.core import clock
from s11.people.models import Person
from s11.people.rules import EDITORS, Role
from s11.questionnaires.signing import LEAD_STEP
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.operations import AnswerChange
from s11.returns.rules import Stage
from s11.seeding.drafts import Draft, drafts, reconsidered
from s11.seeding.moments import at, some_day, working_day
from s11.seeding.plan import CHAIR_AFTER, HEAD_AFTER
from s11.seeding.proving import Showing
from s11.seeding.ratings import BEST
from s11.seeding.scene import Scene

SIGNS_AFTER = {LEAD_STEP: 0, "director": 1, "headteacher": HEAD_AFTER, "chair_of_governors": CHAIR_AFTER}
SENT_BACK_AFTER, SENT_IN_AGAIN_AFTER = 7, 15  # days after the lead's first signature


def play(scene: Scene) -> list[Draft]:
    """Let a return come to its end, and say what was answered."""
    fate = scene.fate
    if fate.ends is Stage.NOT_STARTED:
        return []
    drafted = drafts(scene.material, scene.body, scene.plan, return_queries.standards_of(scene.return_))
    answered = drafted[: max(1, int(len(drafted) * fate.share))]
    _give(scene, drafted)
    _answer(scene, answered)
    _begin(scene, drafted[len(answered) : len(answered) + 1])
    _show(scene, answered)
    _check_profile(scene)
    if fate.is_finished:
        _sign(scene, LEAD_STEP)
    if fate.declined:
        _decline(scene)
        return answered
    if fate.is_finished:
        _sign_after_the_lead(scene)
    if fate.ends is Stage.SENT_BACK or fate.resubmitted:
        _send_back(scene)
    return _answer_again(scene, answered) if fate.resubmitted else answered


def _give(scene: Scene, drafted: Sequence[Draft]) -> None:
    """The lead gives each contributor the standards that fall to them, due a week before the return."""
    contributors = {p.email for p in scene.body.people if p.role is Role.CONTRIBUTOR}
    standards = {standard.key: standard for standard in return_queries.standards_of(scene.return_)}
    due_on = working_day(scene.return_.due_on - timedelta(days=7))
    with at(scene.fate.begun_on, of=f"given {scene.name}", latest=scene.now):
        for author, share in _shared_out(scene, drafted):
            if author.email in contributors:
                theirs = dict.fromkeys(draft.criterion.standard_key for draft in share)
                returns.give(
                    scene.return_,
                    [standards[key] for key in theirs],
                    author,
                    due_on=due_on if due_on >= clock.today() else None,
                    by=scene.lead,
                )


def _answer(scene: Scene, drafted: Sequence[Draft]) -> None:
    """Save the answers, each standard by whoever knows about it."""
    for author, share in _shared_out(scene, drafted):
        name = f"{scene.name} {author.email}"
        with at(some_day(scene.fate.begun_on, _day_before(scene), of=name), of=name, latest=scene.now):
            returns.save_answers(scene.return_, [draft.change() for draft in share], by=author)


def _shared_out(scene: Scene, drafted: Sequence[Draft]) -> list[tuple[Person, list[Draft]]]:
    """Who answers what: standards go round the people who may edit."""
    editors = [scene.cast.person(person) for person in scene.body.people if person.role in EDITORS]
    standards = list(dict.fromkeys(draft.criterion.standard_key for draft in drafted))
    shares: dict[int, list[Draft]] = {}
    for draft in drafted:
        shares.setdefault(standards.index(draft.criterion.standard_key) % len(editors), []).append(draft)
    return [(editors[place], share) for place, share in sorted(shares.items())]


def _begin(scene: Scene, drafted: Sequence[Draft]) -> None:
    """Rate what nobody has found the words for yet."""
    begun = [AnswerChange(d.criterion.id, 0, level_id=d.level.id) for d in drafted if d.level]
    if begun:
        with at(_day_before(scene), of=f"begun {scene.name}", latest=scene.now):
            returns.save_answers(scene.return_, begun, by=scene.lead)


def _check_profile(scene: Scene) -> None:
    """Whoever finishes has looked through what the register filled in, and saved it."""
    fields = return_queries.fields_of(scene.return_) if scene.fate.is_finished else ()
    known = return_queries.from_register(scene.return_, fields)
    entered = [returns.FieldChange(field_id, 0, 0, value) for field_id, value in known.items()]
    if entered:
        with at(_day_before(scene), of=f"profile {scene.name}", latest=scene.now):
            returns.save_fields(scene.return_, entered, by=scene.lead)


def _show(scene: Scene, drafted: Sequence[Draft]) -> None:
    with at(_day_before(scene), of=f"evidence {scene.name}", latest=scene.now):
        scene.archive.show(Showing(scene.return_, scene.body, scene.plan, drafted, by=scene.lead))


def _day_before(scene: Scene) -> date:
    return working_day(scene.fate.finished_on - timedelta(days=1))


def _sign(scene: Scene, step: str, *, later: int = 0) -> None:
    """One signature, on its day after the lead's, or so many days later still."""
    day = working_day(scene.fate.finished_on + timedelta(days=SIGNS_AFTER[step] + later))
    director = scene.body.holding(Role.SIGNATORY)
    approver = director if scene.in_hand.edition.approver else None
    with at(day, of=f"{step} {scene.name}", latest=scene.now):
        returns.sign(
            scene.return_,
            step,
            by=_signing(scene, step),
            approver_name=approver.name if approver else "",
            approver_role=approver.job_title if approver else "",
        )


def _sign_after_the_lead(scene: Scene, *, later: int = 0) -> None:
    """Those of the others who have signed, as far as the edition asks for their signature."""
    asked = {step.step for step in return_queries.edition_of(scene.return_).sign_off}
    for step in scene.fate.signed:
        if step in asked and step != LEAD_STEP:
            _sign(scene, step, later=later)


def _signing(scene: Scene, step: str) -> Person:
    if step == LEAD_STEP:
        return scene.lead
    return scene.cast.person(next(person for person in scene.body.people if person.signs_as == step))


def _decline(scene: Scene) -> None:
    """The head reads the return and will not sign it yet."""
    day = working_day(scene.fate.finished_on + timedelta(days=HEAD_AFTER))
    reason = scene.material.story["decline_reasons"][scene.plan.code]
    with at(day, of=f"decline {scene.name}", latest=scene.now):
        returns.decline(scene.return_, reason=reason, by=_signing(scene, "headteacher"))


def _send_back(scene: Scene) -> None:
    day = working_day(scene.fate.finished_on + timedelta(days=SENT_BACK_AFTER))
    reason = scene.material.story["send_back_reasons"][scene.plan.code]
    with at(day, of=f"send back {scene.name}", latest=scene.now):
        returns.send_back(scene.return_, reason=reason, by=scene.adviser)


def _answer_again(scene: Scene, drafted: Sequence[Draft]) -> list[Draft]:
    """What was sent back comes in again, changed where it had claimed the best in its first standard."""
    first = drafted[0].criterion.standard_key
    changed = {
        draft.key: reconsidered(draft, scene.material, scene.body, scene.plan)
        for draft in drafted
        if draft.criterion.standard_key == first and draft.level and draft.level.code == BEST
    }
    day = working_day(scene.fate.finished_on + timedelta(days=SENT_IN_AGAIN_AFTER - 2))
    with at(day, of=f"again {scene.name}", latest=scene.now):
        changes = [draft.change(version=1) for draft in changed.values()]
        returns.save_answers(scene.return_, changes, by=scene.lead)
    _sign(scene, LEAD_STEP, later=SENT_IN_AGAIN_AFTER)
    _sign_after_the_lead(scene, later=SENT_IN_AGAIN_AFTER)
    return [changed.get(draft.key, draft) for draft in drafted]
