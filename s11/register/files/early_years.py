"""A row of a list of registered early-years providers, as Ofsted publishes it, in our words."""

from typing import Any

from s11.organisations.rules import Kind
from s11.register.files.columns import is_ofsted_urn
from s11.register.files.gias import Cells
from s11.register.files.rules import Row, State
from s11.register.files.words import day_of, grade_of, plain, postcode_of, telephone_of, whole_of

OPEN = ("active", "open", "registered", "suspended", "")
CLOSED = ("inactive", "cancelled", "resigned", "closed", "removed", "deregistered")
HIDDEN_NAMES = frozenset({"", "redacted", "notavailable", "na"})
# Somebody's home: nothing of the address is kept beyond the postcode.
AT_HOME = ("childminder", "childcareondomestic", "homechild", "nanny", "nannies")
NOT_ASKED = ("homechild", "nanny", "nannies")


def row(number: int, cells: Cells) -> Row:
    """What the list says of one provider, and what is wrong with how it says it."""
    get = cells.get
    urn = get("urn", "").upper().replace(" ", "").removesuffix(".0")
    said = plain(get("type", ""))
    kind = Kind.CHILDMINDER if said.startswith("childminder") else Kind.EARLY_YEARS
    opened = day_of(get("opened", ""))
    at_home = said.startswith(AT_HOME)
    facts: dict[str, Any] = {
        "name": name_of(get("name", ""), kind, urn),
        "kind": kind,
        "district": get("district", ""),
        "ofsted_grade": grade_of(get("grade", "")),
        "pupils": whole_of(get("places", "")),
        "ofsted_urn": urn,
        "address": "" if at_home else address_of(cells),
        "postcode": postcode_of(get("postcode", "")) or "",
        "telephone": "" if at_home else telephone_of(get("telephone", "")),
        "local_authority": get("la", ""),
        "opened_on": opened.isoformat() if opened else None,
    }
    state = State.PASSED if said.startswith(NOT_ASKED) else state_of(get("status", ""))
    return Row(
        number,
        {key: value for key, value in facts.items() if value not in ("", None)},
        state or State.OPEN,
        faults=faults_of(cells, urn, said, state),
        note=note_of(said) if state == State.PASSED else "",
    )


def note_of(said: str) -> str:
    at_the_family = said.startswith(NOT_ASKED)
    return "Works in the family’s own home, and is not asked." if at_the_family else "Not registered yet."


def name_of(text: str, kind: Kind, urn: str) -> str:
    """The name; where a list withholds that of somebody at home, what they are and their number."""
    if plain(text) not in HIDDEN_NAMES:
        return text
    return f"{'Childminder' if kind == Kind.CHILDMINDER else 'Early-years setting'} {urn}" if urn else ""


def state_of(status: str) -> str | None:
    said = plain(status)
    if said in OPEN or said.startswith(("active", "open")):
        return State.OPEN
    if said.startswith(CLOSED):
        return State.CLOSED
    return State.PASSED if said.startswith(("propos", "appl", "pending")) else None


def faults_of(cells: Cells, urn: str, said: str, state: str | None) -> tuple[str, ...]:
    faults = []
    if not is_ofsted_urn(urn):
        shown = (
            f"“{cells['urn']}” cannot be a number of Ofsted’s" if cells.get("urn") else "The URN is missing"
        )
        faults.append(f"{shown}: write it as EY123456, or as six or seven digits.")
    if not said.startswith(("child", "nurser", "daycare", "fullday", "sessional", *NOT_ASKED)):
        shown = f"“{cells['type']}” is no type" if cells.get("type") else "The type is missing"
        faults.append(f"{shown}. Write Childminder, or Childcare on non-domestic premises.")
    if state is None:
        faults.append(
            f"“{cells.get('status', '')}” is no status. Write Active, Suspended, Resigned or Cancelled."
        )
    if cells.get("opened") and day_of(cells["opened"]) is None:
        faults.append(f"“{cells['opened']}” is no day. Write it as 31/08/2026.")
    return tuple(faults)


def address_of(cells: Cells) -> str:
    return "\n".join(filter(None, (cells.get(key) for key in ("address1", "address2", "town"))))
