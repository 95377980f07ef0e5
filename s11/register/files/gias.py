"""A row of the national school register (Get Information About Schools) in our words."""

from collections.abc import Mapping
from typing import Any

from s11.organisations.rules import Kind
from s11.register.files.columns import is_urn
from s11.register.files.rules import Row, State
from s11.register.files.words import day_of, grade_of, phase_of, plain, postcode_of, telephone_of, whole_of

Cells = Mapping[str, str]
NO_RELIGION = frozenset({"", "doesnotapply", "none", "notapplicable"})
NO_BOARDERS = frozenset({"noboarders", "notapplicable", "doesnothaveboarders"})
NOT_KNOWN = frozenset({"", "notrecorded", "unknown"})
WAITING = ("proposedtoopen", "pending")
NOT_ASKED = ("universit", "highereducation", "offshore", "britishschoolsoverseas", "welsh", "childrenscentre")


def row(number: int, cells: Cells) -> Row:
    """What the register says of one school, and what is wrong with how it says it."""
    get = cells.get
    low, high = whole_of(get("low", "")), whole_of(get("high", ""))
    kind, phase = kind_and_phase(get("type", ""), get("group", ""), get("phase", ""), low, high)
    opened, closed = day_of(get("opened", "")), day_of(get("closed", ""))
    facts: dict[str, Any] = {
        "name": get("name", ""),
        "kind": kind,
        "phase": phase,
        "school_type": get("type", ""),
        "parent": trust_of(cells),
        "district": district_of(get("district", "")),
        "residential": boards(get("boarders", "")),
        "religious_character": religion_of(get("religion", "")),
        "ofsted_grade": grade_of(get("grade", "")),
        "pupils": whole_of(get("pupils", "")),
        "urn": get("urn", "").removesuffix(".0"),
        "dfe_number": dfe_number(get("la_code", ""), get("number", "")),
        "ukprn": get("ukprn", "").removesuffix(".0"),
        "address": address_of(cells),
        "postcode": postcode_of(get("postcode", "")) or "",
        "telephone": telephone_of(get("telephone", "")),
        "local_authority": get("la", ""),
        "opened_on": opened.isoformat() if opened else None,
    }
    state = state_of(get("status", ""), get("type", ""), get("group", ""))
    return Row(
        number,
        {key: value for key, value in facts.items() if value not in ("", None)},
        state or State.OPEN,
        closed.isoformat() if closed and state == State.CLOSED else "",
        contacts_of(cells),
        faults_of(cells, state),
        note_of(state, get("status", ""), get("type", "")),
    )


def faults_of(cells: Cells, state: str | None) -> tuple[str, ...]:
    faults = []
    if not is_urn(cells.get("urn", "")):
        said = f"“{cells['urn']}” cannot be a URN" if cells.get("urn") else "The URN is missing"
        faults.append(f"{said}: a URN has six digits.")
    if not cells.get("name"):
        faults.append("The name is missing.")
    if state is None:
        faults.append(f"“{cells.get('status', '')}” is no status. Write Open or Closed.")
    if phase_of(cells.get("phase", "")) is None:
        faults.append(
            f"“{cells['phase']}” is no phase. Write Nursery, Primary, Secondary, All-through, 16 plus or "
            "Not applicable."
        )
    for key, what in (("opened", "OpenDate"), ("closed", "CloseDate")):
        if cells.get(key) and day_of(cells[key]) is None:
            faults.append(f"“{cells[key]}” in {what} is no day. Write it as 31-08-2026.")
    return tuple(faults)


def state_of(status: str, type_: str, group: str) -> str | None:
    """Whether it is open; None for a word nobody knows."""
    if plain(f"{type_} {group}").startswith(NOT_ASKED) or plain(group).startswith(NOT_ASKED):
        return State.PASSED
    said = plain(status)
    if said.startswith("open"):
        return State.OPEN
    if said.startswith("closed"):
        return State.CLOSED
    return State.PASSED if said.startswith(WAITING) else None


def note_of(state: str | None, status: str, type_: str) -> str:
    if state != State.PASSED:
        return ""
    waits = plain(status).startswith(WAITING)
    return "Not open yet." if waits else f"{type_}: not a school or college that is asked."


def kind_and_phase(type_: str, group: str, phase: str, low: int | None, high: int | None) -> tuple[str, str]:
    """School or college, and the phase: special schools and referral units are told by their type."""
    said = plain(f"{type_} {group}")
    known = phase_of(phase) or by_ages(low, high)
    if "furthereducation" in said or "sixthformcolleg" in said or plain(group) == "colleges":
        return Kind.COLLEGE, "post-16"
    if "special" in said:
        return Kind.SCHOOL, "special"
    if "pupilreferral" in said or "alternativeprovision" in said:
        return Kind.SCHOOL, "pru"
    return Kind.SCHOOL, known


def by_ages(low: int | None, high: int | None) -> str:
    """The phase of a school that states none, as independent schools do: by whom it teaches."""
    if low is None or high is None or low > high:
        return ""
    if low >= 16:
        return "post-16"
    if high <= 5:
        return "nursery"
    if high <= 13:
        return "primary"
    return "secondary" if low >= 8 else "all-through"


def trust_of(cells: Cells) -> str:
    """The name of its multi-academy trust; a school that is a trust by itself has none above it."""
    flag = plain(cells.get("trust_flag", ""))
    return cells.get("trust", "") if not flag or "multiacademy" in flag else ""


def boards(text: str) -> bool | None:
    said = plain(text)
    return None if said in NOT_KNOWN else said not in NO_BOARDERS


def religion_of(text: str) -> str:
    return "" if plain(text) in NO_RELIGION else text


def district_of(text: str) -> str:
    return "" if plain(text) in NOT_KNOWN else text


def dfe_number(authority: str, number: str) -> str:
    """The number as people write it: 926/2001."""
    authority, number = authority.removesuffix(".0"), number.removesuffix(".0")
    return f"{authority.zfill(3)}/{number.zfill(4)}" if authority.isdigit() and number.isdigit() else ""


def address_of(cells: Cells) -> str:
    parts = (cells.get(key, "") for key in ("street", "locality", "address3", "town", "county"))
    return "\n".join(dict.fromkeys(part for part in parts if plain(part) not in NOT_KNOWN))


def contacts_of(cells: Cells) -> tuple[Mapping[str, str], ...]:
    """The head, where the register names one."""
    if not cells.get("head_last"):
        return ()
    name = " ".join(filter(None, (cells.get("head_title"), cells.get("head_first"), cells["head_last"])))
    return ({"role": "head", "name": name[:120], "job_title": cells.get("head_job", "")[:120]},)
