"""Writing down what is said, and keeping the time of the day."""

from s11.challenge.live.operations.entering import (
    Saved,
    Typed,
    begins_from,
    put_before_the_room,
    said_of,
    save,
)
from s11.challenge.live.operations.running import (
    begin,
    check_may_write,
    end,
    finish,
    open_day,
    reopen,
)  # fmt: skip

__all__ = [
    "Saved", "Typed", "begin", "begins_from", "check_may_write", "end", "finish", "open_day",
    "put_before_the_room", "reopen", "said_of", "save",
]  # fmt: skip
