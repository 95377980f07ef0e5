"""What every change of a day looks at first, and how it enters the trail."""

from s11.challenge import planned, queries
from s11.challenge.models import ChallengeDay
from s11.challenge.rules import Body, bar
from s11.core.database import db
from s11.core.errors import Invalid, Stale
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.trail.operations import record

CHANGED = "Somebody changed the plan of this day meanwhile. Look at it as it is now, and save then."


def alone(day: ChallengeDay, version: int | None = None) -> None:
    """Let whoever is at the same plan at this moment wait until we are through.

    `version` is the state that was looked at; Stale where it is another by now.
    """
    db.session.refresh(day, attribute_names=["version"], with_for_update=True)
    if version is not None and version != day.version:
        raise Stale(CHANGED)


def hold(day: ChallengeDay, version: int | None = None) -> None:
    """The same before the plan is changed: the change counts."""
    alone(day, version)
    day.version += 1


def body_of(organisation: Organisation) -> Body:
    return Body(organisation.id, organisation.name, organisation.parent_id)


def seat_fault(day: ChallengeDay, organisation: Organisation) -> str | None:
    if any(one.id == organisation.id for one in queries.taking_part(day)):
        return None
    return f"{organisation.name} was not asked in {day.cycle.title}. Choose an organisation that was."


def questioner_fault(
    day: ChallengeDay, organisation: Organisation, questioner: Organisation | None
) -> str | None:
    """Who asks is another organisation of the same cycle that is not tied to it, or nobody: then it is the
    chair."""
    if questioner is None:
        return None
    ties = planned.tie_words(day.cycle.partnership_id)
    return bar(body_of(organisation), body_of(questioner), ties) or seat_fault(day, questioner)


def standard_fault(day: ChallengeDay, standard_key: str) -> str | None:
    edition = content_of(day.cycle)
    if not standard_key or any(standard.key == standard_key for standard in edition.asked_standards):
        return None
    return "Choose a standard of the questionnaire that was asked."


def note(
    tag: str,
    day: ChallengeDay,
    by: Person | None,
    organisation: Organisation | None = None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        tag,
        day.id,
        by=by,
        organisation_id=organisation.id if organisation else None,
        partnership_id=day.cycle.partnership_id,
        before=before,
        after=after,
    )


def check(field: str, fault: str | None) -> None:
    if fault:
        raise Invalid(fault, field=field)
