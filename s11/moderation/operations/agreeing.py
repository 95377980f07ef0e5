"""The agreed rating: choosing it, agreeing with the rest, taking what moderators agree on, and finishing."""

from collections.abc import Iterable

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid, Stale
from s11.moderation import queries
from s11.moderation.marks import Mark
from s11.moderation.models import Moderation
from s11.moderation.operations.holding import check_nobody_is_rating, note, own_of, own_of_open, said
from s11.moderation.rules import (
    NotModerated,
    SecondLook,
    Verdict,
    all_agree,
    asked_standards,
    last_day_to_reply,
    mark_of,
    missing,
    reason_fault,
    verdict_fault,
)
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.models import Return
from s11.returns.rules import Act, Stage


def rate(
    return_: Return,
    criterion: CriterionContent,
    *,
    level_id: int | None,
    not_applicable: bool = False,
    reason: str = "",
    mark: str = Mark.NONE,
    version: int = 0,
    by: Person,
) -> Moderation:
    """Choose the agreed rating of one criterion. Saying the same again changes nothing.

    `version` is that of the rating the moderator had before them, 0 where there was none: raises
    Stale when somebody has rated since. Raises Invalid (field "rating" or "reason") for what
    cannot be used, and DomainError while somebody still rates the return by themselves.
    """
    own = own_of_open(return_).get(criterion.id)
    check_nobody_is_rating(return_)
    if own is None:
        raise Invalid(f"{criterion.number} is not asked of this organisation.", field="rating")
    look = SecondLook(Verdict(level_id, not_applicable), reason.strip(), mark_of(mark))
    check_look(criterion, look, own)
    known = queries.of_return(return_.id, return_.round).get(criterion.id)
    if known is not None and says_the_same(known, look):
        return known
    if (known.version if known else 0) != version:
        raise Stale(_overtaken(known, criterion))
    edition = return_queries.edition_of(return_)
    before = said(edition, Verdict(known.level_id, known.not_applicable)) if known else None
    moderation = _write(known or _new(return_, criterion), look, by=by)
    db.session.flush()
    db.session.expire(moderation, ["level"])  # the page that follows must not show the level before
    note(
        "return:moderation:rated",
        return_,
        by=by,
        before={"criterion": criterion.number, "rating": before} if known else None,
        after={"criterion": criterion.number, "rating": said(edition, look.verdict)},
    )
    return moderation


def check_look(criterion: CriterionContent, look: SecondLook, own: Verdict) -> None:
    """Refuse a rating or a reason that cannot be used; the field is "rating" or "reason"."""
    fault = verdict_fault(criterion, look.verdict, own)
    if fault:
        raise Invalid(fault, field="rating")
    fault = reason_fault(criterion, look.verdict, own, look.reason)
    if fault:
        raise Invalid(fault, field="reason")


def agree_rest(return_: Return, standard: StandardContent | None = None, *, by: Person) -> int:
    """Take the agency's own rating for all that nobody has moderated yet, in one standard or in all.

    What the agency left blank stays open. Returns how many were agreed with. Where moderators rated the
    return by themselves it is refused: `take_agreed` takes what they said.
    """
    own = own_of_open(return_)
    check_nobody_is_rating(return_)
    if queries.given_of(return_):
        raise DomainError(
            "Moderators have rated this return. Take what they agree on, and choose the rest yourself."
        )
    known = queries.of_return(return_.id, return_.round)
    agreed = [
        criterion
        for criterion in missing(_standards(return_, standard, own), known)
        if own.get(criterion.id, Verdict()).is_given
    ]
    for criterion in agreed:
        _write(_new(return_, criterion), SecondLook(own[criterion.id]), by=by)
    _note_agreed("return:moderation:agreed", return_, agreed, by=by)
    return len(agreed)


def take_agreed(return_: Return, standard: StandardContent | None = None, *, by: Person) -> int:
    """Take what all moderators rated alike, for all that has no agreed rating yet, in one standard or in all.

    Returns how many were taken.
    """
    own = own_of_open(return_)
    check_nobody_is_rating(return_)
    known, looks = queries.of_return(return_.id, return_.round), queries.looks_of(return_)
    taken = []
    for criterion in missing(_standards(return_, standard, own), known):
        look = all_agree([look for _, look in looks.get(criterion.id, ())])
        if look is not None:
            _write(_new(return_, criterion), look, by=by)
            taken.append(criterion)
    _note_agreed("return:moderation:taken", return_, taken, by=by)
    return len(taken)


def complete(return_: Return, *, by: Person) -> None:
    """Finish moderation, which shows it to the agency. Raises NotModerated with what is missing."""
    returns.hold(return_)
    if Stage(return_.stage) is Stage.SUBMITTED:
        check_nobody_is_rating(return_)
        asked = asked_standards(return_queries.edition_of(return_), own_of(return_))
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
            "has been moderated. Sign in to read the moderated ratings and the reasons for them. "
            f"You can accept each, or say how you see it{_until(return_)}.",
            kind=Kind.NEWS,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
            about=return_.cycle.ref,
        )


def _until(return_: Return) -> str:
    last = last_day_to_reply(return_.cycle.challenge_on, return_.invitation.closes_on)
    return f", until the end of {last.day} {last:%B %Y}" if last and last >= clock.today() else ""


def says_the_same(moderation: Moderation, look: SecondLook) -> bool:
    return (
        moderation.level_id == look.verdict.level_id
        and moderation.not_applicable == look.verdict.not_applicable
        and moderation.reason == look.reason
        and moderation.mark == look.mark
    )


def _standards(
    return_: Return, standard: StandardContent | None, own: dict[int, Verdict]
) -> Iterable[StandardContent]:
    return [standard] if standard else asked_standards(return_queries.edition_of(return_), own)


def _new(return_: Return, criterion: CriterionContent) -> Moderation:
    moderation = Moderation(return_id=return_.id, round=return_.round, criterion_id=criterion.id, version=0)
    db.session.add(moderation)
    return moderation


def _write(moderation: Moderation, look: SecondLook, *, by: Person) -> Moderation:
    moderation.level_id = look.verdict.level_id
    moderation.not_applicable = look.verdict.not_applicable
    moderation.reason = look.reason
    moderation.mark = look.mark
    moderation.version += 1
    moderation.moderator_id = by.id
    moderation.moderator_name = by.name
    moderation.moderated_at = clock.now()
    return moderation


def _note_agreed(tag: str, return_: Return, criteria: list[CriterionContent], *, by: Person) -> None:
    if criteria:
        db.session.flush()
        note(tag, return_, by=by, after={"criteria": [criterion.number for criterion in criteria]})


def _overtaken(known: Moderation | None, criterion: CriterionContent) -> str:
    if known is None:
        return f"The rating of {criterion.number} you had before you is gone. Look at it again, then save."
    label = "Not applicable" if known.not_applicable or known.level is None else known.level.label
    because = f": “{known.reason}”" if known.reason else ""
    return (
        f"{known.moderator_name} rated {criterion.number} “{label}” meanwhile{because}. "
        "Yours is still here; save again to put it in its place."
    )
