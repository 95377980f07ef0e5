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
from s11.returns.operations.carrying import carry, clear, confirm, plan_taking_over
from s11.returns.operations.chasing import ask_again, finish, remind, remind_late, take_up_again
from s11.returns.operations.copying import CopyTo, copy_answer
from s11.returns.operations.doubting import find_doubt, reply_to_doubts
from s11.returns.operations.entering import Entered, FieldChange, put_file, save_fields
from s11.returns.operations.exempting import exempt
from s11.returns.operations.issuing import carry_on, issue
from s11.returns.operations.letters import tell_new_dates, write_letters
from s11.returns.operations.presence import be_at
from s11.returns.operations.proving import (
    Taken,
    check_shown_again,
    check_takes_files,
    decide,
    put_file_sent,
    show_files,
)
from s11.returns.operations.remarks import add_remark, settle
from s11.returns.operations.restoring import put_back
from s11.returns.operations.sections import sign_section
from s11.returns.operations.sharing import change, check_shareable, give, invite, take_back, thing_of
from s11.returns.operations.showing import note_where, show_for, show_newest, take_off
from s11.returns.operations.signing import close, decline, send_back, sign
from s11.returns.operations.staging import count_answered, hold, take_stage
from s11.returns.operations.telling import tell_office_of_nobody

__all__ = [
    "AnswerChange",
    "Clash",
    "CopyTo",
    "Entered",
    "FieldChange",
    "Saved",
    "Taken",
    "add_remark",
    "answer",
    "ask",
    "ask_again",
    "attach",
    "be_at",
    "begin",
    "carry",
    "carry_on",
    "change",
    "check_note",
    "check_shareable",
    "check_shown_again",
    "check_takes_files",
    "clear",
    "close",
    "confirm",
    "copy_answer",
    "count_answered",
    "decide",
    "decline",
    "detach",
    "end_of",
    "exempt",
    "find_doubt",
    "finish",
    "give",
    "hold",
    "invite",
    "issue",
    "note_where",
    "plan_taking_over",
    "put_back",
    "put_file",
    "put_file_sent",
    "questions_of",
    "remind",
    "remind_late",
    "reply_to_doubts",
    "said_by",
    "save_answers",
    "save_fields",
    "send_anew",
    "send_back",
    "settle",
    "show_files",
    "show_for",
    "show_newest",
    "sign",
    "sign_section",
    "standard_of",
    "take_back",
    "take_off",
    "take_stage",
    "take_up_again",
    "tell_new_dates",
    "tell_office_of_nobody",
    "thing_of",
    "withdraw",
    "write_letters",
]
