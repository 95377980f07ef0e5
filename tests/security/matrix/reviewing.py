"""A review of the plan in the world of the matrix."""

from s11.actions import operations
from s11.actions.models import PlanSource, Recommendation
from s11.actions.rules import PastedRecommendation
from s11.organisations.models import Partnership
from s11.people.models import Person


def a_review(name: str, board: Partnership, by: Person) -> tuple[PlanSource, Recommendation, Recommendation]:
    """A review with two recommendations: one to be answered by an action, one that nothing answers."""
    review = operations.add_source(
        board, kind="review", title=f"Review {name}", summary=f"zq{name}reviewzq It was found.", by=by
    )
    answered, spare = operations.add_recommendations(
        review,
        [
            PastedRecommendation("1", "Train everybody."),
            PastedRecommendation("2", f"zq{name}reviewzq Ask again."),
        ],
        by=by,
    )
    return review, answered, spare
