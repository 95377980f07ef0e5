"""The letters after a challenge day: drafting, reading, changing and releasing them."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.challenge import queries as challenge
from s11.challenge.models import ChallengeDay
from s11.challenge.rules import was_held
from s11.core import clock
from s11.core.errors import DomainError
from s11.packs import permissions
from s11.packs.forms import LetterForm, ReleaseForm, WordsForm
from s11.packs.kinds import Format
from s11.packs.letters import contents, operations, queries, wording
from s11.packs.models import Letter
from s11.packs.views.blueprint import format_of, handed_out
from s11.packs.writing import formats
from s11.partnerships.looks import look_of
from s11.people.models import Person
from s11.trail.operations import look
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable
from s11.web.limits import limited

blueprint = Blueprint("letters", __name__, url_prefix="/letters")
OFFERED = (Format.PDF, Format.WORD)


def can_open(person: Person, day: ChallengeDay) -> bool:
    return permissions.can_see_letters(person, day.cycle)


def can_draft(person: Person, day: ChallengeDay) -> bool:
    return permissions.can_draft(person, day.cycle)


def can_release(person: Person, day: ChallengeDay) -> bool:
    return permissions.can_release_letters(person, day.cycle)


@blueprint.get("/days/<ref>")
@guard(challenge.by_ref, see=can_open)
def of_day(day: ChallengeDay) -> ResponseReturnValue:
    """Every letter of a day and how it stands."""
    return day_page(day)


@blueprint.post("/days/<ref>/draft")
@guard(challenge.by_ref, see=can_open, may=can_draft)
def draft(day: ChallengeDay) -> ResponseReturnValue:
    """A letter for everybody who has none."""
    made = operations.draft_all(day, by=current_user._get_current_object())
    said = f"{plural(len(made), 'letter is', 'letters are')} drafted. Read each before the chair releases it."
    flash(said if made else "Everybody who was at the day has a letter already.", "success")
    return redirect(url_for("letters.of_day", ref=day.ref), 303)


@blueprint.post("/days/<ref>/release")
@guard(challenge.by_ref, see=can_open, may=can_release)
def release_many(day: ChallengeDay) -> ResponseReturnValue:
    """Release those that are marked, each in the version that was on the page."""
    form = ReleaseForm()
    known = {one.ref: one for one in queries.of_day(day.id)}
    chosen = []
    for sent in form.letters.data or ():
        ref, _, version = str(sent).partition(":")
        if ref in known and version.isdecimal():
            chosen.append((known[ref], int(version[:9])))
    if not chosen:
        return day_page(day, "Mark at least one letter to be released.", 422)
    try:
        count = operations.release_all(chosen, by=current_user._get_current_object())
    except DomainError as refusal:
        return day_page(day, refusal.sentence, refusal.status)
    flash(f"{plural(count, 'letter is', 'letters are')} released.", "success")
    return redirect(url_for("letters.of_day", ref=day.ref), 303)


@blueprint.route("/days/<ref>/words", methods=["GET", "POST"])
@guard(challenge.by_ref, see=can_open, may=can_draft)
@resumable
def words(day: ChallengeDay) -> ResponseReturnValue:
    """The words from which the letters of this day are drafted."""
    now = day.letter or wording.DEFAULT
    form = WordsForm(text=now, was=now)
    if request.method != "POST":
        return words_page(day, form)
    try:
        operations.word_letters(
            day,
            text=form.text.data or "",
            was=form.was.data or "",
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="text")
        theirs = now if refusal.status == 412 else ""
        if theirs:
            form.was.data = now
        return words_page(day, form, theirs, refusal.status)
    flash("The words are saved. Letters drafted from now on begin with them.", "success")
    return redirect(url_for("letters.of_day", ref=day.ref), 303)


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_read_letter)
def letter(letter: Letter) -> ResponseReturnValue:
    """A letter as it is read."""
    _look("challenge_day:letter:opened", letter)
    return letter_page(letter)


@blueprint.route("/<ref>/change", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_read_letter, may=permissions.can_change_letter)
@resumable
def change(letter: Letter) -> ResponseReturnValue:
    """Other words for one letter."""
    form = LetterForm(body=letter.body, version=letter.version)
    if request.method != "POST":
        if letter.released_at is not None:
            return letter_page(letter, operations.RELEASED, 409)
        return change_page(letter, form)
    if not form.validate():
        return change_page(letter, form, 422)
    try:
        operations.change(
            letter,
            body=form.body.data or "",
            version=form.version.data or 0,
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        blame(form, refusal, otherwise="body")
        return change_page(letter, form, refusal.status)
    flash("The letter is saved.", "success")
    return redirect(url_for("letters.letter", ref=letter.ref), 303)


@blueprint.post("/<ref>/release")
@guard(queries.by_ref, see=permissions.can_read_letter, may=lambda p, one: can_release(p, one.day))
def release(letter: Letter) -> ResponseReturnValue:
    version = request.form.get("version", "")
    try:
        operations.release(
            letter,
            version=int(version[:9]) if version.isdecimal() else 0,
            by=current_user._get_current_object(),
        )
    except DomainError as refusal:
        return letter_page(letter, refusal.sentence, refusal.status)
    flash(f"The letter to {letter.organisation.name} is released.", "success")
    return redirect(url_for("letters.of_day", ref=letter.day.ref), 303)


@blueprint.get("/<ref>/files/<format_>")
@guard(queries.by_ref, see=permissions.can_read_letter)
@limited("export")
def download(letter: Letter, format_: str) -> ResponseReturnValue:
    """A letter as a file."""
    wanted = format_of(format_)
    if wanted not in OFFERED:
        abort(404)
    _look("challenge_day:letter:downloaded", letter)
    document = contents.document_of(letter)
    made = formats.write(document, wanted, look_of(letter.day.cycle.partnership))
    return handed_out(made.content, wanted, f"{document.file_stem}.{wanted}")


def _look(tag: str, letter: Letter) -> None:
    look(
        tag,
        letter.day_id,
        by=current_user._get_current_object(),
        organisation_id=letter.organisation_id,
        partnership_id=letter.day.cycle.partnership_id,
    )


def day_page(day: ChallengeDay, mistake: str = "", status: int = 200) -> ResponseReturnValue:
    found = queries.of_day(day.id)
    page = render_template(
        "packs/letters.html",
        day=day,
        letters=found,
        waiting=[one for one in found if one.released_at is None],
        to_draft=queries.to_be_written(day.id),
        mistakes=[(mistake, None)] if mistake else [],
        may_draft=can_draft(current_user, day),
        may_release=can_release(current_user, day),
        is_over=was_held(day.held_on, day.finished_at, clock.today()),
    )
    return make_response(page, status)


def words_page(
    day: ChallengeDay, form: WordsForm, theirs: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "packs/letter_words.html",
        day=day,
        form=form,
        theirs=theirs,
        placeholders=wording.WORDS,
        tables=wording.TABLES,
    )
    return make_response(page, status)


def letter_page(letter: Letter, mistake: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "packs/letter.html",
        letter=letter,
        document=contents.document_of(letter),
        mistakes=[(mistake, None)] if mistake else [],
        of_board=permissions.can_see_cycle(current_user, letter.day.cycle),
        may_open=permissions.can_see_letters(current_user, letter.day.cycle),
        may_change=permissions.can_change_letter(current_user, letter) and letter.released_at is None,
        may_release=can_release(current_user, letter.day) and letter.released_at is None,
        is_over=was_held(letter.day.held_on, letter.day.finished_at, clock.today()),
    )
    return make_response(page, status)


def change_page(letter: Letter, form: LetterForm, status: int = 200) -> ResponseReturnValue:
    is_stale = status == 412
    if is_stale:
        form.version.data = letter.version
    page = render_template(
        "packs/change_letter.html",
        letter=letter,
        form=form,
        theirs=letter.body if is_stale else "",
        tables=wording.TABLES,
    )
    return make_response(page, status)
