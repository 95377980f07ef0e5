"""Who questions whom: proposed, looked at, changed by hand; and which organisations are tied."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.challenge import operations, permissions, planned, queries
from s11.challenge.forms import TieForm
from s11.challenge.models import ChallengeDay, Session
from s11.challenge.rules import Turn
from s11.challenge.views.blueprint import THE_CHAIR, blueprint, version_sent
from s11.core.errors import DomainError, Invalid, Stale
from s11.organisations.models import Organisation
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

ASKS = "asks-"


@blueprint.get("/<ref>/rotation")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def rotation(day: ChallengeDay) -> ResponseReturnValue:
    """A proposal with its reasons: for those who have no questioner, or for all anew."""
    return rotation_page(day, keep=request.args.get("anew") != "yes")


@blueprint.post("/<ref>/rotation")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def use_rotation(day: ChallengeDay) -> ResponseReturnValue:
    """Let those ask who are chosen on the page."""
    sessions = presenting(day)
    typed = {
        one.ref: request.form.get(ASKS + one.ref, "") for one in sessions if ASKS + one.ref in request.form
    }
    asks = {one.ref: one for one in queries.taking_part(day)}
    try:
        chosen = {ref: questioner_of(ref, other, asks) for ref, other in typed.items()}
        changed = operations.use_rotation(
            day, chosen, version=version_sent(), by=current_user._get_current_object()
        )
    except DomainError as refusal:
        status = 412 if isinstance(refusal, Stale) else 422
        return rotation_page(day, keep=True, typed=typed, refusal=refusal, status=status)
    if changed:
        flash(f"{plural(changed, 'session')} changed: see who asks on the agenda.", "success")
    else:
        flash("That is how it was already.", "info")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor="agenda"), 303)


def questioner_of(ref: str, other: str, asks: dict[str, Organisation]) -> Organisation | None:
    if other and other not in asks:
        raise Invalid("Choose an organisation of this day, or the chair.", field=ASKS + ref)
    return asks.get(other)


def presenting(day: ChallengeDay) -> list[Session]:
    return [one for one in queries.sessions(day.id) if one.organisation is not None]


def rotation_page(
    day: ChallengeDay,
    *,
    keep: bool,
    typed: dict[str, str] | None = None,
    refusal: DomainError | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    sessions = presenting(day)
    turns = {turn.presents.id: turn for turn in operations.rotation_of(day, keep=keep)}
    refs = {one.id: one.ref for one in queries.taking_part(day)}
    lines = [
        (one, turns[one.organisation_id or 0], (typed or {}).get(one.ref, proposed(one, turns, refs)))
        for one in sessions
    ]
    page = render_template(
        "challenge/rotation.html",
        day=day,
        keep=keep,
        lines=lines,
        asks=[("", THE_CHAIR), *((one.ref, one.name) for one in queries.taking_part(day))],
        refusal=refusal,
        unplaced=[turn for turn in turns.values() if turn.asks is None],
        commissioning=commissioning(day),
        is_typed=typed is not None,
    )
    return make_response(page, status)


def proposed(session: Session, turns: dict[int, Turn], refs: dict[int, str]) -> str:
    """The ref of who is proposed to ask; empty for the chair."""
    asks = turns[session.organisation_id or 0].asks
    return refs.get(asks.id, "") if asks else ""


def commissioning(day: ChallengeDay) -> list[str]:
    """Who is known to commission services, and has no tie declared: with whom may have been forgotten."""
    tied = {id_ for pair in planned.tie_words(day.cycle.partnership_id) for id_ in pair}
    known = (one.organisation for one in presenting(day))
    return [one.name for one in known if one is not None and one.commissions_services and one.id not in tied]


@blueprint.get("/<ref>/ties")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def ties(day: ChallengeDay) -> ResponseReturnValue:
    """Which organisations are not to question each other, and why."""
    return ties_page(day, tie_form(day))


@blueprint.post("/<ref>/ties")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def declare_tie(day: ChallengeDay) -> ResponseReturnValue:
    form = tie_form(day)
    if not form.validate():
        return ties_page(day, form, 422)
    known = {one.ref: one for one in queries.taking_part(day)}
    try:
        operations.declare_tie(
            day,
            known[form.one.data],
            known[form.other.data],
            why=form.why.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="why")
        return ties_page(day, form, 422)
    flash("The tie is declared: the two no longer question each other.", "success")
    return redirect(url_for("challenge.ties", ref=day.ref), 303)


@blueprint.post("/<ref>/ties/withdraw")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def withdraw_tie(day: ChallengeDay) -> ResponseReturnValue:
    """The two may question each other again."""
    pair = (request.form.get("one", ""), request.form.get("other", ""))
    found = [tie for tie in planned.ties(day.cycle.partnership_id) if (tie.one.ref, tie.other.ref) == pair]
    if not found:
        abort(404)
    operations.withdraw_tie(day, found[0].one, found[0].other, by=current_user._get_current_object())
    flash("The tie is withdrawn.", "success")
    return redirect(url_for("challenge.ties", ref=day.ref), 303)


def tie_form(day: ChallengeDay) -> TieForm:
    form = TieForm()
    known = [(one.ref, one.name) for one in queries.taking_part(day)]
    form.one.choices = choices(known, first="Choose an organisation")
    form.other.choices = choices(known, first="Choose an organisation")
    return form


def ties_page(day: ChallengeDay, form: TieForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "challenge/ties.html",
        day=day,
        form=form,
        ties=planned.ties(day.cycle.partnership_id),
        families=planned.families(queries.taking_part(day)),
        commissioning=commissioning(day),
    )
    return make_response(page, status)
