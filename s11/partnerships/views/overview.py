"""All settings of a partnership on one page."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.organisations.models import Partnership
from s11.partnerships import pages, permissions, queries, uses
from s11.partnerships.forms import LogoForm
from s11.partnerships.views.blueprint import blueprint, me
from s11.web.guards import guard, signed_in


@blueprint.get("/settings")
@signed_in(permissions.can_see_any)
def index() -> ResponseReturnValue:
    """The settings of the partnership somebody works in."""
    held = (m.partnership for m in current_user.current if m.partnership is not None)
    here = next(one for one in held if permissions.can_see(current_user, one))
    return redirect(url_for("partnerships.settings", ref=here.ref))


@blueprint.get("/<ref>/settings")
@guard(queries.by_ref, see=permissions.can_see)
def settings(partnership: Partnership) -> ResponseReturnValue:
    asked = pages.asked(partnership, me().ref)
    return render_template(
        "partnerships/settings.html",
        place=partnership,
        groups=pages.rows(partnership),
        chains=pages.chains(partnership, queries.frameworks_of(partnership.id)),
        kept=pages.retention_words(partnership),
        asked=asked,
        going=uses.files_past(partnership, asked.years) if asked else (),
        may_change=permissions.can_change(current_user, partnership),
        may_agree=permissions.can_agree(current_user, partnership),
        form=LogoForm(formdata=None),
    )
