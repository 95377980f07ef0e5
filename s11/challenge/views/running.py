"""Keeping the time of a day: the room's screen, the chair's view, and opening and finishing it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import permissions, queries
from s11.challenge.live import operations, pages
from s11.challenge.live.pages import Entry, Now, Words
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.views.blueprint import blueprint
from s11.challenge.views.live import (
    bar_mark,
    check_may_write,
    person,
    session_or_404,
    to_session,
)
from s11.core import clock
from s11.cycles.queries import content_of
from s11.web.guards import guard


@blueprint.post("/<ref>/live/<session>/begin")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def begin_session(day: ChallengeDay, session: str) -> ResponseReturnValue:
    found = session_or_404(day, session)
    check_may_write(day)
    operations.begin(day, found, by=person())
    return back(day, found)


@blueprint.post("/<ref>/live/<session>/end")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def end_session(day: ChallengeDay, session: str) -> ResponseReturnValue:
    """End a session, and go to the next, which begins."""
    found = session_or_404(day, session)
    check_may_write(day)
    following = operations.end(day, found, go_on=request.form.get("go") == "next", by=person())
    if following is None:
        flash("That was the last session.", "success")
    return back(day, following or found)


def back(day: ChallengeDay, session: Session) -> ResponseReturnValue:
    """To where the button stood: the chair's view, or the page of a session."""
    if request.form.get("from") == "chair":
        return redirect(url_for("challenge.chair", ref=day.ref), 303)
    return to_session(day, session, 303)


@blueprint.post("/<ref>/open")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def open_day(day: ChallengeDay) -> ResponseReturnValue:
    operations.open_day(day, by=person())
    flash("The day is open. Whoever takes notes can write from now on.", "success")
    return redirect(url_for("challenge.chair", ref=day.ref), 303)


@blueprint.get("/<ref>/finish")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def finishing(day: ChallengeDay) -> ResponseReturnValue:
    """What is still open, before the day is finished."""
    return render_template(
        "challenge/live/finish.html",
        day=day,
        left=pages.unfinished(queries.sessions(day.id), queries.enquiries(day.id), queries.outcomes(day.id)),
        now=now_of(day),
    )


@blueprint.post("/<ref>/finish")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def finish_day(day: ChallengeDay) -> ResponseReturnValue:
    operations.finish(day, by=person())
    flash("The day is finished, and its record is closed.", "success")
    return redirect(url_for("challenge.day", ref=day.ref), 303)


@blueprint.post("/<ref>/reopen")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def reopen_day(day: ChallengeDay) -> ResponseReturnValue:
    operations.reopen(day, by=person())
    flash("The record is open again. Finish the day once more when it is complete.", "success")
    return redirect(url_for("challenge.chair", ref=day.ref), 303)


@blueprint.get("/<ref>/room")
@guard(queries.by_ref, see=permissions.can_see)
def room(day: ChallengeDay) -> ResponseReturnValue:
    """What the room sees on its screen: whose turn it is, what is asked, and the time that is left."""
    return render_template("challenge/live/room.html", **in_the_room(day))


@blueprint.get("/<ref>/room/now")
@guard(queries.by_ref, see=permissions.can_see)
def room_now(day: ChallengeDay) -> ResponseReturnValue:
    """The same as a part of that page, which asks for it again and again."""
    return render_template("challenge/live/_room.html", **in_the_room(day))


def in_the_room(day: ChallengeDay) -> dict[str, object]:
    now = now_of(day)
    shown = pages.in_room(entries_of(day, now.current.session)) if now.current else None
    asker = asker_of(day, now, shown) if shown and now.current else ""
    mark = f"{bar_mark(day, now)}|{shown.heading if shown else ''}|{asker}"
    return {"day": day, "now": now, "shown": shown, "asker": asker, "mark": mark}


def asker_of(day: ChallengeDay, now: Now, shown: Entry) -> str:
    """Who asks the question before the room: by name, and of which organisation where it is not the one that
    questions the whole session."""
    asks = shown.said["asked_by"]
    usual = now.current.session.questioner if now.current else None
    other = asks != (usual.ref if usual else "")
    whose = Words(content_of(day.cycle), queries.taking_part(day)).of("asked_by", asks) if other else ""
    return ", ".join(filter(None, (shown.said["asker_name"], whose)))


@blueprint.get("/<ref>/chair")
@guard(queries.by_ref, see=permissions.can_see)
def chair(day: ChallengeDay) -> ResponseReturnValue:
    """The chair's view: the session at hand, all its questions, what is recorded, and the time."""
    return render_template("challenge/live/chair.html", **before_the_chair(day))


@blueprint.get("/<ref>/chair/now")
@guard(queries.by_ref, see=permissions.can_see)
def chair_now(day: ChallengeDay) -> ResponseReturnValue:
    return render_template("challenge/live/_chair.html", **before_the_chair(day))


def before_the_chair(day: ChallengeDay) -> dict[str, object]:
    now = now_of(day)
    turn = now.current or now.next or (now.turns[-1] if now.turns else None)
    entries = entries_of(day, turn.session) if turn else []
    changed = max((entry.at for entry in entries if entry.at), default=None)
    before_room = pages.in_room(entries)
    shown = before_room.key if before_room else ""
    return {
        "day": day,
        "now": now,
        "turn": turn,
        "entries": entries,
        "shown": shown,
        "words": Words(content_of(day.cycle), queries.taking_part(day)),
        "recorded": sum(entry.is_answered for entry in entries),
        "may_run": permissions.can_record(current_user, day),
        "may_write": permissions.can_take_notes(current_user, day),
        "mark": f"{bar_mark(day, now)}|{len(entries)} {changed} {shown}",
    }


def now_of(day: ChallengeDay) -> Now:
    return pages.now_of(day, queries.sessions(day.id), clock.now())


def entries_of(day: ChallengeDay, session: Session) -> list[Entry]:
    if session.organisation_id is None:
        return []
    return pages.entries(
        session,
        queries.enquiries(day.id, session.organisation_id),
        queries.outcomes(day.id, session.organisation_id),
    )
