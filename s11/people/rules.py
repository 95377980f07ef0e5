"""Roles, and the one form of an address. What may be a password: `s11.people.strength`."""

import unicodedata
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here for: first the roles at a partnership, then those in an organisation or a
    trust, last the one that belongs to the installation as a whole."""

    BUSINESS_MANAGER = "business_manager"
    OFFICE = "office"
    CHAIR = "chair"
    QUALITY = "quality"
    MODERATOR = "moderator"
    EDUCATION_ADVISER = "education_adviser"
    EARLY_YEARS_ADVISER = "early_years_adviser"
    INSPECTOR = "inspector"

    LEAD = "lead"
    DEPUTY = "deputy"
    CONTRIBUTOR = "contributor"
    SIGNATORY = "signatory"
    VIEWER = "viewer"
    TRUST_LEAD = "trust_lead"

    SYSTEM_ADMINISTRATOR = "system_administrator"


ROLE_LABELS: dict[Role, str] = {
    Role.BUSINESS_MANAGER: "Business manager",
    Role.OFFICE: "Partnership office",
    Role.CHAIR: "Chair or independent scrutineer",
    Role.QUALITY: "Quality-assurance member",
    Role.MODERATOR: "Moderator",
    Role.EDUCATION_ADVISER: "Education safeguarding adviser",
    Role.EARLY_YEARS_ADVISER: "Early-years adviser",
    Role.INSPECTOR: "Inspector (read only)",
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy safeguarding lead",
    Role.CONTRIBUTOR: "Contributor",
    Role.SIGNATORY: "Signatory",
    Role.VIEWER: "Viewer",
    Role.TRUST_LEAD: "Trust safeguarding lead",
    Role.SYSTEM_ADMINISTRATOR: "System administrator",
}

BOARD_ROLES = frozenset(
    {
        Role.BUSINESS_MANAGER,
        Role.OFFICE,
        Role.CHAIR,
        Role.QUALITY,
        Role.MODERATOR,
        Role.EDUCATION_ADVISER,
        Role.EARLY_YEARS_ADVISER,
        Role.INSPECTOR,
    }
)
# Runs the installation, and holds no right to anything a partnership or an organisation wrote.
INSTALLATION_ROLES = frozenset({Role.SYSTEM_ADMINISTRATOR})
ORGANISATION_ROLES = frozenset(Role) - BOARD_ROLES - INSTALLATION_ROLES
# Held at a trust, and in force in each of its schools: sees and helps, and signs nothing there.
TRUST_ROLES = frozenset({Role.TRUST_LEAD})
EDITORS = frozenset({Role.LEAD, Role.DEPUTY, Role.CONTRIBUTOR, Role.TRUST_LEAD})
LEADS = frozenset({Role.LEAD, Role.DEPUTY})
OFFICE = frozenset({Role.BUSINESS_MANAGER, Role.OFFICE})

# Which questionnaire families an adviser of the Board works with; None means all of them.
FRAMEWORKS_OF_ROLE: dict[Role, frozenset[str] | None] = {
    Role.BUSINESS_MANAGER: None,
    Role.OFFICE: None,
    Role.CHAIR: None,
    Role.QUALITY: None,
    Role.MODERATOR: None,
    Role.INSPECTOR: None,
    Role.EDUCATION_ADVISER: frozenset({"S175"}),
    Role.EARLY_YEARS_ADVISER: frozenset({"S40"}),
}


# The longest address has 254 characters; what is far longer is none, and not worth the work.
ADDRESS_TYPED_AT_MOST = 1000


def canonical_address(address: str) -> str:
    """An e-mail address in the one form under which it is stored and looked up."""
    # Folding can undo what normalising did, so it stands between two of them.
    folded = unicodedata.normalize("NFKC", address[:ADDRESS_TYPED_AT_MOST]).casefold()
    return unicodedata.normalize("NFKC", folded).strip()
