"""Finding organisations, their contacts, what happened to them, and whom to write to."""

from s11.register.queries.addressing import addressees, contact_in_force, without_address
from s11.register.queries.listing import PAGE, Listed, Wanted, counts, districts, how_many, listed, parents
from s11.register.queries.one import (
    by_ref,
    contact_by_ref,
    contacts_of,
    events_of,
    holding_number,
    known_as,
    lines_above,
    members_of,
    namesake,
    parents_offered,
    partnership,
    successor_of,
    took_in,
    under,
)

__all__ = [
    "PAGE",
    "Listed",
    "Wanted",
    "addressees",
    "by_ref",
    "contact_by_ref",
    "contact_in_force",
    "contacts_of",
    "counts",
    "districts",
    "events_of",
    "holding_number",
    "how_many",
    "known_as",
    "lines_above",
    "listed",
    "members_of",
    "namesake",
    "parents",
    "parents_offered",
    "partnership",
    "successor_of",
    "took_in",
    "under",
    "without_address",
]
