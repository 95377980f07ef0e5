"""What each person has to do now, gathered from every room and put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from s11.actions import queries as actions
from s11.actions.models import Action
from s11.actions.permissions import can_answer
from s11.actions.rules import ASKED, PlanFilter, standing
from s11.core import clock
from s11.cycles.rules import LET_OFF_LABELS, LetOff
from s11.home.board import CycleCard, board_cards, board_tasks
from s11.home.requested import request_tasks
from s11.home.reviews import review_tasks
from s11.home.tasks import Task
from s11.organisations.rules import Kind
from s11.packs.pages import FromTheBoard, from_the_board
from s11.people.models import Person
from s11.people.rules import LEADS, Role
from s11.questionnaires.rules import StandardContent
from s11.returns import permissions, queries, rules
from s11.returns.models import Return
from s11.returns.pages import due_words, given_lines
from s11.returns.rules import EDITABLE, RETURNED, STAGE_KINDS, STAGE_LABELS, Stage

SHOWN = 60
SCHOOLS = frozenset({Kind.SCHOOL, Kind.COLLEGE})


def short(text: str, most: int = 110) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= most else f"{text[: most - 3].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True)
class SchoolLine:
    """How one school of a trust stands in one questionnaire, for whoever watches all of them."""

    school: str
    title: str
    href: str
    status: str
    status_kind: str
    answered: str
    due: str


@dataclass(frozen=True)
class Home:
    """A person's home: the most pressing thing, the others, and what is behind them."""

    first: Task | None
    tasks: list[Task]
    cycles: list[CycleCard]
    under_way: list[Task]  # returns in hand that ask nothing of this person now
    ended: list[Task]  # returns that are let off, or were closed before they were in
    earlier: list[Return]
    libraries: list[tuple[str, str]]  # name of the organisation, address of its evidence library
    years: list[tuple[str, str]]  # the same, of everything it submitted
    requests: list[tuple[str, str]]  # the same, of what was asked for outside a cycle
    from_the_board: list[FromTheBoard]  # what was released to read, and what helps to present
    schools: list[SchoolLine]  # of a trust
    own_schools: list[SchoolLine]  # of somebody who leads several, schools or others
    own_called: str


def home_of(person: Person) -> Home:
    """Everything a person's home shows."""
    today = clock.today()
    found = queries.visible_to(person)
    direct = {m.organisation_id for m in person.current}
    own = [return_ for return_ in found if return_.organisation_id in direct]
    answered = queries.how_many_answered([r.id for r in own if Stage(r.stage) in EDITABLE])
    asked = {r.ref: return_tasks(person, r, answered.get(r.id, 0), today) for r in own}
    tasks = [task for given in asked.values() for task in given]
    tasks += action_tasks(person, today)
    tasks += difference_tasks(person, today)
    tasks += review_tasks(person, today)
    tasks += request_tasks(person, today)
    # What waits for this person comes first, the latest of it before the rest; then what waits for others.
    tasks.sort(key=lambda task: (task.for_another, task.due_on))
    cards = board_cards(person)
    tasks += board_tasks(person, cards)
    own_lines = lines_of_several(person, own, today)
    beside = {line.href for line in own_lines}
    in_hand = [
        (line, ends_early(return_))
        for return_ in own
        if (line := under_way(return_, today)).href not in beside
        and Stage(return_.stage) not in RETURNED
        and not asked[return_.ref]
    ]
    organisations = {m.organisation.ref: m.organisation for m in person.current if m.organisation}
    return Home(
        first=tasks[0] if tasks else None,
        tasks=[task for task in tasks[1 : SHOWN + 1] if task.href not in beside],
        cycles=cards,
        under_way=[line for line, is_ended in in_hand if not is_ended],
        ended=[line for line, is_ended in in_hand if is_ended],
        earlier=[return_ for return_ in own if Stage(return_.stage) in RETURNED],
        libraries=[(o.name, url_for("evidence.library", ref=o.ref)) for o in organisations.values()],
        years=[(o.short_name, url_for("schools.years", ref=o.ref)) for o in organisations.values()],
        requests=[
            (o.name, url_for("evidence_requests.of_organisation", ref=o.ref)) for o in organisations.values()
        ],
        from_the_board=from_the_board(person),
        schools=school_lines([return_ for return_ in found if return_.organisation_id not in direct], today),
        own_schools=own_lines,
        own_called="schools" if {o.kind for o in organisations.values()} <= SCHOOLS else "organisations",
    )


def lines_of_several(person: Person, own: list[Return], today: date) -> list[SchoolLine]:
    """The returns of whoever leads more than one organisation, side by side; nothing for the others."""
    led = {m.organisation_id for m in person.current if Role(m.role) in LEADS}
    theirs = [return_ for return_ in own if return_.organisation_id in led]
    return school_lines(theirs, today) if len(led) > 1 else []


def school_lines(returns: list[Return], today: date) -> list[SchoolLine]:
    """The latest return of each school in each questionnaire; who is late first, then by name."""
    latest: dict[tuple[int, int], Return] = {}
    for return_ in returns:  # the latest due first
        latest.setdefault((return_.organisation_id, return_.cycle.edition.framework_id), return_)
    shown = latest.values()
    answered = queries.how_many_answered([return_.id for return_ in shown])
    lines = [(late_return(r, today), school_line(r, answered.get(r.id, 0), today)) for r in shown]
    lines.sort(key=lambda line: (not line[0], line[1].school, line[1].title))
    return [line for _, line in lines]


def late_return(return_: Return, today: date) -> bool:
    due_on = return_.due_on
    waits = Stage(return_.stage) not in RETURNED and not ends_early(return_)
    return waits and due_on < today


def ends_early(return_: Return) -> str:
    """What a return that never came in has become: exempt, withdrawn or closed; empty where it may come."""
    if Stage(return_.stage) in RETURNED:
        return ""
    if return_.invitation.exempted_at is not None:
        return LET_OFF_LABELS[LetOff(return_.invitation.exempted_as)]
    return "Closed" if return_.is_over else ""


def school_line(return_: Return, answered: int, today: date) -> SchoolLine:
    stage = Stage(return_.stage)
    due_on = return_.due_on
    asked = sum(len(standard.criteria) for standard in queries.standards_of(return_))
    late, ended = late_return(return_, today), ends_early(return_)
    return SchoolLine(
        school=return_.organisation.name,
        title=return_.cycle.title,
        href=url_for("returns.read" if stage in RETURNED else "returns.tasks", ref=return_.ref),
        status=ended or ("Late" if late else STAGE_LABELS[stage]),
        status_kind="todo" if ended else ("alert" if late else STAGE_KINDS[stage]),
        answered=f"{answered} of {asked}",
        due=f"{due_on.day} {due_on:%b %Y}",
    )


def return_tasks(person: Person, return_: Return, answered: int, today: date) -> list[Task]:
    """What a return asks of this person: to complete it, or to sign it."""
    if ends_early(return_):
        return []
    stage = Stage(return_.stage)
    standards = queries.standards_of(return_) if stage in EDITABLE else ()
    part = permissions.part_of(person, return_, standards)
    due_on = return_.due_on
    said = f"{answered} of {sum(len(standard.criteria) for standard in standards)} answered."
    if part and not permissions.answers_all(person, return_):
        own_due_on, said = own_part(person, return_, part)
        if own_due_on is None:
            return []
        due_on = own_due_on
    hint = f"{return_.organisation.name}. Due {due_on.day} {due_on:%B %Y}, {due_words(due_on, today)}."
    if part:
        verb = {Stage.NOT_STARTED: "Start"}.get(stage, "Continue")
        came_back = bool(return_.sent_back_reason) and stage is not Stage.NOT_STARTED
        if came_back:
            verb, hint = "Put right", f"{hint} It came back: {short(return_.sent_back_reason)}"
        return [
            Task(
                title=return_.cycle.title,
                hint=f"{hint} {said}",
                href=url_for("returns.tasks", ref=return_.ref),
                status="Late" if due_on < today else ("Came back" if came_back else STAGE_LABELS[stage]),
                status_kind="alert" if due_on < today else STAGE_KINDS[stage],
                action=verb,
                due_on=due_on,
            )
        ]
    if stage is not Stage.AWAITING_SIGN_OFF:
        return []
    to_sign = permissions.steps_to_sign(person, return_, queries.sign_offs_given(return_))
    if to_sign:
        return [
            Task(
                title=f"Sign: {return_.cycle.title}",
                hint=f"{hint} It waits for your signature as {to_sign[0].label.lower()}.",
                href=url_for("returns.check", ref=return_.ref),
                status="Waiting for you",
                status_kind="warn",
                action="Read and sign",
                due_on=due_on,
            )
        ]
    return []


def own_part(person: Person, return_: Return, part: Sequence[StandardContent]) -> tuple[date | None, str]:
    """When the first thing given to a contributor is due, and how far they have come; None: all is done.

    What came back is complete already, and still has to be put right.
    """
    progress = rules.progress(part, queries.answer_facts(return_.id))
    lines = given_lines(return_, queries.given_to(person.id, return_.id))
    open_ones = [line for line in lines if line.is_open or return_.sent_back_reason]
    days = [line.assignment.due_on or return_.due_on for line in open_ones]
    done, asked = sum(p.done for p in progress), sum(p.asked for p in progress)
    return min(days, default=None), f"{done} of {asked} of your questions answered."


def under_way(return_: Return, today: date) -> Task:
    """A return that others have in hand, for whoever wants to see how far it has come, or why it ended."""
    stage, ended = Stage(return_.stage), ends_early(return_)
    due_on = return_.due_on
    due = f"Due {due_on.day} {due_on:%B %Y}, {due_words(due_on, today)}."
    why = return_.invitation.exempt_reason or return_.closed_words
    return Task(
        title=return_.cycle.title,
        hint=f"{return_.organisation.name}. {why if ended else due}",
        href=url_for("returns.tasks", ref=return_.ref),
        status=ended or STAGE_LABELS[stage],
        status_kind="todo" if ended else STAGE_KINDS[stage],
    )


def action_tasks(person: Person, today: date) -> list[Task]:
    """Unfinished actions of the person's own organisations, the oldest date first.

    Those of a trust's schools wait for the schools' own leads, and are in the plan.
    """
    found = [
        action
        for organisation_id in sorted({m.organisation_id for m in person.current if m.organisation_id})
        for action in actions.of_organisation(
            organisation_id, partnership_id=person.working_in, unfinished=True
        )
    ]
    tasks = []
    for action in sorted(found, key=lambda action: (action.due_on or today, action.id)):
        shown = standing(action.status, action.due_on, today)
        tasks.append(
            Task(
                title=short(action.text),
                hint=f"{whose(action, person)}, {_due(action)}.",
                href=url_for("actions.action", ref=action.ref),
                status=shown.label,
                status_kind={"overdue": "alert", "at_risk": "warn"}.get(shown.kind, shown.kind),
                action="Update",
                due_on=action.due_on or today,
                for_another=action.owner_id != person.id,
            )
        )
    return tasks


def difference_tasks(person: Person, today: date) -> list[Task]:
    """The actions of which this person is asked what difference they made, one for each."""
    wanted = PlanFilter(status=ASKED, mine="yes")
    return [
        Task(
            title=short(action.text),
            hint=f"What difference did it make for children? Asked since {asked.day} {asked:%B %Y}.",
            href=url_for("actions.difference", ref=action.ref),
            status="To say",
            status_kind="warn",
            action="Answer",
            due_on=asked,
        )
        for action in actions.visible_to(person, wanted, today=today)
        if (asked := action.ask_on) and can_answer(person, action)
    ]


def _due(action: Action) -> str:
    return f"due {action.due_on.day} {action.due_on:%B %Y}" if action.due_on else "without a date yet"


def whose(action: Action, person: Person) -> str:
    return (
        "Your action"
        if action.owner_id == person.id
        else f"Your organisation's action, for {action.owner_name}"
    )
