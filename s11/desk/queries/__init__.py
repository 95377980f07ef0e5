"""What the desk reads: mail and people of whole cycles at once, and what waits across them."""

from s11.desk.queries.chased import CallMade, calls_of, escalations_open, reminders_of
from s11.desk.queries.curves import days_returned, due_in, round_before
from s11.desk.queries.mail import MailOf, mail_of
from s11.desk.queries.reaching import Reach, leads_of, reach_of, savers_of, seen_last, signatories_of
from s11.desk.queries.waiting import (
    CallBack,
    HalfWay,
    Unanswered,
    Undelivered,
    calls_to_make,
    groups_opening,
    issues_half_way,
    unanswered,
    undelivered,
)

__all__ = [
    "CallBack",
    "CallMade",
    "HalfWay",
    "MailOf",
    "Reach",
    "Unanswered",
    "Undelivered",
    "calls_of",
    "calls_to_make",
    "days_returned",
    "due_in",
    "escalations_open",
    "groups_opening",
    "issues_half_way",
    "leads_of",
    "mail_of",
    "reach_of",
    "reminders_of",
    "round_before",
    "savers_of",
    "seen_last",
    "signatories_of",
    "unanswered",
    "undelivered",
]
