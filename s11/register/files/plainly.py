"""A row of a plain spreadsheet in our words."""

from collections.abc import Callable, Mapping
from typing import Any

from s11.core.sheets import STARTS_A_FORMULA
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS
from s11.register.files.columns import CONTACT_ROLES, is_email, is_ofsted_urn, is_urn
from s11.register.files.gias import Cells
from s11.register.files.rules import FACTS, Row, State
from s11.register.files.words import (
    GRADES,
    day_of,
    grade_of,
    kind_meant,
    kind_of,
    phase_of,
    postcode_of,
    telephone_of,
    whole_of,
    yes_or_no,
)

TEXTS = (
    "name", "short_name", "school_type", "parent", "district", "religious_character", "dfe_number", "ukprn",
    "charity_number", "ods_code", "address", "local_authority",
)  # fmt: skip
FLAGS = ("bound_by_statute", "residential", "commissions_services", "works_alone")
Read = Callable[[str], Any]


def upper(text: str) -> str:
    return text.upper().replace(" ", "").removesuffix(".0")


def iso(text: str) -> str | None:
    day = day_of(text)
    return day.isoformat() if day else None


def number_if(check: Callable[[str], bool]) -> Read:
    return lambda text: upper(text) if check(text) else None


# How each fact that is not simply text is read, and what to write where it cannot be.
READ: dict[str, tuple[Read, str]] = {
    **{flag: (yes_or_no, "Write yes or no.") for flag in FLAGS},
    "phase": (phase_of, f"Write one of: {', '.join(PHASE_LABELS.values())}."),
    "pupils": (whole_of, "Write a whole number."),
    "urn": (number_if(is_urn), "A URN has six digits."),
    "ofsted_urn": (number_if(is_ofsted_urn), "Write it as EY123456, or as six or seven digits."),
    "postcode": (postcode_of, "Write a whole postcode, for example NR1 2DH."),
    "opened_on": (iso, "Write the day as 31/08/2026."),
    "closed_on": (iso, "Write the day as 31/08/2026."),
    "ofsted_grade": (lambda text: grade_of(text) or None, f"Write one of: {', '.join(GRADES)}."),
    "telephone": (telephone_of, ""),
}
CLOSED_ON = "Closed on"


def row(number: int, cells: Cells) -> Row:
    """What a spreadsheet says of one organisation. What is empty says nothing."""
    facts: dict[str, Any] = {}
    faults: list[str] = []
    for key in TEXTS:
        if cells.get(key):
            facts[key] = unquoted(cells[key])
    for key, (read, advice) in READ.items():
        if cells.get(key):
            value = read(unquoted(cells[key]))
            if value is None:
                faults.append(f"“{cells[key]}” cannot be {said(key)}. {advice}")
            elif value != "":
                facts[key] = value
    faults += kind_faults(cells.get("kind", ""), facts)
    if not cells.get("name"):
        faults.append("The name is missing.")
    contacts, wrong = contacts_of(cells)
    closed_on = facts.pop("closed_on", "")
    return Row(
        number,
        facts,
        State.CLOSED if closed_on else State.OPEN,
        closed_on,
        contacts,
        (*faults, *wrong),
    )


def said(key: str) -> str:
    return f"in “{FACTS.get(key, CLOSED_ON)}”"


def unquoted(text: str) -> str:
    """Without the apostrophe that our own workbook puts before what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(STARTS_A_FORMULA) else text


def kind_faults(text: str, facts: dict[str, Any]) -> list[str]:
    """Put the kind among the facts, and the phase where the word tells it; or say what to write."""
    if not text:
        return []
    found = kind_of(text)
    if found is None:
        near = kind_meant(text)
        advice = f"Do you mean “{near}”?" if near else f"Write one of: {'; '.join(KIND_LABELS.values())}."
        return [f"“{text}” is no kind of organisation. {advice}"]
    facts["kind"], phase = found
    if phase:
        facts.setdefault("phase", phase)
    return []


def contacts_of(cells: Cells) -> tuple[tuple[Mapping[str, str], ...], list[str]]:
    """Those a row names, and what is wrong with how it does."""
    contacts, faults = [], []
    for role in CONTACT_ROLES:
        name, email, telephone = (
            unquoted(cells.get(f"{role}_{part}", "")) for part in ("name", "email", "telephone")
        )
        if not (name or email or telephone):
            continue
        if not name:
            faults.append(f"“{email or telephone}” stands without the name of whom it is of.")
            continue
        if email and not is_email(email):
            faults.append(f"“{email}” is not an e-mail address.")
            continue
        told = {"role": role, "name": name[:120], "email": email.lower()[:254], "telephone": telephone[:40]}
        contacts.append({key: value for key, value in told.items() if value})
    return tuple(contacts), faults
