"""Two people with a window each at the same questions, in every order that chance finds: no word, no entry
and no piece of evidence that was acknowledged is lost. `test_merging` does the same without a database."""

import random

import pytest
from flask import Flask

from s11.core.database import unit_of_work
from s11.evidence import operations as library
from s11.people import queries as people
from s11.returns import operations, queries
from s11.returns.models import Answer, FieldAnswer, Return
from s11.returns.operations import AnswerChange, FieldChange, save_answers, save_fields
from tests.factories.audit import an_audit
from tests.factories.world import POLICE_DEPUTY, POLICE_LEAD, World

pytestmark = pytest.mark.database
INTERLEAVINGS, STEPS = 60, 12
PARTS = ("commentary", "strengths", "shortfalls")
FIELD = "fields: [{{code: more_{0}, label: More, kind: long_text}}]"


class Window:
    """One person's window on one question: what it last had from the server, and what is typed in it."""

    def __init__(self, ref: str, place: int, person: str, name: str) -> None:
        self.ref, self.place, self.person, self.name = ref, place, person, name
        self.version = self.field_version = self.count = 0
        self.level: int | None = None
        self.text, self.field = dict.fromkeys(PARTS, ""), ""
        self.typed: list[str] = []
        self.acknowledged: list[str] = []
        self.shown: list[str] = []

    def word(self) -> str:
        self.count += 1
        self.typed.append(f"{self.name}{self.count}")
        return self.typed[-1]

    def type(self, chance: random.Random) -> None:
        part = chance.choice([*PARTS, "field"])
        if part == "field":
            self.field = f"{self.field} {self.word()}".strip()
        else:
            self.text[part] = f"{self.text[part]} {self.word()}".strip()

    def save(self, app: Flask) -> None:
        """As the page does: on a clash both texts are put together, and sent again."""
        while not (self.save_answer(app) & self.save_field(app)):
            pass
        self.acknowledged += self.typed
        self.typed = []

    def save_answer(self, app: Flask) -> bool:
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(self.ref)
            criterion = queries.edition_of(return_).criteria[self.place]
            change = AnswerChange(criterion.id, self.version, self.level, **self.text)
            saved = save_answers(return_, [change], by=people.by_address(self.person))
            stands = saved.answers.get(criterion.id)
            clashes = saved.conflicts[0].parts if saved.conflicts else ()
            if stands is not None:
                self.take(stands, clashes)
            return not clashes

    def take(self, stands: Answer, clashes: tuple[str, ...]) -> None:
        self.version = stands.version
        self.level = stands.level_id
        for part in PARTS:
            theirs = getattr(stands, part)
            self.text[part] = together(theirs, self.text[part]) if part in clashes else theirs

    def save_field(self, app: Flask) -> bool:
        with app.app_context(), unit_of_work():
            return_ = queries.by_ref(self.ref)
            criterion = queries.edition_of(return_).criteria[self.place]
            place = (criterion.fields[0].id, criterion.id)
            change = FieldChange(*place, self.field_version, self.field)
            entered = save_fields(return_, [change], by=people.by_address(self.person))
            stands: FieldAnswer | None = queries.field_answers(return_.id).get(place)
            if stands is not None:
                self.field_version = stands.version
                self.field = together(stands.value, self.field) if entered.conflicts else stands.value
            return not entered.conflicts

    def show(self, app: Flask) -> None:
        """Show a document for the question: acknowledged at once."""
        title = f"{self.name} shows {len(self.shown)} for {self.place}"
        with app.app_context(), unit_of_work():
            return_, person = queries.by_ref(self.ref), people.by_address(self.person)
            added = library.add_reference(return_.organisation, words=title, title=title, by=person)
            operations.attach(return_, queries.edition_of(return_).criteria[self.place], added, by=person)
        self.shown.append(title)


def together(theirs: str, mine: str) -> str:
    missing = [word for word in mine.split() if word not in theirs.split()]
    return " ".join([theirs, *missing]).strip()


def test_two_people_lose_nothing_acknowledged_in_sixty_interleavings(app: Flask, world: World) -> None:
    extra = {f"{s}.{c}": FIELD.format(f"{s}_{c}") for s in range(1, 7) for c in range(1, 11)}
    ref = an_audit(world, 6, 10, extra=extra)
    for seed in range(INTERLEAVINGS):
        chance = random.Random(seed)
        windows = [Window(ref, seed, POLICE_LEAD, "p"), Window(ref, seed, POLICE_DEPUTY, "d")]
        for _ in range(STEPS):
            window, what = chance.choice(windows), chance.random()
            if what < 0.55:
                window.type(chance)
            elif what < 0.9:
                window.save(app)
            else:
                window.show(app)
        for window in windows:
            window.save(app)
        with app.app_context():
            return_ = queries.by_ref(ref)
            assert sorted(standing(return_, seed)) == sorted(
                w for one in windows for w in one.acknowledged
            ), seed
            shown = {one.revision.document.title for one in evidence(return_, seed)}
            assert shown == {title for one in windows for title in one.shown}, seed
            assert versions_are_whole(return_, seed), seed


def standing(return_: Return, place: int) -> list[str]:
    """Every word that stands in an answer and in its field."""
    criterion = queries.edition_of(return_).criteria[place]
    answer = queries.answer_of(return_.id, criterion.id)
    entry = queries.field_answers(return_.id).get((criterion.fields[0].id, criterion.id))
    texts = [getattr(answer, part) for part in PARTS] if answer else []
    return " ".join([*texts, entry.value if entry else ""]).split()


def evidence(return_: Return, place: int) -> list:
    criterion = queries.edition_of(return_).criteria[place]
    return queries.evidence(return_.id, criterion.id).get(criterion.id, [])


def versions_are_whole(return_: Return, place: int) -> bool:
    """Every version of the answer is kept, without a gap."""
    answer = queries.answer_of(return_.id, queries.edition_of(return_).criteria[place].id)
    if answer is None:
        return True
    kept = [one.version for one in queries.versions(answer.id)]
    return kept == list(range(1, answer.version + 1))
