"""Who is here: the organisations with their people, and the people of one place."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.joining import pages, permissions, queries
from s11.joining.rules import SEES_ORGANISATIONS
from s11.joining.views.blueprint import blueprint
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.web.guards import guard, signed_in

LONGEST_SEARCH = 100


@blueprint.get("/people")
@signed_in(permissions.can_see_any)
def index() -> ResponseReturnValue:
    """Every place whose people this person may see; whoever has only one goes straight there."""
    boards = [id_ for id_ in current_user.partnership_ids if current_user.roles_for(id_) & SEES_ORGANISATIONS]
    partnerships = queries.partnerships(current_user.partnership_ids)
    search = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    own = current_user.organisation_ids
    found = queries.how_many(boards, own, search=search)
    if not search and len(partnerships) + found == 1:
        return redirect(only_place(partnerships, own))
    pages = -(-found // queries.PAGE)
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    return render_template(
        "joining/index.html",
        partnerships=[(one, permissions.can_invite_many(current_user, one)) for one in partnerships],
        rows=queries.counted(boards, own, search=search, page=page),
        found=found,
        page=page,
        pages=pages,
        search=search,
    )


def only_place(partnerships: list[Partnership], organisation_ids: list[int]) -> str:
    if partnerships:
        return url_for("joining.of_partnership", ref=partnerships[0].ref)
    (only,) = queries.counted([], organisation_ids)
    return url_for("joining.of_organisation", ref=only.organisation.ref)


@blueprint.get("/organisations/<ref>/people")
@guard(organisations.by_ref, see=permissions.can_see_of_organisation)
def of_organisation(organisation: Organisation) -> ResponseReturnValue:
    return render_template(
        "joining/people.html",
        place=organisation,
        people=pages.people_of(current_user, organisation),
        invite_href=url_for("joining.invite_to_organisation", ref=organisation.ref),
        many_href=None,
        with_list=len(current_user.organisation_ids) > 1 or bool(current_user.partnership_ids),
    )


@blueprint.get("/partnerships/<ref>/people")
@guard(queries.partnership_by_ref, see=permissions.can_see_of_partnership)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    many = permissions.can_invite_many(current_user, partnership)
    return render_template(
        "joining/people.html",
        place=partnership,
        people=pages.people_of(current_user, partnership),
        invite_href=url_for("joining.invite_to_partnership", ref=partnership.ref),
        many_href=url_for("joining.many", ref=partnership.ref) if many else None,
        with_list=many or bool(current_user.organisation_ids),
    )
