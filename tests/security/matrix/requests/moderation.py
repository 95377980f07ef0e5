"""Requests about moderation, analysis and groups of schools."""

from collections.abc import Callable

from sqlalchemy import delete

from s11.core import clock
from s11.core.database import db
from s11.moderation import operations as moderation
from s11.moderation import queries as moderation_queries
from s11.moderation.models import Assignment as Given
from s11.moderation.models import Moderation
from s11.people import queries as people
from s11.returns import queries as returns
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, part_of, to
from tests.security.matrix.requests.shared import CYCLE, RETURN, STANDARD
from tests.security.matrix.world import ELSEWHERE, MANAGER, MODERATOR, Place


def moderated(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {
        f"c{first}": "red",
        f"c{first}-reason": "Seen otherwise on the visit.",
        f"c{first}-version": place.moderated,
        f"c{first}-was": "",
        f"c{first}-was-reason": "",
    }


def agree_with_the_rest(place: Place) -> None:
    return_, manager = returns.by_ref(place.return_), people.by_address(MANAGER)
    if return_ is not None and manager is not None and return_.stage == "submitted":
        moderation.agree_rest(return_, by=manager)


def nothing_agreed(place: Place) -> None:
    """Take back the agreed rating the world begins with: a return is given out before one is agreed."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None and return_.stage == "submitted":
        db.session.execute(delete(Moderation).where(Moderation.return_id == return_.id))


def given(place: Place) -> None:
    """Give the return to the moderator, at whatever stage it is."""
    nothing_agreed(place)
    return_, moderator = returns.by_ref(place.return_), people.by_address(MODERATOR)
    assert return_ is not None and moderator is not None
    db.session.add(
        Given(
            ref=place.more["assignment"],
            return_id=return_.id,
            round=return_.round,
            person_id=moderator.id,
            assigned_at=clock.now(),
            assigned_by_name="Olive Office",
        )
    )
    db.session.flush()


def begun(place: Place) -> None:
    given(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    known.declared_at = clock.now()


def rated(place: Place) -> None:
    begun(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    if known.return_.stage == "submitted":
        moderation.agree_rest_alone(known, by=known.person)


def finished(place: Place) -> None:
    rated(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    known.finished_at = clock.now()


def to_preview(place: Place) -> dict[str, object]:
    return {
        "return": place.return_,
        "moderator": place.more["moderator"],
        "scope": "ticked",
        "how": "every",
        "each": "1",
        "due_on": day_in(9),
    }


def to_assign(place: Place) -> dict[str, object]:
    return {f"to-{place.more['moderator']}": place.return_, "due_on": day_in(9)}


def to_give_one(place: Place) -> dict[str, object]:
    return {"moderator": place.more["moderator"], "due_on": day_in(9)}


def the_moderator(place: Place) -> dict[str, object]:
    return {"moderator": place.more["moderator"]}


def too_near(place: Place) -> dict[str, object]:
    return {"reason": "My sister works there."}


def an_interest(place: Place, actor: str) -> Ask:
    whose = place.more["elsewhere"] if actor == ELSEWHERE else place.organisation
    return Ask({}, {"organisation": whose, "why": "My sister works there."})


def asked_of_one(before: Callable[[Place], None], **parts: str) -> Request:
    """A page about the return the moderator was given."""

    def ask(place: Place, actor: str) -> Ask:
        address = {name: part_of(place, what) for name, what in {"ref": "more.assignment", **parts}.items()}
        return Ask(address, before=before)

    return ask


def rated_alone(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {f"c{first}": "red", f"c{first}-reason": "Seen otherwise on the visit."}


def replied(place: Place) -> dict[str, object]:
    return {f"c{place.criteria[0]}": "accept"}


REQUESTS: dict[str, Request] = {
    "GET moderation.overview": to(**RETURN),
    "GET moderation.standard": to(**STANDARD),
    "POST moderation.save": form(**STANDARD)(moderated),
    "POST moderation.agree": form(**RETURN)(nothing),
    "POST moderation.finish": form(agree_with_the_rest, **RETURN)(nothing),
    "POST moderation.take": form(finished, **RETURN)(nothing),
    "GET moderation.cycle": to(**CYCLE),
    "POST moderation.preview": form(nothing_agreed, _changes=False, **CYCLE)(to_preview),
    "POST moderation.assign": form(nothing_agreed, **CYCLE)(to_assign),
    "GET moderation.moderators": to(**RETURN),
    "POST moderation.give": form(nothing_agreed, **RETURN)(to_give_one),
    "POST moderation.take_away": form(given, **RETURN)(the_moderator),
    "POST moderation.go_on": form(given, **RETURN)(too_near),
    "GET moderation.mine": to(),
    "GET moderation.interests": to(),
    "POST moderation.declare_interest": an_interest,
    "POST moderation.take_back_interest": form(_changes=False)(nothing),
    "GET moderation.alone": asked_of_one(given),
    "GET moderation.alone_standard": asked_of_one(begun, number="standard"),
    "POST moderation.declare": form(given, ref="more.assignment")(nothing),
    "POST moderation.decline": form(given, ref="more.assignment")(too_near),
    "POST moderation.alone_agree": form(begun, ref="more.assignment")(nothing),
    "POST moderation.alone_save": form(begun, ref="more.assignment", number="standard")(rated_alone),
    "POST moderation.alone_finish": form(rated, ref="more.assignment")(nothing),
    "POST moderation.alone_take_back": form(finished, ref="more.assignment")(nothing),
    "GET moderation.said": to(**RETURN),
    "POST moderation.reply": form(**RETURN)(replied),
    "POST moderation.accept": form(**RETURN)(nothing),
    "GET schools.mine": to(),
    "GET schools.beside": to(**RETURN),
    "GET schools.years": to(ref="organisation"),
    "GET schools.cycles_to_choose": to(),
    "GET schools.groups": to(**CYCLE),
    "GET schools.groups_csv": to(**CYCLE),
    "GET schools.listing": to(**CYCLE),
    "GET analysis.index": to(),
    "GET analysis.cycle": to(**CYCLE),
    "GET analysis.chart": to(name="=standards", **CYCLE),
    "GET analysis.matrix": to(**CYCLE),
    "GET analysis.matrix_csv": to(**CYCLE),
    "GET analysis.answers": to(return_ref="return_", number="standard", **CYCLE),
    "GET analysis.organisation": to(return_ref="return_", **CYCLE),
    "GET analysis.organisations": to(**CYCLE),
    "GET analysis.standards": to(**CYCLE),
    "GET analysis.standard": to(number="standard", **CYCLE),
    "GET analysis.themes": to(**CYCLE),
    "GET analysis.theme": to(code="=ownership", **CYCLE),
    "GET analysis.comparison": to(**CYCLE),
    "GET analysis.trend": to(**CYCLE),
    "GET analysis.agreement": to(**CYCLE),
    "GET analysis.evidence": to(**CYCLE),
    "GET analysis.table": to(name="=ratings", suffix="=csv", **CYCLE),
    "GET analysis.plan": to(),
    "GET analysis.plan_chart": to(name="=months"),
    "GET analysis.plan_table": to(name="=organisations", suffix="=csv"),
}
