"""Asking for evidence, answering, and saying what it showed."""

from s11.evidence.requests.operations.answering import (
    accept_file,
    add_files,
    add_revisions,
    keep_text,
    send_answer,
    take_off,
)
from s11.evidence.requests.operations.asking import ask, correct, remind, remind_what_is_due
from s11.evidence.requests.operations.judging import ask_for_more, conclude, open_again

__all__ = [
    "accept_file",
    "add_files",
    "add_revisions",
    "ask",
    "ask_for_more",
    "conclude",
    "correct",
    "keep_text",
    "open_again",
    "remind",
    "remind_what_is_due",
    "send_answer",
    "take_off",
]
