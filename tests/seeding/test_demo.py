"""What somebody would check who opens the demonstration for the first time."""

import io
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from s11.access import operations as access
from s11.actions.models import Action, Update
from s11.actions.rules import Saying, Status, is_drifting, is_overdue
from s11.analysis.queries import standing
from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import db, unit_of_work
from s11.core.storage import MemoryStorage, files
from s11.cycles.models import Cycle, Invitation
from s11.evidence.models import Document, Revision
from s11.moderation.models import Moderation
from s11.notices import queries as notices
from s11.organisations import operations as organisations
from s11.organisations.models import Organisation, Partnership
from s11.packs import queries as packs
from s11.people.models import Membership, Person
from s11.people.rules import Role
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Criterion
from s11.register.models import OrganisationEvent
from s11.register.numbers import NUMBERS, number_fault, postcode_fault, telephone_fault
from s11.register.queries import addressees
from s11.returns import queries as returns
from s11.returns.models import Answer, AnswerEvidence, Assignment, Return, SignOff, Submission
from s11.returns.rules import Stage
from s11.returns.sealing import checksum
from s11.seeding import demo as seeding
from s11.seeding import plan
from s11.seeding.drafts import drafts
from s11.seeding.material import read
from s11.trail.models import Entry
from tests.seeding.conftest import Demo, an_application, seed

COLUMNS_OF_TEXT = (Answer.commentary, Answer.not_applicable_reason, Moderation.reason, Document.title)


def stages(code: str) -> Counter[str]:
    """How many returns of a cycle stand where."""
    query = select(Return.stage, func.count()).join(Cycle).where(Cycle.code == code).group_by(Return.stage)
    return Counter(dict(db.session.execute(query).all()))


def cycle(code: str) -> Cycle:
    return db.session.scalars(select(Cycle).where(Cycle.code == code)).one()


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def test_the_first_run_says_what_it_loaded_and_where_to_sign_in(demo: Demo) -> None:
    assert demo.first_run.exit_code == 0, demo.first_run.output
    assert "Loaded: 90 organisations, 251 people, 9 cycles, 257 returns" in demo.first_run.stdout
    assert "Sign in at http://127.0.0.1:8011/sign-in as philippa.garroway@" in demo.first_run.stdout


def test_a_second_run_changes_nothing(demo: Demo) -> None:
    with demo.app.app_context():
        before, kept = rows(), set(demo.storage.files)
    again = demo.seed()
    assert again.exit_code == 0 and again.stdout.startswith("Already here: 90 organisations")
    with demo.app.app_context():
        assert rows() == before
        assert set(demo.storage.files) == kept


def test_the_list_of_people_is_json_and_nothing_else(demo: Demo) -> None:
    shown = json.loads(demo.seed("--json").stdout)
    addresses = [person["address"] for person in shown]
    assert len(addresses) == len(set(addresses)) > 80
    assert [person["role"] for person in shown[:3]] == [
        "Business manager",
        "Partnership office",
        "Chair or independent scrutineer",
    ]
    roles = Counter(person["role"] for person in shown)
    assert roles["Designated safeguarding lead"] == roles["Headteacher"] == roles["Chair of governors"] == 8
    assert roles["Safeguarding lead"] == 15 + 3
    assert {tuple(person) for person in shown} == {("address", "password", "role", "organisation")}


def test_everyone_on_the_list_can_sign_in(demo: Demo) -> None:
    with demo.app.app_context():
        for place, person in enumerate(seeding.people()):
            found = access.check_password(
                email=person.address, password=person.password, network=f"192.0.2.{place}", known={}
            )
            assert found.name
            db.session.rollback()


def test_the_schools_on_the_list_stand_at_different_stages(demo: Demo) -> None:
    with demo.app.app_context():
        names = {person.organisation for person in seeding.people()}
        query = select(Return.stage).join(Cycle).join(Organisation).where(Organisation.name.in_(names))
        found = set(db.session.scalars(query.where(Cycle.code == "S175-2026")))
    assert found >= {Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING_SIGN_OFF, Stage.SUBMITTED}


def test_the_partnership_has_its_agencies_schools_and_settings(demo: Demo) -> None:
    with demo.app.app_context():
        assert db.session.scalars(select(Partnership.code)).all() == ["culvershire"]
        asked = {
            code: db.session.scalar(select(func.count(Invitation.id)).join(Cycle).where(Cycle.code == code))
            for code in ("S11-2024", "S11-2025", "S11-2026", "S175-2026", "S40-2026")
        }
        short_names = db.session.scalars(select(Organisation.short_name)).all()
    assert asked == {"S11-2024": 14, "S11-2025": 14, "S11-2026": 15, "S175-2026": 60, "S40-2026": 12}
    assert len(set(short_names)) == len(short_names)


def test_every_agency_has_a_lead_a_substitute_and_somebody_to_escalate_to(demo: Demo) -> None:
    with demo.app.app_context():
        board = db.session.scalars(select(Partnership)).one()
        asked = select(Invitation.organisation_id).join(Cycle).where(Cycle.code == "S11-2026")
        found = addressees(db.session.scalars(asked).all(), board.id)
        assert len(found) == 15
        for to in found.values():
            roles = [one.role for one in to]
            assert roles[0] == "lead" and to[0].has_account and {"substitute", "senior"} <= set(roles)
        assert all(one.email.endswith(".example") for to in found.values() for one in to)


def test_no_number_of_the_demonstration_is_refused_by_the_checks_of_the_register(demo: Demo) -> None:
    with demo.app.app_context():
        for organisation in db.session.scalars(select(Organisation)):
            for name in NUMBERS:
                assert not number_fault(name, getattr(organisation, name) or ""), organisation.name
            assert not postcode_fault(organisation.postcode), organisation.name
            assert not telephone_fault(organisation.telephone), organisation.name


def test_one_agency_had_another_name_and_one_school_took_in_another(demo: Demo) -> None:
    with demo.app.app_context():
        events = db.session.execute(
            select(OrganisationEvent.what, Organisation.short_name)
            .join(Organisation, Organisation.id == OrganisationEvent.organisation_id)
            .order_by(OrganisationEvent.id)
        )
        assert {tuple(one) for one in events} >= {
            ("renamed", "Fire and Rescue"),
            ("merged", "Tannery Street Infant"),
            ("took_in", "Tannery Street Primary School"),
        }


@pytest.mark.parametrize("framework", ["S11", "S175", "S40"])
def test_earlier_years_are_over(demo: Demo, framework: str) -> None:
    with demo.app.app_context():
        for year in (2024, 2025):
            assert set(stages(f"{framework}-{year}")) == {Stage.CLOSED}


def test_fourteen_agencies_submitted_last_year_and_all_were_moderated(demo: Demo) -> None:
    with demo.app.app_context():
        assert len(returns.submitted(cycle("S11-2025").id)) == 14
        moderated = select(func.count(func.distinct(Moderation.return_id))).join(
            Return, Return.id == Moderation.return_id
        )
        assert db.session.scalar(moderated.join(Cycle).where(Cycle.code == "S11-2025")) == 14


def test_this_year_has_every_stage(demo: Demo) -> None:
    with demo.app.app_context():
        agencies, schools, settings = stages("S11-2026"), stages("S175-2026"), stages("S40-2026")
        let_off = select(Invitation).join(Cycle).where(Invitation.exempted_at.is_not(None))
        exempt = db.session.scalars(let_off.where(Cycle.code == "S11-2026")).one()
        alone = db.session.scalars(let_off.where(Cycle.code == "S40-2026")).all()
        assert {one.organisation.works_alone for one in alone} == {True} and len(alone) == 2
        assert standing([cycle("S40-2026").id])[cycle("S40-2026").id].expected == 10
        assert exempt.organisation.short_name == "Saltreach District" and exempt.exempt_reason
    # The exempted council's return was never begun.
    assert agencies == {
        Stage.NOT_STARTED: 3,
        Stage.IN_PROGRESS: 4,
        Stage.SENT_BACK: 1,
        Stage.AWAITING_SIGN_OFF: 1,
        Stage.SUBMITTED: 4,
        Stage.MODERATED: 2,
    }
    assert set(schools) == set(Stage) - {Stage.CLOSED}
    assert set(settings) >= {Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.SUBMITTED}


def test_contributors_answered_what_they_were_given_and_nothing_else(demo: Demo) -> None:
    given = select(Assignment.id).where(
        Assignment.return_id == Answer.return_id,
        Assignment.person_id == Answer.updated_by_id,
        Assignment.standard_id == Criterion.standard_id,
    )
    by_contributors = (
        select(func.count(Answer.id))
        .join(Criterion, Criterion.id == Answer.criterion_id)
        .join(Membership, Membership.person_id == Answer.updated_by_id)
        .where(Membership.role == Role.CONTRIBUTOR)
    )
    with demo.app.app_context():
        assert db.session.scalar(by_contributors) > 300
        assert db.session.scalar(by_contributors.where(~given.exists())) == 0
        half_done = select(Return).join(Organisation).where(Organisation.short_name == "Culverham City")
        return_ = db.session.scalars(half_done.where(Return.cycle_id == cycle("S11-2026").id)).one()
        assert {a.person.name for a in returns.assignments(return_.id)} == {"Sue Brocklebank"}


def test_some_schools_are_late_and_one_was_given_longer(demo: Demo) -> None:
    with demo.app.app_context():
        progress = returns.progress(cycle("S175-2026"))
    assert 5 <= sum(row.late for row in progress) <= 12
    assert [row.organisation for row in progress if row.extended] == ["Alderwick House School"]
    assert {row.waiting_for for row in progress if row.stage is Stage.AWAITING_SIGN_OFF} == {
        "Headteacher or principal, Chair of governors, proprietor or trust chair",
        "Headteacher or principal",
        "Chair of governors, proprietor or trust chair",
    }


def test_the_agencies_have_three_weeks_left(demo: Demo) -> None:
    with demo.app.app_context():
        left = cycle("S11-2026").due_on - clock.today()
    assert timedelta(days=10) < left <= timedelta(days=21)


def test_nothing_happened_in_the_future(demo: Demo) -> None:
    moments = (
        Entry.at, Answer.updated_at, Submission.submitted_at, SignOff.signed_at, Moderation.moderated_at,
        Revision.added_at, Update.at, Person.created_at,
    )  # fmt: skip
    with demo.app.app_context():
        now = clock.now()
        for moment in moments:
            assert db.session.scalar(select(func.max(moment))) <= now, moment


def test_each_year_was_answered_in_its_own_year(demo: Demo) -> None:
    with demo.app.app_context():
        for code in ("S11-2024", "S175-2025", "S40-2025"):
            asked = cycle(code)
            query = select(func.min(Answer.updated_at), func.max(Answer.updated_at))
            query = query.join(Return, Return.id == Answer.return_id).where(Return.cycle_id == asked.id)
            first, last = db.session.execute(query).one()
            assert asked.opens_on <= first.date() <= last.date() <= asked.due_on + timedelta(days=40)


def test_no_slot_is_left_unfilled(demo: Demo) -> None:
    with demo.app.app_context():
        for column in COLUMNS_OF_TEXT:
            assert db.session.scalars(select(column).where(column.contains("{"))).all() == [], column


def test_every_answer_that_was_signed_says_something(demo: Demo) -> None:
    with demo.app.app_context():
        shortest = select(func.min(func.length(Answer.commentary))).where(Answer.level_id.is_not(None))
        shortest = shortest.join(Return, Return.id == Answer.return_id)
        assert db.session.scalar(shortest.where(Return.submitted_at.is_not(None))) > 60


def test_nobody_says_not_applicable_where_it_is_not_allowed(demo: Demo) -> None:
    with demo.app.app_context():
        for code in ("S11-2025", "S11-2026", "S175-2026", "S40-2026"):
            edition = questionnaires.content(cycle(code).edition)
            query = select(Answer.criterion_id).join(Return, Return.id == Answer.return_id).join(Cycle)
            away = db.session.scalars(query.where(Cycle.code == code, Answer.not_applicable)).all()
            assert away
            assert all(edition.by_id[criterion_id].not_applicable_allowed for criterion_id in away)


def test_loading_it_again_would_say_the_same(demo: Demo) -> None:
    with demo.app.app_context():
        last = cycle("S11-2025")
        query = select(Return).join(Organisation).where(Return.cycle_id == last.id)
        return_ = db.session.scalars(query.where(Organisation.short_name == "Culvershire Police")).one()
        said = {c: (a.level_id, a.commentary) for c, a in returns.answers(return_.id).items()}
        material = read()
        asked = next(one for one in plan.cycles(material, clock.today()) if one.code == last.code)
        again = drafts(material, material.by_key["police"], asked, returns.standards_of(return_))
        assert {d.criterion.id: (d.level.id, d.text) for d in again if d.level} == said


def test_optimistic_agencies_were_moderated_down(demo: Demo) -> None:
    down = Counter[str]()
    with demo.app.app_context():
        query = (
            select(Organisation.short_name, func.count())
            .join(Return, Return.organisation_id == Organisation.id)
            .join(Answer, Answer.return_id == Return.id)
            .join(
                Moderation,
                (Moderation.return_id == Return.id)
                & (Moderation.round == Return.round)
                & (Moderation.criterion_id == Answer.criterion_id),
            )
            .join(Cycle, Cycle.id == Return.cycle_id)
            .where(Cycle.code == "S11-2025", Moderation.level_id != Answer.level_id)
            .group_by(Organisation.short_name)
        )
        down.update(dict(db.session.execute(query).all()))
        unexplained = db.session.scalar(query.where(Moderation.reason == "").limit(1))
    assert {name for name, _ in down.most_common(4)} == {
        "Culverham City", "Culvershire Probation", "Larkwater", "Marlhome",
    }  # fmt: skip
    assert unexplained is None


def test_sealed_records_hold(demo: Demo) -> None:
    with demo.app.app_context():
        for submission in db.session.scalars(select(Submission).order_by(Submission.id).limit(40)):
            assert checksum(submission.sealed) == submission.checksum


def test_what_was_sent_back_last_year_came_in_twice(demo: Demo) -> None:
    with demo.app.app_context():
        twice = select(Submission.return_id).group_by(Submission.return_id).having(func.count() > 1)
        return_ = db.session.scalars(select(Return).where(Return.id.in_(twice))).one()
        first, second = sorted(returns.submissions(return_.id), key=lambda submission: submission.round)
        assert return_.organisation.short_name == "Larkwater"
        assert first.ratings != second.ratings


def test_last_years_challenge_day_was_recorded_and_this_years_is_planned(demo: Demo) -> None:
    with demo.app.app_context():
        today = clock.today()
        last, this = (challenge.of_cycle(cycle(code).id) for code in ("S11-2025", "S11-2026"))
        assert last and this and last.held_on < today < this.held_on
        assert len(challenge.sessions(last.id)) == 8 and len(challenge.outcomes(last.id)) == 10
        turns = [one.name for one in challenge.sessions(this.id) if one.organisation is None]
        assert turns == ["Welcome and introductions", "Break", "Closing and next steps"]
        assert len(challenge.sessions(this.id)) == 4 + len(turns) and challenge.outcomes(this.id) == []
        assert all(outcome.agreed_level for outcome in challenge.outcomes(last.id))
        assert (packs.letters_released(last.id), packs.letters_released(this.id)) == (8, 0)


def test_the_plan_has_actions_in_every_way_they_can_stand(demo: Demo) -> None:
    with demo.app.app_context():
        today = clock.today()
        actions = db.session.scalars(select(Action)).all()
        overdue = [a for a in actions if is_overdue(a.status, a.due_on, today)]
        drifting = [a for a in actions if is_drifting(a.status, a.times_moved)]
        stand = Counter(a.status for a in actions)
        said = Counter(db.session.scalars(select(Update.kind)))
    assert len(actions) >= 22 + 9
    assert 5 <= len(overdue) <= 16 and len(drifting) == 1
    assert set(stand) == set(Status) and stand[Status.COMPLETE] == 6
    assert (stand[Status.VERIFIED], stand[Status.CLOSED], stand[Status.SUPERSEDED]) == (1, 1, 1)
    assert (said[Saying.RETURNED], said[Saying.IMPACT], sum(said.values())) == (1, 2, 77)


def test_evidence_can_be_opened_and_reads_well(demo: Demo) -> None:
    with demo.app.app_context():
        kinds = dict(db.session.execute(select(Document.kind, func.count()).group_by(Document.kind)).all())
        revisions = db.session.scalars(select(Revision).where(Revision.size > 0).order_by(Revision.id)).all()
        for revision in revisions[::37]:
            content = files().open(revision.storage_key).read()
            assert len(content) == revision.size
            assert len(words_in(revision.file_name, content)) > 20, revision.file_name
    assert kinds["file"] > 700 and kinds["link"] > 10 and kinds["reference"] > 20


def words_in(name: str, content: bytes) -> list[str]:
    """The words of a file, by its kind."""
    if name.endswith(".docx"):
        return " ".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs).split()
    if name.endswith(".pdf"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
    return content.decode().replace(",", " ").split()


def test_an_agency_shows_several_documents_a_year(demo: Demo) -> None:
    with demo.app.app_context():
        query = (
            select(func.count(func.distinct(AnswerEvidence.revision_id)))
            .join(Return, Return.id == AnswerEvidence.return_id)
            .join(Cycle)
            .where(Cycle.code == "S11-2025")
            .group_by(Return.id)
        )
        shown = db.session.scalars(query).all()
    assert len(shown) == 14 and min(shown) >= 5 and max(shown) <= 11


def test_one_person_leads_in_several_schools_of_a_trust(demo: Demo) -> None:
    with demo.app.app_context():
        query = (
            select(Membership.person_id).where(Membership.role == Role.LEAD).group_by(Membership.person_id)
        )
        several = db.session.scalars(query.having(func.count() > 1)).all()
        named = {db.session.get_one(Person, person_id).name for person_id in several}
    assert named == {"William Ellwood", "Eleanor Thackray", "Georgina Snowball"}


def test_no_mail_waits_to_be_sent_to_invented_people(demo: Demo) -> None:
    with demo.app.app_context():
        assert notices.waiting() == []


def test_the_questionnaires_can_be_loaded_again_afterwards(demo: Demo) -> None:
    names = ("section-11-2025", "section-11-2026", "section-175-2026", "section-40-2026")
    paths = [f"seeds/questionnaires/{name}.yaml" for name in names]
    again = demo.app.test_cli_runner().invoke(args=["questionnaires", "load", *paths])
    assert again.exit_code == 0, again.output
    assert again.stdout.count("already loaded and unchanged") == 4


def test_a_database_that_belongs_to_somebody_else_is_left_alone(
    empty: tuple[Flask, MemoryStorage],
) -> None:
    app, storage = empty
    with app.app_context():
        with unit_of_work():
            organisations.found(code="elsewhere", name="Elsewhere Safeguarding Partnership")
        before = rows()
    refused = seed(app)
    assert refused.exit_code == 1
    assert "This database belongs to Elsewhere Safeguarding Partnership" in refused.stderr
    with app.app_context():
        assert rows() == before and storage.files == {}


def test_somebody_elses_partnership_of_the_same_code_is_left_alone_too(
    empty: tuple[Flask, MemoryStorage],
) -> None:
    app, _ = empty
    with app.app_context(), unit_of_work():
        organisations.found(code="culvershire", name="The real Culvershire")
    assert seed(app, "--json").exit_code == 1


def test_a_run_cut_short_leaves_nothing_behind(
    empty: tuple[Flask, MemoryStorage], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, storage = empty
    run = seeding.Making.run

    def run_and_be_cut_short(self: seeding.Making, asking: seeding.CyclePlan) -> None:
        run(self, asking)
        assert storage.files
        raise KeyboardInterrupt

    monkeypatch.setattr(seeding.Making, "run", run_and_be_cut_short)
    with app.app_context():
        before = rows()
        with pytest.raises(KeyboardInterrupt):
            seeding.prepare(lambda step: None)
        assert rows() == before and storage.files == {}


def test_without_tables_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    app, _ = an_application(tmp_path, with_tables=False)
    refused = seed(app)
    assert refused.exit_code == 1 and "flask db upgrade" in refused.stderr


def test_whoever_is_at_work_has_taken_over_some_of_last_year_and_is_asked_about_promises(demo: Demo) -> None:
    with demo.app.app_context():
        at_work = db.session.scalars(
            select(Return).join(Cycle).where(Cycle.code == "S11-2026", Return.stage == Stage.IN_PROGRESS)
        ).all()
        carried, promised = {}, {}
        for one in at_work:
            name = one.organisation.short_name
            carried[name] = sum(answer.carried for answer in returns.answers(one.id).values())
            lines = [line for found in returns.actions_beside(one).values() for line in found]
            promised[name] = sum(line.earlier and line.is_open for line in lines)
    # Pebble House is new this year: there was no last year.
    assert carried == {"Fire and Rescue": 2, "Public Health": 4, "Culverham City": 4, "Pebble House": 0}
    assert promised["Culverham City"] >= 2 and promised["Pebble House"] == 0
