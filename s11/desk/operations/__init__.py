"""What an office does to get every last return in."""

from s11.desk.operations.calling import note_call
from s11.desk.operations.chasing import Sent, chase
from s11.desk.operations.composing import Chase, LeftOut, Mail, Outlook, Parcel, look_ahead
from s11.desk.operations.escalating import answer, draft, escalate, senior_of
from s11.desk.operations.extending import give_longer
from s11.desk.operations.reminding import remind_all, would_go
from s11.desk.operations.ruling import add_rule, add_usual, stop_rule

__all__ = [
    "Chase",
    "LeftOut",
    "Mail",
    "Outlook",
    "Parcel",
    "Sent",
    "add_rule",
    "add_usual",
    "answer",
    "chase",
    "draft",
    "escalate",
    "give_longer",
    "look_ahead",
    "note_call",
    "remind_all",
    "senior_of",
    "stop_rule",
    "would_go",
]
