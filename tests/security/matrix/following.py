"""How an action has to stand before something is asked of it, and what is sent then."""

import io
from datetime import timedelta

from s11.actions import queries
from s11.actions.models import Action, Milestone, Owner, ShownForAction
from s11.core import clock
from s11.core.database import db
from s11.evidence import operations as evidence
from s11.organisations import queries as organisations
from tests.security.matrix.world import Place

STEP, OWNER, SHOWN = "step33333333", "7777", "shown3333333"


def the_action(place: Place) -> Action | None:
    return queries.by_ref(place.action)


def complete(place: Place) -> None:
    action = the_action(place)
    if action is not None:
        action.status, action.completed_at = "complete", clock.now()


def verified(place: Place) -> None:
    action = the_action(place)
    if action is not None:
        action.status, action.verified_at = "verified", clock.now() - timedelta(days=100)
        action.ask_on = clock.today() - timedelta(days=1)


def stepped(place: Place) -> None:
    action = the_action(place)
    if action is not None:
        action.milestones.append(Milestone(ref=STEP, text="Agree the course.", due_on=clock.today()))


def joined(place: Place) -> None:
    action = the_action(place)
    if action is not None:
        action.owners.append(Owner(id=int(OWNER), name="Ola Other", role="Head of training"))


def shown(place: Place) -> None:
    action, organisation = the_action(place), organisations.by_ref(place.organisation)
    if action is None or organisation is None:
        return
    content = io.BytesIO(b"All twenty were trained.\n")
    revision = evidence.add_file(organisation, content, "trained.txt", by=None, most=1_000)
    revision.ref = SHOWN
    db.session.add(
        ShownForAction(action_id=action.id, revision=revision, added_at=clock.now(), added_by_name="Pat Lead")
    )


def a_comment(place: Place) -> dict[str, object]:
    return {"comment": "Which course is it?"}


def a_step(place: Place) -> dict[str, object]:
    day = clock.today()
    return {"done_on": f"{day.day} {day.month} {day.year}", "go": "done"}


def a_link(place: Place) -> dict[str, object]:
    return {"what": "link", "link-target": "https://intranet.example/training", "link-title": "Register"}


def a_verdict(place: Place) -> dict[str, object]:
    return {"version": "1", "verdict": "accept", "reason": "The register shows all twenty."}


def an_answer(place: Place) -> dict[str, object]:
    return {"version": "1", "difference": "made", "what": "Children are heard.", "known_by": "Ten records."}


def a_closing(place: Place) -> dict[str, object]:
    return {"version": "1", "reason": "It lasts."}


def an_opening(place: Place) -> dict[str, object]:
    due = clock.today() + timedelta(days=40)
    day = f"{due.day} {due.month} {due.year}"
    return {"version": "1", "because": "audit", "reason": "Six of ten records.", "due_on": day}


def another(place: Place) -> dict[str, object]:
    return {"version": "1", "by": place.challenge_action, "reason": "They are the same."}


def a_lead(place: Place) -> dict[str, object]:
    person = {"name": "Nia New", "role": "Head of training"}
    return {"version": "1", **person, "reason": "Asha has left."}


def an_owner(place: Place) -> dict[str, object]:
    return {"other-version": "1", "other-name": "Nia New", "other-role": "Head of training"}


def a_version(place: Place) -> dict[str, object]:
    return {"version": "1"}
