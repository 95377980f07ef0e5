"""What changes the register: facts, names, mergers and closures of organisations, and their contacts."""

from s11.register.operations.contacts import Details, add_contact, change_contact, end_contact
from s11.register.operations.facts import change, enter, move, rename, seen_of
from s11.register.operations.history import happened
from s11.register.operations.standing import close, come_back, leave, reopen

__all__ = [
    "Details",
    "add_contact",
    "change",
    "change_contact",
    "close",
    "come_back",
    "end_contact",
    "enter",
    "happened",
    "leave",
    "move",
    "rename",
    "reopen",
    "seen_of",
]
