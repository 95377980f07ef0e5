"""Every document of an organisation, searched, sorted and paged."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from s11.core import clock
from s11.evidence import keeping_rules as rules
from s11.evidence import pages, permissions, queries, scanning
from s11.evidence.keeping_rules import Currency, Wanted
from s11.evidence.rules import status_words
from s11.evidence.uses import uses_of
from s11.evidence.views.blueprint import blueprint
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.web.guards import guard


@blueprint.get("/of/<ref>")
@guard(organisations.by_ref, see=permissions.belongs_to)
def library(organisation: Organisation) -> ResponseReturnValue:
    """The list, by what the address asks for."""
    wanted, today = wanted_of(), clock.today()
    uses = uses_of(organisation.id)
    used = {use.document_id for shown in uses.values() for use in shown if use.this_year}
    found = queries.found_in(organisation.id, wanted, used=used, today=today)
    return render_template(
        "evidence/library.html",
        organisation=organisation,
        wanted=wanted,
        found=found,
        lines=[pages.line(one, uses.get(one.document_id, []), today=today) for one in found.revisions],
        past=queries.how_many(organisation.id, Currency.PAST, today=today),
        who_added=queries.who_added(organisation.id),
        locked={
            one.id: status_words(one, scanning.is_configured()) for one in found.revisions if one.storage_key
        },
        words=rules,
    )


def wanted_of() -> Wanted:
    """What the address asks for, without what no page of ours would ask."""
    told = request.args
    return Wanted(
        words=told.get("words", ""),
        kind=told.get("kind", ""),
        currency=told.get("currency", ""),
        used=told.get("used", ""),
        added_by=told.get("added_by", ""),
        sort=told.get("sort", "added"),
        page=told.get("page", 1, type=int),
    ).known()
