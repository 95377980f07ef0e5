"""An organisation as the register has it when a file is compared with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class HeldContact:
    """A contact as it stands in the register."""

    id: int
    role: str
    name: str
    email: str
    telephone: str


@dataclass(frozen=True)
class Held:
    """An organisation as the register has it."""

    id: int
    ref: str
    facts: Mapping[str, Any]
    closed_on: str = ""
    merged_into: str = ""
    seated: bool = True
    # At another table only: nothing of it is told here.
    elsewhere: bool = False
    # What was changed by hand since a file was last applied: facts, and "closed_on".
    by_hand: frozenset[str] = frozenset()
    contacts: tuple[HeldContact, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.facts["name"])
