"""The page on which anybody checks a receipt, without signing in.

To the public it says only that a submission with this receipt and checksum is kept, since when, and whether
its record still has that checksum. Whose it is, it says to those who may read it.
"""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.returns import permissions, queries
from s11.returns.forms import ReceiptForm
from s11.returns.models import Return, Submission
from s11.returns.operations import verifying
from s11.returns.sealing import checksum
from s11.web.guards import public

verify = Blueprint("verify", __name__, url_prefix="/verify")


@verify.get("")
@public
def page() -> ResponseReturnValue:
    """The form, filled with what a code on a printed copy brought."""
    form = ReceiptForm(formdata=None)
    form.receipt.data = request.args.get("receipt", "")[:40]
    form.checksum.data = request.args.get("checksum", "")[:100]
    return shown(form)


@verify.post("")
@public
def check() -> ResponseReturnValue:
    """Look a receipt up. A wrong one and a wrong checksum are answered alike."""
    form = ReceiptForm()
    if not form.validate():
        return shown(form, status=422)
    found = verifying.find(
        form.receipt.data or "", form.checksum.data or "", network=request.remote_addr or ""
    )
    if found is None:
        return shown(form, missing=True)
    return shown(ReceiptForm(formdata=None), found=found)


def shown(
    form: ReceiptForm, *, found: Submission | None = None, missing: bool = False, status: int = 200
) -> ResponseReturnValue:
    return_ = whose(found) if found is not None else None
    page_ = render_template(
        "returns/verify.html",
        form=form,
        found=found,
        missing=missing,
        intact=found is not None and checksum(found.sealed) == found.checksum,
        return_=return_,
    )
    return make_response(page_, status)


def whose(submission: Submission) -> Return | None:
    """The return a submission is of, for somebody signed in who may read it; None for everybody else."""
    if not current_user.is_authenticated:
        return None
    return_ = queries.of_submission(submission)
    return return_ if permissions.can_read(current_user, return_) else None
