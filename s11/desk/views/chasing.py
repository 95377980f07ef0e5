"""Writing to many at once: every mail is looked at, then exactly those are sent."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.core.refs import new_ref
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.desk import operations
from s11.desk.forms.chasing import ChaseForm, ticked_in
from s11.desk.narrowing import Narrowing
from s11.desk.operations.chasing import Sent, check_open
from s11.desk.operations.composing import Outlook, look_ahead
from s11.desk.pages.chasing import preview_of
from s11.desk.pages.desk import narrowed
from s11.desk.pages.lines import lines_of
from s11.desk.permissions import can_chase
from s11.desk.views.blueprint import desk
from s11.desk.words import FOR_ALL, PLACEHOLDERS
from s11.notices.wording import Words, words_of
from s11.web.filters import plural
from s11.web.forms import blame
from s11.web.guards import guard

# In the place of a ref where a list holds nobody: else it would mean everybody.
NOBODY = "nobody"


@desk.get("/<ref>/chase")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def chase(cycle: Cycle) -> ResponseReturnValue:
    """Every mail as it would go out: to the organisations named, or to all that have not returned."""
    form = ChaseForm(formdata=None, token=new_ref())
    return chase_page(cycle, form, chosen_in(cycle))


def chosen_in(cycle: Cycle) -> list[str]:
    """Whom the address means: those named, else those in the list of the desk as it is narrowed, else all."""
    named = request.args.getlist("organisation")
    wanted = Narrowing.of(request.args)
    if named or not wanted.narrows:
        return named
    lines = narrowed(lines_of(cycle), wanted)
    return [line.progress.organisation_ref for line in lines if not line.is_in] or [NOBODY]


@desk.post("/<ref>/chase")
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=can_chase)
def send_reminders(cycle: Cycle) -> ResponseReturnValue:
    """Send the mails that are ticked; or show them again, with other words or of another page."""
    check_open(cycle)
    form, chosen = ChaseForm(), request.form.getlist("organisation")
    if not form.validate() or request.form.get("act") != "send":
        return chase_page(cycle, form, chosen, typed=True)
    ticked = ticked_in(request.form.getlist("mail"))
    if not ticked:
        return chase_page(cycle, form, chosen, typed=True, fault="Tick at least one organisation.")
    what = form.chase(frozenset(chosen))
    try:
        sent = operations.chase(cycle, what, ticked, token=form.token.data or "", by=current_user)
    except Invalid as refusal:
        blame(form, refusal, otherwise="template")
        return chase_page(cycle, form, chosen, typed=True)
    say(sent)
    if sent.changed:
        return changed_page(cycle, form, sent)
    return redirect(url_for("desk.cycle", ref=cycle.ref), 303)


def say(sent: Sent) -> None:
    """Say exactly what went, and of what was ticked what did not."""
    left_out = "".join(f" {one.one.organisation}: {one.why}" for one in sent.left_out[:5])
    if len(sent.left_out) > 5:
        left_out += f" And {len(sent.left_out) - 5} more were left out."
    if sent.organisations:
        mails = plural(sent.mails, "mail is", "mails are")
        to = plural(sent.organisations, "organisation")
        flash(f"{mails} on the way, to {to}.{left_out}", "success")
    elif left_out:
        flash(f"Nothing was sent.{left_out}", "info")


def chase_page(
    cycle: Cycle, form: ChaseForm, chosen: list[str], *, typed: bool = False, fault: str = ""
) -> ResponseReturnValue:
    outlook = outlook_or_blame(cycle, form, chosen)
    if not typed:
        form.begin_with(words_to_begin_with(cycle, outlook))
    mistakes = form.mistakes + ([(fault, "#mails")] if fault else [])
    preview = preview_of(outlook, page_asked_for(), unticked() if typed else ())
    page = render_template(
        "desk/chase.html",
        cycle=cycle,
        form=form,
        chosen=chosen,
        preview=preview,
        placeholders=PLACEHOLDERS,
        mistakes=mistakes,
        changed=False,
    )
    return make_response(page, 422 if mistakes else 200)


def words_to_begin_with(cycle: Cycle, outlook: Outlook) -> Words:
    """The words that all of them would get; where they differ, words that are true for everybody."""
    templates = {parcel.template for parcel in outlook.parcels}
    if len(templates) > 1:
        return FOR_ALL
    return words_of(cycle.partnership_id, templates.pop() if templates else "reminder")


def outlook_or_blame(cycle: Cycle, form: ChaseForm, chosen: list[str]) -> Outlook:
    """The mails as the form has it; none while something is wrong in it."""
    if form.errors:
        return Outlook()
    try:
        return look_ahead(cycle, form.chase(frozenset(chosen)))
    except Invalid as refusal:
        blame(form, refusal, otherwise="template")
        return Outlook()


def changed_page(cycle: Cycle, form: ChaseForm, sent: Sent) -> ResponseReturnValue:
    """What is not as it was looked at is shown again, and goes only when it is sent again."""
    form.token.process_data(new_ref())
    chosen = [parcel.one.organisation_ref for parcel in sent.changed]
    page = render_template(
        "desk/chase.html",
        cycle=cycle,
        form=form,
        chosen=chosen,
        preview=preview_of(Outlook(sent.changed), 1),
        placeholders=PLACEHOLDERS,
        mistakes=[],
        changed=True,
    )
    return make_response(page, 200 if sent.organisations else 409)


def page_asked_for() -> int:
    asked = request.form.get("page") or request.form.get("now") or request.args.get("page") or "1"
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def unticked() -> set[str]:
    """Which organisations were shown and are not ticked any more; those shown for the first time are."""
    shown = set(request.form.getlist("shown"))
    ticked = ticked_in(request.form.getlist("mail"))
    return shown - set(ticked)
