"""What can be done with a return: issue it, share it out, answer it, show evidence, sign it, send it back."""

from s11.returns.operations.answering import AnswerChange, Saved, attach, detach, save_answers
from s11.returns.operations.exempting import exempt
from s11.returns.operations.issuing import issue
from s11.returns.operations.sharing import change, check_shareable, give, remind, take_back
from s11.returns.operations.signing import close, decline, send_back, sign
from s11.returns.operations.staging import hold, take_stage

__all__ = [
    "AnswerChange",
    "Saved",
    "attach",
    "change",
    "check_shareable",
    "close",
    "decline",
    "detach",
    "exempt",
    "give",
    "hold",
    "issue",
    "remind",
    "save_answers",
    "send_back",
    "sign",
    "take_back",
    "take_stage",
]
