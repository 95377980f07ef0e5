"""What follows the returns: challenge days, and the composite action plan with how it has gone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from s11.actions import operations as actions
from s11.actions.models import Action
from s11.actions.rules import ActionDraft, Source, Status
from s11.challenge import operations as challenge
from s11.challenge import queries as challenge_queries
from s11.challenge.enquiries import operations as enquiries
from s11.challenge.enquiries.gathering import gather
from s11.challenge.enquiries.rules import suggestions
from s11.challenge.kinds import Attendance
from s11.challenge.models import ChallengeDay, Enquiry
from s11.packs.letters import operations as letters
from s11.people.models import Person
from s11.people.rules import Role
from s11.seeding import plan
from s11.seeding.asking import Round
from s11.seeding.drafts import Draft
from s11.seeding.founding import Cast
from s11.seeding.material import Body, Material
from s11.seeding.moments import at, months_after, working_day
from s11.seeding.scene import Scene
from s11.seeding.words import fill, joined, year_slots

PLANNED_BEFORE, PREPARED_BEFORE = 60, 12  # days before the day
AGREED_BEFORE_FIRST_UPDATE = 12
OWN_ACTION_MONTHS = 5
FIRST_SESSION = "09:30"
LETTERS_AFTER = 9  # days after the day
SUGGESTED_EACH = 1  # lines of enquiry taken from the suggestions for each organisation that presents


class Following:
    """Holds what every step needs: who acts, and the latest moment there is."""

    def __init__(self, cast: Cast, material: Material, *, today: date, now: datetime) -> None:
        self.cast = cast
        self.material = material
        self.today = today
        self.now = now
        self.chair = cast.on_board(Role.CHAIR)
        self.office = cast.on_board(Role.OFFICE)

    def hold_day(self, in_hand: Round) -> None:
        """Last year's challenge day: planned, held and recorded."""
        held_on = plan.challenge_day_last_year(self.today)
        told = self.material.partnership["challenge_day_last_year"]
        day, enquiries = self._plan(in_hand, told, held_on)
        levels = {level.code: level.id for level in in_hand.edition.levels.values()}
        updates = {(f["agency"], f["standard"]): f["updates"] for f in self.material.story["followups"]}
        agreed = []
        for turn, outcome in enumerate(told["outcomes"]):
            agency, standard = outcome["agency"], outcome["standard"]
            with at(held_on, of=f"outcome {turn}", latest=self.now):
                recorded = challenge.record_outcome(
                    day,
                    organisation=self.cast.organisations[agency],
                    standard_key=standard,
                    challenge=outcome["challenge"],
                    answer=outcome["answer"],
                    evidence_promised=outcome["evidence_promised"],
                    agreed_level_id=levels[outcome["agreed_rating"]],
                    good_practice=outcome["good_practice"],
                    action=_draft(outcome["action"], held_on),
                    enquiry=enquiries.get((agency, standard)),
                    by=self.chair,
                )
            if recorded.action is not None:
                agreed.append((recorded.action, agency, standard))
        self._send_letters(day, held_on)
        for action, agency, standard in agreed:
            self._update(action, self.material.by_key[agency], updates[agency, standard])

    def _send_letters(self, day: ChallengeDay, held_on: date) -> None:
        """The letters after a day: drafted by the office, released by the chair."""
        with at(held_on + timedelta(days=LETTERS_AFTER), of="letters drafted", latest=self.now):
            written = letters.draft_all(day, by=self.office)
        with at(held_on + timedelta(days=LETTERS_AFTER + 2), of="letters released", latest=self.now):
            letters.release_all([(one, one.version) for one in written], by=self.chair)

    def plan_day(self, in_hand: Round) -> None:
        """This year's, with its first sessions and questions."""
        told = self.material.story["challenge_day_this_year"]
        held_on = plan.challenge_day_this_year(self.today)
        day, _ = self._plan(in_hand, told, held_on)
        with at(working_day(held_on - timedelta(days=PREPARED_BEFORE)), of="who comes", latest=self.now):
            self._lay_out(day, told)
            self._name_people(day, told)

        with at(working_day(held_on - timedelta(days=PREPARED_BEFORE)), of="suggested", latest=self.now):
            self._choose_suggested(day)

    def _lay_out(self, day: ChallengeDay, told: Mapping[str, Any]) -> None:
        """Breaks, ties, and who questions whom by rotation."""
        place = self.cast.organisations
        for part in told["parts"]:
            challenge.add_part(day, **part, by=self.office)
        for tie in told["ties"]:
            challenge.declare_tie(day, place[tie["one"]], place[tie["other"]], why=tie["why"], by=self.office)
        sessions = {one.organisation_id: one.ref for one in challenge_queries.sessions(day.id)}
        known = {one.id: one for one in place.values()}
        turns = challenge.rotation_of(day, keep=False)
        chosen = {sessions[turn.presents.id]: known[turn.asks.id] if turn.asks else None for turn in turns}
        challenge.use_rotation(day, chosen, by=self.office)

    def _name_people(self, day: ChallengeDay, told: Mapping[str, Any]) -> None:
        """The leads of the register and the Board; some said that they come, and somebody comes instead."""
        place = self.cast.organisations
        coming = {place[key].id for key in told["coming"]} | {None}
        instead = {place[one["agency"]].id: one for one in told["instead"]}
        for one in challenge.take_from_register(day, by=self.office):
            if one.organisation_id in coming:
                challenge.mark_attendance(one, day, Attendance.COMING, by=self.office)
            elif other := instead.get(one.organisation_id or 0):
                who = {key: other[key] for key in ("name", "role", "email")}
                challenge.send_substitute(one, day, **who, by=self.office)

    def _choose_suggested(self, day: ChallengeDay) -> None:
        """Of what the data suggest for whoever presents, the most urgent is chosen; the last of the first
        one is set aside."""
        presenting = [
            one.organisation for one in challenge_queries.sessions(day.id) if one.organisation is not None
        ]
        abouts, whole = gather(day, presenting)
        found = [suggestions(about, whole) for about in abouts]
        enquiries.choose(day, [one for some in found for one in some[:SUGGESTED_EACH]], by=self.office)
        enquiries.pass_over(day, [one for some in found[:1] for one in some[-1:]], by=self.office)

    def _plan(
        self, in_hand: Round, told: Mapping[str, Any], held_on: date
    ) -> tuple[ChallengeDay, dict[tuple[str, str], Enquiry]]:
        place = self.cast.organisations
        planned_on = max(working_day(held_on - timedelta(days=PLANNED_BEFORE)), in_hand.plan.opens_on)
        with at(planned_on, of=f"plan {told['title']}", latest=self.now):
            day = challenge.plan_day(
                in_hand.cycle, title=told["title"], held_on=held_on, place=told["place"], by=self.office
            )
        with at(working_day(held_on - timedelta(days=PREPARED_BEFORE)), of=told["title"], latest=self.now):
            for session in told["sessions"]:
                challenge.add_session(
                    day,
                    organisation=place[session["agency"]],
                    questioner=place.get(session.get("questioner", "")),
                    minutes=session["minutes"],
                    starts_at=FIRST_SESSION,
                    by=self.office,
                )
            enquiries = {
                (asked["agency"], asked["standard"]): challenge.add_enquiry(
                    day,
                    organisation=place[asked["agency"]],
                    question=asked["question"],
                    why=asked["why"],
                    standard_key=asked["standard"],
                    asked_by=place[asked["asked_by"]],
                    by=self.chair,
                )
                for asked in told["enquiries"]
            }
        return day, enquiries

    def bring_in_actions(self) -> None:
        """The actions of reviews, inspections and audits, with their updates."""
        for turn, told in enumerate(self.material.partnership["actions"]):
            body = self.material.by_key[told["agency"]]
            first = max(update["days_ago"] for update in told["updates"])
            agreed_on = working_day(self.today - timedelta(days=first + AGREED_BEFORE_FIRST_UPDATE))
            with at(agreed_on, of=f"action {turn}", latest=self.now):
                action = actions.add(
                    self.cast.partnership,
                    self.cast.organisations[body.key],
                    source=told["source"],
                    source_title=told["source_title"],
                    recommendation=told["recommendation"],
                    text=told["text"],
                    outcome=told["outcome"],
                    evidence_expected=told["evidence"],
                    mechanism=told["mechanism"],
                    owner_name=told["owner_name"],
                    owner_role=told["owner_role"],
                    due_on=self.today + timedelta(days=told["due_days_from_today"]),
                    by=self.office,
                )
            self._update(action, body, told["updates"])

    def promise(self, scene: Scene, drafted: Sequence[Draft]) -> None:
        """What an organisation promises of itself where it rated itself lowest."""
        narratives = self.material.narratives[scene.plan.framework]
        slots = {**scene.body.slots, **year_slots(scene.plan.promise_year)}
        for draft in drafted:
            told = narratives[draft.key].action
            if not draft.is_worst or told is None:
                continue
            words = {name: joined(fill(text, slots)) for name, text in told.items()}
            with at(scene.fate.finished_on, of=f"lead {scene.name}", latest=self.now):
                actions.add(
                    self.cast.partnership,
                    scene.return_.organisation,
                    source=Source.SELF_ASSESSMENT,
                    source_title=scene.plan.title,
                    recommendation=draft.criterion.text,
                    text=words["text"],
                    outcome=words["outcome"],
                    evidence_expected=words["evidence"],
                    owner_name=scene.lead.name,
                    owner_role=scene.body.lead.job_title,
                    due_on=months_after(scene.fate.finished_on, OWN_ACTION_MONTHS),
                    cycle=scene.in_hand.cycle,
                    standard_key=draft.criterion.standard_key,
                    criterion_key=draft.key,
                    by=scene.lead,
                )

    def _update(self, action: Action, body: Body, updates: Iterable[Mapping[str, Any]]) -> None:
        for update in updates:
            day = working_day(self.today - timedelta(days=update["days_ago"]))
            moved = update.get("due_days_from_today")
            with at(day, of=f"update {action.text}", latest=self.now):
                actions.update(
                    action,
                    status=Status(update["status"]),
                    text=update["text"],
                    due_on=self.today + timedelta(days=moved) if moved else None,
                    reason=update.get("reason", ""),
                    seen_at=update.get("seen_at", ""),
                    by=self._owner(action, body),
                    version=action.version,
                )

    def _owner(self, action: Action, body: Body) -> Person:
        """The owner, where they have an account; the agency's lead elsewhere."""
        named = next((person for person in body.people if person.name == action.owner_name), body.lead)
        return self.cast.person(named)


def _draft(told: Mapping[str, Any] | None, agreed_on: date) -> ActionDraft | None:
    if told is None:
        return None
    return ActionDraft(
        text=told["text"],
        owner_name=told["owner_name"],
        owner_role=told["owner_role"],
        due_on=months_after(agreed_on, told["due_months_after_day"]),
        outcome=told["outcome"],
        evidence_expected=told["evidence"],
        mechanism=told["mechanism"],
    )
