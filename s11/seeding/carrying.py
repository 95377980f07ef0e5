"""What a lead who is in the middle of a return has taken over from last year, and reviewed so far."""

from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.rules import Stage
from s11.seeding.moments import at
from s11.seeding.scene import Scene

CONFIRMED = 2


def take_over(scene: Scene) -> None:
    """The first standard nobody has begun is taken over from last year, and a little of it is confirmed.

    Everything after it is left, so that whoever looks round can take it over.
    """
    return_ = scene.return_
    if Stage(return_.stage) is not Stage.IN_PROGRESS or scene.fate.declined:
        return
    if return_queries.last_return(return_) is None:
        return
    answers = return_queries.answers(return_.id)
    for standard in return_queries.standards_of(return_):
        if any(criterion.id in answers for criterion in standard.criteria):
            continue
        with at(scene.fate.finished_on, of=f"carry {scene.name}", latest=scene.now):
            taken = returns.carry(return_, standard.criteria, by=scene.lead)
            for criterion, offer in taken.offers[:CONFIRMED]:
                if not offer.rating_left:
                    returns.confirm(return_, criterion, by=scene.lead)
        return
