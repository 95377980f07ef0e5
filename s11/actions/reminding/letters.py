"""Which mails are due about the actions of a partnership: to whom, why, and about what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from s11.actions import queries as plan
from s11.actions.models import Action
from s11.actions.reminding import queries, rules
from s11.actions.reminding.queries import Told as Said
from s11.actions.rules import SOURCE_LABELS, PlanRules, Reminders, Source, Told, is_open, standing
from s11.core import clock
from s11.notices.operations import Draft
from s11.notices.rules import Kind
from s11.notices.wording import filled_in_any_case, words_of
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.register.rules import Addressee
from s11.web.filters import day as day_words

TEMPLATES = {
    Told.DUE: "action_reminder",
    Told.WEEKLY: "action_weekly",
    Told.ASKED: "action_difference",
    Told.LEAD: "action_lead",
    Told.OFFICE: "action_office",
}
# What of the plan the link of a mail opens.
OPENS = {Told.ASKED: "?mine=yes&status=asked", Told.LEAD: "?status=overdue", Told.OFFICE: "?status=overdue"}


@dataclass
class Letter:
    """One mail to one address: about these actions, each for a day."""

    kind: Told
    address: str
    name: str
    about: list[tuple[Action, date]] = field(default_factory=list)


def letters_due(partnership: Partnership, today: date) -> list[Letter]:
    """Every mail that is due today and was not sent; about nine queries, however many actions there are."""
    actions = queries.watched(partnership.id, today)
    chosen = plan.settings_of(partnership.id)
    return _Gathering(partnership, actions, chosen, today).letters()


class _Gathering:
    """Puts what is to be said together, by address and kind."""

    def __init__(
        self, partnership: Partnership, actions: Sequence[Action], chosen: PlanRules, today: date
    ) -> None:
        self.partnership, self.actions, self.chosen, self.today = partnership, actions, chosen, today
        ids = {one.owner_id for one in actions} | {other.person_id for one in actions for other in one.owners}
        self.people = queries.people_here({id_ for id_ in ids if id_ is not None})
        self.how = queries.choices_of(self.people)
        places = {one.organisation_id for one in actions if one.organisation_id is not None}
        self.leads = queries.leads_of(places, partnership.id)
        self.said = queries.told_before({one.id for one in actions})
        self.had_their_week = {(one.address, one.day) for one in self.said if one.kind == Told.WEEKLY}
        self.found: dict[tuple[Told, str], Letter] = {}

    def letters(self) -> list[Letter]:
        for action in self.actions:
            for person in self._owners(action):
                self._to_owner(action, person)
            if not self._owners(action):
                self._to_whoever_stands_in(action)
            if is_open(action.status) and action.due_on is not None:
                self._to_those_above(action, action.due_on)
        return list(self.found.values())

    def _owners(self, action: Action) -> list[Person]:
        """Whoever leads, and whoever has a part, as far as they have an account."""
        ids = [action.owner_id, *(one.person_id for one in action.owners)]
        return [self.people[id_] for id_ in dict.fromkeys(ids) if id_ in self.people]

    def _to_owner(self, action: Action, person: Person) -> None:
        how = self.how[person.id]
        if how is Reminders.WEEKLY:
            self._in_the_week(action, person)
        elif how is Reminders.EACH:
            self._on_the_day(action, person.email, person.name)

    def _on_the_day(self, action: Action, address: str, name: str) -> None:
        since = clock.local(action.created_at).date()
        if is_open(action.status) and action.due_on is not None:
            day = rules.reminder_day(
                action.due_on, self.today, before=self.chosen.before, after=self.chosen.after, since=since
            )
            self._say(Told.DUE, address, name, action, day)
        elif action.ask_on is not None:
            day = rules.reminder_day(
                action.ask_on, self.today, before=(), after=self.chosen.after, since=since
            )
            self._say(Told.ASKED, address, name, action, day)

    def _in_the_week(self, action: Action, person: Person) -> None:
        monday = rules.monday_of(self.today)
        if not rules.is_time_for_the_week(self.today) or (person.email, monday) in self.had_their_week:
            return
        near = action.due_on is not None and action.due_on <= self.today + rules.WEEKLY_AHEAD
        if near or action.ask_on is not None:
            self._say(Told.WEEKLY, person.email, person.name, action, monday)

    def _to_whoever_stands_in(self, action: Action) -> None:
        """Of an action whose owner has no account the leads hear, or the office where it is the Board's."""
        for address, name in self._above(action):
            self._on_the_day(action, address, name)

    def _above(self, action: Action) -> Iterable[tuple[str, str]]:
        if action.organisation_id is None:
            return [(self.partnership.office_email, "colleague")] if self.partnership.office_email else []
        return [(one.email, one.name) for one in self._leads(action)]

    def _leads(self, action: Action) -> list[Addressee]:
        return self.leads.get(action.organisation_id, []) if action.organisation_id is not None else []

    def _to_those_above(self, action: Action, due_on: date) -> None:
        lead_day = rules.escalation_day(due_on, self.today, self.chosen.to_lead_after)
        for one in self._leads(action):
            self._say(Told.LEAD, one.email, one.name, action, lead_day)
        office_day = rules.escalation_day(due_on, self.today, self.chosen.to_office_after)
        if self.partnership.office_email:
            self._say(Told.OFFICE, self.partnership.office_email, "colleague", action, office_day)

    def _say(self, kind: Told, address: str, name: str, action: Action, day: date | None) -> None:
        if day is None or Said(action.id, kind, day, address) in self.said:
            return
        letter = self.found.setdefault((kind, address), Letter(kind, address, name))
        letter.about.append((action, day))


# In words


def draft_of(letter: Letter, partnership: Partnership, today: date) -> Draft:
    """A letter as it goes into the outbox, in the partnership's own words where it has some."""
    key, actions = TEMPLATES[letter.kind], [action for action, _ in letter.about]
    places = {action.organisation_id: action.holder for action in actions}
    only = next(iter(places)) if len(places) == 1 else None
    root = f"{current_app.config['S11'].address}/actions/"
    count = f"{len(actions)} action{'s' if len(actions) != 1 else ''}"
    text = filled_in_any_case(
        words_of(partnership.id, key),
        key,
        {
            "name": letter.name,
            "partnership": partnership.name,
            "organisation": " and ".join(sorted(places.values())[:2]),
            "count": count,
            "actions": "\n\n".join(_listed(letter.kind, actions, root, today)),
            "link": root + OPENS.get(letter.kind, "?mine=yes&status=open"),
        },
    )
    return Draft(
        letter.address,
        letter.name,
        text.subject,
        text.body,
        Kind.REMINDER,
        organisation_id=only,
        partnership_id=partnership.id,
        about=actions[0].ref if len(actions) == 1 else "",
        template=key,
    )


def _listed(kind: Told, actions: Sequence[Action], root: str, today: date) -> list[str]:
    by_place: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        by_place[action.holder].append(action)
    lines = [
        _line(kind, action, root, today, named=len(by_place) > 1)
        for some in by_place.values()
        for action in some
    ]
    more = len(lines) - rules.LINES_MOST
    return [*lines[: rules.LINES_MOST], f"And {more} more."] if more > 0 else lines


def _line(kind: Told, action: Action, root: str, today: date, *, named: bool) -> str:
    """What is said of one action. Its words stay inside: a mail is read by whoever opens the mailbox."""
    source = SOURCE_LABELS[Source(action.source)].lower()
    stands = standing(action.status, action.due_on, today)
    if is_open(action.status):
        late = stands.days_overdue > 0
        said = (
            f"{stands.label}, due on {day_words(action.due_on)}"
            if late
            else (f"Due on {day_words(action.due_on)}, {stands.label.lower()}")
        )
    else:
        said = f"Verified on {day_words(action.verified_at)}" if action.verified_at else stands.label
    whose = f"{action.holder}: " if named else ""
    owner = f"\nOwner: {action.led_by}" if kind in (Told.LEAD, Told.OFFICE) and action.led_by else ""
    return f"{whose}{said}. From: {source}.{owner}\n{root}{action.ref}"
