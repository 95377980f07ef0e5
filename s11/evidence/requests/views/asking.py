"""Every request of the partnership, and asking for evidence."""

from datetime import timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from s11.core import clock
from s11.core.errors import Invalid
from s11.evidence.requests import operations, permissions, queries
from s11.evidence.requests.forms import RequestForm
from s11.evidence.requests.rules import REASON_LABELS, Standing, Turn
from s11.evidence.requests.views.blueprint import blueprint
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people import queries as people
from s11.web.forms import blame
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable

USUAL_TIME = timedelta(days=28)
FOUND_AT_MOST = 50


@blueprint.get("/")
@signed_in(permissions.can_see_any)
def every() -> ResponseReturnValue:
    """The requests, by whose turn it is."""
    words, shown = request.args.get("words", ""), request.args.get("show", "")
    lines = [
        line
        for place in current_user.partnership_ids
        for line in queries.of_partnership(
            place,
            kinds=permissions.kinds_seen(current_user, place),
            today=clock.today(),
            words=words,
        )
    ]
    counts = {turn: sum(line.standing.turn is turn for line in lines) for turn in Turn}
    late = sum(line.standing.is_late for line in lines)
    return render_template(
        "evidence_requests/list.html",
        lines=[line for line in lines if is_shown(line.standing, shown)],
        counts=counts,
        late=late,
        shown=shown,
        words=words,
        reasons=REASON_LABELS,
        may_ask=permissions.can_ask_any(current_user),
    )


@blueprint.get("/of/<ref>")
@guard(organisations.by_ref, see=permissions.can_see_of)
def of_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Every request to one organisation, for its own people and for whoever asks it."""
    person = current_user._get_current_object()
    found = queries.of_organisations([organisation.id], partnership_id=None, today=clock.today())
    return render_template(
        "evidence_requests/of_organisation.html",
        organisation=organisation,
        lines=[line for line in found if permissions.can_see(person, line.request)],
        reasons=REASON_LABELS,
        may_ask=permissions.can_ask(person, organisation),
    )


def is_shown(standing: Standing, wanted: str) -> bool:
    return wanted in ("", standing.turn) or (wanted == "late" and standing.is_late)


@blueprint.get("/new")
@signed_in(permissions.can_ask_any)
def choose() -> ResponseReturnValue:
    """Whom to ask: search, and choose."""
    words = request.args.get("words", "").strip()
    return render_template(
        "evidence_requests/choose.html",
        words=words,
        found=to_ask(words)[: FOUND_AT_MOST + 1],
        at_most=FOUND_AT_MOST,
    )


def to_ask(words: str) -> list[Organisation]:
    """The organisations this person may ask, of which every word typed is in the name or the district."""
    wanted = words.casefold().split()
    return [
        one
        for place in current_user.partnership_ids
        for one in organisations.seated(place)
        if (one.closed_on is None or one.closed_on > clock.today())
        and permissions.can_ask(current_user, one)
        and all(word in f"{one.name} {one.short_name} {one.district}".casefold() for word in wanted)
    ]


@blueprint.get("/new/<ref>")
@guard(organisations.by_ref, see=permissions.can_ask)
def new(organisation: Organisation) -> ResponseReturnValue:
    """The form of a request to one organisation."""
    form = form_for(organisation)
    form.due_on.data = clock.today() + USUAL_TIME
    return new_page(organisation, form)


def form_for(organisation: Organisation) -> RequestForm:
    form = RequestForm()
    found = {person.id: (m, person) for m, person in reversed(people.members(organisation.id))}
    form.of.choices = [SelectChoice("", "The safeguarding leads")]
    people_there = reversed(found.values())
    form.of.choices += [
        SelectChoice(one.ref, f"{one.name}, {m.job_title or m.role_label}") for m, one in people_there
    ]
    return form


def new_page(organisation: Organisation, form: RequestForm, status: int = 200) -> ResponseReturnValue:
    page = render_template("evidence_requests/new.html", organisation=organisation, form=form)
    return make_response(page, status)


@blueprint.post("/new/<ref>")
@guard(organisations.by_ref, see=permissions.can_ask)
@resumable
def ask(organisation: Organisation) -> ResponseReturnValue:
    """Ask, and write to whoever answers."""
    form = form_for(organisation)
    if form.validate():
        try:
            asked = operations.ask(
                place_of(organisation),
                organisation,
                title=form.title.data or "",
                reason=form.reason.data or "",
                why=form.why.data or "",
                what=form.what.data or "",
                due_on=form.due_on.real,
                of=people.by_ref(form.of.data) if form.of.data else None,
                by=current_user._get_current_object(),
            )
        except Invalid as refusal:
            blame(form, refusal, otherwise="title")
        else:
            flash(f"{organisation.name} is asked. A mail to them is ready to be sent.", "success")
            return redirect(url_for("evidence_requests.one", ref=asked.ref), 303)
    return new_page(organisation, form, 422)


def place_of(organisation: Organisation) -> Partnership:
    """The partnership in which this person asks the organisation."""
    places = organisations.partnerships_of([organisation.id])
    return next(
        place
        for place in places
        if (kinds := permissions.kinds_asked(current_user, place.id)) is None or organisation.kind in kinds
    )
