"""The outbox: what went, what waits, what did not go, and what to do about it."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from s11.core import clock
from s11.notices import operations, pages, permissions, queries
from s11.notices.forms import OutboxFilter
from s11.notices.models import Notice
from s11.notices.views.blueprint import notices
from s11.web.guards import guard, signed_in

# No outbox has so many pages; a number without end would be too large for the database.
FURTHEST = 1_000_000


@notices.get("/mail/")
@signed_in(permissions.can_see_any)
def outbox() -> ResponseReturnValue:
    place = permissions.office_of(current_user)
    assert place is not None
    form, organisation = outbox_filter(place), request.args.get("organisation", "")[:20]
    page = min(max(1, request.args.get("page", 1, type=int)), FURTHEST)
    found, many = queries.found(place, form.wanted(organisation), page)
    last = max(1, -(-many // queries.PAGE))
    if page > last:
        chosen: dict[str, Any] = {**form.address, "organisation": organisation or None}
        return redirect(url_for("notices.outbox", page=last, **chosen))
    now = clock.now()
    shown = render_template(
        "notices/outbox.html",
        form=form,
        organisation=organisation,
        rows=[(queries.row_of(notice, now), notice.organisation) for notice in found],
        many=many,
        counts=queries.counts(place),
        page=page,
        pages=last,
    )
    return make_response(shown, 422 if form.errors else 200)


def outbox_filter(place: int) -> OutboxFilter:
    form = OutboxFilter(request.args)
    titles, known = pages.titles_for(current_user), queries.abouts(place)
    offered = [SelectChoice(ref, title) for ref, title in titles.items() if ref in known]
    form.about.choices = [SelectChoice("", "Everything"), *offered]
    form.validate()
    return form


@notices.get("/mail/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def mail(notice: Notice) -> ResponseReturnValue:
    about = pages.titles_for(current_user).get(notice.about, "")
    return render_template("notices/mail.html", one=pages.one(notice), about=about)


def back(notice: Notice, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("notices.mail", ref=notice.ref), 303)


@notices.post("/mail/<ref>/again")
@guard(queries.by_ref, see=permissions.can_see)
def again(notice: Notice) -> ResponseReturnValue:
    operations.send_again(notice, by=current_user._get_current_object())
    return back(notice, "It goes out with the next mail.")


@notices.post("/mail/<ref>/came")
@guard(queries.by_ref, see=permissions.can_see)
def came(notice: Notice) -> ResponseReturnValue:
    operations.leave(notice, by=current_user._get_current_object())
    return back(notice, "It counts as sent.")


@notices.post("/mail/<ref>/cancel")
@guard(queries.by_ref, see=permissions.can_see)
def cancel(notice: Notice) -> ResponseReturnValue:
    operations.cancel(notice, by=current_user._get_current_object())
    return back(notice, "It will not be sent.")


@notices.post("/mail/<ref>/let-in")
@guard(queries.by_ref, see=permissions.can_see)
def let_in(notice: Notice) -> ResponseReturnValue:
    by = current_user._get_current_object()
    operations.lift(notice.to_address, by=by, partnership_id=notice.partnership_id)
    return back(notice, f"{notice.to_address} gets mail again.")
