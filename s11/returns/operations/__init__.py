"""What can be done with a return: issue it, share it out, answer it, show evidence, sign it, send it back."""

from s11.returns.operations.answering import (
    AnswerChange,
    Clash,
    Saved,
    attach,
    check_note,
    detach,
    said_by,
    save_answers,
)
from s11.returns.operations.asking import (
    answer,
    ask,
    begin,
    end_of,
    questions_of,
    send_anew,
    standard_of,
    withdraw,
)
from s11.returns.operations.copying import CopyTo, copy_answer
from s11.returns.operations.doubting import find_doubt, reply_to_doubts
from s11.returns.operations.entering import Entered, FieldChange, put_file, save_fields
from s11.returns.operations.exempting import exempt
from s11.returns.operations.issuing import issue
from s11.returns.operations.proving import (
    Taken,
    check_shown_again,
    check_takes_files,
    decide,
    put_file_sent,
    show_files,
)
from s11.returns.operations.sections import sign_section
from s11.returns.operations.sharing import change, check_shareable, give, invite, remind, take_back
from s11.returns.operations.signing import close, decline, send_back, sign
from s11.returns.operations.staging import hold, take_stage

__all__ = [
    "AnswerChange",
    "Clash",
    "CopyTo",
    "Entered",
    "FieldChange",
    "Saved",
    "Taken",
    "answer",
    "ask",
    "attach",
    "begin",
    "change",
    "check_note",
    "check_shareable",
    "check_shown_again",
    "check_takes_files",
    "close",
    "copy_answer",
    "decide",
    "decline",
    "detach",
    "end_of",
    "exempt",
    "find_doubt",
    "give",
    "hold",
    "invite",
    "issue",
    "put_file",
    "put_file_sent",
    "questions_of",
    "remind",
    "reply_to_doubts",
    "said_by",
    "save_answers",
    "save_fields",
    "send_anew",
    "send_back",
    "show_files",
    "sign",
    "sign_section",
    "standard_of",
    "take_back",
    "take_stage",
    "withdraw",
]
