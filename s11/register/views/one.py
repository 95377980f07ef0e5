"""One organisation: everything the register and later rooms know of it."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.joining import permissions as joining
from s11.notices import permissions as notice_permissions
from s11.notices import queries as notices
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.register import pages, permissions, queries
from s11.register.told import sections_of
from s11.register.views.blueprint import blueprint
from s11.register.views.place import own_register
from s11.web.guards import guard

MAILS = 5


@blueprint.get("/<ref>")
@guard(queries.by_ref, see=permissions.can_see)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    home = own_register()
    seat = organisations.seat(home, organisation.id)
    parent, successor = organisation.parent, queries.successor_of(organisation)
    sections = sections_of(organisation, home, current_user._get_current_object())
    gone = organisation.closed_on is not None or (seat is not None and seat.left_on is not None)
    return render_template(
        "register/organisation.html",
        organisation=organisation,
        seat=seat,
        seat_words=pages.seat_words(seat),
        facts=pages.facts_of(organisation),
        numbers=pages.numbers_of(organisation),
        parent_ref=linked(parent),
        successor=successor,
        successor_ref=linked(successor),
        under=queries.under(organisation.id, home),
        took_in=queries.took_in(organisation.id, home),
        people=pages.people_of(
            queries.contacts_of(organisation.id, home), queries.members_of(organisation.id)
        ),
        history=pages.history_of(queries.events_of(organisation.id), home),
        mails=pages.mails_of(notices.sent_to_organisation(organisation.id, home, MAILS + 1)),
        mails_shown=MAILS,
        may_see_mail=notice_permissions.can_see_any(current_user),
        sections=sections,
        still_asked=[line for section in sections for line in section.lines if line.waits] if gone else [],
        may_change=permissions.can_change(current_user, organisation),
        may_keep=permissions.can_keep(current_user, organisation),
        may_see_people=joining.can_see_of_organisation(current_user, organisation),
    )


def linked(other: Organisation | None) -> str | None:
    """The ref of another organisation whose page this person may open."""
    return other.ref if other is not None and permissions.can_see(current_user, other) else None
