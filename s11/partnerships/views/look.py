"""A partnership's logo and colour: choosing them, and handing them to the browsers of its own people.

What is at these addresses never changes: another logo or colour has another one. So browsers keep it.
"""

from flask import Response, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from s11.core.errors import Invalid
from s11.organisations.models import Partnership
from s11.partnerships import colours, operations, permissions, queries
from s11.partnerships.forms import LogoForm
from s11.partnerships.looks import look_of
from s11.partnerships.views.blueprint import back, blueprint, me
from s11.web.forms import blame
from s11.web.guards import guard
from s11.web.headers import FILE_POLICY
from s11.web.limits import limited
from s11.web.uploads import takes_files

YEAR = 365 * 24 * 3600


@blueprint.route("/<ref>/settings/logo", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@limited("upload")
@takes_files
def logo(partnership: Partnership) -> ResponseReturnValue:
    """Choose a logo, which is drawn anew, so that nothing but the picture is kept of the file."""
    form = LogoForm()
    if request.method == "POST":
        sent = form.logo.data
        try:
            if not isinstance(sent, FileStorage) or not sent.filename:
                raise Invalid("Choose a picture of your logo.", field="logo")
            operations.set_logo(partnership, sent.stream, by=me())
        except Invalid as refusal:
            blame(form, refusal, otherwise="logo")
        else:
            return back(partnership, "The logo is shown beside the name from now on.")
    page = render_template("partnerships/logo.html", place=partnership, form=form)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.post("/<ref>/settings/logo/remove")
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
def remove_logo(partnership: Partnership) -> ResponseReturnValue:
    operations.remove_logo(partnership, by=me())
    return back(partnership, "The logo is removed.")


@blueprint.get("/<ref>/logo/<key>.png")
@guard(queries.by_ref, see=permissions.belongs)
def logo_file(partnership: Partnership, key: str) -> ResponseReturnValue:
    """The picture itself, for whoever belongs to the partnership."""
    if not partnership.logo_key or key != partnership.logo_key:
        abort(404)
    picture = look_of(partnership).logo
    if not picture:
        abort(404)
    answer = Response(picture, mimetype=partnership.logo_type)
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return lasting(answer)


@blueprint.get("/<ref>/look/<mark>.css")
@guard(queries.by_ref, see=permissions.belongs)
def style(partnership: Partnership, mark: str) -> ResponseReturnValue:
    """The colour of the frame, as a style sheet: pages hold no style of their own."""
    if not partnership.colour or f"#{mark}" != partnership.colour:
        abort(404)
    return lasting(Response(colours.style_sheet(partnership.colour), mimetype="text/css"))


def lasting(answer: Response) -> Response:
    """Let the reader's own browser keep it, and no proxy between."""
    g.lasting = True
    answer.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return answer
