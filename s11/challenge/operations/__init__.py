"""Planning a challenge day, preparing its questions, recording what came of it."""

from s11.challenge.operations.enquiries import add_enquiry, change_enquiry, remove_enquiry
from s11.challenge.operations.planning import (
    add_session,
    change_day,
    change_session,
    fill_agenda,
    plan_day,
    remove_session,
)  # fmt: skip
from s11.challenge.operations.recording import record_outcome

__all__ = [
    "add_enquiry", "add_session", "change_day", "change_enquiry", "change_session", "fill_agenda", "plan_day",
    "record_outcome", "remove_enquiry", "remove_session",
]  # fmt: skip
