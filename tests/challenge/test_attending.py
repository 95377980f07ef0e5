"""Who comes to a day, and whom is told."""

import pytest
from sqlalchemy import select

from s11.challenge import operations, planned, queries, readiness
from s11.challenge.invites import told_by
from s11.challenge.kinds import Attendance, Part
from s11.challenge.operations import Coming
from s11.core.database import db, unit_of_work
from s11.core.errors import Invalid, Stale
from s11.home.leaving import pseudonymise
from s11.notices.models import Notice
from s11.organisations import queries as organisations
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.people.rules import Role
from tests.challenge.some import a_day
from tests.factories.world import HOUSING_LEAD, POLICE_LEAD
from tests.notices.letterbox import a_server, send

pytestmark = pytest.mark.database


def named(name):
    return organisations.by_name(name)


def somebody(**changes):
    details = {"name": "Asha Rahman", "email": "asha@fire.example"}
    return Coming(**{**details, **changes})


def on_list(day):
    return [
        (one.organisation.name if one.organisation else "Board", one.name, str(one.part), str(one.attendance))
        for one in planned.attendees(day.id)
    ]


@pytest.fixture
def day_ref(app, world):
    """A day with two sessions, on which the leads and the Board are listed."""
    ref = a_day(world, "Northshire Police", "Harbour Housing")
    with app.app_context(), unit_of_work():
        operations.take_from_register(queries.by_ref(ref))
    return ref


def test_the_leads_the_chair_and_the_office_are_taken_over_once(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        assert on_list(day) == [
            ("Board", "Colin Chair", "chairs", "expected"), ("Board", "Mary Manager", "records", "expected"),
            ("Board", "Olive Office", "records", "expected"),
            ("Harbour Housing", "Hari Lead", "presents", "expected"),
            ("Northshire Police", "Pat Lead", "presents", "expected"),
        ]  # fmt: skip
        assert operations.take_from_register(day) == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"email": "asha@fire"}, "email", "in the form name@place"),
        ({"email": "asha@fire.gov.ku"}, "email", "Did you mean asha@fire.gov.uk?"),
        ({"email": POLICE_LEAD.upper()}, "email", "Pat Lead is on the list with this address"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(app, day_ref, changes, field, sentence):
    with (
        app.app_context(),
        pytest.raises(Invalid, match=sentence.replace("?", r"\?")) as refusal,
        unit_of_work(),
    ):
        operations.add_attendee(queries.by_ref(day_ref), somebody(**changes))
    assert refusal.value.field == field


def test_an_address_that_only_looks_like_a_slip_is_taken_when_said_so(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        added = operations.add_attendee(
            day, somebody(email="asha@fire.gov.ku", sure=True), ref="abcdefghjkmn"
        )
        again = operations.add_attendee(day, somebody(name="Twice"), ref="abcdefghjkmn")
        assert added is again and added.name == "Asha Rahman"


def test_somebody_comes_instead_and_the_quorum_counts_it(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        sessions = queries.sessions(day.id)
        pat = planned.attendee_at(day.id, POLICE_LEAD)
        operations.mark_attendance(pat, day, Attendance.APOLOGIES)
        assert readiness.without_anybody(readiness.benches(sessions, planned.attendees(day.id))) == [
            "Northshire Police"
        ]
        operations.send_substitute(pat, day, name="Sol Stand-In", email="sol@police.example")
        _, police, _ = sorted(
            readiness.benches(sessions, planned.attendees(day.id)), key=lambda one: one.name
        )[:3]
        assert police.name == "Northshire Police" and police.words == "1 coming, 1 with apologies"
        assert planned.attendee_at(day.id, "sol@police.example").note == "Stands in for Pat Lead"


def test_two_who_change_the_same_person_do_not_overwrite_each_other(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        pat = planned.attendee_at(day.id, POLICE_LEAD)
        mark = operations.mark_of(pat)
        coming = Coming("Pat Lead", "Head", POLICE_LEAD, organisation=named("Northshire Police"))
        operations.change_attendee(pat, day, coming, mark=mark)
        with pytest.raises(Stale):
            operations.change_attendee(pat, day, coming, mark=mark)


def test_who_belongs_to_whom_they_would_question_is_a_conflict(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        sessions = queries.sessions(day.id)
        sessions[0].questioner = named("Harbour Housing")
        assert readiness.conflicts(sessions, planned.attendees(day.id)) == []
        hari, colin = people.by_address(HOUSING_LEAD), people.by_address("chair@board.example")
        people_operations.give_role(hari, Role.VIEWER, at=named("Northshire Police"))
        people_operations.give_role(colin, Role.VIEWER, at=named("Harbour Housing"))
        db.session.flush()
        assert readiness.conflicts(sessions, planned.attendees(day.id)) == [
            "Colin Chair belongs to Harbour Housing. Let somebody else of the Board take its turn.",
            "Hari Lead belongs to Northshire Police and would question it for Harbour Housing.",
        ]


def tick(day, *names):
    """The mails to these people as they would go out now, by ref."""
    ready = operations.look_ahead(day).ready
    return {one.attendee.ref: one.seal for one in ready if not names or one.attendee.name in names}


def mails(app):
    with app.app_context():
        query = select(Notice).where(Notice.calendar != "").order_by(Notice.id)
        return [
            (one.to_name, one.template, told_by(one.calendar), one.calendar)
            for one in db.session.scalars(query)
        ]


def test_everybody_is_invited_once_and_the_file_arrives_in_a_mail_that_parses(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        ticked = tick(day)
        assert operations.send_invitations(day, ticked).mails == 5
        assert operations.send_invitations(day, ticked).mails == 0
        assert operations.look_ahead(day).ready == []
        assert all(one.invited_at for one in planned.attendees(day.id))
    with a_server(app) as letterbox:
        send(app)
    mail = next(
        one for one in letterbox.read if one["To"] == f"Pat Lead <{POLICE_LEAD}>" and one.is_multipart()
    )
    words, file = mail.get_payload()
    assert "Northshire Police presents from 09:30 to 09:50." in words.get_payload(decode=True).decode()
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == (
        "text/calendar", "REQUEST", "invite.ics",
    )  # fmt: skip
    text = file.get_payload(decode=True).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "METHOD:REQUEST\r\n" in text and f"UID:challenge-day-{day_ref}@" in text
    assert "\n" not in text.replace("\r\n", "")
    assert told_by(text)["LOCATION"] == "County Hall"


def test_who_has_an_older_time_is_offered_a_change_with_the_same_name_and_a_higher_number(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        operations.send_invitations(day, tick(day, "Pat Lead", "Hari Lead", "Colin Chair"))
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        operations.change_day(
            day, title=day.title, held_on=day.held_on, place="County Hall", starts_at="13:00"
        )
        outlook = operations.look_ahead(day)
        assert [one.attendee.name for one in outlook.changed] == ["Colin Chair", "Hari Lead", "Pat Lead"]
        assert [one.attendee.name for one in outlook.new] == ["Mary Manager", "Olive Office"]
        assert outlook.changed[0].was.endswith(", 09:30")
        operations.send_invitations(day, tick(day, "Pat Lead"))
    first, second = (calendar for name, _, _, calendar in mails(app) if name == "Pat Lead")
    numbers = [int(text.split("SEQUENCE:")[1].split("\r\n")[0]) for text in (first, second)]
    assert numbers[1] > numbers[0]
    assert [text.split("UID:")[1].split("\r\n")[0] for text in (first, second)] == [
        f"challenge-day-{day_ref}@localhost"
    ] * 2
    # Back to where it was: what was told then counts no more.
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        operations.change_day(
            day, title=day.title, held_on=day.held_on, place="County Hall", starts_at="09:30"
        )
        assert [one.attendee.name for one in operations.look_ahead(day).changed] == ["Pat Lead"]
        assert operations.send_invitations(day, tick(day, "Pat Lead")).mails == 1


def test_only_whom_a_change_concerns_has_an_older_time(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        operations.send_invitations(day, tick(day))
        police = queries.sessions(day.id)[0]
        operations.change_session(police, day, questioner=named("Harbour Housing"), minutes=20, place=1)
        changed = [one.attendee.name for one in operations.look_ahead(day).changed]
        assert changed == ["Hari Lead", "Pat Lead"]


def test_what_changed_since_it_was_looked_at_is_not_sent(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        ticked = tick(day, "Pat Lead")
        day.place = "Town Hall"
        sent = operations.send_invitations(day, ticked)
        assert (sent.mails, [one.attendee.name for one in sent.changed]) == (0, ["Pat Lead"])


def test_who_has_no_address_or_does_not_come_gets_no_mail_and_the_page_says_why(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        operations.add_attendee(day, somebody(email="", part=Part.LISTENS))
        operations.mark_attendance(planned.attendee_at(day.id, POLICE_LEAD), day, Attendance.APOLOGIES)
        left_out = {one.name: why for one, why in operations.look_ahead(day).left_out}
        assert left_out == {
            "Asha Rahman": "has no address: enter one, or ring", "Pat Lead": "does not come",
        }  # fmt: skip


def test_who_was_invited_and_is_taken_off_the_list_is_told_in_their_calendar(app, day_ref):
    with app.app_context(), unit_of_work():
        day = queries.by_ref(day_ref)
        pat, hari = (planned.attendee_at(day.id, one) for one in (POLICE_LEAD, HOUSING_LEAD))
        assert operations.cancellation_of(hari, day) is None
        operations.send_invitations(day, tick(day, "Pat Lead"))
        assert operations.uninvite(pat, day, tell=True) and not operations.uninvite(hari, day, tell=True)
        assert [name for _, name, *_ in on_list(day)] == ["Colin Chair", "Mary Manager", "Olive Office"]
    (_, template, _, text) = mails(app)[-1]
    assert template == "invitation_cancelled" and "METHOD:CANCEL" in text and "STATUS:CANCELLED" in text


def test_who_left_goes_under_another_name_and_their_address_goes(app, day_ref):
    with app.app_context(), unit_of_work():
        day, pat = queries.by_ref(day_ref), people.by_address(POLICE_LEAD)
        operations.send_substitute(planned.attendee_at(day.id, POLICE_LEAD), day, name="Sol Stand-In")
        for membership in pat.memberships:
            people_operations.end_role(membership, by=None)
        known_as = pseudonymise(pat, by=None)
        db.session.expire_all()
        police = [
            one for one in planned.attendees(day.id) if one.organisation and "Police" in one.organisation.name
        ]
        assert [(one.name, one.email, one.role) for one in police if one.person_id] == [(known_as, "", "")]
        assert f"Stands in for {known_as}" in {one.note for one in police}
