"""Inviting people, taking an invitation up, and changing and ending what they are here for."""

from s11.joining.operations.changing import change, end
from s11.joining.operations.inviting import Wanted, invite, resend, withdraw
from s11.joining.operations.taking_up import decline, join, take_up

__all__ = ["Wanted", "change", "decline", "end", "invite", "join", "resend", "take_up", "withdraw"]
