"""For how long evidence files are kept, and agreeing to a shorter time."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from s11.core.errors import Invalid, Stale
from s11.organisations.models import Partnership
from s11.partnerships import operations, pages, permissions, queries, uses
from s11.partnerships.forms import RetentionForm
from s11.partnerships.operations.retaining import standing
from s11.partnerships.views.blueprint import back, blueprint, me
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.kept import resumable


@blueprint.route("/<ref>/settings/retention", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def retention(partnership: Partnership) -> ResponseReturnValue:
    """How long the evidence files of closed cycles are kept."""
    form = RetentionForm()
    if request.method != "POST":
        form.keep.data = "always" if partnership.evidence_years is None else "years"
        form.years.data = partnership.evidence_years
        form.begin(standing(partnership))
        return show(partnership, form)
    if not form.validate():
        return show(partnership, form)
    try:
        holds = operations.keep_for(partnership, form.wanted, began=form.began.data or "", by=me())
    except Invalid as refusal:
        blame(form, refusal, otherwise="years")
        return show(partnership, form)
    except Stale as refusal:
        form.begin(standing(partnership))
        return show(partnership, form, conflict=refusal.sentence)
    if holds:
        return back(partnership, "Saved.")
    return back(
        partnership,
        "Files would be kept for less time, and what is removed cannot be brought back. So it holds once "
        "another business manager or the chair agrees to it here.",
        "info",
    )


def show(partnership: Partnership, form: RetentionForm, conflict: str = "") -> ResponseReturnValue:
    page = render_template(
        "partnerships/retention.html",
        place=partnership,
        form=form,
        conflict=conflict,
        kept=pages.retention_words(partnership),
        asked=pages.asked(partnership, me().ref),
        going=uses.files_past(partnership),
    )
    return make_response(page, 412 if conflict else 422 if form.mistakes else 200)


@blueprint.post("/<ref>/settings/retention/agree")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_agree)
def agree(partnership: Partnership) -> ResponseReturnValue:
    """Agree to a shorter time somebody else asked for."""
    years = operations.agree(partnership, mark=request.form.get("mark", ""), by=me())
    return back(partnership, f"Evidence files are kept for {years} years after a cycle is closed.")


@blueprint.post("/<ref>/settings/retention/withdraw")
@guard(queries.by_ref, see=permissions.can_see)
def withdraw(partnership: Partnership) -> ResponseReturnValue:
    """Leave it as it is: whoever reads the settings can ask for a shorter time or agree to it."""
    operations.withdraw(partnership, mark=request.form.get("mark", ""), by=me())
    return back(partnership, "It stays as it was.")
