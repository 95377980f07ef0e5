"""Recording what came of a challenge."""

from s11.actions import operations as actions
from s11.actions.models import Action
from s11.actions.rules import ActionDraft, Source
from s11.challenge.models import ChallengeDay, Enquiry, Outcome
from s11.challenge.operations.checks import check, note, seat_fault, standard_fault
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.cycles.queries import content_of
from s11.organisations.models import Organisation
from s11.people.models import Person
from s11.questionnaires.models import Level


def record_outcome(
    day: ChallengeDay,
    *,
    organisation: Organisation,
    standard_key: str = "",
    challenge: str,
    answer: str = "",
    evidence_promised: str = "",
    agreed_level_id: int | None = None,
    good_practice: str = "",
    action: ActionDraft | None = None,
    enquiry: Enquiry | None = None,
    by: Person | None,
) -> Outcome:
    """What was asked and answered, and what was agreed; an action goes into the plan with it.

    The agreed rating stands beside the agency's and the moderator's, which never change.
    """
    check("organisation", seat_fault(day, organisation))
    of_another = enquiry is not None and (enquiry.day_id, enquiry.organisation_id) != (
        day.id,
        organisation.id,
    )
    check("enquiry", "Choose a question that was prepared for this session." if of_another else None)
    check("challenge", None if challenge.strip() else "Write down what was asked.")
    check("standard_key", standard_fault(day, standard_key))
    promised = _add_action(day, organisation, standard_key, challenge, action, by) if action else None
    outcome = Outcome(
        day_id=day.id,
        organisation=organisation,
        enquiry_id=enquiry.id if enquiry else None,
        standard_key=standard_key,
        challenge=challenge.strip(),
        answer=answer.strip(),
        evidence_promised=evidence_promised.strip(),
        agreed_level=_agreed_level(day, agreed_level_id),
        good_practice=good_practice.strip(),
        action=promised,
        recorded_by_name=by.name if by else "System",
        recorded_at=clock.now(),
    )
    db.session.add(outcome)
    db.session.flush()
    note(
        "challenge_day:outcome:recorded",
        day,
        by,
        organisation,
        after={"outcome": outcome.ref, "action": promised.ref if promised else None},
    )
    return outcome


def _add_action(
    day: ChallengeDay,
    organisation: Organisation,
    standard_key: str,
    challenge: str,
    draft: ActionDraft,
    by: Person | None,
) -> Action:
    try:
        return actions.add(
            day.cycle.partnership,
            organisation,
            source=Source.CHALLENGE,
            source_title=day.title,
            recommendation=challenge,
            cycle=day.cycle,
            standard_key=standard_key,
            text=draft.text,
            outcome=draft.outcome,
            evidence_expected=draft.evidence_expected,
            mechanism=draft.mechanism,
            owner_name=draft.owner_name,
            owner_role=draft.owner_role,
            due_on=draft.due_on,
            by=by,
        )
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field=f"action_{refusal.field}") from None


def _agreed_level(day: ChallengeDay, level_id: int | None) -> Level | None:
    """The level agreed, which has to be one of the scales of this cycle's edition."""
    if level_id is None:
        return None
    if level_id not in content_of(day.cycle).levels:
        raise Invalid("Choose a rating of the scale that was used.", field="agreed_level")
    return db.session.get(Level, level_id)
