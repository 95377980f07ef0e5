"""The letter with which organisations are asked: what may stand in it, and how it reads when filled.

It reads nothing: a cycle and an invitation are given.
"""

from collections.abc import Mapping

from s11.cycles.clauses import listed
from s11.cycles.days import words_of
from s11.cycles.models import Cycle, Invitation
from s11.notices.wording import PLACEHOLDER

KNOWN = ("organisation", "audit", "opens", "due", "closes", "partnership", "office")


def unknown_in(text: str) -> list[str]:
    """The placeholders in a text that no letter has a value for."""
    found = (" ".join(name.split()) for name in PLACEHOLDER.findall(text))
    return sorted({name for name in found if name not in KNOWN})


def unknown_sentence(names: list[str]) -> str:
    wrong = listed(f"(({name}))" for name in names)
    known = listed((f"(({name}))" for name in KNOWN), "or")
    return f"{wrong} cannot be filled in. Use {known}."


def values_for(invitation: Invitation) -> dict[str, str]:
    """What fills the placeholders of a letter to one organisation."""
    return values_of(
        invitation.cycle,
        organisation=invitation.organisation.name,
        opens=words_of(invitation.opens_on),
        due=words_of(invitation.due_on),
        closes=words_of(invitation.closes_on) if invitation.closes_on else "",
    )


def values_of(
    cycle: Cycle, *, organisation: str, opens: str = "", due: str = "", closes: str = ""
) -> dict[str, str]:
    """The same for an organisation that is not asked yet."""
    return {
        "organisation": organisation,
        "audit": cycle.title,
        "opens": opens or words_of(cycle.opens_on),
        "due": due or words_of(cycle.due_on),
        "closes": closes or words_of(cycle.closes_on or cycle.due_on),
        "partnership": cycle.partnership.name,
        "office": cycle.partnership.office_email or cycle.partnership.name,
    }


def with_the_way_in(body: str, cycle: Cycle, *, has_account: bool) -> str:
    """The words of a mail, and to a contact of the register, who has no account, how to come by one."""
    if has_account:
        return body
    office = cycle.partnership.office_email or f"the office of {cycle.partnership.name}"
    return (
        f"{body.rstrip()}\n\nYou have no account in this service yet. Ask {office} for one: you get an "
        "invitation by mail, and can begin at once."
    )


def filled_letter(cycle: Cycle, values: Mapping[str, str]) -> str:
    """The office's own words of a letter; what cannot be filled in stays as it was typed."""
    words = cycle.letter or cycle.title
    return PLACEHOLDER.sub(lambda found: values.get(" ".join(found[1].split()), found[0]), words)
