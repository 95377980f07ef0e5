"""Who may give which role, and how long things last."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from s11.people.rules import BOARD_ROLES, OFFICE, ORGANISATION_ROLES, TRUST_ROLES, Role

INVITATION_LASTS = timedelta(days=7)
# A second click, or a second thought, does not send the same mail again.
RESEND_AFTER = timedelta(minutes=1)
INSPECTOR_AT_MOST = timedelta(days=366)
NAME_LONGEST = 120


class Table(StrEnum):
    """Where a role is given: the columns of the table of who may give what."""

    PARTNERSHIP = "partnership"
    ORGANISATION = "organisation"
    TRUST = "trust"


HELPERS = frozenset({Role.CONTRIBUTOR, Role.VIEWER})
ALL_OF_ORGANISATION = ORGANISATION_ROLES - TRUST_ROLES
# Who holds the role on the left gives those on the right. Nobody gives a role above their own, and who
# is not named gives none. The office's rows hold for every organisation at its table, the trust lead's
# for the trust and for each of its schools; all others' for their own place.
GIVES: dict[Table, dict[Role, frozenset[Role]]] = {
    Table.PARTNERSHIP: {
        # Whoever runs the installation brings in who runs a partnership, and nobody else.
        Role.SYSTEM_ADMINISTRATOR: frozenset({Role.BUSINESS_MANAGER}),
        Role.BUSINESS_MANAGER: BOARD_ROLES,
        Role.OFFICE: frozenset(
            {Role.OFFICE, Role.QUALITY, Role.MODERATOR, Role.EDUCATION_ADVISER, Role.EARLY_YEARS_ADVISER}
        ),
    },
    Table.ORGANISATION: {
        Role.BUSINESS_MANAGER: ALL_OF_ORGANISATION,
        Role.OFFICE: ALL_OF_ORGANISATION,
        # Signatures check the lead and the trust: a trust lead does not choose who signs for a school.
        Role.TRUST_LEAD: frozenset({Role.LEAD, Role.DEPUTY}) | HELPERS,
        Role.LEAD: ALL_OF_ORGANISATION,
        Role.DEPUTY: frozenset({Role.DEPUTY, Role.SIGNATORY}) | HELPERS,
    },
    Table.TRUST: {
        Role.BUSINESS_MANAGER: TRUST_ROLES | ALL_OF_ORGANISATION,
        Role.OFFICE: TRUST_ROLES | ALL_OF_ORGANISATION,
        Role.TRUST_LEAD: TRUST_ROLES | HELPERS,
        Role.LEAD: ALL_OF_ORGANISATION,
        Role.DEPUTY: frozenset({Role.DEPUTY, Role.SIGNATORY}) | HELPERS,
    },
}
# What a role is for, as it stands beside its name where one is chosen.
ROLE_HINTS: dict[Role, str] = {
    Role.BUSINESS_MANAGER: "Runs the whole year, and decides who works at the partnership.",
    Role.OFFICE: "Runs the year with the business manager, and invites people of organisations.",
    Role.CHAIR: "Sees every return that is in, moderates, and leads the challenge day.",
    Role.QUALITY: "Sees what was submitted, the figures and the actions.",
    Role.MODERATOR: "Gives the second rating, with a reason.",
    Role.EDUCATION_ADVISER: "Works with the Section 175/157 audit of schools.",
    Role.EARLY_YEARS_ADVISER: "Works with the Section 40 self-assessment of early-years settings.",
    Role.INSPECTOR: "Reads what was submitted, until a day you choose. Changes nothing.",
    Role.LEAD: "Answers for the return, signs it, and decides who helps.",
    Role.DEPUTY: "Does what the lead does when the lead is away.",
    Role.CONTRIBUTOR: "Answers and adds evidence. Does not sign.",
    Role.SIGNATORY: "Reads the return and signs it, as headteacher or director for example.",
    Role.VIEWER: "Reads, and changes nothing.",
    Role.TRUST_LEAD: "Sees and helps every school of the trust. Does not sign for them.",
}
# Whoever holds one of these at a partnership sees the people of its organisations.
SEES_ORGANISATIONS = OFFICE | {Role.INSPECTOR}
# Roles whose giving is told to the chair.
CHAIR_IS_TOLD = BOARD_ROLES


def in_order(roles: Iterable[Role]) -> list[Role]:
    """Roles in the order in which they are always named."""
    wanted = set(roles)
    return [role for role in Role if role in wanted]


def given_by(held: Iterable[Role], table: Table) -> frozenset[Role]:
    """Every role that somebody who holds these may give."""
    row = GIVES[table]
    return frozenset().union(*(row.get(role, frozenset()) for role in held))


def has_account(password_hash: str | None, last_signed_in_at: datetime | None) -> bool:
    """Whether somebody can sign in already, or once could: then a link alone does not let them in."""
    return password_hash is not None or last_signed_in_at is not None


def name_fault(name: str) -> str | None:
    """What is wrong with a name that goes into a mail to somebody outside, or None."""
    if not name.strip():
        return "Enter a name."
    if len(name.strip()) > NAME_LONGEST:
        return f"Use at most {NAME_LONGEST} characters for the name."
    if "/" in name or "www." in name.casefold() or "@" in name:
        return "Enter a name only, without an address of a page or a mailbox."
    return None


def until_fault(role: Role, until: date | None, today: date) -> str | None:
    """What is wrong with the last day of a role, or None."""
    if role is not Role.INSPECTOR:
        return None
    if until is None:
        return "Enter the last day on which they may look. An inspector’s access always has an end."
    if until < today:
        return "That day is over. Enter the last day on which they may look."
    if until > today + INSPECTOR_AT_MOST:
        return "Enter a day within a year from now. It can be given again when it has ended."
    return None
