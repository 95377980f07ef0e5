"""Whose part of a return something is, and what comes before and after it. Refuses what is not theirs."""

from flask import abort, request
from flask_login import current_user

from s11.core.errors import DomainError, NotAllowed
from s11.people import queries as people
from s11.people.rules import Role
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries
from s11.returns.forms import names_others
from s11.returns.models import Return


def standard_of(return_: Return, number: str) -> StandardContent | None:
    """The standard of a number as this organisation is asked it just now."""
    return next((s for s in queries.standards_of(return_) if s.number == number), None)


def standard_or_404(return_: Return, number: str) -> StandardContent:
    return standard_of(return_, number) or abort(404)


def refuse_another_hand() -> None:
    """Words typed by one person are not saved as another's who has signed in meanwhile in this browser."""
    typed_by = request.form.get("typed_by", "")
    if typed_by and typed_by != current_user.ref:
        raise DomainError(
            f"You are signed in as {current_user.name} now, and this page was written by somebody else. "
            "Nothing was saved: sign in as whoever wrote it, or copy the words."
        )


def refuse_unless_given(return_: Return, standard: StandardContent) -> None:
    """Refuse a contributor a standard of which nothing is theirs, and a form that names what is not.

    Every view that saves a standard's page asks this; those about one criterion ask the next.
    """
    # Also what an answer has closed meanwhile is theirs.
    whole = queries.edition_of(return_).standard(standard.number) or standard
    mine = next(iter(permissions.part_of(current_user, return_, [whole])), None)
    if mine is None:
        raise NotAllowed(whom_to_ask(return_, standard))
    if not permissions.answers_all(current_user, return_) and names_others(request.form, mine):
        numbers = ", ".join(criterion.number for criterion in mine.criteria)
        raise NotAllowed(
            f"Only {numbers} of {standard.number}. {standard.title} was given to you, so nothing was saved. "
            f"Ask {leads_of(return_)} if you should answer more."
        )


def refuse_unless_answers(
    return_: Return, standard: StandardContent, criterion: CriterionContent | None
) -> None:
    """Refuse a contributor a criterion that is not theirs; None: what is asked of the standard as a whole."""
    if not permissions.may_answer(current_user, return_, standard, criterion):
        raise NotAllowed(whom_to_ask(return_, standard, criterion))


def whom_to_ask(return_: Return, standard: StandardContent, criterion: CriterionContent | None = None) -> str:
    """What a contributor reads at what is not theirs."""
    what = f"{standard.number}. {standard.title}"
    if criterion is not None and permissions.can_answer(current_user, return_, standard):
        what = criterion.number
    return f"{what} was not given to you. Ask {leads_of(return_)} if you should answer it."


def leads_of(return_: Return) -> str:
    leads = [person.name for _, person in people.members(return_.organisation_id, Role.LEAD)]
    return " or ".join(leads) or "your safeguarding lead"


def next_standard(return_: Return, standard: StandardContent) -> StandardContent | None:
    return next(iter(after(return_, standard)), None)


def next_to_answer(return_: Return, standard: StandardContent) -> StandardContent | None:
    """Where saving leads on to: a contributor goes to the next of their own, not into somebody else's."""
    return next(iter(permissions.part_of(current_user, return_, after(return_, standard))), None)


def after(return_: Return, standard: StandardContent) -> list[StandardContent]:
    """The standards that come behind one, which an answer may just have closed."""
    order = [one.id for one in queries.edition_of(return_).standards]
    return [one for one in queries.standards_of(return_) if order.index(one.id) > order.index(standard.id)]


def previous_standard(return_: Return, standard: StandardContent) -> StandardContent | None:
    behind = {one.id for one in after(return_, standard)} | {standard.id}
    before = [one for one in queries.standards_of(return_) if one.id not in behind]
    return before[-1] if before else None
