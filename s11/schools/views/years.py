"""Every year of an organisation: what it submitted, to be read and taken away for ever."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.organisations import queries as organisations
from s11.organisations.models import Organisation
from s11.returns import permissions as returns
from s11.schools import permissions, queries
from s11.schools.pages.years import years_of
from s11.schools.views.blueprint import schools
from s11.web.guards import guard


@schools.get("/organisations/<ref>/years")
@guard(organisations.by_ref, see=permissions.can_see_years)
def years(organisation: Organisation) -> ResponseReturnValue:
    """Everything it submitted, and what those submitted that became part of it."""
    before = queries.became_part_of(organisation.id)
    told = queries.submissions_of([organisation.id, *(one.id for one in before)])
    found = years_of([pair for pair in told if returns.can_read(current_user, pair[0])], organisation)
    return render_template(
        "schools/years.html",
        organisation=organisation,
        years=found,
    )
