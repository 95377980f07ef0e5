"""What the forms for a new and a changed action share: tick boxes, rows that repeat, refusals."""

from flask_login import current_user

from s11.actions import permissions, queries
from s11.actions.forms import choices
from s11.actions.forms.adding import MORE_OWNERS, PromiseForm
from s11.actions.models import PlanSource, Recommendation
from s11.core.errors import Invalid
from s11.web.forms import blame

LABEL_LONGEST = 160


def offered(review: PlanSource | None) -> list[Recommendation]:
    """What of a review this person may tick: the Board's people all, others what their actions answer."""
    if review is None:
        return []
    if permissions.sees_whole(current_user, review):
        return queries.recommendations_of(review.id)
    theirs = {
        one.id for action in queries.actions_under(review.id, current_user) for one in action.recommendations
    }
    return [one for one in queries.recommendations_of(review.id) if one.id in theirs]


def offer_recommendations(form: PromiseForm, review: PlanSource | None) -> None:
    form.answers.choices = choices((one.ref, worded(one)) for one in offered(review))


def worded(recommendation: Recommendation) -> str:
    """A recommendation as a label: its number and the beginning of its words."""
    words = " ".join(f"{recommendation.number} {recommendation.text}".split())
    return words if len(words) <= LABEL_LONGEST else f"{words[:LABEL_LONGEST].rsplit(' ', 1)[0]} …"


def ticked(form: PromiseForm, review: PlanSource | None) -> list[Recommendation]:
    """The recommendations that are ticked, in the order of their review; with one tick all of them."""
    wanted = set(form.answers.data or ())
    return [one for one in offered(review) if form.answers_all.data or one.ref in wanted]


def room_for_more(form: PromiseForm, go: str) -> None:
    """Add empty rows where a button asked for them."""
    if go == MORE_OWNERS:
        form.owners.leave_room(more=True)
    elif go.startswith("more"):
        form.milestones.leave_room(more=True)


def blame_rows(form: PromiseForm, refusal: Invalid) -> None:
    """Put a refusal's sentence at its field, that of a row at the row's: "milestones-1-due_on"."""
    rows, _, place = str(refusal.field).partition("-")
    number, _, part = place.partition("-")
    if rows in ("owners", "milestones") and number.isdecimal():
        row = form[rows].filled[int(number)]
        row[part].errors = [*row[part].errors, refusal.sentence]
    else:
        blame(form, refusal, otherwise="text")
