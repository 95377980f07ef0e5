"""Reading a submission, as sealed."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import permissions, queries
from s11.returns.forms import ReasonForm
from s11.returns.models import Return
from s11.returns.rules import Stage
from s11.returns.sealing import checksum, unseal
from s11.returns.views.blueprint import blueprint
from s11.trail.operations import look
from s11.web.guards import guard


@blueprint.get("/<ref>/submitted")
@guard(queries.by_ref, see=permissions.can_read)
def read(return_: Return) -> ResponseReturnValue:
    """The sealed record of a return, printed as it was submitted; `?round=1` for an earlier one."""
    if permissions.reads_for_board(current_user, return_):
        look(
            "return:submission:opened",
            return_.id,
            by=current_user,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
        )
    return read_page(return_, ReasonForm(formdata=None))


def read_page(return_: Return, form: ReasonForm, *, status: int = 200) -> ResponseReturnValue:
    rounds = queries.submissions(return_.id)
    wanted = round_asked(return_, [sealed.round for sealed in rounds])
    submission = queries.submission(return_.id, wanted) if wanted else None
    if submission is None:
        abort(404)
    standing = wanted == return_.round
    page = render_template(
        "returns/read.html",
        return_=return_,
        submission=submission,
        sealed=unseal(submission.sealed),
        intact=checksum(submission.sealed) == submission.checksum,
        rounds=rounds,
        standing=standing,
        form=form,
        can_send_back=standing
        and permissions.can_send_back(current_user, return_)
        and Stage(return_.stage) is Stage.SUBMITTED,
        outside=permissions.reads_for_board(current_user, return_),
    )
    return make_response(page, status)


def round_asked(return_: Return, sealed: list[int]) -> int | None:
    """The round named in the address, the standing or the latest one otherwise; None if there is none."""
    asked = request.args.get("round", type=int)
    if asked is not None:
        return asked if asked in sealed else None
    return return_.round if return_.round in sealed else max(sealed, default=None)
