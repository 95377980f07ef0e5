"""What changes the outbox."""

from s11.notices.operations.bouncing import note_no_address, take
from s11.notices.operations.choosing import choose, lift, stop
from s11.notices.operations.folding import fold
from s11.notices.operations.queueing import Draft, queue, queue_all, queue_draft
from s11.notices.operations.sending import (
    claim,
    give_up,
    hand,
    lose,
    mark_sent,
    name_for_servers,
    put_off,
    release,
)  # fmt: skip
from s11.notices.operations.settling import cancel, leave, send_again, settle_all
from s11.notices.operations.wording import mark_of, put_back, reword

__all__ = [
    "Draft", "cancel", "choose", "claim", "fold", "give_up", "hand", "leave", "lift", "lose", "mark_of",
    "mark_sent", "name_for_servers", "note_no_address", "put_back", "put_off", "queue", "queue_all",
    "queue_draft", "release", "reword", "send_again", "settle_all", "stop", "take",
]  # fmt: skip
