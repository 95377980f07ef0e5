"""The lines of enquiry of a day: what the data suggest, what is chosen or set aside, and those by hand."""

from collections.abc import Callable

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.actions.forms import choices
from s11.challenge import operations, permissions, queries
from s11.challenge.enquiries import operations as enquiries
from s11.challenge.enquiries import pages
from s11.challenge.enquiries.facts import short
from s11.challenge.enquiries.forms import ChangeEnquiryForm, NewEnquiryForm, QuestionForm
from s11.challenge.enquiries.gathering import gather
from s11.challenge.enquiries.pages import CHOSEN, SUGGESTED, Narrowing
from s11.challenge.enquiries.rules import RULES, TITLES, Suggestion, suggestions
from s11.challenge.kinds import EnquiryState
from s11.challenge.models import ChallengeDay, Enquiry
from s11.challenge.views.blueprint import (
    THE_CHAIR,
    blueprint,
    organisation_if_any,
    organisation_of,
    questioners,
    standard_choices,
)
from s11.core.errors import DomainError, Invalid, Stale
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.trail.operations import look
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable

MARKS_MOST = 500
CRITERION_LONGEST = 90


@blueprint.get("/<ref>/enquiries/suggested")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def enquiries_of(day: ChallengeDay) -> ResponseReturnValue:
    """What is suggested, what is chosen and what is set aside, for every organisation of the day."""
    return list_page(day)


@blueprint.post("/<ref>/enquiries/suggested")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def choose_enquiries(day: ChallengeDay) -> ResponseReturnValue:
    """Choose suggestions, or set them aside: the one whose button was pressed, or all that are ticked."""
    aside = "aside" in request.form
    one = request.form.get("aside" if aside else "choose", "")
    marks = [one] if one else request.form.getlist("suggestion")[:MARKS_MOST]
    if not marks:
        return list_page(day, "Tick the questions you want, or press the button of one.", 422)
    found = still_suggested(day, set(marks))
    act = enquiries.pass_over if aside else enquiries.choose
    count = act(day, found, by=current_user._get_current_object())
    done = "set aside" if aside else "chosen for the day"
    if count:
        flash(f"{plural(count, 'question')} {done}.", "success")
    else:
        flash("Nothing changed: these were chosen or set aside already, or are suggested no more.", "info")
    anchor = f"about-{found[0].organisation_ref}" if one and found else None
    wanted = pages.asked_for(request.args)
    return redirect(url_for("challenge.enquiries_of", ref=day.ref, _anchor=anchor, **wanted.address), 303)


def still_suggested(day: ChallengeDay, marks: set[str]) -> list[Suggestion]:
    """The suggestions a form names, as the data suggest them now, in the order of the page."""
    refs = {mark.split(".")[0] for mark in marks}
    about = [one for one in queries.taking_part(day) if one.ref in refs]
    return [one for one in suggested_for(day, about) if one.mark in marks]


def suggested_for(day: ChallengeDay, organisations: list[Organisation]) -> list[Suggestion]:
    abouts, whole = gather(day, organisations)
    return [one for about in abouts for one in suggestions(about, whole)]


def list_page(day: ChallengeDay, fault: str = "", status: int = 200) -> ResponseReturnValue:
    wanted = pages.asked_for(request.args)
    edition, sessions = content_of(day.cycle), queries.sessions(day.id)
    everybody = pages.in_order(queries.taking_part(day), sessions)
    chosen, aside = queries.enquiries(day.id), queries.set_aside(day.id)
    asked = [one for one in everybody if wanted.organisation in ("", one.ref)]
    page = pages.page_of(asked, wanted.page)
    look(
        "challenge_day:enquiries:opened",
        day.id,
        by=current_user._get_current_object(),
        partnership_id=day.cycle.partnership_id,
    )
    context = (
        suggested_context(day, page, wanted)
        if wanted.show == SUGGESTED
        else {
            "prepared": pages.prepared(
                page.organisations,
                chosen if wanted.show == CHOSEN else aside,
                edition,
                {one.enquiry_id for one in queries.outcomes(day.id)},
                wanted,
            )
        }
    )
    body = render_template(
        "challenge/enquiries.html",
        day=day,
        wanted=wanted,
        page=page,
        counts={CHOSEN: len(chosen), pages.ASIDE: len(aside)},
        organisation_choices=[("", "Every organisation"), *((one.ref, one.name) for one in everybody)],
        rule_choices=[("", "Every rule"), *TITLES.items()],
        standard_choices=standard_filter(day),
        titles=TITLES,
        fault=fault,
        **context,
    )
    return make_response(body, status)


def suggested_context(day: ChallengeDay, page: pages.Page, wanted: Narrowing) -> dict[str, object]:
    abouts, whole = gather(day, page.organisations)
    found = [one for about in abouts for one in suggestions(about, whole)]
    names = {
        one.organisation_id: one.questioner.name if one.questioner else THE_CHAIR
        for one in queries.sessions(day.id)
    }
    groups = pages.suggested(page.organisations, found, queries.suggestions_met(day.id), names, wanted)
    return {"groups": groups, "found": sum(len(one.shown) + one.more for one in groups)}


def standard_filter(day: ChallengeDay) -> list[tuple[str, str]]:
    edition = content_of(day.cycle)
    every = f"Every {edition.labels.get('standard', 'standard').lower()}"
    return [("", every), *((one.key, f"{one.number} {one.title}") for one in edition.asked_standards)]


@blueprint.get("/<ref>/enquiries/rules")
@guard(queries.by_ref, see=permissions.can_see)
def enquiry_rules(day: ChallengeDay) -> ResponseReturnValue:
    """How questions are suggested: every rule, how it counts, and who is too few to be compared."""
    _, whole = gather(day, [])
    return render_template(
        "challenge/enquiries_rules.html",
        day=day,
        rules=RULES,
        small=pages.too_small(whole),
        may_choose=permissions.can_record(current_user, day),
    )


@blueprint.get("/<ref>/enquiries/new")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def new_enquiry(day: ChallengeDay) -> ResponseReturnValue:
    """Write a question by hand; the address may name the organisation it is for."""
    form = new_form(day)
    form.about.data = request.args.get("organisation", "")
    return new_page(day, form)


@blueprint.post("/<ref>/enquiries")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def add_enquiry(day: ChallengeDay) -> ResponseReturnValue:
    form = new_form(day)
    if not form.validate():
        return new_page(day, form, 422)
    about = organisation_of(day, form.about.data)
    try:
        criterion_key = form.criterion_key.data or ""
        operations.add_enquiry(
            day,
            organisation=about,
            asked_by=organisation_if_any(day, form.asked_by.data),
            asker_name=form.asker_name.data or "",
            standard_key=enquiries.place_of(day, form.standard_key.data or "", criterion_key),
            criterion_key=criterion_key,
            question=form.question.data or "",
            why=form.why.data or "",
            by=current_user._get_current_object(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="question")
        return new_page(day, form, 422)
    flash("The question is prepared.", "success")
    return redirect(url_for("challenge.day", ref=day.ref, _anchor=f"about-{about.ref}"), 303)


@blueprint.route("/<ref>/enquiries/<enquiry>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
@resumable
def change_enquiry(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    """Put a prepared question differently, or give it to somebody else."""
    found = enquiry_of(day, enquiry)
    form = ChangeEnquiryForm(
        standard_key="" if found.criterion_key else found.standard_key,
        criterion_key=found.criterion_key,
        asked_by=found.asked_by.ref if found.asked_by else "",
        asker_name=found.asker_name,
        question=found.question,
        why=found.why,
        version=found.version,
    )
    set_choices(day, form, but=found.organisation)
    if request.method != "POST":
        return change_page(day, found, form)
    if not form.validate():
        return change_page(day, found, form, 422)
    try:
        enquiries.change(
            found,
            day,
            asked_by=organisation_if_any(day, form.asked_by.data),
            asker_name=form.asker_name.data or "",
            standard_key=form.standard_key.data or "",
            criterion_key=form.criterion_key.data or "",
            question=form.question.data or "",
            why=form.why.data or "",
            version=form.version.data,
            by=current_user._get_current_object(),
        )
    except Stale as refusal:
        form.version.raw_data = [str(found.version)]  # what is sent next has seen theirs
        return change_page(day, found, form, 412, meanwhile=refusal.sentence)
    except Invalid as refusal:
        blame(form, refusal, otherwise="question")
        return change_page(day, found, form, 422)
    flash("The question is changed.", "success")
    return back_to_list(day, found)


@blueprint.post("/<ref>/enquiries/<enquiry>/move")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def move_enquiry(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    """Ask it earlier or later: at the place, counted from 1, that the form names."""
    found = enquiry_of(day, enquiry)
    place = request.form.get("place", "")
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        abort(400)
    return done(day, found, lambda by: enquiries.move(found, day, int(place), by=by), "The order is changed.")


@blueprint.post("/<ref>/enquiries/<enquiry>/aside")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def put_enquiry_aside(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    found = enquiry_of(day, enquiry)
    return done(day, found, lambda by: enquiries.set_aside(found, day, by=by), "The question is set aside.")


@blueprint.post("/<ref>/enquiries/<enquiry>/back")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def take_enquiry_back(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    found = enquiry_of(day, enquiry)
    return done(
        day, found, lambda by: enquiries.take_back(found, day, by=by), "The question is chosen for the day."
    )


@blueprint.post("/<ref>/enquiries/<enquiry>/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_record)
def remove_enquiry(day: ChallengeDay, enquiry: str) -> ResponseReturnValue:
    found = enquiry_of(day, enquiry)
    return done(
        day, found, lambda by: operations.remove_enquiry(found, day, by=by), "The question is removed."
    )


def done(
    day: ChallengeDay, enquiry: Enquiry, act: Callable[[Person], None], said: str
) -> ResponseReturnValue:
    """Do something to one question and go back to where it stood, with what was done or why not."""
    answer = back_to_list(day, enquiry)
    try:
        act(current_user._get_current_object())
    except DomainError as refusal:
        flash(refusal.sentence, "error")
        return answer
    flash(said, "success")
    return answer


def back_to_list(day: ChallengeDay, enquiry: Enquiry) -> ResponseReturnValue:
    """The list as the address narrows it, or the day where the question was reached from there."""
    anchor = f"about-{enquiry.organisation.ref}"
    if not request.args:
        return redirect(url_for("challenge.day", ref=day.ref, _anchor=anchor), 303)
    wanted = pages.asked_for(request.args)
    return redirect(url_for("challenge.enquiries_of", ref=day.ref, _anchor=anchor, **wanted.address), 303)


def enquiry_of(day: ChallengeDay, ref: str) -> Enquiry:
    """A question of this day; any other does not exist here."""
    found = queries.enquiry_by_ref(day.id, ref)
    if found is None:
        abort(404)
    return found


def new_form(day: ChallengeDay) -> NewEnquiryForm:
    form = NewEnquiryForm()
    form.about.choices = choices(
        ((one.ref, one.name) for one in queries.taking_part(day)), first="Choose an organisation"
    )
    set_choices(day, form)
    return form


def set_choices(day: ChallengeDay, form: QuestionForm, but: Organisation | None = None) -> None:
    form.asked_by.choices = questioners(day, but)
    form.standard_key.choices = standard_choices(day)
    form.criterion_key.choices = choices(
        (
            (one.key, f"{one.number} {short(one.headline, CRITERION_LONGEST)}")
            for one in content_of(day.cycle).asked_criteria
        ),
        first="No one criterion",
    )


def new_page(day: ChallengeDay, form: NewEnquiryForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("challenge/enquiries_new.html", day=day, form=form), status)


def change_page(
    day: ChallengeDay, enquiry: Enquiry, form: ChangeEnquiryForm, status: int = 200, *, meanwhile: str = ""
) -> ResponseReturnValue:
    back = pages.asked_for(request.args)
    page = render_template(
        "challenge/change_enquiry.html",
        day=day,
        enquiry=enquiry,
        form=form,
        meanwhile=meanwhile,
        asker=pages.asker_words(enquiry),
        about=pages.about_words(content_of(day.cycle), enquiry),
        rule=TITLES.get(enquiry.rule, ""),
        back=back.address if request.args else {},
        is_aside=enquiry.state == EnquiryState.SET_ASIDE,
    )
    return make_response(page, status)
