"""Giving a second rating, agreeing with the rest, and finishing."""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import queries
from s11.moderation.models import Moderation
from s11.moderation.rules import (
    OPEN,
    NotModerated,
    Verdict,
    asked_standards,
    missing,
    own_verdicts,
    reason_fault,
    verdict_fault,
)
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import CriterionContent, EditionContent, StandardContent
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.models import Return
from s11.returns.rules import Act, Stage
from s11.trail.operations import record


def rate(
    return_: Return,
    criterion: CriterionContent,
    *,
    level_id: int | None,
    not_applicable: bool = False,
    reason: str = "",
    version: int = 0,
    by: Person,
) -> Moderation:
    """Rate one criterion as a second pair of eyes. Saying the same again changes nothing.

    `version` is that of the rating the moderator had before them, 0 where there was none: raises
    Stale when somebody has rated since. Raises Invalid (field "rating" or "reason") for what
    cannot be used.
    """
    own = _own_of_open(return_).get(criterion.id)
    if own is None:
        raise Invalid(f"{criterion.number} is not asked of this organisation.", field="rating")
    verdict, reason = Verdict(level_id, not_applicable), reason.strip()
    fault = verdict_fault(criterion, verdict, own)
    if fault:
        raise Invalid(fault, field="rating")
    fault = reason_fault(criterion, verdict, own, reason)
    if fault:
        raise Invalid(fault, field="reason")
    known = queries.of_return(return_.id, return_.round).get(criterion.id)
    if known is not None and says_the_same(known, verdict, reason):
        return known
    if (known.version if known else 0) != version:
        raise Stale(_overtaken(known, criterion))
    moderation = known or Moderation(
        return_id=return_.id, round=return_.round, criterion_id=criterion.id, version=0
    )
    edition = return_queries.edition_of(return_)
    before = _said(edition, Verdict(known.level_id, known.not_applicable)) if known else None
    _write(moderation, verdict, reason, by=by)
    db.session.add(moderation)
    db.session.flush()
    db.session.expire(moderation, ["level"])  # the page that follows must not show the level before
    record(
        "return:moderation:rated",
        return_.id,
        by=by,
        organisation_id=return_.organisation_id,
        partnership_id=return_.cycle.partnership_id,
        before={"criterion": criterion.number, "rating": before} if known else None,
        after={"criterion": criterion.number, "rating": _said(edition, verdict)},
    )
    return moderation


def agree_rest(return_: Return, standard: StandardContent | None = None, *, by: Person) -> int:
    """Take the agency's own rating for all that nobody has moderated yet, in one standard or in all.

    What the agency left blank stays open. Returns how many were agreed with.
    """
    own = _own_of_open(return_)
    standards = [standard] if standard else asked_standards(return_queries.edition_of(return_), own)
    known = queries.of_return(return_.id, return_.round)
    agreed = [c for c in missing(standards, known) if own.get(c.id, Verdict()).is_given]
    for criterion in agreed:
        moderation = Moderation(
            return_id=return_.id, round=return_.round, criterion_id=criterion.id, version=0
        )
        _write(moderation, own[criterion.id], "", by=by)
        db.session.add(moderation)
    if agreed:
        db.session.flush()
        record(
            "return:moderation:agreed",
            return_.id,
            by=by,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            after={"criteria": [criterion.number for criterion in agreed]},
        )
    return len(agreed)


def complete(return_: Return, *, by: Person) -> None:
    """Finish moderation, which shows it to the agency. Raises NotModerated with what is missing."""
    _lock(return_)
    if Stage(return_.stage) is Stage.SUBMITTED:
        asked = asked_standards(return_queries.edition_of(return_), _own(return_))
        left = missing(asked, queries.of_return(return_.id, return_.round))
        if left:
            raise NotModerated(left)
    returns.take_stage(return_, Act.MODERATE, by=by)
    db.session.flush()
    for _, lead in people.members(return_.organisation_id, Role.LEAD, Role.DEPUTY):
        queue(
            to_address=lead.email,
            to_name=lead.name,
            subject=f"Moderated: {return_.cycle.title}",
            body=f"Dear {lead.name},\n\nThe return of {return_.organisation.name} to {return_.cycle.title} "
            "has been moderated. Sign in to read the moderated ratings and the reasons for them.",
            kind=Kind.NEWS,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            about=return_.cycle.ref,
        )


def says_the_same(moderation: Moderation, verdict: Verdict, reason: str) -> bool:
    return (
        moderation.level_id == verdict.level_id
        and moderation.not_applicable == verdict.not_applicable
        and moderation.reason == reason
    )


def _lock(return_: Return) -> None:
    """Wait for whoever else is at this return, and see what they left."""
    returns.hold(return_)


def _own_of_open(return_: Return) -> dict[int, Verdict]:
    """The agency's ratings of a return that is open to moderation; refuses one that is not."""
    _lock(return_)
    own = _own(return_)
    if Stage(return_.stage) not in OPEN or not own:
        raise DomainError("Only a submitted return can be moderated, and only until it is closed.")
    return own


def _own(return_: Return) -> dict[int, Verdict]:
    packed = queries.own_ratings(return_.id, return_.round)
    return own_verdicts(return_queries.edition_of(return_), packed) if packed else {}


def _write(moderation: Moderation, verdict: Verdict, reason: str, *, by: Person) -> None:
    moderation.level_id = verdict.level_id
    moderation.not_applicable = verdict.not_applicable
    moderation.reason = reason
    moderation.version += 1
    moderation.moderator_id = by.id
    moderation.moderator_name = by.name
    moderation.moderated_at = clock.now()


def _said(edition: EditionContent, verdict: Verdict) -> str:
    return "not_applicable" if verdict.not_applicable else edition.levels[verdict.level_id or 0].code


def _overtaken(known: Moderation | None, criterion: CriterionContent) -> str:
    if known is None:
        return f"The rating of {criterion.number} you had before you is gone. Look at it again, then save."
    said = "Not applicable" if known.not_applicable or known.level is None else known.level.label
    because = f": “{known.reason}”" if known.reason else ""
    return (
        f"{known.moderator_name} rated {criterion.number} “{said}” meanwhile{because}. "
        "Yours is still here; save again to put it in its place."
    )
