"""Reading a submission, as sealed."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import permissions, queries
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
    outside = permissions.reads_for_board(current_user, return_)
    asked = request.args.get("round", type=int)
    submission = queries.submission(return_.id, return_.round if outside and asked is None else asked)
    if submission is None:
        abort(404)
    if outside:
        look(
            "return:submission:opened",
            return_.id,
            by=current_user,
            organisation_id=return_.organisation_id,
            partnership_id=return_.cycle.partnership_id,
        )
    return render_template(
        "returns/read.html",
        return_=return_,
        submission=submission,
        sealed=unseal(submission.sealed),
        intact=checksum(submission.sealed) == submission.checksum,
        rounds=queries.submissions(return_.id),
        can_send_back=permissions.can_send_back(current_user, return_)
        and Stage(return_.stage) is Stage.SUBMITTED,
        outside=outside,
    )
