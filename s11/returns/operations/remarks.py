"""What colleagues say to each other about a criterion: beside the answer, never in it.

The trail says nothing of it: the Board reads the trail of a return once it is in. Who said what and when
stands in the remark itself, which is never changed.
"""

from s11.core import clock
from s11.core.database import db
from s11.core.errors import DomainError, Invalid
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import LEADS
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import permissions, queries
from s11.returns.models import Remark, Return
from s11.returns.operations.sharing import write_to
from s11.returns.shares import REMARK_LONGEST, tells_by_mail


def add_remark(
    return_: Return,
    standard: StandardContent,
    criterion: CriterionContent,
    *,
    text: str,
    question: bool,
    by: Person,
) -> Remark:
    """Say something to colleagues about a criterion. A question is told to those who can answer it."""
    check_talking(return_)
    check_text(criterion, text)
    asked = queries.asked_at(return_.id, criterion.id)
    remark = Remark(
        return_id=return_.id,
        criterion_id=criterion.id,
        is_question=question,
        text=text.strip(),
        person_id=by.id,
        person_name=by.name,
        at=clock.now(),
    )
    db.session.add(remark)
    db.session.flush()
    if question and tells_by_mail(asked, remark.at):
        tell_of_question(return_, standard, criterion, by=by)
    return remark


def settle(return_: Return, remark: Remark, *, by: Person) -> None:
    """Say that a question is answered. Saying it twice changes nothing."""
    check_talking(return_)
    if not remark.is_question or remark.settled_at is not None:
        return
    remark.settled_at = clock.now()
    remark.settled_by_id, remark.settled_by_name = by.id, by.name


def check_talking(return_: Return) -> None:
    if not permissions.remarks_open(return_):
        raise DomainError("This return is in. What colleagues said can be read, and nothing be added.")


def check_text(criterion: CriterionContent, text: str) -> None:
    field = f"remark{criterion.id}"
    if not text.strip():
        raise Invalid(f"Write what you want to say about {criterion.number}.", field=field)
    if len(text) > REMARK_LONGEST:
        raise Invalid(
            f"What you say about {criterion.number} has {len(text):,} characters. "
            f"Shorten it to {REMARK_LONGEST:,}.",
            field=field,
        )


def tell_of_question(
    return_: Return, standard: StandardContent, criterion: CriterionContent, *, by: Person
) -> None:
    """Write to those who answer a criterion that there is a question. The mail does not repeat it."""
    for person in who_answers(return_, standard, criterion):
        if person.id != by.id:
            write_to(
                return_,
                person,
                subject=f"A question about {criterion.number} in {return_.cycle.title}",
                text=f"{by.name} has asked a question about {criterion.number} in the return of "
                f"{return_.organisation.name} to {return_.cycle.title} "
                f"({standard.number}. {standard.title}).",
                place=f"/standards/{standard.number}?thread={criterion.number}#thread-{criterion.number}",
            )


def who_answers(return_: Return, standard: StandardContent, criterion: CriterionContent) -> list[Person]:
    """Lead and deputy, and the contributors who were given a criterion or its standard and are still here."""
    found = {person.id: person for _, person in people.members(return_.organisation_id, *LEADS)}
    joined = {c.person.id for c in queries.contributors(return_.organisation_id) if c.has_joined}
    for one in queries.assignments(return_.id):
        is_theirs = one.standard_id == standard.id and one.criterion_id in (None, criterion.id)
        if is_theirs and one.person_id in joined:
            found[one.person_id] = one.person
    return list(found.values())
