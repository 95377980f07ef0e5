"""What an agency says to its moderated ratings before the challenge day."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import queries
from s11.moderation.held import held_on
from s11.moderation.models import Reply
from s11.moderation.operations.holding import note
from s11.moderation.rules import last_day_to_reply, reply_fault
from s11.people.models import Person
from s11.questionnaires.rules import CriterionContent
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.models import Return
from s11.returns.rules import Stage


def reply(
    return_: Return,
    criterion: CriterionContent,
    *,
    accepts: bool | None,
    text: str = "",
    version: int = 0,
    by: Person,
) -> Reply:
    """Accept one moderated rating, or say how the agency sees it. It changes no rating.

    Raises Invalid (field "choice" or "text"), Stale where a colleague replied since, and DomainError once
    it is too late.
    """
    check_can_reply(return_)
    if criterion.id not in queries.of_return(return_.id, return_.round):
        raise Invalid(f"{criterion.number} was not moderated.", field="choice")
    text = text.strip()
    fault = reply_fault(criterion.number, accepts, text)
    if fault:
        raise Invalid(fault[1], field=fault[0])
    known = queries.of_return_replies(return_.id, return_.round).get(criterion.id)
    if known is not None and (known.accepts, known.text) == (accepts, text):
        return known
    if (known.version if known else 0) != version:
        raise Stale(_overtaken(known, criterion))
    said = known or _new(return_, criterion)
    said.text = text
    _write(said, accepts=bool(accepts), by=by)
    db.session.flush()
    note("return:moderation:replied", return_, by=by, after={"criterion": criterion.number})
    return said


def accept_rest(return_: Return, *, by: Person) -> int:
    """Accept every moderated rating to which nothing was said yet; how many."""
    check_can_reply(return_)
    known = queries.of_return_replies(return_.id, return_.round)
    moderated = queries.of_return(return_.id, return_.round)
    criteria = return_queries.edition_of(return_).criteria
    rest = [c for c in criteria if c.id in moderated and c.id not in known]
    for criterion in rest:
        _write(_new(return_, criterion), accepts=True, by=by)
    if rest:
        db.session.flush()
        note(
            "return:moderation:accepted",
            return_,
            by=by,
            after={"criteria": [criterion.number for criterion in rest]},
        )
    return len(rest)


def check_can_reply(return_: Return) -> None:
    """Refuse before moderation is finished, after the last day, once the challenge day was held, and once the
    return is closed."""
    returns.hold(return_)
    sentence = why_no_reply(return_)
    if sentence:
        raise DomainError(sentence)


def why_no_reply(return_: Return) -> str:
    """Why nothing can be said to the moderated ratings now, as a sentence; empty where it can."""
    stage = Stage(return_.stage)
    if stage is Stage.CLOSED:
        return "This return is closed, so replies are no longer taken. What was said is kept."
    if stage is not Stage.MODERATED:
        return "You can reply once moderation is finished."
    if held := held_on(return_.cycle_id):
        return (
            f"The challenge day was finished on {held.day} {held:%B %Y}, so replies are no longer taken. "
            "What was said is kept; say anything else to the partnership office."
        )
    challenge_on = return_.cycle.challenge_on
    last = last_day_to_reply(challenge_on, return_.invitation.closes_on)
    if last is None or clock.asked_at() < clock.end_of(last, return_.cycle.partnership.time_zone):
        return ""
    what = "the day before the challenge day" if challenge_on else "the day on which this closed"
    return (
        f"Replies were taken until the end of {last.day} {last:%B %Y}, {what}. "
        "Say it on the day itself, or to the partnership office."
    )


def _new(return_: Return, criterion: CriterionContent) -> Reply:
    said = Reply(return_id=return_.id, round=return_.round, criterion_id=criterion.id, version=0, text="")
    db.session.add(said)
    return said


def _write(said: Reply, *, accepts: bool, by: Person) -> None:
    said.accepts = accepts
    said.version += 1
    said.person_id, said.person_name, said.at = by.id, by.name, clock.now()


def _overtaken(known: Reply | None, criterion: CriterionContent) -> str:
    if known is None:
        return f"The reply to {criterion.number} you had before you is gone. Look at it again, then save."
    label = "accepted it" if known.accepts else "said that you see it differently"
    because = f": “{known.text}”" if known.text else ""
    return (
        f"{known.person_name} replied to {criterion.number} meanwhile and {label}{because}. "
        "Yours is still here; save again to put it in its place."
    )
