"""Planning a challenge day, preparing its questions, recording what came of it."""

from s11.challenge.operations.attending import (
    Coming,
    add_attendee,
    change_attendee,
    mark_attendance,
    mark_of,
    remove_attendee,
    send_substitute,
    take_from_register,
)  # fmt: skip
from s11.challenge.operations.enquiries import add_enquiry, remove_enquiry
from s11.challenge.operations.inviting import (
    cancellation_of,
    look_ahead,
    send_invitations,
    uninvite,
)  # fmt: skip
from s11.challenge.operations.planning import (
    add_part,
    add_session,
    change_day,
    change_session,
    fill_agenda,
    move_session,
    plan_day,
    remove_session,
    rotation_of,
    use_rotation,
)  # fmt: skip
from s11.challenge.operations.recording import record_outcome
from s11.challenge.operations.ties import declare_tie, withdraw_tie

__all__ = [
    "Coming", "add_attendee", "add_enquiry", "add_part", "add_session", "cancellation_of", "change_attendee",
    "change_day", "change_enquiry", "change_session", "declare_tie", "fill_agenda", "look_ahead",
    "mark_attendance", "mark_of", "move_session", "plan_day", "record_outcome", "remove_attendee",
    "remove_enquiry", "remove_session", "rotation_of", "send_invitations", "send_substitute",
    "take_from_register", "uninvite", "use_rotation", "withdraw_tie",
]  # fmt: skip
