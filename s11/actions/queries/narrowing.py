"""What a reader asks of the plan, as conditions of a query."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from s11.actions.models import Action, Owner, PlanSource, Recommendation, RecommendationTheme, answers
from s11.actions.rules import (
    ASKED,
    BOARDS,
    DRIFTING,
    MOVED_TOO_OFTEN,
    OPEN,
    OVERDUE,
    OWN,
    TO_MEND,
    UNFINISHED,
    PlanFilter,
)
from s11.organisations.models import Organisation
from s11.people.models import Person

Condition = ColumnElement[bool]


def narrowed(wanted: PlanFilter, person: Person, *, today: date) -> list[Condition]:
    """One condition for everything that was asked. `today` decides what is overdue or asked about."""
    found = [_standing(wanted.status, today)] if wanted.status else []
    found += [make(asked) for name, make in NARROWING.items() if (asked := getattr(wanted, name))]
    if wanted.organisation:
        found.append(_organisation(wanted.organisation, person))
    if wanted.mine:
        found.append(_has_part(Owner.person_id == person.id, Action.owner_id == person.id))
    return found


def _standing(status: str, today: date) -> Condition:
    open_ = Action.status.in_(OPEN)
    computed: dict[str, Condition] = {
        UNFINISHED: open_,
        OVERDUE: open_ & (Action.due_on < today),
        DRIFTING: open_ & (Action.times_moved >= MOVED_TOO_OFTEN),
        TO_MEND: or_(Action.due_on.is_(None), Action.owner_name == "", Action.owner_role == ""),
        ASKED: Action.ask_on <= today,
    }
    return computed.get(status, Action.status == status)


def _organisation(ref: str, person: Person) -> Condition:
    boards = Action.organisation_id.is_(None)
    if ref == BOARDS:
        return boards
    if ref == OWN:
        served = boards & Action.partnership_id.in_(person.partnership_ids)
        return or_(Action.organisation_id.in_(person.organisation_ids), served)
    return Action.organisation_id.in_(select(Organisation.id).where(Organisation.ref == ref))


def _of(ref: str) -> Condition:
    return Action.source_id.in_(select(PlanSource.id).where(PlanSource.ref == ref))


def _theme(theme: str) -> Condition:
    under = (
        select(answers.c.action_id)
        .join(RecommendationTheme, RecommendationTheme.recommendation_id == answers.c.recommendation_id)
        .where(RecommendationTheme.theme == theme)
    )
    return or_(Action.theme == theme, Action.id.in_(under))


def _owner(part: str) -> Condition:
    return _has_part(_holds(part, Owner.name, Owner.role), _holds(part, Action.owner_name, Action.owner_role))


def _has_part(among: Condition, leads: Condition) -> Condition:
    return or_(leads, Action.id.in_(select(Owner.action_id).where(among)))


def _search(part: str) -> Condition:
    answering = (
        select(answers.c.action_id)
        .join(Recommendation, Recommendation.id == answers.c.recommendation_id)
        .where(_holds(part, Recommendation.text, Recommendation.finding))
    )
    titled = select(PlanSource.id).where(_holds(part, PlanSource.title))
    own = _holds(
        part, Action.text, Action.owner_name, Action.owner_role, Action.source_title, Action.recommendation
    )
    return or_(own, Action.source_id.in_(titled), Action.id.in_(answering))


def _holds(part: str, *columns: ColumnElement[str]) -> Condition:
    return or_(*(column.icontains(part, autoescape=True) for column in columns))


# What a field of the filter asks of an action.
NARROWING: dict[str, Callable[[str], Condition]] = {
    "source": lambda kind: Action.source == kind,
    "of": _of,
    "theme": _theme,
    "mechanism": lambda mechanism: Action.mechanism == mechanism,
    "standard": lambda key: Action.standard_key == key,
    "priority": lambda priority: Action.priority == priority,
    "owner": _owner,
    "due_from": lambda day: Action.due_on >= date.fromisoformat(day),
    "due_to": lambda day: Action.due_on <= date.fromisoformat(day),
    "search": _search,
}
