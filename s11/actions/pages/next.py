"""What is to be done next with an action, for whoever reads its page."""

from dataclasses import dataclass
from datetime import date

from s11.actions import permissions
from s11.actions.models import Action
from s11.actions.rules import Difference, Status, is_open, is_overdue, to_mend
from s11.core import clock
from s11.people.models import Person


@dataclass(frozen=True)
class NextStep:
    """What comes next; where it is this person's to do, the endpoint and the words of its button."""

    title: str
    text: str
    button: str = ""
    endpoint: str = ""
    anchor: str = ""


def next_step(action: Action, person: Person, *, today: date) -> NextStep | None:
    """The one thing that comes next, or None where nothing does."""
    if is_open(action.status):
        return _while_open(action, person, today)
    if action.status == Status.COMPLETE:
        return _once_claimed(action, person)
    if action.status == Status.VERIFIED:
        return _once_verified(action, person, today)
    return None


def _while_open(action: Action, person: Person, today: date) -> NextStep | None:
    lacks = to_mend(action.owner_name, action.owner_role, action.due_on)
    if lacks:
        sentence = f"{' '.join(lacks)} The row as it was printed stands below."
        if permissions.can_mend(person, action):
            return NextStep("To be mended", sentence, "Write down what is missing", "actions.change")
        return NextStep("To be mended", sentence)
    if not permissions.can_update(person, action) or action.due_on is None:
        return None
    if is_overdue(action.status, action.due_on, today):
        late = f"It was to be done by {_day(action.due_on)}. Say how it goes, or move the date and say why."
        return NextStep("It is overdue", late, "Say how it goes", anchor="update")
    return NextStep(
        f"To be done by {_day(action.due_on)}",
        "Say how it goes. Once it is done, add what shows it and say that it is complete.",
        "Say how it goes",
        anchor="update",
    )


def _once_claimed(action: Action, person: Person) -> NextStep:
    since = f"It was said to be complete on {_on(action)}." if action.completed_at else ""
    if permissions.can_verify(person, action):
        return NextStep(
            "Is it complete?",
            f"{since} Look at what shows it. Accept it, or say what is missing.".strip(),
            "Look and decide",
            "actions.verify",
        )
    if permissions.can_judge(person, action):
        return NextStep(
            "Somebody else decides",
            "You said that it is complete, so somebody else of the office or the chair decides.",
        )
    waits = f"{since} {action.partnership.name} accepts it, or says what is missing."
    return NextStep("Waits for the Board", waits.strip())


def _once_verified(action: Action, person: Person, today: date) -> NextStep:
    judges = permissions.can_judge(person, action)
    if action.ask_on is not None and action.ask_on <= today:
        if permissions.can_answer(person, action) and judges:
            return NextStep(
                "What difference did it make for children?",
                "Its owner is asked what is different now, and how that is known. You can answer for them.",
                "Answer for them",
                "actions.difference",
            )
        if permissions.can_answer(person, action):
            return NextStep(
                "What difference did it make for children?",
                "The Board accepted it as complete. Say what is different now, and how you know.",
                "Answer",
                "actions.difference",
            )
        asked = f"Since {_day(action.ask_on)} its owner is asked what difference it made for children."
        return NextStep("Waits for its owner", asked)
    again = f"It is asked again on {_day(action.ask_on)}." if action.ask_on else ""
    if action.difference == Difference.NONE:
        if judges:
            return NextStep(
                "It made no difference, or it did not last",
                "Open it again with a new date, or close it and say why.",
                "Open it again",
                "actions.reopen",
            )
        return NextStep("It made no difference, or it did not last", "The Board decides what becomes of it.")
    if action.difference == Difference.MADE:
        if judges:
            return NextStep(
                "It made a difference", f"You can close it. {again}".strip(), "Close it", "actions.close"
            )
        return NextStep("It made a difference", f"The Board can close it. {again}".strip())
    if action.ask_on is None:
        return NextStep("Accepted as complete", "Nothing more is asked about it. The Board can close it.")
    first = "It is asked again" if action.times_asked else "It is asked"
    return NextStep(
        "Accepted as complete", f"{first} on {_day(action.ask_on)} what difference it made for children."
    )


def _on(action: Action) -> str:
    return _day(clock.local(action.completed_at).date()) if action.completed_at else ""


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
