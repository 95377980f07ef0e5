"""Moderators at work, in words."""

from datetime import timedelta

from flask import Flask

from s11.core import clock
from s11.core.database import unit_of_work
from s11.moderation import operations, queries
from s11.moderation.models import Assignment
from s11.people import queries as people
from s11.people.models import Person
from s11.returns import queries as returns
from s11.returns.models import Return
from tests.factories.world import CODES, MANAGER


def person(email: str) -> Person:
    found = people.by_address(email)
    assert found is not None
    return found


def return_of(ref: str) -> Return:
    found = returns.by_ref(ref)
    assert found is not None
    return found


def assignment(ref: str, email: str) -> Assignment:
    found = queries.assignment_of(return_of(ref), person(email).id)
    assert found is not None
    return found


def give(app: Flask, ref: str, *emails: str) -> list[str]:
    """Give a return to these people; the refs of their assignments, and of what was refused the sentence."""
    with app.app_context(), unit_of_work():
        return_ = return_of(ref)
        done = operations.assign(
            return_.cycle,
            [(ref, person(email).ref) for email in emails],
            due_on=clock.today() + timedelta(days=9),
            by=person(MANAGER),
        )
        return list(done.refused) or [assignment(ref, email).ref for email in emails]


def rates_alone(
    app: Flask, ref: str, email: str, ratings: str, *, mark: str = "", finish: bool = True
) -> None:
    """Somebody says that nothing stands in the way, and rates: "G A - N", "-" for not rated. The reason names
    who rated, the mark stands at the first."""
    with app.app_context(), unit_of_work():
        mine, who = assignment(ref, email), person(email)
        operations.declare(mine, by=who)
        asked = returns.edition_of(mine.return_).criteria
        for place, (criterion, letter) in enumerate(zip(asked, ratings.split(), strict=True)):
            if letter == "-":
                continue
            levels = {level.code: level.id for level in criterion.scale.levels}
            operations.rate_alone(
                mine,
                criterion,
                level_id=levels.get(CODES.get(letter, "")),
                not_applicable=letter == "N",
                reason=f"{who.name} on {criterion.number}.",
                mark=mark if place == 0 else "",
                by=who,
            )
        if finish:
            operations.finish_alone(mine, by=who)


def moderated(app: Flask, ref: str, email: str, ratings: str) -> None:
    """One moderator rates, what they rated is taken, and moderation is finished."""
    give(app, ref, email)
    rates_alone(app, ref, email, ratings, mark="good_practice")
    with app.app_context(), unit_of_work():
        operations.take_agreed(return_of(ref), by=person(email))
        operations.complete(return_of(ref), by=person(email))


def names(app: Flask, ref: str) -> list[str]:
    """What the fields of each criterion are called."""
    with app.app_context():
        return [f"c{criterion.id}" for criterion in returns.edition_of(return_of(ref)).criteria]


def agreed(app: Flask, ref: str) -> list[tuple[str, str, str]]:
    """Agreed rating, reason and mark of each criterion that has one, in order."""
    with app.app_context():
        return_ = return_of(ref)
        found = queries.of_return(return_.id, return_.round)
        kept = [found[c.id] for c in returns.edition_of(return_).criteria if c.id in found]
        return [(one.level.code if one.level else "na", one.reason, one.mark) for one in kept]
