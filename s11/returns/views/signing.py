"""Reading a return through, declaring it, signing it, and the receipt."""

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid, Stale
from s11.people.rules import Role
from s11.questionnaires.signing import LEAD_STEP
from s11.returns import permissions, queries
from s11.returns.forms import DeclarationForm, ReasonForm, SendBackForm
from s11.returns.models import Return
from s11.returns.operations import decline, send_back, sign
from s11.returns.pages import checked, level_counts
from s11.returns.receipts import grouped, reading_of
from s11.returns.rules import RETURNED, Stage, Unfinished, score_of
from s11.returns.sealing import unseal
from s11.returns.views.blueprint import blueprint
from s11.returns.views.doubting import groups_of
from s11.returns.views.fields import place_of_gap, state_of_fields
from s11.returns.views.reading import read_page, send_back_form, submission_asked
from s11.returns.views.uploads import not_to_be_opened, undecided
from s11.web.forms import blame
from s11.web.guards import guard


@blueprint.get("/<ref>/check")
@guard(queries.by_ref, see=permissions.can_open)
def check(return_: Return) -> ResponseReturnValue:
    """Check your answers: everything said, what is missing, and the declaration."""
    if Stage(return_.stage) in RETURNED:
        return redirect(url_for("returns.read", ref=return_.ref))
    return check_page(return_, declaration_of(return_))


def declaration_of(return_: Return) -> DeclarationForm:
    """The form of whoever may sign, filled with the role they hold."""
    form = DeclarationForm()
    to_sign = permissions.steps_to_sign(current_user, return_, queries.sign_offs_given(return_))
    if request.method != "POST" and to_sign:
        membership = permissions.membership_for(current_user, return_, to_sign[0].step)
        form.role.data = (membership.job_title if membership else "") or to_sign[0].label
    return form


def check_page(
    return_: Return,
    form: DeclarationForm,
    *,
    decline_form: ReasonForm | None = None,
    mistakes: list[tuple[str, str | None]] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    standards, facts = queries.standards_of(return_), queries.answer_facts(return_.id)
    gaps, about = queries.gaps_of(return_), queries.fields_of(return_)
    subjects = [(0, about)]
    for one in standards:
        subjects += [(one.id, one.fields), *((c.id, c.fields) for c in one.criteria)]
    state, shown = state_of_fields(return_, subjects=subjects), queries.evidence(return_.id)
    edition = queries.edition_of(return_)
    page = render_template(
        "returns/check.html",
        return_=return_,
        edition=edition,
        lines=checked(
            standards,
            queries.answers(return_.id),
            shown,
            {gap.number: gap.sentence for gap in gaps},
            state,
            queries.sections_signed(return_.id),
            {s.id: score_of(s.criteria, facts) for s in standards} if edition.is_scored else {},
        ),
        about=state.pages(about, 0),
        gaps=[(gap.sentence, place_of_gap(return_, gap)) for gap in gaps],
        undecided=undecided(return_),
        locked=not_to_be_opened(shown),
        doubts=groups_of(return_),
        counts=level_counts(queries.edition_of(return_), facts.values()),
        not_applicable=sum(fact.not_applicable for fact in facts.values()),
        form=form,
        decline_form=decline_form or ReasonForm(formdata=None),
        mistakes=mistakes or [],
        chain=queries.chain(return_),
        to_sign=permissions.steps_to_sign(current_user, return_, queries.sign_offs_given(return_)),
        can_decline=not return_.is_past
        and permissions.may_decline(current_user, return_, queries.sign_offs_given(return_)),
        can_decide=permissions.is_open(return_) or Stage(return_.stage) is Stage.AWAITING_SIGN_OFF,
        read=reading_of(return_.round, return_.last_saved_at),
        actions=queries.actions_beside(return_),
        comebacks=queries.comebacks(return_),
        standards_back=queries.standards_back(return_),
        stands_in_for=stands_in_for(return_),
    )
    return make_response(page, status)


def stands_in_for(return_: Return) -> list[str]:
    """The leads for whom a deputy would sign; nobody for everybody else."""
    membership = permissions.membership_for(current_user, return_, LEAD_STEP)
    is_deputy = membership is not None and membership.role == Role.DEPUTY
    return queries.leads_of(return_) if is_deputy else []


@blueprint.post("/<ref>/sign/<step>")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_sign_any)
def give_signature(return_: Return, step: str) -> ResponseReturnValue:
    """Sign one step. The last signature submits; signing again shows the same receipt."""
    form = DeclarationForm()
    form.asks_approver = step == LEAD_STEP and bool(queries.edition_of(return_).approver)
    if not form.validate():
        return check_page(return_, form, mistakes=form.mistakes, status=422)
    try:
        submission = sign(
            return_,
            step,
            by=current_user,
            role=form.role.data or "",
            approver_name=form.approver_name.data or "",
            approver_role=form.approver_role.data or "",
            read=request.form.get("read", ""),
        )
    except Stale as refusal:
        return check_page(return_, form, mistakes=[(refusal.sentence, None)], status=refusal.status)
    except Unfinished as unfinished:
        return check_page(return_, form, mistakes=gap_links(return_, unfinished), status=422)
    except Invalid as refusal:
        blame(form, refusal, otherwise="role")
        return check_page(return_, form, mistakes=form.mistakes, status=422)
    if submission is not None:
        return redirect(url_for("returns.receipt", ref=return_.ref), 303)
    flash("Signed. The return is submitted once everybody named below has signed.", "success")
    for line in queries.chain(return_):
        if line.nobody:
            flash(
                f"Nobody can sign as {line.step.label.lower()} yet. The partnership office is told.", "info"
            )
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


def gap_links(return_: Return, unfinished: Unfinished) -> list[tuple[str, str | None]]:
    """A link to every gap, at its place."""
    return [(gap.sentence, place_of_gap(return_, gap)) for gap in unfinished.gaps]


@blueprint.post("/<ref>/decline")
@guard(queries.by_ref, see=permissions.can_open, may=permissions.can_decline_any)
def decline_signature(return_: Return) -> ResponseReturnValue:
    """A signatory sends the return back to its author with a reason."""
    form = ReasonForm()
    try:
        decline(return_, reason=form.reason.data or "", by=current_user)
    except Invalid as refusal:
        form.reason.errors = [refusal.sentence]
        return check_page(
            return_, declaration_of(return_), decline_form=form, mistakes=form.mistakes, status=422
        )
    flash("The return is back with its author, with your reason.", "success")
    return redirect(url_for("returns.tasks", ref=return_.ref), 303)


@blueprint.get("/<ref>/receipt")
@guard(queries.by_ref, see=permissions.can_open)
def receipt(return_: Return) -> ResponseReturnValue:
    """What shows that a return was submitted: when, by whom, and the checksum of what it said."""
    if not queries.submissions(return_.id):
        return redirect(url_for("returns.tasks", ref=return_.ref))
    submission = submission_asked(return_)
    return render_template(
        "returns/receipt.html",
        return_=return_,
        submission=submission,
        before=queries.submission_before(submission),
        sealed=unseal(submission.sealed),
        grouped=grouped(submission.checksum),
        standing=submission.round == return_.round,
        address=current_app.config["S11"].address,
    )


@blueprint.post("/<ref>/send-back")
@guard(queries.by_ref, see=permissions.can_read, may=permissions.can_send_back)
def send_back_return(return_: Return) -> ResponseReturnValue:
    """The office returns a submission to its organisation, with a reason."""
    if Stage(return_.stage) not in RETURNED:
        abort(404)
    form: SendBackForm = send_back_form(return_, sent=True)
    try:
        send_back(
            return_, reason=form.reason.data or "", standards=form.standards.data or [], by=current_user
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="reason")
        return read_page(return_, form, status=422)
    flash(f"Sent back to {return_.organisation.name}. Its lead is told why.", "success")
    return redirect(url_for("desk.cycle", ref=return_.cycle.ref), 303)
