"""The words of a day: what the overview report begins with."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import queries as challenge
from s11.challenge.models import ChallengeDay
from s11.core.errors import DomainError
from s11.packs import permissions
from s11.packs.contents.report import FOREWORD
from s11.packs.forms import WordsForm
from s11.packs.kinds import Audience
from s11.packs.letters import operations
from s11.packs.views.blueprint import blueprint
from s11.people.models import Person
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


def can_word(person: Person, day: ChallengeDay) -> bool:
    """The office and the chair word what the report begins with."""
    return permissions.can_see_letters(person, day.cycle)


@blueprint.route("/days/<ref>/foreword", methods=["GET", "POST"])
@guard(challenge.by_ref, see=can_word)
@resumable
def foreword(day: ChallengeDay) -> ResponseReturnValue:
    """The foreword of the report, as it is or as shipped."""
    now = day.foreword or FOREWORD
    form = WordsForm(text=now, was=now)
    if request.method != "POST":
        return foreword_page(day, form)
    try:
        operations.word_foreword(
            day,
            text=form.text.data or "",
            was=form.was.data or "",
            shipped=FOREWORD,
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="text")
        theirs = now if refusal.status == 412 else ""
        if theirs:
            form.was.data = now
        return foreword_page(day, form, theirs, refusal.status)
    flash("The foreword is saved. It stands in the next report that is built.", "success")
    return redirect(url_for("packs.cycle", ref=day.cycle.ref, audience=Audience.REPORT), 303)


def foreword_page(
    day: ChallengeDay, form: WordsForm, theirs: str = "", status: int = 200
) -> ResponseReturnValue:
    return make_response(render_template("packs/foreword.html", day=day, form=form, theirs=theirs), status)
