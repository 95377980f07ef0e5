"""A county in one cycle: as many organisations as one likes, at mixed stages, written straight into tables.

Of every ten in order: five are in, one waits for a signature, one is nearly there, one stopped, one was only
looked at, one has never been opened; of those never opened every other one has mail that came back.
"""

from datetime import timedelta

from flask import Flask
from sqlalchemy import insert

from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.refs import new_ref
from s11.cycles import queries as cycles
from s11.cycles.models import Invitation
from s11.notices.models import Notice
from s11.notices.rules import Bounce
from s11.notices.rules import Kind as Mail
from s11.organisations.models import Organisation, Seat
from s11.organisations.rules import Kind
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.operations import freeze
from s11.returns.models import Answer, Return, SignOff, Submission
from s11.returns.rules import Stage

STAGES = (
    *[Stage.SUBMITTED] * 5,
    Stage.AWAITING_SIGN_OFF,
    Stage.IN_PROGRESS,
    Stage.IN_PROGRESS,
    Stage.NOT_STARTED,
    Stage.NOT_STARTED,
)
NEARLY, STOPPED, LOOKED_AT, UNOPENED = 6, 7, 8, 9
DISTRICTS = ("Northmere", "Eastfold", "Southwick", "Westerly")
FIRST = 10_000  # ids of what is made here begin far above those of a small world


def a_county(app: Flask, cycle_ref: str, count: int) -> None:
    """So many schools asked in this cycle 40 days ago, named School 0000 and on."""
    with app.app_context(), unit_of_work():
        cycle = cycles.by_ref(cycle_ref)
        assert cycle is not None
        now = clock.now()
        asked_at = now - timedelta(days=40)
        criteria = questionnaires.content(cycle.edition).criteria
        freeze(cycle.edition, by=None)
        cycle.issued_at = asked_at
        places = range(count)
        ids = [FIRST + place for place in places]
        phases = ("primary", "secondary", "special")
        _put(Organisation, [
            dict(id=id_, ref=new_ref(), name=f"School {place:04}", short_name=f"School {place:04}",
                 kind=Kind.SCHOOL, phase=phases[place % 3], district=DISTRICTS[place % 4])
            for place, id_ in zip(places, ids, strict=True)
        ])  # fmt: skip
        _put(Seat, [dict(partnership_id=cycle.partnership_id, organisation_id=id_) for id_ in ids])
        _put(Person, [
            dict(id=2 * id_ + signs, ref=new_ref(), name=f"{'Head' if signs else 'Lead'} of {place:04}",
                 email=f"{'head' if signs else 'lead'}{place}@county.example", created_at=asked_at,
                 last_signed_in_at=None if place % 10 == UNOPENED else now - timedelta(days=place % 9))
            for place, id_ in zip(places, ids, strict=True) for signs in (0, 1)
        ])  # fmt: skip
        _put(Membership, [
            dict(id=2 * id_ + signs, ref=new_ref(), person_id=2 * id_ + signs, organisation_id=id_,
                 role=Role.SIGNATORY if signs else Role.LEAD, signs_as="headteacher" if signs else "",
                 started_on=asked_at.date())
            for id_ in ids for signs in (0, 1)
        ])  # fmt: skip
        _put(Invitation, [dict(id=id_, cycle_id=cycle.id, organisation_id=id_) for id_ in ids])
        _put(Return, [
            dict(id=id_, ref=new_ref(), invitation_id=id_, cycle_id=cycle.id, organisation_id=id_,
                 stage=STAGES[place % 10], answered=_answered(place, len(criteria)), created_at=asked_at,
                 last_saved_at=now - timedelta(days=_quiet(place)) if _answered(place, 10) else None,
                 submitted_at=now - timedelta(days=place % 30) if place % 10 < 5 else None)
            for place, id_ in zip(places, ids, strict=True)
        ])  # fmt: skip
        _put(Answer, [
            dict(return_id=id_, criterion_id=criterion.id, commentary="What we do. " * 30,
                 updated_by_name=f"Lead of {place:04}", updated_at=now - timedelta(days=_quiet(place)))
            for place, id_ in zip(places, ids, strict=True)
            for criterion in criteria[: _answered(place, len(criteria))]
        ])  # fmt: skip
        _put(Submission, [
            dict(ref=new_ref(), return_id=id_, round=1, sealed="{}", checksum="0" * 64, ratings=b"",
                 not_applicable_reasons={}, evidence_counts={}, submitted_by_name="Lead",
                 submitted_at=now - timedelta(days=place % 30))
            for place, id_ in zip(places, ids, strict=True) if place % 10 < 5
        ])  # fmt: skip
        _put(SignOff, [
            dict(return_id=id_, round=1, step="lead", label="Lead", name="Lead", role="Lead", declaration="",
                 signed_at=now)
            for place, id_ in zip(places, ids, strict=True) if place % 10 == 5
        ])  # fmt: skip
        _put(Notice, [
            dict(ref=new_ref(), to_address=f"lead{place}@county.example", subject="Please complete", body="",
                 organisation_id=id_, partnership_id=cycle.partnership_id, about=cycle.ref, kind=Mail.LETTER,
                 queued_at=asked_at, sent_at=asked_at,
                 bounced_at=asked_at + timedelta(hours=1) if place % 20 == UNOPENED else None,
                 bounce=Bounce.HARD if place % 20 == UNOPENED else "")
            for place, id_ in zip(places, ids, strict=True)
        ])  # fmt: skip


def _put(model: type, rows: list[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _answered(place: int, asked: int) -> int:
    """How many of those asked a school in this place has answered."""
    if place % 10 < NEARLY:
        return asked
    return {NEARLY: asked - 1, STOPPED: asked // 2}.get(place % 10, 0)


def _quiet(place: int) -> int:
    """How many days ago it saved last."""
    return 12 if place % 10 == STOPPED else 2
