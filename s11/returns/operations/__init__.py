"""What can be done with a return: issue it, answer it, show evidence, sign it, send it back."""

from s11.returns.operations.answering import AnswerChange, Saved, attach, detach, save_answers
from s11.returns.operations.exempting import exempt
from s11.returns.operations.issuing import issue
from s11.returns.operations.signing import close, decline, send_back, sign
from s11.returns.operations.staging import hold, take_stage

__all__ = [
    "AnswerChange",
    "Saved",
    "attach",
    "close",
    "decline",
    "detach",
    "exempt",
    "hold",
    "issue",
    "save_answers",
    "send_back",
    "sign",
    "take_stage",
]
