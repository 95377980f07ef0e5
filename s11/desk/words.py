"""What stands in the mails of chasing: the placeholders, what fills them, and those nobody can fill."""

import re
from collections.abc import Collection
from datetime import date

from s11.cycles.models import Cycle
from s11.desk.reminding import Asked, standing_said
from s11.notices.wording import Words
from s11.organisations.models import Partnership
from s11.web.filters import day

# Anything in double brackets was meant as a placeholder, however it is spelt.
MEANT = re.compile(r"\(\(([^()\n]*)\)\)")
PLACEHOLDERS = ("name", "organisation", "audit", "due", "standing", "link", "partnership")
IN_ESCALATIONS = (*PLACEHOLDERS, "answer by")

# Words for once: the product's own are in `notices.wording`.
OWN, USUAL_WORDS = "own", "usual"
TEMPLATES = {
    USUAL_WORDS: "By where each stands: a reminder before its day, overdue after it, "
    "and about the signature where only that is missing",
    OWN: "Own words, for this once",
}
TEMPLATE_SAID = {
    "reminder": "Reminder",
    "overdue": "Overdue",
    "signature": "About the signature",
    OWN: "Own words",
    "extension": "Longer given",
}
# What own words begin with where some are late and others are not: true for both.
FOR_ALL = Words(
    "((audit)): the return of ((organisation))",
    "Dear ((name)),\n\nThis is about the return of ((organisation)) to ((audit)). The date set for it: "
    "((due)). ((standing))\n\nSign in: ((link))",
)


def values_of(
    cycle: Cycle, one: Asked, *, name: str, address: str, answer_by: date | None = None
) -> dict[str, str]:
    """What fills the placeholders of a mail about one organisation. `address`: that of the service."""
    return {
        "name": name,
        "organisation": one.organisation,
        "audit": cycle.title,
        "due": day(one.due_on),
        "standing": standing_said(one),
        "link": f"{address}/returns/{one.return_ref}",
        "partnership": cycle.partnership.name,
        "answer by": day(answer_by),
    }


def strangers_in(text: str, known: Collection[str] = PLACEHOLDERS) -> list[str]:
    """The placeholders in a text that nobody can fill, as they were typed."""
    typed = dict.fromkeys(MEANT.findall(text))
    return [f"(({one}))" for one in typed if " ".join(one.split()) not in known]


def stranger_sentence(text: str, known: Collection[str] = PLACEHOLDERS) -> str | None:
    """What somebody reads who typed a placeholder there is not; None where all can be filled."""
    found = strangers_in(text, known)
    if not found:
        return None
    there_are = ", ".join(f"(({one}))" for one in known)
    return f"{', '.join(found)} cannot be filled in. These can: {there_are}."


def signature_of(partnership: Partnership) -> str:
    """What stands under every mail of a partnership."""
    return partnership.mail_signature.strip()
