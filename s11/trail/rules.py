"""How entries are chained: what is hashed, and how a break shows.

Each entry carries its number, the hash of the entry before it, and a hash of all its own fields
together with that one. Who changes, removes or moves an entry has to make every later hash anew.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

FIRST = "0" * 64  # what stands before the first entry
# Everything an entry says, in no order of importance: the hash sorts them. Names are those of the columns.
HASHED = (
    "number", "at", "tag", "subject", "subject_id", "person_id", "person_name", "role", "address",
    "organisation_id", "partnership_id", "before", "after", "previous_hash",
)  # fmt: skip
# Somebody signed in was refused a page that exists.
REFUSED = "access:page:refused"
# How far from its place a moved entry is looked for.
REACH = 20_000


@dataclass(frozen=True)
class Guest:
    """Somebody without an account who acts by a link of their own: how they are named, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Head:
    """The last entry of the trail, or of as much of it as has been read."""

    number: int = 0
    hash: str = FIRST


@dataclass(frozen=True)
class Break:
    """The first entry that is not as it was written: its number, and the sentence that says so."""

    number: int
    sentence: str


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over an entry's fields as canonical JSON: sorted names, no spaces, ASCII, moments in UTC."""
    fields = {name: _plain(entry[name]) for name in HASHED}
    written = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    """A value as it comes back from the database, so that it hashes alike before and after."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return json.loads(json.dumps(value)) if isinstance(value, dict) else value


def fault_of(entry: Mapping[str, Any], after: Head) -> Break | None:
    """What is wrong with the entry that stands after `after`, or None."""
    number, wanted = entry["number"], after.number + 1
    if number > wanted:
        return Break(wanted, f"Entry {wanted} is missing.")
    if digest(entry) != entry["hash"]:
        was = _number_it_had(entry)
        if was is not None:
            return Break(number, f"Entry {number} is out of order: it was written as entry {was}.")
        return Break(number, f"Entry {number} has been changed since it was written.")
    if entry["previous_hash"] != after.hash:
        return Break(
            number,
            f"Entry {number} does not follow entry {after.number}: one of the two was written anew.",
        )
    return None


def _number_it_had(entry: Mapping[str, Any]) -> int | None:
    """The number under which an entry's hash is right, where it was only moved."""
    near = range(max(1, entry["number"] - REACH), entry["number"] + REACH)
    return next((n for n in near if digest({**entry, "number": n}) == entry["hash"]), None)


def fault_of_end(last: Head, *, before: Head, after: Head) -> Break | None:
    """What is wrong with the end of the trail, which was noted apart before and after it was read; or None.

    Between the two somebody may have been at work, so the last entry may be any from the one to the other.
    """
    if last.number < before.number:
        missing = last.number + 1
        return Break(missing, f"Entry {missing} is missing: the trail had {before.number} entries.")
    if last.number > after.number:
        added = after.number + 1
        return Break(added, f"Entry {added} was not written by this service.")
    return None


def plain_address(address: str | None) -> str:
    """An internet address without a port, or nothing where it is none."""
    text = (address or "").strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))[:45]
    except ValueError:
        return ""
