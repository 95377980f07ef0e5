"""The pages behind a personal link: one standard, answered by a colleague without an account.

The browser holds the link beside whatever else is in its session, signed in or not: neither gives
the other any right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from s11.core import clock
from s11.core.errors import Invalid
from s11.core.hashing import digest_of
from s11.questionnaires.rules import StandardContent
from s11.returns import operations, queries, rules
from s11.returns.forms import TypedField, names_others, read_answers, read_fields_of
from s11.returns.link_rules import LinkEnd
from s11.returns.models import PersonalLink
from s11.returns.operations import AnswerChange, Entered, Saved
from s11.returns.pages import CriterionPage, LastYear, criterion_page, mistakes_on, without_name
from s11.returns.rules import Gap
from s11.returns.views import by_script
from s11.returns.views.fields import faultless, state_of_fields
from s11.web.filters import day
from s11.web.guards import public
from s11.web.kept import answers_ended_session, words_typed
from s11.web.navigation import without_anybody
from s11.web.requests import wants_json
from s11.web.transactions import keep_what_was_saved

asked = Blueprint("asked", __name__, url_prefix="/asked")
HELD = "asked"
LASTS = timedelta(hours=12)

NOT_HERE = "Open the link in your mail again: it was opened too long ago, or in another browser."
UNKNOWN = (
    "This link opens nothing. It may have been replaced by a newer one, or copied only in part. Use the "
    "newest mail you have, or ask whoever sent it to you."
)
OTHER_LINK = (
    "You have opened another link meanwhile, so this was not saved. Copy your words, open the link of this "
    "mail again and save them there."
)


@asked.get("/<token>")
@public
def arrive(token: str) -> ResponseReturnValue:
    """Take the token out of the address. Nothing is read or changed: whoever follows links may do this."""
    key = digest_of(token)
    held = session.get(HELD)
    begun = isinstance(held, dict) and held.get("key") == key and bool(held.get("begun"))
    session[HELD] = {"key": key, "since": clock.now().isoformat(), "begun": begun}
    session.permanent = True
    return redirect(url_for("asked.page"), 303)


@asked.get("")
@public
def page() -> ResponseReturnValue:
    """Who asks for what; once begun, the questions with the present answers."""
    link = link_in_hand()
    if not isinstance(link, PersonalLink):
        return link
    if not session[HELD]["begun"]:
        return private(render_template("asked/start.html", **about(link)))
    questions = questions_of(link)
    gaps = missing(link, questions) if request.args.get("check") else []
    return questions_page(link, questions, gaps=gaps)


@asked.post("/begin")
@public
def begin() -> ResponseReturnValue:
    """Somebody is there, and not a machine that follows links: show the questions from now on."""
    link = link_in_hand()
    if not isinstance(link, PersonalLink):
        return link
    operations.begin(link)
    session[HELD] = {**session[HELD], "begun": True}
    return redirect(url_for("asked.page"), 303)


def session_ended() -> ResponseReturnValue:
    """A form that comes after its session: shown again with what was typed, or the words given back."""
    link = link_in_hand()
    if not isinstance(link, PersonalLink):
        return link
    questions = questions_of(link)
    if request.form.get("link") != link.ref:
        return dead_page(OTHER_LINK, 409)
    if wants_json():
        return private(jsonify(error="This page was open for too long: press Save."), 400)
    sentence = "This page was open for too long. What you typed is below and not saved yet: save it now."
    return questions_page(
        link,
        questions,
        typed=read_answers(request.form, questions),
        fields=read_fields_of(request.form, questions),
        errors={"": sentence},
        status=400,
    )


@asked.post("")
@public
@answers_ended_session(session_ended)
def save() -> ResponseReturnValue:
    """Save the answers to this one standard."""
    link = link_in_hand()
    if not isinstance(link, PersonalLink):
        return link
    questions = questions_of(link)
    if request.form.get("link") != link.ref:
        return dead_page(OTHER_LINK, 409)
    whole = operations.standard_of(link)  # also what an answer of a colleague has closed meanwhile
    if names_others(request.form, whole):
        return dead_page("This link is for one standard only. Nothing was saved.", 403)
    changes, typed = read_answers(request.form, whole), read_fields_of(request.form, whole)
    try:
        saved, entered = operations.answer(link, changes, [one.change for one in faultless(typed)])
    except Invalid as refusal:
        if wants_json():
            raise
        errors = {refusal.field or "": refusal.sentence}
        return questions_page(link, questions, typed=changes, fields=typed, errors=errors, status=422)
    if wants_json():
        keep_what_was_saved()
        before = {criterion.id for criterion in questions.criteria}
        named = partial(known_to, link)
        return private(
            by_script.told(link.return_, whole, changes, saved, typed, entered, before, named=named)
        )
    if saved.conflicts or entered.conflicts or len(faultless(typed)) < len(typed):
        keep_what_was_saved()
        return questions_page(
            link,
            operations.questions_of(link) or questions,
            typed=changes,
            saved=saved,
            fields=typed,
            entered=entered,
            status=412 if saved.conflicts or entered.conflicts else 422,
        )
    session[HELD] = {**session[HELD], "begun": True}
    if any(change.not_applicable and not change.not_applicable_reason.strip() for change in changes):
        flash("Your answers are saved. Where you chose “not applicable”, say why.", "info")
        return redirect(url_for("asked.page", check=1), 303)
    flash("Saved. You can close this page, or come back to it by your link.", "success")
    return redirect(url_for("asked.page"), 303)


@asked.post("/finish")
@public
def finish() -> ResponseReturnValue:
    """Leave nothing of the link in this browser, which may be somebody else's."""
    link = link_in_hand()
    session.pop(HELD, None)
    until = link.expires_at if isinstance(link, PersonalLink) else None
    return private(render_template("asked/finished.html", until=until, **nobody_signed_in()))


def link_in_hand() -> PersonalLink | ResponseReturnValue:
    """The link this browser opened, or the page that says why there is none."""
    held = session.get(HELD)
    if not isinstance(held, dict) or clock.now() - datetime.fromisoformat(held["since"]) > LASTS:
        return nothing_in_hand()
    link = queries.link_by_key(held["key"])
    if link is None:
        return dead_page(UNKNOWN, 404)
    clock.keep_time_of(link.return_.cycle.partnership.time_zone)
    end = operations.end_of(link)
    if end is None:
        return link
    return dead_page(said_of(link, end), 409 if end is LinkEnd.CLOSED else 410)


def nothing_in_hand() -> ResponseReturnValue:
    """No link was opened in this browser, or too long ago: words that were typed are given back."""
    if request.method != "POST":
        return dead_page(NOT_HERE, 200)
    if words_typed() or wants_json():
        return dead_page(NOT_HERE, 401)
    return redirect(url_for("asked.page"), 303)


def said_of(link: PersonalLink, end: LinkEnd) -> str:
    """Why a link opens nothing, and whom to ask."""
    whom = f"Ask {link.made_by_name} at {link.return_.organisation.name} if you still have something to say."
    if end is LinkEnd.WITHDRAWN:
        return f"This link was taken back. {whom}"
    if end is LinkEnd.EXPIRED:
        return f"This link worked until {day(link.expires_at - timedelta(seconds=1))}. {whom}"
    return f"The return is not open for answers now. {whom}"


def questions_of(link: PersonalLink) -> StandardContent:
    found = operations.questions_of(link)
    assert found is not None  # a link without questions has ended
    return found


def missing(link: PersonalLink, questions: StandardContent) -> list[Gap]:
    return rules.gaps_in(questions, queries.answer_facts(link.return_id), queries.values_in(link.return_))


def nobody_signed_in() -> dict[str, object]:
    """What the frame of the page prints: nothing of whoever may be signed in beside this."""
    without_anybody()
    return {"current_person": None, "navigation": [], "partnership": None, "time_left": None}


def about(link: PersonalLink) -> dict[str, object]:
    """What both pages of a link print."""
    return {
        **nobody_signed_in(),
        "partnership": link.return_.cycle.partnership,
        "link": link,
        "return_": link.return_,
        "standard": operations.standard_of(link),
        "last_day": link.expires_at - timedelta(seconds=1),
    }


def questions_page(
    link: PersonalLink,
    questions: StandardContent,
    *,
    typed: list[AnswerChange] | None = None,
    saved: Saved | None = None,
    fields: Sequence[TypedField] = (),
    entered: Entered | None = None,
    errors: Mapping[str, str] | None = None,
    gaps: Sequence[Gap] = (),
    status: int = 200,
) -> ResponseReturnValue:
    lacking = {gap.number: gap.sentence for gap in gaps}
    subjects = [(questions.id, questions.fields), *((c.id, c.fields) for c in questions.criteria)]
    state = state_of_fields(link.return_, typed=fields, entered=entered, gaps=gaps, subjects=subjects)
    own = tuple(map(without_name, state.pages(questions.fields, questions.id)))
    answers = queries.answers(link.return_id)
    before = LastYear(link.return_, questions.criteria, guest=True)
    changes = {change.criterion_id: change for change in typed or []}
    clashes = {clash.criterion_id: clash for clash in saved.conflicts} if saved else {}
    pages = [
        without_names(
            criterion_page(
                criterion,
                answer=answers.get(criterion.id),
                typed=changes.get(criterion.id) if saved is None or criterion.id in clashes else None,
                clash=clashes.get(criterion.id),
                gap=lacking.get(criterion.number),
                errors=errors or {},
                last_year=before.of(criterion, answers.get(criterion.id)),
                fields=tuple(map(without_name, state.pages(criterion.fields, criterion.id))),
            ),
            link,
        )
        for criterion in questions.criteria
    ]
    mistakes = mistakes_on(pages, own, errors=errors or {}, gaps=gaps)
    facts, values = queries.answer_facts(link.return_id), queries.values_in(link.return_)
    progress = rules.progress([questions], facts, values)[0]
    return private(
        render_template(
            "asked/questions.html",
            **{**about(link), "standard": questions},
            edition=queries.edition_of(link.return_),
            criteria=pages,
            own=own,
            mistakes=mistakes,
            progress=progress,
        ),
        status,
    )


def without_names(page: CriterionPage, link: PersonalLink) -> CriterionPage:
    """A criterion without the names of those who answered it before: their words are enough."""
    theirs = page.theirs
    if theirs:
        theirs = replace(theirs, name=known_to(link, theirs.name))
    return replace(page, theirs=theirs, saved_by="", shown=())


def known_to(link: PersonalLink, name: str) -> str:
    """The name of whoever saved something, as the holder of a link may know it."""
    return name if name == f"{link.name}, by personal link" else "A colleague"


def dead_page(sentence: str, status: int) -> ResponseReturnValue:
    """A link that opens nothing: why, whom to ask, and the words that were typed."""
    if wants_json():
        return private(jsonify(error=sentence), status)
    body = render_template("asked/dead.html", sentence=sentence, words=words_typed(), **nobody_signed_in())
    return private(body, status)


def private(body: str | Response, status: int | None = None) -> Response:
    """A page that no browser and no proxy keeps, as pages of people signed in are."""
    answer = make_response(body)
    answer.status_code = status or answer.status_code
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.add("Cookie")
    return answer
