"""The requests to an organisation, for its page in the register."""

from flask import url_for

from s11.core import clock
from s11.evidence.requests import permissions, queries
from s11.evidence.requests.rules import Turn
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.register.told import Line, Section
from s11.web.filters import short_day


def requests_told(organisation: Organisation, partnership_id: int, person: Person) -> Section | None:
    """What a partnership asked an organisation for outside its cycles, as far as this person sees it."""
    found = queries.of_organisations([organisation.id], partnership_id=partnership_id, today=clock.today())
    lines = tuple(
        Line(
            what=one.request.title,
            when=f"Due {short_day(one.request.due_on)}",
            status=one.standing.words,
            status_kind=one.standing.kind,
            href=url_for("evidence_requests.one", ref=one.request.ref),
            waits=one.standing.turn is not Turn.NOBODY,
        )
        for one in found
        if permissions.can_see(person, one.request)
    )
    all_of_them = url_for("evidence_requests.of_organisation", ref=organisation.ref)
    return Section("Evidence requests", lines, all_of_them)
