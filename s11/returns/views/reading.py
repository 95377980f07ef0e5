"""Reading a submission, as sealed, and what changed from one to the next."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.evidence import queries as documents
from s11.returns import permissions, queries
from s11.returns.differences import between
from s11.returns.forms import SendBackForm
from s11.returns.models import Return, Submission
from s11.returns.rules import Stage
from s11.returns.sealing import checksum, unseal
from s11.returns.views.blueprint import blueprint
from s11.trail.operations import look
from s11.web.guards import guard


@blueprint.get("/<ref>/submitted")
@guard(queries.by_ref, see=permissions.can_read)
def read(return_: Return) -> ResponseReturnValue:
    """The sealed record of a return, printed as it was submitted; `?round=1` for an earlier one."""
    note_look(return_, "return:submission:opened")
    return read_page(return_, send_back_form(return_))


def note_look(return_: Return, tag: str) -> None:
    """Somebody from outside the organisation looked: that goes on the trail."""
    if permissions.reads_for_board(current_user, return_):
        look(
            tag,
            return_.id,
            by=current_user,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
        )


def send_back_form(return_: Return, *, sent: bool = False) -> SendBackForm:
    """The form of what goes back and why; its standards are those of the return."""
    form = SendBackForm() if sent else SendBackForm(formdata=None)
    form.standards.choices = [(s.key, f"{s.number}. {s.title}") for s in queries.standards_of(return_)]
    return form


def read_page(return_: Return, form: SendBackForm, *, status: int = 200) -> ResponseReturnValue:
    rounds = queries.submissions(return_.id)
    submission = submission_asked(return_)
    standing = submission.round == return_.round
    sealed = unseal(submission.sealed)
    page = render_template(
        "returns/read.html",
        return_=return_,
        submission=submission,
        sealed=sealed,
        gone=documents.gone(item.revision for item in sealed.evidence) if return_.cycle.closed_at else {},
        intact=checksum(submission.sealed) == submission.checksum,
        rounds=rounds,
        earlier=any(one.round < submission.round for one in rounds),
        standing=standing,
        form=form,
        can_send_back=standing
        and permissions.can_send_back(current_user, return_)
        and Stage(return_.stage) is Stage.SUBMITTED,
        outside=permissions.reads_for_board(current_user, return_),
        from_the_board=queries.from_the_board(return_, current_user),
    )
    return make_response(page, status)


def submission_asked(return_: Return) -> Submission:
    """The sealed record of the round in the address, the standing or the latest one otherwise; else 404."""
    sealed = [one.round for one in queries.submissions(return_.id)]
    wanted = round_asked(return_, sealed)
    return (queries.submission(return_.id, wanted) if wanted else None) or abort(404)


def round_asked(return_: Return, sealed: list[int]) -> int | None:
    """The round named in the address, the standing or the latest one otherwise; None if there is none."""
    asked = request.args.get("round", type=int)
    if asked is not None:
        return asked if asked in sealed else None
    return return_.round if return_.round in sealed else max(sealed, default=None)


@blueprint.get("/<ref>/difference")
@guard(queries.by_ref, see=permissions.can_read)
def difference(return_: Return) -> ResponseReturnValue:
    """What a submission changed of the one before it, word by word."""
    submission = submission_asked(return_)
    before = queries.submission_before(submission)
    note_look(return_, "return:submission:opened")
    return render_template(
        "returns/difference.html",
        return_=return_,
        submission=submission,
        before=before,
        difference=between(unseal(before.sealed), unseal(submission.sealed)) if before else None,
        asked=queries.asked_to_put_right(before, submission) if before else [],
        outside=permissions.reads_for_board(current_user, return_),
    )
