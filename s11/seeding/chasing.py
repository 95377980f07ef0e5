"""What the office does to get the last returns in: rules, reminders, calls, a letter to a head."""

from datetime import date, datetime, timedelta

from s11.core.refs import new_ref
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle, Invitation
from s11.desk.operations import add_usual, draft, escalate, note_call, senior_of
from s11.desk.operations.escalating import Letter
from s11.desk.operations.reminding import Done, remind_some
from s11.desk.queries.asked import asked_in
from s11.desk.queries.history import rules_of
from s11.desk.reminding import Asked
from s11.people.models import Person
from s11.people.rules import Role
from s11.seeding.asking import Round
from s11.seeding.founding import Cast
from s11.seeding.moments import at

CHASES = {
    "S11": Role.BUSINESS_MANAGER,
    "S175": Role.EDUCATION_ADVISER,
    "S40": Role.EARLY_YEARS_ADVISER,
}
# With whom, what was said, how many days ago, and in how many days from then somebody rings again.
CALLS = (
    (
        "The school office",
        "The lead is off sick until next week. The deputy will look for the invitation.",
        4,
        3,
    ),
    ("", "Nobody answered.", 3, None),
    ("The deputy headteacher", "Nearly finished. The governors sign on Thursday.", 2, 5),
)


def chase(cast: Cast, in_hand: Round, *, today: date, now: datetime) -> None:
    """Rules from the opening on, what they sent since, and for those still missing some more."""
    cycle, by = in_hand.cycle, cast.on_board(CHASES[in_hand.plan.framework])
    with at(in_hand.plan.opens_on, of=f"rules {cycle.code}", latest=now):
        add_usual(cycle, by=by)
    _remind(cycle, today=today, now=now)
    late = [one for one in asked_in(cycle) if one.is_waited_for and one.due_on < today]
    for one, (spoke_to, said, ago, back_in) in zip(late, CALLS, strict=False):
        with at(today - timedelta(days=ago), of=f"call {said}", latest=now) as moment:
            note_call(
                _invitation(cycle, one).organisation,
                cycle,
                on=moment.date(),
                spoke_to=spoke_to,
                said=said,
                call_back_on=moment.date() + timedelta(days=back_in) if back_in else None,
                by=by,
            )
    if late:
        _escalate(cycle, late[0], today=today, now=now, by=by)


def _remind(cycle: Cycle, *, today: date, now: datetime) -> None:
    """What the rules have sent up to yesterday to those who are missing still."""
    for rule in rules_of(cycle.id):
        on = cycle.due_on - timedelta(days=rule.days_before)
        if on < today:
            with at(on, of=f"reminders {cycle.code} {rule.days_before}", latest=now):
                remind_some(rule.id, Done(), set())


def _escalate(cycle: Cycle, one: Asked, *, today: date, now: datetime, by: Person) -> None:
    invitation = _invitation(cycle, one)
    to, answer_by = senior_of(invitation), today + timedelta(days=5)
    with at(today - timedelta(days=2), of=f"escalation {cycle.code}", latest=now):
        words = draft(cycle, invitation, one, to, answer_by)
        letter = Letter(to, words.subject, words.body, answer_by)
        escalate(cycle, invitation, letter, by_mail=bool(to.email), ref=new_ref(), by=by)


def _invitation(cycle: Cycle, one: Asked) -> Invitation:
    found = cycles.invitation(cycle.id, one.organisation_id)
    assert found is not None
    return found
