"""What the register of organisations knows of what a return asks, before anybody has entered it."""

from collections.abc import Iterable
from typing import Any

from s11.organisations.models import Organisation
from s11.people import queries as people
from s11.questionnaires.rules import FieldContent
from s11.returns.models import Return

# Who signs as what, by what a field can be filled with.
SIGNING = {"head": "headteacher", "chair": "chair_of_governors"}


def from_register(return_: Return, fields: Iterable[FieldContent]) -> dict[int, Any]:
    """What fills these fields first, by the field's id; what the register does not know is left out.

    Nothing of it is an answer until somebody has saved it.
    """
    found = {}
    for field in fields:
        if field.prefill:
            value = _fitting(field, _entry(return_.organisation, field.prefill))
            if value not in (None, ""):
                found[field.id] = value
    return found


def _entry(organisation: Organisation, name: str) -> Any:
    if name in SIGNING:
        signing = people.signatories([organisation.id], SIGNING[name])
        return signing[0][1].name if signing else ""
    if name == "trust":
        return organisation.parent.name if organisation.parent else ""
    return organisation.phase_label if name == "phase" else getattr(organisation, name)


def _fitting(field: FieldContent, value: Any) -> Any:
    """The entry as a value of its field; None where it is none."""
    if value is None:
        return None
    if field.kind == "number":
        return int(value) if str(value).isdecimal() else None
    if field.kind == "choice":
        return next((one for one in field.options if one.casefold() == str(value).casefold()), None)
    return str(value)
