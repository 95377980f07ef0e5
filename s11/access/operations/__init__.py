"""What changes how people get in: signing in and out, passwords, links by mail, and counting of tries."""

from s11.access.operations.signing_in import (
    begin,
    check_password,
    end_all_of,
    end_others,
    finish,
    finish_elsewhere,
    rekey,
    touch,
)

__all__ = [
    "begin",
    "check_password",
    "end_all_of",
    "end_others",
    "finish",
    "finish_elsewhere",
    "rekey",
    "touch",
]
