"""The list of the partnership's organisations, and the same as a file."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.register import pages, permissions, queries
from s11.register.forms import FilterForm
from s11.register.views.blueprint import blueprint
from s11.register.views.place import own_register
from s11.trail.operations import look
from s11.web.guards import signed_in
from s11.web.limits import limited

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@signed_in(permissions.can_read_any)
def organisations() -> ResponseReturnValue:
    """Every organisation of the partnership that this person works with, narrowed down, page by page."""
    home = own_register()
    kinds = permissions.kinds_read(current_user, home)
    form = FilterForm(request.args)
    pages.choices_of(
        form,
        kinds=kinds,
        districts=queries.districts(home, kinds),
        parents=[(one.ref, one.short_name) for one in queries.parents(home, kinds)],
    )
    wanted = pages.wanted_of(form)
    form.standing.data = wanted.standing
    found = queries.how_many(home, kinds, wanted)
    last = max(1, -(-found // queries.PAGE))
    page = max(1, min(request.args.get("page", 1, type=int), last))
    return render_template(
        "register/organisations.html",
        form=form,
        wanted=pages.address_of(wanted),
        counts=queries.counts(home, kinds),
        rows=[pages.row(one) for one in queries.listed(home, kinds, wanted, page=page)],
        found=found,
        page=page,
        pages=last,
        may_keep=permissions.can_keep_any(current_user),
    )


@blueprint.get("/list.csv")
@signed_in(permissions.can_keep_any)
@limited("export")
def as_csv() -> ResponseReturnValue:
    """The organisations of the list, narrowed down alike, for a spreadsheet."""
    return download(pages.as_csv(exported()), "text/csv", "csv")


@blueprint.get("/list.xlsx")
@signed_in(permissions.can_keep_any)
@limited("export")
def as_workbook() -> ResponseReturnValue:
    """The same as an Excel workbook."""
    return download(pages.as_workbook(exported()), WORKBOOK, "xlsx")


def exported() -> list[dict[str, object]]:
    home = own_register()
    wanted = pages.wanted_of(FilterForm(request.args))
    found = queries.listed(home, permissions.kinds_kept(current_user, home), wanted)
    to = queries.addressees([one.organisation.id for one in found], home)
    person = current_user._get_current_object()
    look("partnership:organisations:exported", home, by=person, partnership_id=home)
    return pages.lines(found, to)


def download(content: bytes, mimetype: str, ending: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    name = f"organisations-{clock.today().isoformat()}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
