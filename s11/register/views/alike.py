"""Duplicates: pairs that may be one organisation, told apart or put together."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import Invalid
from s11.register.files.asked import asked_now, returns_in
from s11.register.files.permissions import can_bring_any
from s11.register.matching import operations, queries
from s11.register.matching.forms import MergeForm, merge_form, taken_from
from s11.register.matching.pages import PAGE, Compared, facts_of, sides
from s11.register.matching.permissions import can_see
from s11.register.matching.queries import Pair
from s11.register.permissions import kinds_kept
from s11.register.views.blueprint import blueprint
from s11.register.views.bringing import me, own_partnership
from s11.web.forms import blame
from s11.web.guards import guard, signed_in


@blueprint.get("/duplicates")
@signed_in(can_bring_any)
def alike() -> ResponseReturnValue:
    """The pairs that may be one organisation, the surest first."""
    partnership = own_partnership()
    found = queries.found(partnership.id, kinds_kept(current_user, partnership.id))
    pages = max(1, -(-len(found) // PAGE))
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    return render_template(
        "register/alike.html",
        found=found[(page - 1) * PAGE : page * PAGE],
        count=len(found),
        page=page,
        pages=pages,
    )


@blueprint.get("/duplicates/<ref>")
@guard(queries.pair_by_ref, see=can_see)
def pair(pair: Pair) -> ResponseReturnValue:
    """Two side by side."""
    facts = facts_of(pair)
    return show(pair, merge_form(pair, facts), facts)


def show(pair: Pair, form: MergeForm, facts: list[Compared]) -> ResponseReturnValue:
    ids = [pair.one.id, pair.other.id]
    home = own_partnership().id
    asked, returned = asked_now(ids, home), returns_in(ids, home)
    told = sides(pair, queries.contacts_of(ids, home), asked, returned, queries.members_of(ids))
    page = render_template("register/alike_pair.html", pair=pair, form=form, facts=facts, sides=told)
    return make_response(page, 422 if form.mistakes else 200)


@blueprint.post("/duplicates/<ref>/two")
@guard(queries.pair_by_ref, see=can_see)
def tell_apart(pair: Pair) -> ResponseReturnValue:
    operations.tell_apart(pair, own_partnership(), by=me())
    flash(f"{pair.one.name} and {pair.other.name} are two, and are not shown here again.", "success")
    return redirect(url_for(".alike"), 303)


@blueprint.post("/duplicates/<ref>/one")
@guard(queries.pair_by_ref, see=can_see)
def put_together(pair: Pair) -> ResponseReturnValue:
    """Make one of two. What each of them returned stays where it is."""
    facts = facts_of(pair)
    form = merge_form(pair, facts)
    if not form.validate():
        return show(pair, form, facts)
    stays, goes = (pair.one, pair.other) if form.stays.data == pair.one.ref else (pair.other, pair.one)
    try:
        operations.merge(
            pair,
            own_partnership(),
            stays=stays,
            taken=taken_from(form, pair, facts),
            note=form.note.data or "",
            by=me(),
        )
    except Invalid as refusal:
        blame(form, refusal, otherwise="stays")
        return show(pair, form, facts)
    flash(f"{goes.name} is part of {stays.name} now. What it returned is kept.", "success")
    return redirect(url_for(".alike"), 303)
