"""What stands beside the answers on a standard's page: whose part it is, remarks, and who is at work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort, flash, request, url_for
from flask_login import current_user

from s11.core import clock
from s11.core.errors import NotAllowed
from s11.questionnaires.rules import CriterionContent, StandardContent
from s11.returns import operations, permissions, queries
from s11.returns.forms import lines
from s11.returns.models import Presence, Return
from s11.returns.pages import AtWork, Share, Thread
from s11.returns.shares import PRESENT_FOR


def for_colleagues(return_: Return, standard: StandardContent, errors: Mapping[str, str]) -> dict[str, Any]:
    """What the page of a standard prints for colleagues."""
    mine = next(iter(permissions.part_of(current_user, return_, [standard])), None)
    back = {criterion.id for one in queries.part_back(return_, [standard]) for criterion in one.criteria}
    given = [] if permissions.answers_all(current_user, return_) else own_shares(return_, standard)
    return {
        # The criteria this person answers here now, and whether the standard as a whole is theirs.
        "mine": {criterion.id for criterion in mine.criteria if criterion.id in back} if mine else set(),
        "has_whole": mine is standard,
        "yours": given,
        "threads": threads_of(return_, standard, errors),
        "at_work": at_work(return_),
        "may_remark": permissions.can_remark(current_user, return_) and permissions.remarks_open(return_),
    }


def own_shares(return_: Return, standard: StandardContent) -> list[Share]:
    """What was given to whoever looks, in this standard."""
    given = queries.given_to(current_user.id, return_.id)
    return [Share(one, operations.thing_of(return_, one)) for one in given if one.standard_id == standard.id]


def threads_of(return_: Return, standard: StandardContent, errors: Mapping[str, str]) -> dict[int, Thread]:
    """The thread of each criterion, with what was typed there and could not be said."""
    said = queries.remarks(return_.id, [criterion.id for criterion in standard.criteria])
    found = {}
    for criterion in standard.criteria:
        name = f"remark{criterion.id}"
        typed, error = request.form.get(name, ""), errors.get(name, "")
        wanted = request.args.get("thread") == criterion.number
        found[criterion.id] = Thread(
            said.get(criterion.id, ()), typed, error, is_open=wanted or bool(error or typed)
        )
    return found


def at_work(return_: Return) -> dict[int, AtWork]:
    """Who else is at work on which criterion just now."""
    now = clock.now()
    found: dict[int, list[Presence]] = {}
    for one in queries.present(return_.id, since=now - PRESENT_FOR, without=current_user.id):
        found.setdefault(one.criterion_id, []).append(one)
    return {
        criterion_id: AtWork(tuple(one.person.name for one in there), seconds_left(there, now))
        for criterion_id, there in found.items()
    }


def seconds_left(there: list[Presence], now: datetime) -> int:
    return max(1, int((max(one.at for one in there) + PRESENT_FOR - now).total_seconds()))


def speak(return_: Return, standard: StandardContent, go: str) -> str | None:
    """Say what was written to colleagues on a page; gives the address to go to if its button belongs to a
    thread: "remark:3.2", "question:3.2", or "settle:" and the question.

    What stands in the box of a thread whose button was not pressed is a remark too: it is not lost.
    """
    act, _, what = go.partition(":")
    whole = queries.edition_of(return_).standard(standard.number) or standard
    for criterion in whole.criteria:
        text = lines(request.form.get(f"remark{criterion.id}", ""))
        pressed = act in ("remark", "question") and what == criterion.number
        # A script that saves by itself presses no button, and does not speak for anybody.
        if pressed or (text.strip() and "go" in request.form):
            say(return_, standard, criterion, text, question=pressed and act == "question")
    if act == "settle":
        what = settle(return_, what)
    if act not in ("remark", "question", "settle"):
        return None
    place = url_for("returns.standard", ref=return_.ref, number=standard.number, thread=what)
    return f"{place}#thread-{what}"


def say(
    return_: Return, standard: StandardContent, criterion: CriterionContent, text: str, *, question: bool
) -> None:
    if not permissions.can_remark(current_user, return_):
        raise NotAllowed("You can read what colleagues said here, and not add to it.")
    person = current_user._get_current_object()
    operations.add_remark(return_, standard, criterion, text=text, question=question, by=person)
    flash(
        f"Your question about {criterion.number} is asked."
        if question
        else f"Your remark on {criterion.number} is added.",
        "success",
    )


def settle(return_: Return, ref: str) -> str:
    """Settle a question, and give the number of its criterion."""
    remark = queries.remark_by_ref(return_.id, ref)
    if remark is None:
        abort(404)
    operations.settle(return_, remark, by=current_user._get_current_object())
    number = queries.edition_of(return_).by_id[remark.criterion_id].number
    flash(f"The question about {number} is settled.", "success")
    return number
