"""The partnership in which the permission matrix is tried: somebody for every column, three audits with
a return at the stage wanted, a second partnership, and in everything written a word of its own.

Each organisation whose return is driven through the stages stands beside one whose return is in
already, so that the pages of a cycle have something to show at every stage.
"""

import hashlib
import io
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask

from s11.access.operations import links
from s11.access.rules import Purpose
from s11.actions import operations as actions
from s11.actions.rules import ActionDraft
from s11.challenge import operations as challenge
from s11.challenge import queries as challenge_queries
from s11.challenge.models import ChallengeDay, Enquiry
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.refs import new_ref
from s11.cycles.models import Cycle
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.evidence.requests import operations as requests
from s11.joining import operations as joining
from s11.joining.operations import Wanted
from s11.moderation import operations as moderation
from s11.notices import operations as notices
from s11.notices.rules import Kind
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation, Partnership
from s11.people import operations as people
from s11.people import queries as people_queries
from s11.people.models import Person
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.format import read
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import clone, load
from s11.register import operations as register
from s11.register.operations import Details
from s11.returns import operations as returns
from s11.returns import queries as return_queries
from s11.returns.models import Assignment, Return
from s11.returns.operations import AnswerChange
from s11.returns.rules import Stage
from tests.factories.questionnaires import tiny
from tests.factories.world import a_cycle, a_person
from tests.pages import PASSWORD
from tests.security.matrix import papers, reviewing

# Fields about the whole return: words of one's own, and a file.
FIELDS = """
fields:
- {code: contact, label: Substitute contact}
- {code: policy, label: The policy, kind: file}
"""
STAGES: dict[str, Stage] = {
    "O": Stage.IN_PROGRESS,
    "W": Stage.AWAITING_SIGN_OFF,
    "S": Stage.SUBMITTED,
    "M": Stage.MODERATED,
    "C": Stage.CLOSED,
}
MANAGER = "manager@board.example"
MODERATOR = "moderator@board.example"
DRAFT = "DRAFT-2027"
ELSEWHERE = "manager@elsewhere.example"
FIRE_LEAD = "lead@fire.example"
LEAD = "lead@police.example"
# Each column of the matrix: who stands in it, and whose return they are tried on.
ACTORS: dict[str, list[tuple[str, str]]] = {
    "nobody": [("", "police")],
    "contributor": [("helper@police.example", "police")],
    "other_contributor": [("another@police.example", "police")],
    "lead": [(LEAD, "police")],
    "deputy": [("deputy@police.example", "police")],
    "signatory": [("director@police.example", "police")],
    "viewer": [("viewer@police.example", "police")],
    "trust_lead": [("lead@trust.example", "school")],
    "conflicted": [("conflicted@board.example", "police")],
    "other_lead": [("lead@housing.example", "police"), (LEAD, "school")],
    "business_manager": [(MANAGER, "police")],
    "office": [("office@board.example", "police")],
    "chair": [("chair@board.example", "police")],
    "quality": [("quality@board.example", "police")],
    "moderator": [(MODERATOR, "police")],
    "adviser": [("education@board.example", "school"), ("early@board.example", "nursery")],
    "other_adviser": [("education@board.example", "police"), ("early@board.example", "school")],
    "inspector": [("inspector@board.example", "police")],
    "administrator": [("administrator@host.example", "police")],
    "elsewhere": [(ELSEWHERE, "police")],
    "elsewhere_lead": [(FIRE_LEAD, "police")],
    "left": [("left@police.example", "police"), ("past@board.example", "police")],
    "invited": [("invited@police.example", "police"), ("offered@board.example", "police")],
}


def mark(whose: str, what: str) -> str:
    """A word that stands in one place only: this kind of text of this organisation."""
    return f"zq{whose}{what}zq"


@dataclass(frozen=True)
class Place:
    """Everything of one organisation that an address can name."""

    name: str
    partnership: str
    organisation: str
    beside: str  # the organisation whose return is in already
    cycle: str
    return_: str
    edition: str
    standard: str
    criterion: str
    criteria: tuple[int, ...]
    levels: tuple[int, ...]
    submitted_file: str
    shown_file: str
    library_file: str
    day: str
    enquiry: str
    spare_enquiry: str
    action: str
    challenge_action: str
    pack: str
    last_step: str
    lead: str
    moderated: str  # the version of the first criterion's second rating
    more: dict[str, str] = field(default_factory=dict)

    def unknown(self) -> "Place":
        """The same with refs that name nothing."""
        refs = ("organisation", "cycle", "return_", "submitted_file", "shown_file", "library_file")
        more = ("day", "enquiry", "spare_enquiry", "action", "challenge_action", "pack", "edition")
        changed: dict[str, str] = {name: new_ref() for name in refs + more + ("partnership",)}
        return replace(self, **changed, more={name: new_ref() for name in self.more})  # type: ignore[arg-type]


@dataclass(frozen=True)
class World:
    """What was built, by the name of the organisation, and at which stage its returns stand."""

    app: Flask
    stage: str
    places: dict[str, Place]


def a_world(app: Flask, stage: str) -> World:
    """Build it; every return that is tried stands at `stage`, a letter of the matrix."""
    with app.app_context(), unit_of_work():
        return Builder(app, stage).build()


def a_draft(board: Partnership) -> Edition:
    """An edition of the partnership's own that its office is still writing."""
    earlier = questionnaires.edition_by_code("S11-2026")
    assert earlier is not None
    return clone(earlier, code=DRAFT, year=2027, title="Draft of 2027", by=None, owner=board)


def digest_of_asking(organisation: Organisation) -> str:
    """What a confirmation is about that asks this one four criteria, in no group and not exempt."""
    return hashlib.sha256(f"{organisation.ref}   4".encode()).hexdigest()[:12]


class Builder:
    """Builds the world through the operations people use."""

    def __init__(self, app: Flask, stage: str) -> None:
        self.app, self.stage = app, stage
        self.orgs: dict[str, Organisation] = {}

    def build(self) -> World:
        board = organisations.found(code="north", name="North Partnership", office_email="o@board.example")
        self.board_people(board)
        police, housing = self.agency(board, "police", "police"), self.agency(board, "housing", "housing")
        trust = self.agency(board, "trust", "trust")
        school = self.agency(board, "school", "school", phase="primary", parent=trust)
        vale = self.agency(board, "vale", "school", phase="primary")
        nursery, moon = (
            self.agency(board, "nursery", "early_years"),
            self.agency(board, "moon", "early_years"),
        )
        self.agency(board, "unasked", "probation")
        self.organisation_people(police, trust, housing)
        elsewhere = organisations.found(code="elsewhere", name="Elsewhere Partnership")
        fire, coast = self.agency(elsewhere, "fire", "fire"), self.agency(elsewhere, "coast", "housing")
        a_person("Ellie Elsewhere", ELSEWHERE, Role.BUSINESS_MANAGER, elsewhere)
        a_person("Fay Fire", FIRE_LEAD, Role.LEAD, fire)
        for code, framework, steps in (
            ("S11-2026", "S11", ("lead", "director")),
            ("S175-2026", "S175", ("lead", "headteacher")),
            ("S40-2026", "S40", ("lead", "owner")),
        ):
            signed = {"2": f"sign_off: {{step: {steps[-1]}, label: {steps[-1].capitalize()}}}"}
            text = tiny(2, 2, code=code, framework=framework, steps=steps, top=FIELDS, of_standards=signed)
            load(read(text, f"{code}.yaml"))
        a_draft(board)
        asked = {
            "police": (board, police, housing, "S11-2026"),
            "school": (board, school, vale, "S175-2026"),
            "nursery": (board, nursery, moon, "S40-2026"),
            "fire": (elsewhere, fire, coast, "S11-2026"),
        }
        places = {}
        for name, (partnership, organisation, beside, code) in asked.items():
            places[name] = self.place(name, partnership, organisation, beside, code)
        db.session.flush()
        return World(self.app, self.stage, places)

    def agency(self, board: Partnership, name: str, kind: str, **more: object) -> Organisation:
        title = f"{name.capitalize()} {mark(name, 'name')}"
        self.orgs[name] = organisations.add(board, name=title, short_name=title, kind=kind, **more)
        return self.orgs[name]

    def board_people(self, board: Partnership) -> None:
        for name, email, role in (
            ("Mary Manager", MANAGER, Role.BUSINESS_MANAGER),
            ("Olive Office", "office@board.example", Role.OFFICE),
            ("Colin Chair", "chair@board.example", Role.CHAIR),
            ("Quinn Quality", "quality@board.example", Role.QUALITY),
            ("Mo Derator", MODERATOR, Role.MODERATOR),
            ("Con Flicted", "conflicted@board.example", Role.MODERATOR),
            ("Ed Adviser", "education@board.example", Role.EDUCATION_ADVISER),
            ("Eve Years", "early@board.example", Role.EARLY_YEARS_ADVISER),
        ):
            a_person(name, email, role, board)
        today = clock.today()
        a_person(
            "Ines Inspector",
            "inspector@board.example",
            Role.INSPECTOR,
            board,
            until=today + timedelta(days=9),
        )
        past = a_person("Percy Past", "past@board.example", Role.INSPECTOR, board)
        past.memberships[0].until = today - timedelta(days=1)
        offered = people.add(name="Otto Offered", email="offered@board.example", password=PASSWORD)
        people.give_role(offered, Role.BUSINESS_MANAGER, at=board, pending=True)
        a_person("Ada Administrator", "administrator@host.example", Role.SYSTEM_ADMINISTRATOR, None)

    def organisation_people(self, police: Organisation, trust: Organisation, housing: Organisation) -> None:
        for name, email, role in (
            ("Pat Lead", LEAD, Role.LEAD),
            ("Des Deputy", "deputy@police.example", Role.DEPUTY),
            ("Helen Helper", "helper@police.example", Role.CONTRIBUTOR),
            ("Ann Other", "another@police.example", Role.CONTRIBUTOR),
            ("Vi Viewer", "viewer@police.example", Role.VIEWER),
        ):
            a_person(name, email, role, police)
        a_person("Sig Natory", "director@police.example", Role.SIGNATORY, police, signs_as="director")
        conflicted = people_queries.by_address("conflicted@board.example")
        assert conflicted is not None
        people.give_role(conflicted, Role.VIEWER, at=police)
        left = a_person("Lee Left", "left@police.example", Role.LEAD, police)
        people.end_role(left.memberships[0], by=None)
        invited = people.add(name="Ivy Invited", email="invited@police.example", password=PASSWORD)
        people.give_role(invited, Role.LEAD, at=police, pending=True)
        a_person("Hari Lead", "lead@housing.example", Role.LEAD, housing)
        a_person("Tess Trust", "lead@trust.example", Role.TRUST_LEAD, trust)

    def place(
        self, name: str, board: Partnership, organisation: Organisation, beside: Organisation, code: str
    ) -> Place:
        """One cycle, with the organisation's return at the stage wanted and the other's already moderated."""
        cycle, (return_, other) = a_cycle(board, code, f"{code}-{name}", [organisation, beside])
        cycle.title = f"Cycle of {name}"
        manager = self.person(ELSEWHERE if name == "fire" else MANAGER)
        author = self.signers(return_)[0]
        shown = self.answer(name, return_, author)
        link = self.a_link(return_, author)
        self.answer(f"beside{name}", other, self.signers(other)[0])
        self.sign(other, "C", manager)
        self.sign(return_, self.stage, manager, name)
        # A file that came after: never part of what was submitted.
        later = self.a_file(name, organisation, author, "later")
        added = documents.revision_by_ref(later)
        assert added is not None
        day, enquiry, spare = self.challenge_day(name, cycle, organisation, beside, manager)
        outcome = challenge.record_outcome(
            day,
            organisation=organisation,
            challenge=f"{mark(name, 'asked')} How do you know?",
            answer=f"{mark(name, 'answered')} We audit.",
            action=self.draft(name),
            enquiry=enquiry,
            by=manager,
        )
        assert outcome.action is not None
        request_, sent = self.a_request(name, board, organisation, manager, author, later)
        review, answered, spare_recommendation = reviewing.a_review(name, board, manager)
        action = actions.add(
            board,
            organisation,
            by=manager,
            source="review",
            plan_source=review,
            answers=[answered],
            **self.promise(name),
        )
        # With what is not in yet it cannot be built; with the other it always can.
        pack, agency_pack = papers.packs_of(cycle, beside, manager)
        letter = papers.a_letter(day, organisation, manager)
        content = return_queries.edition_of(return_)
        first = return_queries.standards_of(return_)[0]
        db.session.flush()
        if name == "police":
            self.assign(return_, "helper@police.example", content.standards[0].id)
            self.assign(return_, "another@police.example", content.standards[1].id)
        return Place(
            name=name,
            partnership=board.ref,
            organisation=organisation.ref,
            beside=beside.ref,
            cycle=cycle.ref,
            return_=return_.ref,
            edition=code,
            standard=first.number,
            criterion=first.criteria[0].number,
            criteria=tuple(c.id for c in first.criteria),
            levels=tuple(level.id for level in first.criteria[0].scale.levels),
            submitted_file=shown,
            shown_file=shown,
            library_file=later,
            day=day.ref,
            enquiry=enquiry.ref,
            spare_enquiry=spare.ref,
            action=action.ref,
            challenge_action=outcome.action.ref,
            pack=pack.ref,
            last_step=content.sign_off[-1].step,
            lead=LEAD,
            moderated="1" if self.stage in "MC" else "0",
            more={
                **self.roles_of(organisation),
                "link": link,
                "agency_pack": agency_pack.ref,
                "letter": letter,
                "request": request_,
                "sent_file": sent,
                "document": added.document.ref,
                "draft": DRAFT,
                "contact": str(content.fields[0].id),
                "policy": str(content.fields[1].id),
                "register_contact": self.a_contact(board, organisation, name),
                "seen": register.seen_of(organisation),
                "new_parent": self.new_parent(organisation, beside, name),
                "unasked": self.orgs["unasked"].ref,
                "digest": digest_of_asking(self.orgs["unasked"]),
                "mail": self.a_mail(board, organisation),
                "review": review.ref,
                "recommendation": answered.ref,
                "spare_recommendation": spare_recommendation.ref,
                "turn": challenge_queries.sessions(day.id)[0].ref,
                "attendee": self.an_attendee(day, organisation, name),
                # The ref that an assignment gets once a request wants one: see `requests.given`.
                "assignment": new_ref(),
                "moderator": self.person(MODERATOR).ref,
                "elsewhere": self.orgs["fire"].ref,
            },
        )

    def a_contact(self, board: Partnership, organisation: Organisation, name: str) -> str:
        """Somebody without an account whom the partnership writes to."""
        details = Details(name=mark(name, "contact"), role="senior", telephone="01632 960 001")
        return register.add_contact(organisation, board, details).ref

    def new_parent(self, organisation: Organisation, beside: Organisation, name: str) -> str:
        """Where an organisation could belong; nowhere where it belongs somewhere already."""
        if organisation.parent is not None:
            return ""
        return (beside if name == "fire" else self.orgs["trust"]).ref

    def a_mail(self, board: Partnership, organisation: Organisation) -> str:
        """A letter of the partnership to the organisation that waits to be sent."""
        mail = notices.queue(
            to_address=f"letter@{organisation.ref}.example",
            to_name="Lee Letter",
            subject="Please answer",
            body="Dear Lee",
            kind=Kind.LETTER,
            organisation_id=organisation.id,
            partnership_id=board.id,
        )
        db.session.flush()
        return mail.ref

    def a_link(self, return_: Return, author: Person) -> str:
        """A colleague without an account was asked for the first standard, while that was still possible."""
        asked = returns.ask(
            return_,
            return_queries.standards_of(return_)[0],
            name="Lin Ked",
            email=f"link@{return_.organisation.ref}.example",
            until=clock.today() + timedelta(days=9),
            by=author,
        )
        assert asked is not None
        return asked.ref

    def a_request(
        self,
        name: str,
        board: Partnership,
        organisation: Organisation,
        manager: Person,
        author: Person,
        later: str,
    ) -> tuple[str, str]:
        """Evidence asked for outside a cycle: an answer was sent, more asked for, another is worked at."""
        request_ = requests.ask(
            board,
            organisation,
            title="Record of sessions",
            reason="challenge",
            why=f"{mark(name, 'demand')} because",
            what="The register.",
            due_on=clock.today() + timedelta(days=14),
            by=manager,
        )
        sent = self.a_file(name, organisation, author, "sent")
        for ref in (sent, later):
            revision = documents.revision_by_ref(ref)
            assert revision is not None
            requests.add_revisions(request_, [revision], by=author)
            if ref == sent:
                requests.send_answer(request_, f"{mark(name, 'sent')} see page 3", by=author)
                requests.ask_for_more(request_, text="And the other?", due_on=None, by=manager)
        return request_.ref, sent

    def roles_of(self, organisation: Organisation) -> dict[str, str]:
        """Somebody who helps there, somebody who was invited, and what the column "invited" was offered."""
        helper = self.somebody("helping", organisation, Role.CONTRIBUTOR)
        with clock.pretend(clock.now() - timedelta(hours=1)):
            wanted = Wanted("Gia Guest", f"guest@{organisation.ref}.example", Role.CONTRIBUTOR)
            offer = joining.invite(organisation, wanted, by=None)
        offered = {}
        for email in ("invited@police.example", "offered@board.example"):
            person = self.person(email)
            (membership,) = person.memberships
            links.make(Purpose.INVITATION, person, lasts=timedelta(days=7), membership=membership)
            offered[email] = membership.ref
        return {
            "helper": self.person("helper@police.example").ref,
            "member": helper.memberships[0].ref,
            "offer": offer.ref,
            "guest": offer.person.ref,
            **offered,
        }

    def person(self, email: str) -> Person:
        found = people_queries.by_address(email)
        assert found is not None
        return found

    def answer(self, name: str, return_: Return, author: Person) -> str:
        """Answer every criterion, and show a file for the first; gives the file's ref."""
        asked = [c for standard in return_queries.standards_of(return_) for c in standard.criteria]
        changes = [
            AnswerChange(
                criterion_id=criterion.id,
                version=0,
                level_id=criterion.scale.levels[place % 2].id,
                commentary=f"{mark(name, 'answer')} {criterion.number}",
            )
            for place, criterion in enumerate(asked)
        ]
        returns.save_answers(return_, changes, by=author)
        contact = return_queries.fields_of(return_)[0]
        entry = returns.FieldChange(contact.id, 0, 0, f"{mark(name, 'answer')} contact")
        returns.save_fields(return_, [entry], by=author)
        returns.add_remark(
            return_,
            return_queries.standards_of(return_)[0],
            asked[0],
            text=f"{mark(name, 'remark')} is this so?",
            question=True,
            by=author,
        )
        file = self.a_file(name, return_.organisation, author, "file")
        revision = documents.revision_by_ref(file)
        assert revision is not None
        returns.attach(return_, asked[0], revision, note=f"{mark(name, 'note')} page 3", by=author)
        return file

    def a_file(self, name: str, organisation: Organisation, author: Person, what: str) -> str:
        return evidence.add_file(
            organisation,
            io.BytesIO(f"{mark(name, what)} is what this file says.\n".encode()),
            f"{mark(name, what)}.txt",
            by=author,
            most=1_000_000,
        ).ref

    def sign(self, return_: Return, stage: str, manager: Person, name: str = "") -> None:
        """Take a return on to a stage, by the signatures and acts that lead there."""
        if stage == "O":
            return
        lead, last = self.signers(return_)
        for standard in return_queries.standards_of(return_):
            if standard.sign_off:
                returns.sign_section(return_, standard, by=last)
        returns.sign(return_, "lead", by=lead)
        if stage == "W":
            return
        returns.sign(return_, last.memberships[-1].signs_as, by=last)
        if stage == "S" and name:
            self.moderate_one(return_, manager, name)
            return
        if name:
            self.moderate_one(return_, manager, name)
        moderation.agree_rest(return_, by=manager)
        moderation.complete(return_, by=manager)
        if stage == "C":
            returns.close(return_, by=None)

    def moderate_one(self, return_: Return, manager: Person, name: str) -> None:
        """Differ in the second criterion, with a reason that can be recognised."""
        criterion = return_queries.standards_of(return_)[0].criteria[1]
        worst = criterion.scale.levels[-1].id
        reason = f"{mark(name, 'moderation')} because of what was seen."
        moderation.rate(return_, criterion, level_id=worst, reason=reason, by=manager)

    def signers(self, return_: Return) -> tuple[Person, Person]:
        """Somebody for each of the two steps; made where the organisation has nobody."""
        organisation = return_.organisation
        steps = return_queries.edition_of(return_).sign_off
        known = [person for _, person in people_queries.members(organisation.id, Role.LEAD)]
        lead = known[0] if known else self.somebody("lead", organisation, Role.LEAD)
        signing = people_queries.signatories([organisation.id], steps[-1].step)
        last = (
            signing[0][1]
            if signing
            else self.somebody("last", organisation, Role.SIGNATORY, signs_as=steps[-1].step)
        )
        return lead, last

    def somebody(self, what: str, organisation: Organisation, role: Role, **more: str) -> Person:
        return a_person(f"Sam {what}", f"{what}@{organisation.ref}.example", role, organisation, **more)

    def challenge_day(
        self, name: str, cycle: Cycle, organisation: Organisation, beside: Organisation, manager: Person
    ) -> tuple[ChallengeDay, Enquiry, Enquiry]:
        day = challenge.plan_day(
            cycle, title=f"Day {mark(name, 'day')}", held_on=clock.today() + timedelta(days=60), by=manager
        )
        challenge.add_session(day, organisation=organisation, questioner=beside, by=manager)
        add = partial(challenge.add_enquiry, day, organisation=organisation, by=manager)
        enquiry = add(question=f"{mark(name, 'enquiry')} what changed?", why="It was red.")
        spare = add(question=f"{mark(name, 'enquiry')} what else?", why="It was red too.")
        return day, enquiry, spare

    def an_attendee(self, day: ChallengeDay, organisation: Organisation, name: str) -> str:
        """Somebody who is to come to the day."""
        coming = challenge.Coming(
            mark(name, "attendee"), email=f"{name}@day.example", organisation=organisation
        )
        return challenge.add_attendee(day, coming).ref

    def promise(self, name: str) -> dict[str, Any]:
        return {
            "text": f"{mark(name, 'action')} Train everybody.",
            "owner_name": "Asha Rahman",
            "owner_role": "Head of service",
            "due_on": clock.today() + timedelta(days=30),
        }

    def draft(self, name: str) -> ActionDraft:
        return ActionDraft(**self.promise(name))

    def assign(self, return_: Return, email: str, standard_id: int) -> None:
        db.session.add(
            Assignment(
                return_id=return_.id,
                standard_id=standard_id,
                person_id=self.person(email).id,
                given_at=clock.now(),
                given_by_name="Pat Lead",
            )
        )
