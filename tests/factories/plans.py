"""A plan as large as one likes, written straight into the tables.

Of every ten actions in order: six are open, two of them overdue; two are complete, one is verified and one
superseded. Every tenth is the Board's own, every other one answers two recommendations of a review, and what
was said of each is spread over two years.
"""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, insert, select

from s11.actions.models import (
    Action,
    Milestone,
    Owner,
    PlanSource,
    Recommendation,
    RecommendationTheme,
    Update,
    answers,
)
from s11.actions.rules import Mechanism, Priority, Saying, Source, Status
from s11.core import clock
from s11.core.database import db, put_all, unit_of_work
from s11.core.refs import new_ref
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Seat
from s11.organisations.rules import Kind

STATUSES = (
    Status.NOT_STARTED, Status.ON_TRACK, Status.ON_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.AT_RISK,
    Status.COMPLETE, Status.COMPLETE, Status.VERIFIED, Status.SUPERSEDED,
)  # fmt: skip
OVERDUE = (2, 3)
THEMES = ("Professional curiosity", "Information sharing", "Collaborative working", "Ownership and grip")
REVIEWS, RECOMMENDATIONS = 40, 10
FIRST = 10_000  # ids of what is made here begin far above those of a small world


def a_plan(app: Flask, actions: int, updates: int, *, of: str = "northshire", agencies: int = 30) -> None:
    """So many actions of so many agencies, with so many updates between them."""
    with app.app_context(), unit_of_work():
        board = organisations.partnership_by_code(of)
        assert board is not None
        now, today = clock.now(), clock.today()
        first = FIRST + (db.session.scalar(select(func.max(Action.id))) or 0)
        ids = range(first, first + actions)
        owned = [first + place for place in range(agencies)]
        put_all(Organisation, [
            dict(id=id_, ref=new_ref(), name=f"Agency {id_}", short_name=f"Agency {id_}", kind=Kind.SCHOOL)
            for id_ in owned
        ])  # fmt: skip
        put_all(Seat, [dict(partnership_id=board.id, organisation_id=id_) for id_ in owned])
        reviews = [first + place for place in range(REVIEWS)]
        put_all(PlanSource, [
            dict(id=id_, ref=new_ref(), partnership_id=board.id, kind=Source.REVIEW, title=f"Child {id_}",
                 how_many=RECOMMENDATIONS, created_at=now)
            for id_ in reviews
        ])  # fmt: skip
        made = [(first + place, reviews[place % REVIEWS]) for place in range(REVIEWS * RECOMMENDATIONS)]
        put_all(Recommendation, [
            dict(id=id_, ref=new_ref(), source_id=review, position=place // REVIEWS + 1,
                 number=str(place // REVIEWS + 1), text="Make sure that every referral is followed up. " * 3)
            for place, (id_, review) in enumerate(made)
        ])  # fmt: skip
        put_all(RecommendationTheme, [
            dict(recommendation_id=id_, theme=THEMES[place % len(THEMES)])
            for place, (id_, _) in enumerate(made)
        ])  # fmt: skip
        put_all(Action, [
            dict(id=id_, ref=new_ref(), partnership_id=board.id,
                 organisation_id=None if place % 10 == 1 else owned[place % agencies],
                 source=Source.REVIEW if place % 2 else Source.AUDIT,
                 source_id=reviews[place % REVIEWS] if place % 2 else None,
                 source_title="" if place % 2 else f"Audit {place % 12}",
                 text=f"Action {place}: brief every team and test what they remember. ",
                 outcome="Children are seen sooner.", mechanism=tuple(Mechanism)[place % 4],
                 priority=tuple(Priority)[place % 3], owner_name=f"Alex Owner{place % 60}",
                 owner_role="Head of service", status=STATUSES[place % 10],
                 due_on=today + timedelta(days=-20 if place % 10 in OVERDUE else 10 + place % 300),
                 first_due_on=today - timedelta(days=40), times_moved=place % 4 % 3,
                 last_said_at=now - timedelta(days=place % 200), created_at=now - timedelta(days=800))
            for place, id_ in enumerate(ids)
        ])  # fmt: skip
        db.session.execute(insert(answers), [
            dict(action_id=id_, recommendation_id=made[(place % REVIEWS + REVIEWS * more) % len(made)][0])
            for place, id_ in enumerate(ids) if place % 2 for more in (place % 5, place % 5 + 1)
        ])  # fmt: skip
        put_all(Owner, [
            dict(action_id=id_, name=f"Robin Helper{id_ % 50}", role="Trainer") for id_ in ids if id_ % 3
        ])  # fmt: skip
        put_all(Milestone, [
            dict(ref=new_ref(), action_id=id_, position=step, text=f"Step {step + 1}", due_on=today)
            for id_ in ids for step in range(2)
        ])  # fmt: skip
        put_all(Update, [
            dict(action_id=first + place % actions, kind=Saying.PROGRESS,
                 at=now - timedelta(days=730 - 730 * place // updates), person_name="Alex Owner",
                 status=Status.ON_TRACK, text="Half of the teams are briefed. " * 6,
                 due_before=today if place % 20 == 0 else None,
                 due_after=today + timedelta(days=30) if place % 20 == 0 else None)
            for place in range(updates)
        ])  # fmt: skip
