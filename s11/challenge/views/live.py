"""The page of whoever writes down what is said: a session's entries, saved while one types."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import permissions, queries
from s11.challenge.live import operations, pages
from s11.challenge.live import queries as live_queries
from s11.challenge.live.forms import ENTRIES_AT_MOST, box, read_entries
from s11.challenge.live.operations import Saved, Typed
from s11.challenge.live.operations.entering import about_of
from s11.challenge.live.pages import Entry, Now, Words
from s11.challenge.live.profile import profile_of
from s11.challenge.live.rules import OF_PAGE
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.views.blueprint import THE_CHAIR, blueprint
from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.core.refs import new_ref
from s11.cycles.queries import content_of
from s11.people.models import Person
from s11.questionnaires.rules import ScaleContent
from s11.returns.views.part import refuse_another_hand
from s11.trail.operations import look
from s11.web import saving
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.requests import wants_json
from s11.web.transactions import keep_what_was_saved

# In the template of an entry, put in place of its key by the script.
ANY_KEY = "anykey"
# How far back a page is told again what changed: longer than anybody's save takes.
AGAIN = timedelta(seconds=10)


@blueprint.get("/<ref>/live")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def live(day: ChallengeDay) -> ResponseReturnValue:
    """The session that is at hand now: the one that runs, else the next, else the last; of a finished day the
    first in which somebody presented."""
    sessions = queries.sessions(day.id)
    if not sessions:
        flash("Add the sessions of the day first.", "info")
        return redirect(url_for("challenge.day", ref=day.ref))
    if day.finished_at is not None:
        presented = (one for one in sessions if one.organisation_id is not None)
        return to_session(day, next(presented, sessions[0]))
    return to_session(day, at_hand(pages.now_of(day, sessions, clock.now())))


def at_hand(now: Now) -> Session:
    return (now.current or now.next or now.turns[-1]).session


def to_session(day: ChallengeDay, session: Session, status: int = 302) -> ResponseReturnValue:
    return redirect(url_for("challenge.live_session", ref=day.ref, session=session.ref), status)


@blueprint.get("/<ref>/live/<session>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def live_session(day: ChallengeDay, session: str) -> ResponseReturnValue:
    """A session: its questions, what is written down, and the organisation's profile at hand."""
    found = session_or_404(day, session)
    if found.organisation_id is not None:
        look(
            "challenge_day:session:opened",
            day.id,
            by=current_user._get_current_object(),
            organisation_id=found.organisation_id,
            partnership_id=day.cycle.partnership_id,
        )
    return session_page(day, found)


@blueprint.post("/<ref>/live/<session>")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
@resumable
def save_entries(day: ChallengeDay, session: str) -> ResponseReturnValue:
    """Save the entries a page sends; what stands in the way of one does not stop the others."""
    found = session_or_404(day, session)
    refuse_another_hand()
    sent = read_entries(request.form)[:ENTRIES_AT_MOST]
    refused = refusal_to_write(day)
    if refused is not None:
        if wants_json() or not sent:
            raise refused
        return session_page(day, found, typed=[(one, unkept(one)) for one in sent], refusal=refused)
    results = [save_one(day, found, one) for one in sent] if found.organisation_id else []
    if wants_json():
        keep_what_was_saved()
        return answered(day, found, results)
    if any(saved.clashes or saved.faults for _, saved in results):
        keep_what_was_saved()
        return session_page(day, found, typed=results)
    if request.form.get("show"):
        operations.put_before_the_room(day, found, request.form["show"], by=person())
    flash("Saved.", "success")
    return to_session(day, found, 303)


@blueprint.post("/<ref>/live/<session>/show")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def show_entry(day: ChallengeDay, session: str) -> ResponseReturnValue:
    """Show a question on the room's screen."""
    found = session_or_404(day, session)
    check_may_write(day)
    operations.put_before_the_room(day, found, request.form.get("entry", ""), by=person())
    if wants_json():
        return jsonify(shown=request.form.get("entry", ""))
    return to_session(day, found, 303)


@blueprint.get("/<ref>/live/<session>/news")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_take_notes)
def news(day: ChallengeDay, session: str) -> ResponseReturnValue:
    """What others wrote in this session since a page last asked, and how the time runs."""
    found = session_or_404(day, session)
    asked_at = clock.now()
    since = moment_of(request.args.get("since", "")) - AGAIN
    changed = (
        live_queries.changed_since(day.id, found.organisation_id, since) if found.organisation_id else []
    )
    entries = [pages.entry_of(outcome) for outcome in changed]
    choose = offered(day, found) if entries else None
    now = pages.now_of(day, queries.sessions(day.id), asked_at)
    bar = render_template(
        "challenge/live/_bar.html", day=day, session=found, now=now, writes=refusal_to_write(day) is None
    )
    return jsonify(
        since=str(int(asked_at.timestamp() * 1000)),
        mark=bar_mark(day, now),
        bar=bar,
        answers={entry.key: pages.state_of(entry) for entry in entries},
        pages={entry.key: entry_page(day, found, entry, choose) for entry in entries if choose},
    )


def moment_of(text: str) -> datetime:
    """A moment as a page keeps it, in thousandths of a second; now where it is none."""
    if not text.isdecimal() or len(text) > 15:
        return clock.now()
    return datetime.fromtimestamp(min(int(text) / 1000, clock.now().timestamp()), UTC)


def bar_mark(day: ChallengeDay, now: Now) -> str:
    return f"{now.mark}|{bool(day.opened_at)}{bool(day.finished_at)}"


def session_or_404(day: ChallengeDay, ref: str) -> Session:
    """A session of this day; any other does not exist here."""
    found = live_queries.session_by_ref(day.id, ref)
    if found is None:
        abort(404)
    return found


def person() -> Person:
    found: Person = current_user._get_current_object()
    return found


def check_may_write(day: ChallengeDay) -> None:
    """Who was only asked to take notes does so from the opening of the day to its end."""
    operations.check_may_write(day, once_open=not permissions.can_record(current_user, day))


def refusal_to_write(day: ChallengeDay) -> DomainError | None:
    try:
        check_may_write(day)
    except DomainError as refusal:
        return refusal
    return None


def save_one(day: ChallengeDay, session: Session, typed: Typed) -> tuple[Typed, Saved]:
    """Save an entry; one whose key names nothing is told so, and its words stay on the page."""
    try:
        return typed, operations.save(day, session, typed, by=person())
    except Invalid as refusal:
        return typed, unkept(typed, refusal.sentence)


def unkept(typed: Typed, sentence: str = "This is not saved.") -> Saved:
    """An entry of which nothing could be kept."""
    return Saved(typed.key, None, pages.rules.NOTHING, (), dict.fromkeys(typed.said, sentence))


def answered(day: ChallengeDay, session: Session, results: list[tuple[Typed, Saved]]) -> ResponseReturnValue:
    """How the saved entries stand, for the script of the page."""
    words = words_of(day)
    kept = [(typed, saved, standing(session, typed, saved)) for typed, saved in results]
    return saving.told(
        answers={entry.key: pages.state_of(entry) for _, saved, entry in kept if saved.outcome is not None}
        | {
            entry.key: {"version": entry.token}
            for _, saved, entry in kept
            if saved.outcome is None and not saved.faults
        },
        faults={
            f"v{saved.key}": " ".join(dict.fromkeys(saved.faults.values()))
            for _, saved in results
            if saved.faults
        },
        clashes=[pages.clash_of(saved, words) for _, saved in results if saved.clashes],
    )


def standing(session: Session, typed: Typed, saved: Saved) -> Entry:
    """How an entry stands after a save, under the key by which its page knows it."""
    if saved.outcome is None:
        return Entry(typed.key, saved.said, pages.rules.token_of(0, saved.said))
    return replace(pages.entry_of(saved.outcome), key=typed.key)


def words_of(day: ChallengeDay) -> Words:
    return Words(content_of(day.cycle), queries.taking_part(day))


@dataclass(frozen=True)
class Offered:
    """What the boxes of every entry of a page choose from."""

    askers: list[tuple[str, str]]
    about: dict[str, list[tuple[str, str]]]
    scales: tuple[ScaleContent, ...]


def offered(day: ChallengeDay, session: Session) -> Offered:
    edition = content_of(day.cycle)
    others = (one for one in queries.taking_part(day) if one.id != session.organisation_id)
    about = {"": [("", "No one standard")]} | {
        f"{standard.number} {standard.title}": [
            (about_of(standard.key, ""), f"{standard.number} as a whole"),
            *(
                (about_of(standard.key, one.key), f"{one.number} {short(one.headline)}")
                for one in standard.criteria
                if one.rated
            ),
        ]
        for standard in edition.asked_standards
    }
    used = {one.scale.code for one in edition.asked_criteria if one.rated}
    scales = tuple(scale for scale in edition.scales if scale.code in used)
    askers = [("", THE_CHAIR), *((one.ref, one.name) for one in others)]
    return Offered(askers, about, scales)


def short(text: str, longest: int = 70) -> str:
    """A criterion as it stands in a list to choose from."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def entry_page(day: ChallengeDay, session: Session, entry: Entry, choose: Offered) -> str:
    """One entry by itself, for a page that has it not yet."""
    return render_template(
        "challenge/live/_one.html", day=day, session=session, entry_in_hand=entry, box=box,
        offered=choose, rated={}, writes=True,
    )  # fmt: skip


def session_page(
    day: ChallengeDay,
    session: Session,
    *,
    typed: list[tuple[Typed, Saved]] | None = None,
    refusal: DomainError | None = None,
) -> ResponseReturnValue:
    """The page of a session; where something could not be kept, with everything that was typed."""
    sessions, organisation = queries.sessions(day.id), session.organisation
    moment = clock.now()
    now = pages.now_of(day, sessions, moment)
    entries: list[Entry] = []
    profile = None
    return_ = None
    if organisation is not None:
        enquiries = queries.enquiries(day.id, organisation.id)
        entries = pages.entries(session, enquiries, queries.outcomes(day.id, organisation.id))
        entries = with_typed(day, session, entries, typed or [])
        return_ = queries.return_of(day.cycle_id, organisation.id)
        profile = profile_of(day, return_, clock.today())
    room = pages.in_room(entries)
    asks = session.questioner_id if session.questioner else None
    page = render_template(
        "challenge/live/session.html",
        day=day,
        session=session,
        organisation=organisation,
        now=now,
        mark=bar_mark(day, now),
        since=str(int(moment.timestamp() * 1000)),
        entries=entries,
        shown=room.key if room else "",
        blank=pages.blank(session, f"{OF_PAGE}{new_ref()}"),
        template=pages.blank(session, ANY_KEY),
        any_key=ANY_KEY,
        offered=offered(day, session),
        box=box,
        owners=live_queries.owners(day.id, organisation.id) if organisation else [],
        askers=[one.name for one in live_queries.attending(day.id, [asks])],
        profile=profile,
        return_=return_,
        rated=profile.rated if profile else {},
        writes=refusal_to_write(day) is None,
        refusal=refusal or refusal_to_write(day),
        mistakes=mistakes_of(entries),
        may_run=permissions.can_record(current_user, day),
    )
    if typed is None:
        return make_response(page)
    return make_response(page, refusal.status if refusal else 412 if any(e.theirs for e in entries) else 422)


def with_typed(
    day: ChallengeDay, session: Session, entries: list[Entry], typed: list[tuple[Typed, Saved]]
) -> list[Entry]:
    """The entries, with what was typed and not kept in its boxes; also of those the page alone knew."""
    words = words_of(day) if typed else None
    known = {entry.key: entry for entry in entries}
    for one, saved in typed:
        if words is None or not (saved.clashes or saved.faults):
            continue
        entry = known.get(one.key) or pages.blank(session, one.key)
        known[one.key] = pages.as_typed(entry, one, saved, words)
    return [replace(entry, number=number) for number, entry in enumerate(known.values(), 1)]


def mistakes_of(entries: list[Entry]) -> list[tuple[str, str | None]]:
    """The sentences for the summary at the top, each with the box it is about."""
    found: list[tuple[str, str | None]] = []
    for entry in entries:
        found += [(sentence, f"#{box(part, entry.key)}") for part, sentence in entry.faults.items()]
        if entry.theirs:
            found.append((f"{entry.by_name} saved something else in entry {entry.number}.", f"#e{entry.key}"))
    return found
