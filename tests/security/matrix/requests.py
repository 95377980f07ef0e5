"""A valid request for every route of the matrix: what somebody who may would send.

Each is made for one organisation's things (`Place`) and for the person who asks. A route stands here under
the name it has in the matrix, such as "POST returns.save_standard".
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete

from s11.access import queries
from s11.access.models import Identity, SecondFactor
from s11.access.operations import factors
from s11.access.operations import signing_in as sign_ins
from s11.challenge import operations as challenge
from s11.challenge import planned as challenge_planned
from s11.challenge import queries as challenge_queries
from s11.challenge.enquiries.rules import Suggestion
from s11.challenge.kinds import EnquiryState
from s11.challenge.live import operations as live
from s11.core import clock
from s11.core.database import db
from s11.core.storage import files
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.audience import Audience
from s11.cycles.days import Dates
from s11.cycles.operations import plan as planned
from s11.cycles.operations.issuing import ToAsk
from s11.evidence import operations as evidence
from s11.evidence import queries as documents
from s11.evidence.models import Upload
from s11.evidence.requests import queries as evidence_requests
from s11.evidence.requests.models import EvidenceRequest
from s11.joining import queries as joining_queries
from s11.moderation import operations as moderation
from s11.moderation import queries as moderation_queries
from s11.moderation.models import Assignment as Given
from s11.moderation.models import Moderation
from s11.notices import queries as notices
from s11.notices.models import Notice
from s11.notices.operations import mark_of, queue, reword
from s11.notices.operations import stop as stop_mail
from s11.notices.rules import Why
from s11.notices.wording import Words
from s11.organisations import operations as organisations
from s11.organisations import queries as organisation_queries
from s11.packs.contents.report import FOREWORD
from s11.packs.letters.wording import DEFAULT as LETTER
from s11.partnerships.rules import Pending
from s11.partnerships.rules import mark_of as mark_of_settings
from s11.people import operations as people_operations
from s11.people import queries as people
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import EditionComment
from s11.register import operations as register
from s11.register.queries import by_ref as find_organisation
from s11.returns import queries as returns
from s11.returns.models import Assignment, Submission
from s11.returns.operations import AnswerChange, issue, save_answers, sign_section
from s11.returns.operations.closing import close_cycle
from s11.returns.operations.composing import record_of
from s11.returns.operations.workbooks import keep_workbook
from s11.returns.rules import Stage
from s11.returns.sealing import seal
from s11.returns.workbook import Scope, write_return
from s11.returns.workbook.gathering import contents_of
from tests.factories.pictures import image
from tests.factories.questionnaires import tiny
from tests.pages import PASSWORD
from tests.security.matrix import bringing, building, chasing, following, packing, registers
from tests.security.matrix.world import ELSEWHERE, MANAGER, MODERATOR, Place

NEW_PASSWORD = "four unlikely words together 9"


@dataclass(frozen=True)
class Ask:
    """What is sent: the parts of the address, the fields of the form, and what has to be true before.

    `changes` is False where a right request leaves the database as it is. `refuses` is the status with which
    the page itself refuses what stands in the form, where the address names nothing that could be hidden.
    """

    address: dict[str, str] = field(default_factory=dict)
    form: dict[str, object] | None = None
    before: Callable[[Place], None] | None = None
    changes: bool = True
    refuses: int = 403
    # Open to all, and about a link nobody here has, answered 410; or a door that is not set up, 404.
    gone: bool = False


Request = Callable[[Place, str], Ask]


def to(**parts: str) -> Request:
    """A page whose address is made of these things of the place."""

    def ask(place: Place, actor: str) -> Ask:
        return Ask({name: part_of(place, what) for name, what in parts.items()})

    return ask


def part_of(place: Place, what: str) -> str:
    """A word as it is ("=lead"), or a thing of the place by its name ("cycle", "more.helper")."""
    if what.startswith("more."):
        return place.more[what.removeprefix("more.")]
    return what.removeprefix("=") if what.startswith("=") else str(getattr(place, what))


def form(_before: Callable[[Place], None] | None = None, _changes: bool = True, **parts: str) -> Callable:
    """A form sent to such an address; its fields are what `fields(place)` gives."""

    def decorate(fields: Callable[[Place], dict[str, object]]) -> Request:
        def ask(place: Place, actor: str) -> Ask:
            address = {name: part_of(place, what) for name, what in parts.items()}
            return Ask(address, fields(place), _before, _changes)

        return ask

    return decorate


def nothing(place: Place) -> dict[str, object]:
    return {}


def day_in(days: int) -> str:
    day = clock.today() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def answers(place: Place) -> dict[str, object]:
    """Another word for the first criterion of the standard, as the page would send it."""
    first = place.criteria[0]
    return {f"v{first}": "1", f"r{first}": "green", f"c{first}": "Newly written.", "go": "stay"}


def a_contact(place: Place) -> dict[str, object]:
    name = f"{place.more['contact']}-0"
    return {f"fv{name}": "1", f"f{name}": "Somebody else"}


KINDS = {"school": "school", "nursery": "early_years", "fire": "fire"}


def a_new_organisation(place: Place, actor: str) -> Ask:
    """Of a kind that this person may enter: an adviser those of their own audit."""
    kinds = {"education@board.example": "school", "early@board.example": "early_years"}
    fields = {"name": "A New Name", "kind": kinds.get(actor, "police"), "bound_by_statute": "no"}
    return Ask(form=dict(fields))


def its_facts(place: Place) -> dict[str, object]:
    kind = KINDS.get(place.name, "police")
    return {"kind": kind, "bound_by_statute": "yes", "district": "Elsewhere", "seen": place.more["seen"]}


def closes(place: Place) -> dict[str, object]:
    return {"on": day_in(0), "note": "It closes."}


def has_closed(place: Place) -> None:
    organisation = find_organisation(place.organisation)
    assert organisation is not None
    register.close(organisation, organisation.seats[0].partnership, on=clock.today())


def has_left(place: Place) -> None:
    organisation = find_organisation(place.organisation)
    assert organisation is not None
    (seat,) = organisation.seats
    register.leave(organisation, seat.partnership, seat, on=clock.today())


def renamed(place: Place) -> dict[str, object]:
    return {"name": "Another Name", "short_name": "Another", "on": day_in(0)}


def moved(place: Place) -> dict[str, object]:
    """To nobody where it belongs to a trust, and to another where it belongs to nobody."""
    return {"parent": place.more["new_parent"], "on": day_in(0)}


def a_written_to(place: Place) -> dict[str, object]:
    return {"name": "Newly Written", "role": "lead", "email": "newly@written.example"}


def a_file(place: Place) -> dict[str, object]:
    return {"what": "file", "note": "page 4", "file": (io.BytesIO(b"Another file.\n"), "another.txt")}


def its_workbook(place: Place) -> bytes:
    """The return as a workbook to fill in."""
    return_, lead = returns.by_ref(place.return_), people.by_address(MANAGER)
    if return_ is None or lead is None:
        return b""
    nothing_theirs = Scope(frozenset(), frozenset(), whole=False)
    return write_return(contents_of(return_, nothing_theirs, by=lead, is_open=True))


def a_workbook(place: Place, actor: str) -> Ask:
    """The return sent back as a workbook, which is made when everything else is there."""
    file = io.BytesIO()

    def filled(_: Place) -> None:
        file.write(its_workbook(place))
        file.seek(0)

    return Ask({"ref": place.return_}, {"file": (file, "return.xlsx")}, filled)


def on_a_workbook(fields: dict[str, object] | None = None) -> Request:
    """A page or a form about a workbook that whoever asks has sent before."""

    def ask(place: Place, actor: str) -> Ask:
        def sent(_: Place) -> None:
            return_, person = returns.by_ref(place.return_), people.by_address(actor)
            if return_ is not None and person is not None:
                upload = keep_workbook(return_, its_workbook(place), "return.xlsx", by=person)
                upload.ref = "workbook2222"

        return Ask({"ref": place.return_, "upload": "workbook2222"}, fields, sent)

    return ask


def moderated(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {
        f"c{first}": "red",
        f"c{first}-reason": "Seen otherwise on the visit.",
        f"c{first}-version": place.moderated,
        f"c{first}-was": "",
        f"c{first}-was-reason": "",
    }


def agree_with_the_rest(place: Place) -> None:
    return_, manager = returns.by_ref(place.return_), people.by_address(MANAGER)
    if return_ is not None and manager is not None and return_.stage == "submitted":
        moderation.agree_rest(return_, by=manager)


def session_begun(place: Place) -> None:
    day = challenge_queries.by_ref(place.day)
    if day is not None:
        live.begin(day, challenge_queries.sessions(day.id)[0], by=None)


def day_finished(place: Place) -> None:
    day = challenge_queries.by_ref(place.day)
    if day is not None:
        live.open_day(day, by=None)
        live.finish(day, by=None)


def nothing_agreed(place: Place) -> None:
    """Take back the agreed rating the world begins with: a return is given out before one is agreed."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None and return_.stage == "submitted":
        db.session.execute(delete(Moderation).where(Moderation.return_id == return_.id))


def given(place: Place) -> None:
    """Give the return to the moderator, at whatever stage it is."""
    nothing_agreed(place)
    return_, moderator = returns.by_ref(place.return_), people.by_address(MODERATOR)
    assert return_ is not None and moderator is not None
    db.session.add(
        Given(
            ref=place.more["assignment"],
            return_id=return_.id,
            round=return_.round,
            person_id=moderator.id,
            assigned_at=clock.now(),
            assigned_by_name="Olive Office",
        )
    )
    db.session.flush()


def begun(place: Place) -> None:
    given(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    known.declared_at = clock.now()


def rated(place: Place) -> None:
    begun(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    if known.return_.stage == "submitted":
        moderation.agree_rest_alone(known, by=known.person)


def finished(place: Place) -> None:
    rated(place)
    known = moderation_queries.assignment_by_ref(place.more["assignment"])
    assert known is not None
    known.finished_at = clock.now()


def to_preview(place: Place) -> dict[str, object]:
    return {
        "return": place.return_,
        "moderator": place.more["moderator"],
        "scope": "ticked",
        "how": "every",
        "each": "1",
        "due_on": day_in(9),
    }


def to_assign(place: Place) -> dict[str, object]:
    return {f"to-{place.more['moderator']}": place.return_, "due_on": day_in(9)}


def to_give_one(place: Place) -> dict[str, object]:
    return {"moderator": place.more["moderator"], "due_on": day_in(9)}


def the_moderator(place: Place) -> dict[str, object]:
    return {"moderator": place.more["moderator"]}


def too_near(place: Place) -> dict[str, object]:
    return {"reason": "My sister works there."}


def an_interest(place: Place, actor: str) -> Ask:
    whose = place.more["elsewhere"] if actor == ELSEWHERE else place.organisation
    return Ask({}, {"organisation": whose, "why": "My sister works there."})


def asked_of_one(before: Callable[[Place], None], **parts: str) -> Request:
    """A page about the return the moderator was given."""

    def ask(place: Place, actor: str) -> Ask:
        address = {name: part_of(place, what) for name, what in {"ref": "more.assignment", **parts}.items()}
        return Ask(address, before=before)

    return ask


def rated_alone(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {f"c{first}": "red", f"c{first}-reason": "Seen otherwise on the visit."}


def replied(place: Place) -> dict[str, object]:
    return {f"c{place.criteria[0]}": "accept"}


def let_off(place: Place) -> None:
    return_ = returns.by_ref(place.return_)
    if return_ is not None:
        cycles.exempt(return_.invitation, reason="A small team this year.")


def closed_cycle(place: Place) -> None:
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        close_cycle(cycle, with_returns=False, by=None)


def to_publish(place: Place) -> dict[str, object]:
    """The plan for the public, shown once more with a further name taken out."""
    return {"also": "Somebody Unknown", "again": "yes"}


def an_action(place: Place, actor: str) -> Ask:
    return Ask(
        form={
            "place": f"{place.partnership}.{place.organisation}",
            "source": "review",
            "source_title": "A review nobody knows",
            "text": "Train every duty sergeant.",
            "owner_name": "Asha Rahman",
            "owner_role": "Head of service",
            "due_on": day_in(40),
        },
        refuses=422,
    )


def a_promise(place: Place) -> dict[str, object]:
    return {
        "version": "1",
        "text": "Train everybody twice.",
        "owner_name": "Asha Rahman",
        "owner_role": "Head of service",
    }


def a_review(place: Place) -> dict[str, object]:
    return {"version": "1", "kind": "audit", "title": "Audit of the year", "how_many": "2"}


def a_day(place: Place, actor: str) -> Ask:
    return Ask(
        form={"cycle": place.cycle, "title": "Another day", "held_on": day_in(70), "place": "Town Hall"},
        refuses=422,
    )


def a_cycle(place: Place, actor: str) -> Ask:
    return Ask(
        form={
            "edition": place.edition,
            "title": "Another year",
            "code": "S11-2030",
            "opens_on": day_in(10),
            "due_on": day_in(90),
            "takes_files": "yes",
            "asked_as": "full",
            "every_years": "1",
        }
    )


def signing_in(place: Place, actor: str) -> Ask:
    return Ask(form={"email": actor or place.lead, "password": PASSWORD})


def signing_out(place: Place, actor: str) -> Ask:
    return Ask(form={}, changes=bool(actor))


def a_password(place: Place, actor: str) -> Ask:
    return Ask(form={"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})


def a_sign_in_of(actor: str, ref: str) -> Callable[[Place], None]:
    """Let whoever asks be signed in once more, elsewhere."""

    def before(place: Place) -> None:
        person = people.by_address(actor)
        if person is not None:
            sign_ins.begin(person, way="password", user_agent="", address="")
            lately = clock.now() - timedelta(hours=1)
            newest, *_ = queries.open_sign_ins(person, seen_since=lately, begun_since=lately)
            newest.ref = ref

    return before


def a_sign_in_of_ones_own(place: Place, actor: str) -> Ask:
    return Ask({"ref": "abcdefgh2345"}, {}, a_sign_in_of(actor, "abcdefgh2345"))


def other_sign_ins(place: Place, actor: str) -> Ask:
    return Ask(form={}, before=a_sign_in_of(actor, "abcdefgh2345"))


def without_a_link(place: Place, actor: str) -> Ask:
    return Ask(gone=True)


def a_password_without_a_link(place: Place, actor: str) -> Ask:
    return Ask(form={"new": NEW_PASSWORD, "again": NEW_PASSWORD}, changes=False, gone=True)


def an_address_without_a_link(place: Place, actor: str) -> Ask:
    return Ask(form={}, changes=False, gone=True)


def a_stop_without_a_link(place: Place, actor: str) -> Ask:
    return Ask({"token": "nobodys"}, {}, changes=False, gone=True)


def a_report_that_mail_came_back(place: Place, actor: str) -> Ask:
    return Ask(form={}, changes=False, gone=True)


def the_mail(place: Place) -> Notice:
    found = notices.by_ref(place.more["mail"])
    assert found is not None
    return found


def link_handed_over(place: Place) -> None:
    """A mail of no partnership that may have been sent."""
    mail = queue(to_address="new@password.example", to_name="New", subject="Choose", body="Choose.")
    mail.handed_at = clock.now()


def not_sent(place: Place) -> None:
    the_mail(place).given_up_at = clock.now()


def handed_over(place: Place) -> None:
    the_mail(place).handed_at = clock.now()


def came_back(place: Place) -> None:
    stop_mail(the_mail(place).to_address, Why.BOUNCED)


def office_place(actor: str) -> int | None:
    """The partnership in which somebody works, as the words of its mails are its own."""
    person = people.by_address(actor)
    return next((m.partnership_id for m in person.memberships if m.partnership_id), None) if person else None


def own_words(place: Place, actor: str) -> Ask:
    """To go back to the usual words, where the partnership of whoever asks has words of its own."""
    sent: dict[str, object] = {"mark": ""}

    def written(_: Place) -> None:
        at, person = office_place(actor), people.by_address(actor)
        if at is not None and person is not None:
            words = Words("Another ((audit))", "Another: ((link))")
            reword(at, "letter", words, mark="", by=person)
            sent["mark"] = mark_of(notices.template(at, "letter"))

    return Ask({"key": "letter"}, sent, written)


def an_address(place: Place, actor: str) -> Ask:
    return Ask(form={"email": "another@address.example", "password": PASSWORD})


def steps(place: Place, actor: str) -> Ask:
    """A step of signing in, of somebody who is signed in already: they go on to where they wanted."""
    return Ask(form={"code": "123456"}, changes=False)


def work_account(place: Place, actor: str) -> Ask:
    return Ask({"code": "nhsmail"})


def a_change(place: Place, actor: str) -> Ask:
    return Ask({"act": "turn-on"}, {"password": PASSWORD}, changes=False)


def a_device(place: Place, actor: str) -> Ask:
    def remembered(_: Place) -> None:
        if person := people.by_address(actor):
            factors.remember_device(person, name="Firefox on Windows")
            device = queries.devices_of(person)[0]
            device.ref = "device222222"

    return Ask({"ref": "device222222"}, {}, remembered)


def a_work_account(place: Place, actor: str) -> Ask:
    def linked(_: Place) -> None:
        if person := people.by_address(actor):
            identity = Identity(
                person_id=person.id,
                provider="nhsmail",
                issuer="https://login.example",
                subject=actor,
                email=actor,
                linked_at=clock.now(),
                ref="identity2222",
            )
            db.session.add(identity)

    return Ask({"ref": "identity2222"}, {}, linked)


def names_one_more(place: Place) -> None:
    """Let the audience of the cycle name an organisation that is not asked yet."""
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        cycles.address(cycle, Audience(also=(place.more["unasked"],)))


def one_more(place: Place) -> dict[str, object]:
    return {"wave": "own", "digest": place.more["digest"]}


def a_group(place: Place) -> None:
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        day = clock.today() + timedelta(days=20)
        group = cycles.add_group(cycle, "Autumn", Dates(day, day + timedelta(days=20)))
        group.ref = "group2222222"


def a_new_group(place: Place) -> dict[str, object]:
    return {"name": "Spring", "opens_on": day_in(30), "due_on": day_in(60)}


def an_issue(place: Place) -> None:
    """Begin to ask one more organisation."""
    cycle = cycle_queries.by_ref(place.cycle)
    more = organisation_queries.by_ref(place.more["unasked"])
    if cycle is not None and more is not None:
        cycles.begin_issue(cycle, [ToAsk(more)]).ref = "issue2222222"


def an_issue_for_later(place: Place) -> None:
    """Begin to ask one more organisation, on the day its group opens."""
    cycle = cycle_queries.by_ref(place.cycle)
    more = organisation_queries.by_ref(place.more["unasked"])
    if cycle is not None and more is not None:
        opens = clock.today() + timedelta(days=30)
        later = cycles.add_group(cycle, "Later", Dates(opens, opens + timedelta(days=30)))
        cycles.begin_issue(cycle, [ToAsk(more, later)])


def not_issued(place: Place) -> None:
    """Let the cycle be a plan of which the standards can still be chosen."""
    cycle = cycle_queries.by_ref(place.cycle)
    if cycle is not None:
        cycle.issued_at, cycle.asked_as = None, "mini"


def no_form(place: Place) -> None:
    """A page that is only opened."""


def another_plan(place: Place) -> dict[str, object]:
    return {
        "title": "Another title",
        "opens_on": day_in(-60),
        "due_on": day_in(40),
        "every_years": "2",
        "guidance": "Be brief.",
    }


def agenda(place: Place) -> dict[str, object]:
    return {"organisation": place.beside, "questioner": "", "minutes": "20"}


def question(place: Place) -> dict[str, object]:
    return {
        "about": place.organisation,
        "asked_by": "",
        "question": "What did you learn?",
        "why": "It is new.",
    }


def a_tie(place: Place) -> dict[str, object]:
    return {"one": place.organisation, "other": place.beside, "why": "One commissions the other."}


def tied(place: Place) -> None:
    """Let two organisations of the day be tied already."""
    day = challenge_queries.by_ref(place.day)
    one, other = find_organisation(place.organisation), find_organisation(place.beside)
    assert day is not None and one is not None and other is not None
    challenge.declare_tie(day, one, other, why="One commissions the other.")


def nobody_listed(place: Place) -> None:
    """Let nobody be on the list of who comes."""
    day = challenge_queries.by_ref(place.day)
    assert day is not None
    for one in challenge_planned.attendees(day.id):
        challenge.remove_attendee(one, day)


def invitations(place: Place, actor: str) -> Ask:
    """Every invitation of the day as it would go out now, ticked as it was looked at."""
    fields: dict[str, object] = {"mail-nobody": "x"}

    def look(_: Place) -> None:
        day = challenge_queries.by_ref(place.day)
        ready = challenge.look_ahead(day).ready if day is not None else []
        fields.update({f"mail-{one.attendee.ref}": one.seal for one in ready})

    return Ask({"ref": place.day}, fields, look)


def came_back_once(place: Place) -> None:
    """Let the return have come back, which is something to ask about at whatever stage it is."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None:
        return_.round = 2


def came_back_suggested(place: Place) -> dict[str, object]:
    whose = place.organisation
    asked = Suggestion(f"sent-back:{whose}:", "sent-back", "", 0, whose, "", "", 0)
    return {"suggestion": asked.mark, "choose": ""}


def put_aside(place: Place) -> None:
    day = challenge_queries.by_ref(part_of(place, "day"))
    enquiry = challenge_queries.enquiry_by_ref(day.id, part_of(place, "spare_enquiry")) if day else None
    if enquiry is not None:
        enquiry.state = EnquiryState.SET_ASIDE


def sign(place: Place) -> dict[str, object]:
    return {"role": "Head of service", "approver_name": "Dana Director", "approver_role": "Director"}


def reason(place: Place) -> dict[str, object]:
    return {"reason": "Please say more about supervision."}


def longer(place: Place) -> dict[str, object]:
    return {"until": day_in(60), "reason": "A new lead began this month."}


def and_returns(place: Place) -> dict[str, object]:
    return {"returns": "close"}


def by_mistake(place: Place) -> dict[str, object]:
    return {"reason": "It was the wrong cycle."}


def off(place: Place) -> dict[str, object]:
    return {"as": "exempt", "reason": "A small team this year.", "sure": "y"}


def update(place: Place) -> dict[str, object]:
    return {"version": "1", "status": "on_track", "text": "Half of the team is trained."}


def several(place: Place, actor: str) -> Ask:
    said = {"action": f"{place.action}.1", "status": "on_track", "text": "Half of the team is trained."}
    return Ask(form=said, refuses=422)


def to_give(place: Place) -> dict[str, object]:
    return {"person": place.more["helper"], "standards": "2", "note": "Please."}


def another_day(place: Place) -> dict[str, object]:
    return {"s1-due_on": day_in(3), "s1-note": "The figures."}


def unfinished(place: Place) -> None:
    """Leave something to be reminded of."""
    return_ = returns.by_ref(place.return_)
    for answer in returns.answers(return_.id).values() if return_ else ():
        answer.commentary = ""


def late(place: Place) -> None:
    """Let the day of everything given be over, with answers missing."""
    unfinished(place)
    for one in given_in(place):
        one.due_on = clock.today() - timedelta(days=1)


def all_finished(place: Place) -> None:
    """Let everybody have said that their part is finished."""
    for one in given_in(place):
        one.finished_at = clock.now()


def given_in(place: Place) -> list[Assignment]:
    return_ = returns.by_ref(place.return_)
    return returns.assignments(return_.id) if return_ else []


def written_again(place: Place) -> None:
    """Give the first criterion a second version, while it can still be written."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None and return_.stage == Stage.IN_PROGRESS:
        save_answers(return_, [AnswerChange(place.criteria[0], 1, commentary="Written again.")], by=None)


def first_version(place: Place) -> dict[str, object]:
    return {"version": "1", "seen": "2"}


def a_remark(place: Place) -> dict[str, object]:
    first = place.criteria[0]
    return {f"remark{first}": "Is this still so?", "go": f"question:{place.criterion}"}


def at_work(place: Place) -> dict[str, object]:
    return {"criterion": str(place.criteria[0])}


def a_year_before(place: Place) -> None:
    """What the return says was submitted the year before too, and its first answer is still to be given."""
    return_ = returns.by_ref(place.return_)
    if return_ is None:
        return
    cycle = return_.cycle
    earlier = planned(
        cycle.partnership,
        cycle.edition,
        code=f"{cycle.code}-BEFORE",
        title="The year before",
        opens_on=cycle.opens_on - timedelta(days=300),
        due_on=cycle.due_on - timedelta(days=300),
    )
    (before,) = issue(earlier, [return_.organisation])
    before.stage, before.submitted_at = Stage.CLOSED, clock.now()
    text, digest = seal(record_of(return_, returns.edition_of(return_)))
    db.session.add(
        Submission(
            return_id=before.id,
            round=1,
            sealed=text,
            checksum=digest,
            ratings=b"",
            not_applicable_reasons={},
            evidence_counts={},
            submitted_at=clock.now(),
            submitted_by_name="Pat Lead",
        )
    )
    answer = returns.answers(return_.id)[place.criteria[0]]
    answer.level_id, answer.not_applicable, answer.commentary = None, False, ""


def taken_over(place: Place) -> None:
    """Let the first answer be one that was taken over and waits to be reviewed."""
    return_ = returns.by_ref(place.return_)
    if return_ is not None:
        returns.answers(return_.id)[place.criteria[0]].carried = True


SISTER = "s2s2s2s2s2s2"


def a_sister_school(place: Place) -> None:
    """Another school of the school's trust, asked the same: nobody but the trust's lead has both."""
    return_ = returns.by_ref(place.return_)
    if return_ is None or return_.organisation.parent is None:
        return
    sister = organisations.add(
        return_.cycle.partnership,
        name="Sister School",
        kind="school",
        phase="primary",
        parent=return_.organisation.parent,
    )
    (asked,) = issue(return_.cycle, [sister])
    asked.ref = SISTER


def to_the_sister(place: Place) -> dict[str, object]:
    return {"to": SISTER, f"v-{SISTER}": "0"}


def sections_signed(place: Place) -> None:
    """Give the signatures of standards that are signed by themselves: they come before the lead's."""
    return_ = returns.by_ref(place.return_)
    if return_ is None or return_.stage != Stage.IN_PROGRESS:
        return
    for standard in returns.standards_of(return_):
        if standard.sign_off:
            _, person = people.signatories([return_.organisation_id], standard.sign_off.step)[0]
            sign_section(return_, standard, by=person)


def a_receipt(place: Place) -> dict[str, object]:
    return {"receipt": "abcdefghjkmn", "checksum": "0123456789abcdef"}


def a_guest(role: str) -> Callable[[Place], dict[str, object]]:
    return lambda place: {"name": "Gwen Guest", "email": "gwen@guest.example", "role": role}


def a_manager(place: Place) -> dict[str, object]:
    return {"manager": "Gwen Guest", "manager_email": "gwen@guest.example"}


def a_partnership(place: Place) -> dict[str, object]:
    return {"name": "Third Partnership", "code": "third", **a_manager(place)}


def switched_off(place: Place) -> None:
    guest = people.by_ref(place.more["guest"])
    if guest is not None:
        guest.active = False


def a_second_step(place: Place) -> None:
    """Give those whose telephone is lost a second step, as if they had set it up."""
    helper, member = (
        people.by_ref(place.more["helper"]),
        joining_queries.membership_by_ref(place.more["member"]),
    )
    for person_id in {helper.id if helper else 0, member.person_id if member else 0} - {0}:
        db.session.add(SecondFactor(person_id=person_id, hidden_secret="", confirmed_at=clock.now()))


def a_leaver(place: Place) -> None:
    helper = people.by_ref(place.more["helper"])
    for membership in helper.memberships if helper else ():
        people_operations.end_role(membership, by=None)


def a_list(place: Place) -> dict[str, object]:
    line = b"name,e-mail,role,organisation\nGwen Guest,gwen@guest.example,lead,Police\n"
    return {"file": (io.BytesIO(line), "people.csv")}


def a_draft_with_changes(place: Place) -> dict[str, object]:
    text = tiny(2, 2, code="DRAFT-2027", year=2027, framework="S11", predecessor="S11-2026")
    return {"file": (io.BytesIO(text.encode()), "draft.yaml")}


def a_table(place: Place) -> dict[str, object]:
    columns = {"heading": "0", "column-0": "number", "column-1": "text", "scale": "rag", "best": "last"}
    named = {"title": "Pasted", "code": "PASTED-2027", "year": "2027", "framework": "S11"}
    return {"table": "Number\tCriterion\n1.1\tOne person leads.\n", **columns, **named}


def a_viewer(place: Place) -> dict[str, object]:
    return {"role": "viewer", "job_title": "Analyst"}


def joining(place: Place, actor: str) -> Ask:
    return Ask(form={"name": "Gwen Guest", "password": NEW_PASSWORD}, changes=False, gone=True)


PENDING = {"years": 3, "by": "somebody2222", "at": "2026-01-05T10:00:00+00:00"}
COLOUR = "#1a5c8e"
LOGO = b"the picture of a logo"


def a_logo_and_colour(place: Place) -> None:
    """The partnership has a logo and a colour of its own, and somebody asked for a shorter time."""
    for partnership in organisation_queries.partnerships():
        partnership.colour, partnership.logo_type = COLOUR, "image/png"
        partnership.pending = PENDING
        partnership.logo_key = "ab12"
    files().files["ab12"] = LOGO  # type: ignore[attr-defined]


def of_its_look(**more: str) -> Request:
    def ask(place: Place, actor: str) -> Ask:
        return Ask({"ref": place.partnership, **more}, None, a_logo_and_colour, False)

    return ask


def a_group_size(place: Place) -> dict[str, object]:
    return {"began": mark_of_settings({"small_group": 5}), "small_group": "6"}


def a_time_kept(place: Place) -> dict[str, object]:
    return {"began": mark_of_settings({"years": None, "asked": None}), "keep": "years", "years": "4"}


def a_chain(place: Place) -> dict[str, object]:
    row = {"step-0-label": "Safeguarding lead", "step-0-step": "lead", "step-0-after": ""}
    return {"began": mark_of_settings({"chain": []}), **row}


def the_shorter_time(place: Place) -> dict[str, object]:
    return {"mark": Pending(**PENDING).mark}  # type: ignore[arg-type]


def a_picture(place: Place) -> dict[str, object]:
    return {"logo": (io.BytesIO(image("PNG", (40, 20))), "logo.png")}


def working_in(place: Place, actor: str) -> Ask:
    return Ask(form={"place": place.partnership, "next": ""}, changes=False, refuses=422)


def own_offer(place: Place, actor: str) -> Ask:
    """What was offered to whoever asks; to others, what was offered to somebody else."""
    return Ask({"ref": place.more.get(actor, place.more["offer"])}, {})


def a_newcomer(place: Place) -> dict[str, object]:
    return {"name": "Nell New", "email": "nell@new.example", "standards": place.standard}


def a_colleague(place: Place) -> dict[str, object]:
    return {
        "name": "Al Other",
        "email": "al@hr.example",
        "standard": place.standard,
        "until": day_in(5),
        "note": "",
    }


def without_link(place: Place, actor: str) -> Ask:
    """What the pages behind a personal link answer to whoever has none."""
    return Ask(form={}, changes=False)


def draft_at(stage: str) -> Callable[[Place], None]:
    """Let the partnership's own edition stand at a stage."""

    def before(place: Place) -> None:
        if draft := questionnaires.edition_by_code(place.more["draft"]):
            draft.stage = stage

    return before


def a_comment_of(actor: str, place: Place) -> None:
    """A comment on the draft in review, by whoever asks, else by the manager."""
    draft_at("in_review")(place)
    draft = questionnaires.edition_by_code(place.more["draft"])
    person = people.by_address(actor) or people.by_address(MANAGER)
    if draft is not None and person is not None:
        db.session.add(
            EditionComment(
                ref="comment22222", edition=draft, about="edition", text="Fine.", person_id=person.id,
                name=person.name, made_at=clock.now(),
            )
        )  # fmt: skip


def on_a_comment(**fields: object) -> Request:
    """Something done with a comment of whoever asks."""

    def ask(place: Place, actor: str) -> Ask:
        return Ask({"ref": "comment22222"}, dict(fields), lambda there: a_comment_of(actor, there))

    return ask


def an_approval(place: Place) -> dict[str, object]:
    return {"approved_by": "Quality sub-group", "meeting": "March meeting", "approved_on": day_in(0)}


def renewed(place: Place) -> None:
    """Let there be a newer revision of what is shown."""
    shown, lead = documents.revision_by_ref(place.shown_file), people.by_address(MANAGER)
    if shown is not None and lead is not None:
        evidence.add_revision(
            shown.document, io.BytesIO(b"As it is now.\n"), "now.txt", by=lead, most=1_000_000
        )


def a_waiting_file(place: Place) -> None:
    """A file that arrived for the return, and in which something hides."""
    return_ = returns.by_ref(place.return_)
    assert return_ is not None
    number = place.criterion
    upload = Upload(
        ref="waiting22222", organisation_id=return_.organisation_id, file_name="waiting.docx",
        purpose={"return": place.return_, "criterion": number, "note": ""}, media_type="text/plain", size=3,
        sha256="0" * 64, storage_key="0" * 32, hidden=["1 comment"], person_name="Pat", at=clock.now(),
    )  # fmt: skip
    db.session.add(upload)


def a_waiting_revision(place: Place) -> None:
    """The same, sent as a newer revision of a document of the library."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting33333", {"document": place.more["document"]}


def to_add(place: Place) -> dict[str, object]:
    return {"go": "add"}


def a_waiting_file_for_a_request(place: Place) -> None:
    """The same, sent for an answer to a request for evidence."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting44444", {"request": place.more["request"]}


def a_waiting_file_for_an_action(place: Place) -> None:
    """The same, sent to show how an action went."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting55555", {"action": place.action}


def shown_for_an_action(place: Place, actor: str) -> Ask:
    """A file that shows how the action went."""
    return Ask({"ref": place.action, "revision": following.SHOWN}, before=following.shown)


def a_request_for_evidence(place: Place) -> dict[str, object]:
    return {
        "title": "Another record",
        "reason": "review",
        "why": "A review asked for it.",
        "what": "The register.",
        "of": "",
        "due_on": day_in(20),
    }


def a_request_of(place: Place) -> EvidenceRequest:
    found = evidence_requests.by_ref(place.more["request"])
    assert found is not None
    return found


def answered(place: Place) -> None:
    """The request was answered, so that it is the office's turn."""
    request_ = a_request_of(place)
    answer = evidence_requests.draft(request_.id)
    assert answer is not None
    answer.sent_at = clock.now()


def unanswered(place: Place) -> None:
    """Nobody has answered yet, so its words can be put right."""
    for answer in evidence_requests.responses(a_request_of(place).id):
        answer.sent_at = None


def concluded(place: Place) -> None:
    request_ = a_request_of(place)
    request_.outcome, request_.outcome_at = "shown", clock.now()


def an_answer(place: Place) -> dict[str, object]:
    return {"text": "Here it is, newly written.", "go": "keep"}


def corrected(place: Place) -> dict[str, object]:
    return {"title": "Another title", "why": "Another reason.", "what": "Something else."}


def what_is_missing(place: Place) -> dict[str, object]:
    return {"text": "The names of the sessions.", "due_on": day_in(30)}


def what_it_showed(place: Place) -> dict[str, object]:
    return {"outcome": "shown", "outcome_said": "All of it."}


def a_file_for_a_request(place: Place) -> dict[str, object]:
    return {"what": "file", "personal_data": "no", "file": (io.BytesIO(b"A third file.\n"), "third.txt")}


def rules_for_evidence(place: Place) -> dict[str, object]:
    return {"takes_files": "yes", "files_at_most": "7", "megabytes_at_most": ""}


RETURN = {"ref": "return_"}
REQUEST = {"ref": "more.request"}
LINK = {"ref": "return_", "link": "more.link"}
SHARE = {"ref": "return_", "person": "more.helper"}
STANDARD = {"ref": "return_", "number": "standard"}
CRITERION = {"ref": "return_", "number": "criterion"}
DAY = {"ref": "day"}
TURN = {"ref": "day", "organisation": "organisation"}
PART = {"ref": "day", "turn": "organisation"}
ATTENDEE = {"ref": "day", "attendee": "more.attendee"}
ENQUIRY = {"ref": "day", "enquiry": "spare_enquiry"}
SITTING = {"ref": "day", "session": "more.turn"}


def of_chasing(made: Callable[[Place], chasing.Told]) -> Request:
    """A request that is told apart: see `chasing`."""

    def ask(place: Place, actor: str) -> Ask:
        return Ask(*made(place))

    return ask


CYCLE = {"ref": "cycle"}
DRAFT = {"ref": "more.draft"}
REVIEW = {"ref": "more.review"}
RECOMMENDATION = {"ref": "more.recommendation"}
ASKED = {"ref": "cycle", "organisation": "organisation"}

REQUESTS: dict[str, Request] = {
    "GET home.start": to(),
    "GET home.help": to(),
    "GET home.accessibility": to(),
    "GET home.privacy": to(),
    "GET home.who_may": to(),
    "GET home.health": to(),
    "GET home.home": to(),
    "GET access.sign_in": to(),
    "GET access.signed_out": to(),
    "GET access.forgotten": to(),
    "GET access.open_link": to(token="=invented"),
    "GET access.new_password": without_a_link,
    "GET access.open_address_link": to(token="=invented"),
    "GET access.new_address": without_a_link,
    "POST access.change_address": an_address_without_a_link,
    "GET access.address": to(),
    "POST access.ask_for_address": an_address,
    "POST access.ask_for_link": form()(lambda place: {"email": place.lead}),
    "POST access.set_password": a_password_without_a_link,
    "GET access.account": to(),
    "GET access.name": to(),
    "POST access.correct_name": form()(lambda place: {"name": "Corrected Name"}),
    "GET access.password": to(),
    "GET access.sign_ins": to(),
    "GET access.signed_in_again": to(),
    "GET access.who_is_signed_in": to(),
    "POST access.end_sign_in": a_sign_in_of_ones_own,
    "POST access.end_other_sign_ins": other_sign_ins,
    "POST access.stay": form(_changes=False)(nothing),
    "GET home.own_data": to(),
    "GET home.own_data_file": to(),
    "POST access.sign_in": signing_in,
    "POST access.sign_out": signing_out,
    "POST access.change_password": a_password,
    "GET joining.arrive": to(token="=nobody-knows-this"),
    "GET joining.join": without_a_link,
    "POST joining.join": joining,
    "GET joining.places": to(),
    "POST joining.places": working_in,
    "GET joining.offered": own_offer,
    "POST joining.accept": own_offer,
    "POST joining.decline": own_offer,
    "GET joining.index": to(),
    "GET joining.of_organisation": to(ref="organisation"),
    "GET joining.invite_to_organisation": to(ref="organisation"),
    "POST joining.invite_to_organisation": form(ref="organisation")(a_guest("contributor")),
    "GET joining.member": to(ref="more.member"),
    "GET joining.change": to(ref="more.member"),
    "POST joining.change": form(ref="more.member")(a_viewer),
    "GET joining.end": to(ref="more.member"),
    "POST joining.end": form(ref="more.member")(nothing),
    "POST joining.resend": form(ref="more.offer")(nothing),
    "POST joining.withdraw": form(ref="more.offer")(nothing),
    "GET joining.of_partnership": to(ref="partnership"),
    "GET joining.invite_to_partnership": to(ref="partnership"),
    "POST joining.invite_to_partnership": form(ref="partnership")(a_guest("moderator")),
    "GET joining.many": to(ref="partnership"),
    "GET joining.template": to(ref="partnership"),
    "POST joining.preview": form(_changes=False, ref="partnership")(a_list),
    "POST joining.confirm": form(_changes=False, ref="partnership")(nothing),
    "GET register.organisations": to(),
    "GET register.as_csv": to(),
    "GET register.as_workbook": to(),
    "GET register.organisation": to(ref="organisation"),
    "GET register.new": to(),
    "POST register.new": a_new_organisation,
    "GET register.change": to(ref="organisation"),
    "POST register.change": form(ref="organisation")(its_facts),
    "GET register.rename": to(ref="organisation"),
    "POST register.rename": form(ref="organisation")(renamed),
    "GET register.move": to(ref="organisation"),
    "POST register.move": form(ref="organisation")(moved),
    "GET register.close": to(ref="organisation"),
    "POST register.close": form(ref="organisation")(closes),
    "POST register.reopen": form(has_closed, ref="organisation")(nothing),
    "GET register.leave": to(ref="organisation"),
    "POST register.leave": form(ref="organisation")(closes),
    "POST register.come_back": form(has_left, ref="organisation")(nothing),
    "GET register.new_contact": to(ref="organisation"),
    "POST register.new_contact": form(ref="organisation")(a_written_to),
    "GET register.change_contact": to(ref="more.register_contact"),
    "POST register.change_contact": form(ref="more.register_contact")(a_written_to),
    "GET register.end_contact": to(ref="more.register_contact"),
    "POST register.end_contact": form(ref="more.register_contact")(nothing),
    "GET access.code": to(),
    "POST access.code": steps,
    "GET access.recovery_code": to(),
    "POST access.recovery_code": steps,
    "GET access.set_up": to(),
    "POST access.set_up": steps,
    "POST access.go_on": steps,
    "GET access.sign_in_with": work_account,
    "GET access.back_from_outside": work_account,
    "GET access.second_factor": to(),
    "GET access.ask_for_password": to(act="=turn-on"),
    "POST access.change_second_factor": a_change,
    "GET access.set_up_by_choice": to(),
    "POST access.set_up_by_choice": steps,
    "POST access.forget_device": a_device,
    "GET access.linked": to(),
    "POST access.unlink": a_work_account,
    "POST joining.reset": form(ref="more.member")(nothing),
    "POST joining.end_sign_ins": form(ref="more.member")(nothing),
    "POST joining.remove_second_step": form(a_second_step, ref="more.member")(nothing),
    "GET system.overview": to(),
    "POST system.find": form(_changes=False)(lambda place: {"email": place.lead}),
    "GET partnerships.index": to(),
    "GET partnerships.settings": to(ref="partnership"),
    "GET partnerships.change": to(ref="partnership", subject="=small-groups"),
    "POST partnerships.change": form(ref="partnership", subject="=small-groups")(a_group_size),
    "GET partnerships.logo": to(ref="partnership"),
    "POST partnerships.logo": form(ref="partnership")(a_picture),
    "POST partnerships.remove_logo": form(a_logo_and_colour, ref="partnership")(nothing),
    "GET partnerships.retention": to(ref="partnership"),
    "POST partnerships.retention": form(ref="partnership")(a_time_kept),
    "GET partnerships.signing": to(ref="partnership", code="=S11"),
    "POST partnerships.signing": form(ref="partnership", code="=S11")(a_chain),
    "POST partnerships.agree": form(a_logo_and_colour, ref="partnership")(the_shorter_time),
    "POST partnerships.withdraw": form(a_logo_and_colour, ref="partnership")(the_shorter_time),
    "GET partnerships.logo_file": of_its_look(key="ab12"),
    "GET partnerships.style": of_its_look(mark="1a5c8e"),
    "GET system.found": to(),
    "POST system.found": form()(a_partnership),
    "GET system.manager": to(ref="partnership"),
    "POST system.manager": form(ref="partnership")(a_manager),
    "GET system.person": to(ref="more.helper"),
    "POST system.end_sign_ins": form(ref="more.helper")(nothing),
    "GET home.take_name_out": to(ref="more.helper"),
    "POST home.take_name_out": form(a_leaver, ref="more.helper")(nothing),
    "POST system.remove_second_step": form(a_second_step, ref="more.helper")(nothing),
    "POST system.reset": form(ref="more.helper")(nothing),
    "POST system.switch_off": form(ref="more.helper")(nothing),
    "POST system.switch_on": form(switched_off, ref="more.guest")(nothing),
    "GET returns.tasks": to(**RETURN),
    "GET returns.standard": to(**STANDARD),
    "GET returns.next_unanswered": to(**RETURN),
    "GET returns.find": to(**RETURN),
    "GET returns.check": to(**RETURN),
    "GET returns.show_evidence": to(**CRITERION),
    "GET returns.receipt": to(**RETURN),
    "POST returns.save_standard": form(**STANDARD)(answers),
    "GET returns.workbook": to(**RETURN),
    "GET returns.workbook_file": to(**RETURN),
    "POST returns.send_workbook": a_workbook,
    "GET returns.preview_workbook": on_a_workbook(),
    "POST returns.apply_workbook": on_a_workbook({"shown": ""}),
    "GET returns.last_year": to(**RETURN),
    "POST returns.take_over": form(a_year_before, **RETURN)(nothing),
    "GET returns.last_year_of": to(**STANDARD),
    "POST returns.take_over_of": form(a_year_before, **STANDARD)(nothing),
    "GET returns.review": to(**RETURN),
    "GET returns.review_one": to(**CRITERION),
    "POST returns.reviewed": form(taken_over, **CRITERION)(lambda place: {"do": "confirm"}),
    "GET returns.doubt": to(code="=best-in-few-words", **CRITERION),
    "POST returns.reply": form(code="=best-in-few-words", **CRITERION)(reason),
    "GET returns.copy_form": to(**CRITERION),
    "POST returns.copy": form(a_sister_school, **CRITERION)(to_the_sister),
    "GET returns.about": to(**RETURN),
    "POST returns.save_about": form(**RETURN)(a_contact),
    "GET returns.field_file": to(subject="=0", field="more.policy", **RETURN),
    "POST returns.put_field_file": form(subject="=0", field="more.policy", **RETURN)(a_file),
    "POST returns.sign_standard": form(number="=2", **RETURN)(nothing),
    "POST returns.add_evidence": form(**CRITERION)(a_file),
    "POST returns.show_newest": form(renewed, revision="shown_file", **CRITERION)(nothing),
    "POST returns.note_where": form(revision="shown_file", **CRITERION)(lambda place: {"note": "page 12"}),
    "POST returns.remove_evidence": form(revision="shown_file", **CRITERION)(nothing),
    "POST returns.decide_upload": form(a_waiting_file, upload="=waiting22222", **RETURN)(to_add),
    "GET returns.colleagues": to(**RETURN),
    "GET returns.share": to(**SHARE),
    "GET returns.choose_standards": to(**RETURN),
    "POST returns.give_standards": form(**RETURN)(to_give),
    "GET returns.invite_form": to(**RETURN),
    "POST returns.invite_contributor": form(**RETURN)(a_newcomer),
    "POST returns.change_share": form(number="=1", **SHARE)(another_day),
    "POST returns.take_back_share": form(number="=1", **SHARE)(nothing),
    "POST returns.remind": form(unfinished, **SHARE)(nothing),
    "POST returns.remind_late": form(late, **RETURN)(nothing),
    "POST returns.ask_again": form(all_finished, number="=1", **SHARE)(nothing),
    "POST returns.finish_part": form(**RETURN)(nothing),
    "POST returns.take_up_part": form(all_finished, **RETURN)(nothing),
    "GET returns.history": to(**CRITERION),
    "POST returns.put_back": form(written_again, **CRITERION)(first_version),
    "POST returns.add_remark": form(**CRITERION)(a_remark),
    "POST returns.presence": form(**RETURN)(at_work),
    "GET returns.personal_link": to(**LINK),
    "POST returns.withdraw_link": form(**LINK)(nothing),
    "GET returns.ask_form": to(**RETURN),
    "POST returns.ask": form(**RETURN)(a_colleague),
    "POST returns.send_link_anew": form(**LINK)(lambda place: {"until": day_in(6)}),
    "GET asked.arrive": to(token="=nobody-knows-this"),
    "GET asked.page": to(),
    "POST asked.begin": without_link,
    "POST asked.save": without_link,
    "POST asked.finish": without_link,
    "POST returns.give_signature": form(sections_signed, step="=lead", **RETURN)(sign),
    "POST returns.give_signature last": form(step="last_step", **RETURN)(sign),
    "POST returns.decline_signature": form(**RETURN)(reason),
    "GET returns.read": to(**RETURN),
    "GET returns.difference": to(**RETURN),
    "GET copies.pdf": to(**RETURN),
    "GET copies.word": to(**RETURN),
    "GET verify.page": to(),
    "POST verify.check": form(_changes=False)(a_receipt),
    "GET returns.trail": to(**RETURN),
    "GET returns.file": to(ref="return_", revision="submitted_file"),
    "GET returns.preview_file": to(ref="return_", revision="submitted_file"),
    "GET returns.file later": to(ref="return_", revision="library_file"),
    "POST returns.send_back_return": form(**RETURN)(reason),
    "GET evidence_requests.every": to(),
    "GET evidence_requests.choose": to(),
    "GET evidence_requests.of_organisation": to(ref="organisation"),
    "GET evidence_requests.new": to(ref="organisation"),
    "POST evidence_requests.ask": form(ref="organisation")(a_request_for_evidence),
    "GET evidence_requests.one": to(**REQUEST),
    "GET evidence_requests.file": to(revision="more.sent_file", **REQUEST),
    "GET evidence_requests.preview": to(revision="more.sent_file", **REQUEST),
    "POST evidence_requests.answer": form(**REQUEST)(an_answer),
    "POST evidence_requests.add": form(**REQUEST)(a_file_for_a_request),
    "POST evidence_requests.take_off": form(revision="library_file", **REQUEST)(nothing),
    "POST evidence_requests.decide": form(a_waiting_file_for_a_request, upload="=waiting44444", **REQUEST)(
        to_add
    ),
    "POST evidence_requests.remind": form(**REQUEST)(nothing),
    "GET evidence_requests.correct": to(**REQUEST),
    "POST evidence_requests.correct": form(unanswered, **REQUEST)(corrected),
    "POST evidence_requests.more": form(answered, **REQUEST)(what_is_missing),
    "POST evidence_requests.conclude": form(answered, **REQUEST)(what_it_showed),
    "POST evidence_requests.open_again": form(concluded, **REQUEST)(nothing),
    "GET evidence.library": to(ref="organisation"),
    "GET evidence.download": to(ref="library_file"),
    "GET evidence.show": to(ref="library_file"),
    "GET evidence.document": to(ref="more.document"),
    "POST evidence.change": form(ref="more.document")(
        lambda place: {"title": "Another title", "current_until": day_in(90), "personal_data": "no"}
    ),
    "POST evidence.confirm": form(ref="more.document")(nothing),
    "POST evidence.add_revision": form(ref="more.document")(
        lambda place: {"file": (io.BytesIO(b"As it is now.\n"), "now.txt")}
    ),
    "POST evidence.decide_revision": form(a_waiting_revision, ref="more.document", upload="=waiting33333")(
        to_add
    ),
    "GET evidence.ask_remove": to(ref="more.document"),
    "POST evidence.remove": form(ref="more.document")(nothing),
    "GET returns.choose_criteria": to(ref="more.document"),
    "POST returns.show_for": form(ref="more.document")(
        lambda place: {"show": f"{place.return_}-{place.criteria[0]}"}
    ),
    "GET returns.take_evidence": to(**RETURN),
    "GET returns.take_submitted_evidence": to(**RETURN),
    "GET moderation.overview": to(**RETURN),
    "GET moderation.standard": to(**STANDARD),
    "POST moderation.save": form(**STANDARD)(moderated),
    "POST moderation.agree": form(**RETURN)(nothing),
    "POST moderation.finish": form(agree_with_the_rest, **RETURN)(nothing),
    "POST moderation.take": form(finished, **RETURN)(nothing),
    "GET moderation.cycle": to(**CYCLE),
    "POST moderation.preview": form(nothing_agreed, _changes=False, **CYCLE)(to_preview),
    "POST moderation.assign": form(nothing_agreed, **CYCLE)(to_assign),
    "GET moderation.moderators": to(**RETURN),
    "POST moderation.give": form(nothing_agreed, **RETURN)(to_give_one),
    "POST moderation.take_away": form(given, **RETURN)(the_moderator),
    "POST moderation.go_on": form(given, **RETURN)(too_near),
    "GET moderation.mine": to(),
    "GET moderation.interests": to(),
    "POST moderation.declare_interest": an_interest,
    "POST moderation.take_back_interest": form(_changes=False)(nothing),
    "GET moderation.alone": asked_of_one(given),
    "GET moderation.alone_standard": asked_of_one(begun, number="standard"),
    "POST moderation.declare": form(given, ref="more.assignment")(nothing),
    "POST moderation.decline": form(given, ref="more.assignment")(too_near),
    "POST moderation.alone_agree": form(begun, ref="more.assignment")(nothing),
    "POST moderation.alone_save": form(begun, ref="more.assignment", number="standard")(rated_alone),
    "POST moderation.alone_finish": form(rated, ref="more.assignment")(nothing),
    "POST moderation.alone_take_back": form(finished, ref="more.assignment")(nothing),
    "GET moderation.said": to(**RETURN),
    "POST moderation.reply": form(**RETURN)(replied),
    "POST moderation.accept": form(**RETURN)(nothing),
    "GET register.bring": to(),
    "GET register.bring_template": to(),
    "POST register.bring_file": form()(registers.a_list),
    "GET register.alike": to(),
    "GET register.brought": registers.asked(Ask),
    "GET register.bring_authorities": registers.asked(Ask),
    "POST register.bring_choose_authorities": registers.asked(Ask, {"authorities": "Northshire"}, many=True),
    "GET register.bring_columns": registers.asked(Ask),
    "POST register.bring_say_columns": registers.asked(Ask, {"name": "0", "kind": "1"}),
    "POST register.bring_lines": registers.asked(Ask, {"go": "on"}),
    "GET register.bring_apply": registers.asked(Ask),
    "POST register.bring_apply": registers.asked(Ask, {}),
    "POST register.bring_aside": registers.asked(Ask, {}),
    "GET register.pair": registers.a_pair(Ask),
    "POST register.tell_apart": registers.a_pair(Ask, {}),
    "POST register.put_together": registers.a_pair(Ask, {"stays": registers.FIRST}),
    "GET cycles.new": to(),
    "POST cycles.new": a_cycle,
    "GET desk.year": to(),
    "GET desk.cycle": to(**CYCLE),
    "GET desk.today": to(),
    "GET desk.list_csv": to(**CYCLE),
    "GET desk.list_xlsx": to(**CYCLE),
    "GET cycles.evidence": to(**CYCLE),
    "POST cycles.evidence": form(**CYCLE)(rules_for_evidence),
    "GET cycles.calendar": to(),
    "GET cycles.calendar_ics": to(),
    "GET cycles.standards": to(**CYCLE),
    "GET desk.change_plan": to(**CYCLE),
    "POST desk.change_plan": form(**CYCLE)(another_plan),
    "POST cycles.standards": form(not_issued, **CYCLE)(lambda place: {"standards": "standard-1"}),
    "GET desk.audience": to(**CYCLE),
    "POST desk.change_audience": form(**CYCLE)(
        lambda place: {"organisation": place.more["unasked"], "what": "ask"}
    ),
    "GET desk.clause": to(**CYCLE),
    "POST desk.clause": form(**CYCLE)(lambda place: {"kinds": "probation"}),
    "GET desk.groups": to(**CYCLE),
    "POST desk.add_group": form(**CYCLE)(a_new_group),
    "GET desk.group": form(a_group, group="=group2222222", **CYCLE)(no_form),
    "POST desk.group": form(a_group, group="=group2222222", **CYCLE)(a_new_group),
    "POST desk.remove_group": form(a_group, group="=group2222222", **CYCLE)(nothing),
    "GET desk.preview": to(**CYCLE),
    "GET desk.preview_one": to(**ASKED),
    "GET desk.confirm_issue": form(names_one_more, **CYCLE)(no_form),
    "POST desk.issue_cycle": form(names_one_more, **CYCLE)(one_more),
    "GET desk.issuing": form(an_issue, issue="=issue2222222", **CYCLE)(no_form),
    "POST desk.stop_asking": form(an_issue_for_later, **CYCLE)(nothing),
    "POST desk.go_on": form(an_issue, issue="=issue2222222", **CYCLE)(nothing),
    "GET desk.organisation": to(**ASKED),
    "POST desk.extend": form(**ASKED)(longer),
    "GET desk.chase": to(**CYCLE),
    "POST desk.send_reminders": of_chasing(chasing.reminders),
    "GET desk.reminders": to(**CYCLE),
    "POST desk.add_rule": form(**CYCLE)(chasing.rule),
    "POST desk.add_usual": form(**CYCLE)(nothing),
    "GET desk.rule": of_chasing(chasing.on_a_rule),
    "POST desk.stop_rule": of_chasing(chasing.stop),
    "POST desk.note_call": form(**ASKED)(chasing.call),
    "GET desk.escalate": to(**ASKED),
    "POST desk.send_escalation": form(**ASKED)(chasing.letter),
    "GET desk.escalation": of_chasing(chasing.on_an_escalation),
    "POST desk.answer_escalation": of_chasing(chasing.answer),
    "GET desk.letter": of_chasing(chasing.on_an_escalation),
    "POST desk.exempt": form(**ASKED)(off),
    "POST desk.ask_again": form(let_off, **ASKED)(nothing),
    "GET desk.closing": to(**CYCLE),
    "POST desk.close": form(**CYCLE)(and_returns),
    "POST desk.open_again": form(closed_cycle, **CYCLE)(by_mistake),
    "GET schools.mine": to(),
    "GET schools.beside": to(**RETURN),
    "GET schools.years": to(ref="organisation"),
    "GET schools.cycles_to_choose": to(),
    "GET schools.groups": to(**CYCLE),
    "GET schools.groups_csv": to(**CYCLE),
    "GET schools.listing": to(**CYCLE),
    "GET analysis.index": to(),
    "GET analysis.cycle": to(**CYCLE),
    "GET analysis.chart": to(name="=standards", **CYCLE),
    "GET analysis.matrix": to(**CYCLE),
    "GET analysis.matrix_csv": to(**CYCLE),
    "GET analysis.answers": to(return_ref="return_", number="standard", **CYCLE),
    "GET analysis.organisation": to(return_ref="return_", **CYCLE),
    "GET analysis.organisations": to(**CYCLE),
    "GET analysis.standards": to(**CYCLE),
    "GET analysis.standard": to(number="standard", **CYCLE),
    "GET analysis.themes": to(**CYCLE),
    "GET analysis.theme": to(code="=ownership", **CYCLE),
    "GET analysis.comparison": to(**CYCLE),
    "GET analysis.trend": to(**CYCLE),
    "GET analysis.agreement": to(**CYCLE),
    "GET analysis.evidence": to(**CYCLE),
    "GET analysis.table": to(name="=ratings", suffix="=csv", **CYCLE),
    "GET packs.cycle": to(**CYCLE),
    "POST packs.build": form(**CYCLE)(
        lambda place: {"audience": "chair", "organisations": place.beside, "formats": "docx"}
    ),
    "GET packs.pack": to(ref="pack"),
    "GET packs.download": to(ref="pack", format_="=docx"),
    "POST packs.go_on": form(packing.waits, ref="pack")(nothing),
    "POST packs.again": form(packing.failed, ref="pack")(nothing),
    "POST packs.rebuild": form(ref="pack")(nothing),
    "POST packs.release": form(ref="more.agency_pack")(nothing),
    "GET packs.foreword": to(ref="day"),
    "POST packs.foreword": form(ref="day")(lambda place: {"text": "A good year.", "was": FOREWORD}),
    "GET packs.prepare": to(ref="return_"),
    "GET packs.prepared": to(ref="return_", what="=slides", format_="=pptx"),
    "GET letters.of_day": to(ref="day"),
    "GET letters.letter": to(ref="more.letter"),
    "GET letters.download": to(ref="more.letter", format_="=docx"),
    "POST letters.draft": form(packing.no_letter, ref="day")(nothing),
    "GET letters.words": to(ref="day"),
    "POST letters.words": form(ref="day")(lambda place: {"text": "Thank you.", "was": LETTER}),
    "GET letters.change": to(ref="more.letter"),
    "POST letters.change": form(ref="more.letter")(lambda place: {"body": "Thank you.", "version": "1"}),
    "POST letters.release": form(packing.day_is_over, ref="more.letter")(lambda place: {"version": "1"}),
    "POST letters.release_many": form(packing.day_is_over, ref="day")(
        lambda place: {"letters": f"{place.more['letter']}:1"}
    ),
    "GET challenge.days": to(),
    "GET challenge.new": to(),
    "POST challenge.new": a_day,
    "GET challenge.day": to(**DAY),
    "GET challenge.lists": to(**DAY),
    "GET challenge.of_cycle": to(**CYCLE),
    "GET challenge.of_action": to(ref="challenge_action"),
    "GET challenge.session": to(**TURN),
    "GET challenge.change_day": to(**DAY),
    "POST challenge.change_day": form(**DAY)(
        lambda place: {"title": "Renamed", "held_on": day_in(80), "place": "Hall", "starts_at": "10:00"}
    ),
    "POST challenge.add_session": form(**DAY)(agenda),
    "POST challenge.fill": form(**DAY)(nothing),
    "GET challenge.change_session": to(**PART),
    "POST challenge.change_session": form(**PART)(
        lambda place: {"questioner": "", "minutes": "35", "place": "1"}
    ),
    "POST challenge.remove_session": form(**PART)(nothing),
    "POST challenge.add_enquiry": form(**DAY)(question),
    "GET challenge.change_enquiry": to(**ENQUIRY),
    "POST challenge.change_enquiry": form(**ENQUIRY)(
        lambda place: {
            "version": "1",
            "question": "Put differently: what changed?",
            "asked_by": "",
            "why": "To be clear.",
        }
    ),
    "POST challenge.remove_enquiry": form(**ENQUIRY)(nothing),
    "GET challenge.enquiry_rules": to(**DAY),
    "GET challenge.enquiries_of": to(**DAY),
    "POST challenge.choose_enquiries": form(came_back_once, **DAY)(came_back_suggested),
    "GET challenge.new_enquiry": to(**DAY),
    "POST challenge.move_enquiry": form(**ENQUIRY)(lambda place: {"place": "1"}),
    "POST challenge.put_enquiry_aside": form(**ENQUIRY)(nothing),
    "POST challenge.take_enquiry_back": form(put_aside, **ENQUIRY)(nothing),
    "POST challenge.record_outcome": form(**TURN)(
        lambda place: {"challenge": "How do you know?", "answer": "We audit.", "agreed_level": ""}
    ),
    "GET challenge.room": to(**DAY),
    "GET challenge.room_now": to(**DAY),
    "GET challenge.chair": to(**DAY),
    "GET challenge.chair_now": to(**DAY),
    "POST challenge.open_day": form(**DAY)(nothing),
    "GET challenge.finishing": to(**DAY),
    "POST challenge.finish_day": form(session_begun, **DAY)(nothing),
    "POST challenge.reopen_day": form(day_finished, **DAY)(nothing),
    "GET challenge.live": to(**DAY),
    "GET challenge.live_session": to(**SITTING),
    "POST challenge.save_entries": form(**SITTING)(
        lambda place: {"vnabcdefghjk": "", "answer-nabcdefghjk": "We audit."}
    ),
    "POST challenge.show_entry": form(**SITTING)(lambda place: {"entry": "nabcdefghjk"}),
    "GET challenge.news": to(**SITTING),
    "POST challenge.begin_session": form(**SITTING)(nothing),
    "POST challenge.end_session": form(session_begun, **SITTING)(nothing),
    "GET challenge.agenda": to(**DAY),
    "POST challenge.add_part": form(**DAY)(
        lambda place: {"part-title": "Break", "part-minutes": "15", "part-place": "1"}
    ),
    "POST challenge.move_session": form(**PART)(lambda place: {"direction": "up"}),
    "GET challenge.rotation": to(**DAY),
    "POST challenge.use_rotation": form(**DAY)(lambda place: {f"asks-{place.more['turn']}": ""}),
    "GET challenge.ties": to(**DAY),
    "POST challenge.declare_tie": form(**DAY)(a_tie),
    "POST challenge.withdraw_tie": form(tied, **DAY)(a_tie),
    "GET challenge.people": to(**DAY),
    "POST challenge.add_attendee": form(**DAY)(
        lambda place: {
            "name": "Asha Rahman",
            "part": "presents",
            "attendance": "expected",
            "organisation": "",
        }
    ),
    "POST challenge.take_people": form(nobody_listed, **DAY)(nothing),
    "GET challenge.change_attendee": to(**ATTENDEE),
    "POST challenge.change_attendee": form(**ATTENDEE)(
        lambda place: {"name": "Asha Rahman", "part": "asks", "attendance": "coming", "organisation": ""}
    ),
    "POST challenge.send_substitute": form(**ATTENDEE)(lambda place: {"instead-name": "Sol Substitute"}),
    "POST challenge.mark_attendee": form(**ATTENDEE)(lambda place: {"attendance": "present"}),
    "GET challenge.remove_attendee": to(**ATTENDEE),
    "POST challenge.remove_attendee": form(**ATTENDEE)(nothing),
    "GET challenge.invitations": to(**DAY),
    "POST challenge.send_invitations": invitations,
    "GET actions.plan": to(),
    "GET actions.download": to(),
    "GET actions.since": to(),
    "GET actions.gaps": to(),
    "GET actions.several": to(),
    "POST actions.update_several": several,
    "GET actions.action": to(ref="action"),
    "POST actions.update": form(ref="action")(update),
    "GET actions.settings": to(ref="partnership"),
    "POST actions.change_settings": form(ref="partnership")(
        lambda place: {"version": "0", "before": "14", "after": "1", "ask_after_months": "3"}
    ),
    "GET actions.reminders": to(),
    "POST actions.reminders": form()(lambda place: {"how": "weekly"}),
    "POST actions.make_calendar": form()(nothing),
    "POST actions.end_calendar": form()(nothing),
    "GET actions.calendar": lambda place, actor: Ask({"token": "nobodys"}, gone=True),
    "POST actions.comment": form(ref="action")(following.a_comment),
    "POST actions.reach": form(following.stepped, step=f"={following.STEP}", ref="action")(following.a_step),
    "GET actions.evidence": to(ref="action"),
    "POST actions.add_evidence": form(ref="action")(following.a_link),
    "POST actions.take_off_evidence": form(following.shown, revision=f"={following.SHOWN}", ref="action")(
        nothing
    ),
    "POST actions.decide_evidence": form(a_waiting_file_for_an_action, upload="=waiting55555", ref="action")(
        to_add
    ),
    "GET actions.file": shown_for_an_action,
    "GET actions.preview": shown_for_an_action,
    "GET actions.verify": to(ref="action"),
    "POST actions.verify": form(following.complete, ref="action")(following.a_verdict),
    "GET actions.difference": to(ref="action"),
    "POST actions.difference": form(following.verified, ref="action")(following.an_answer),
    "GET actions.close": to(ref="action"),
    "POST actions.close": form(following.verified, ref="action")(following.a_closing),
    "GET actions.reopen": to(ref="action"),
    "POST actions.reopen": form(following.verified, ref="action")(following.an_opening),
    "GET actions.supersede": to(ref="action"),
    "POST actions.supersede": form(ref="action")(following.another),
    "GET actions.owners": to(ref="action"),
    "POST actions.hand_over": form(ref="action")(following.a_lead),
    "POST actions.add_owner": form(ref="action")(following.an_owner),
    "POST actions.remove_owner": form(following.joined, owner=f"={following.OWNER}", ref="action")(
        following.a_version
    ),
    "GET actions.new": to(),
    "POST actions.new": an_action,
    "GET actions.change": to(ref="action"),
    "POST actions.change": form(ref="action")(a_promise),
    "GET actions.sources": to(),
    "GET actions.source": to(**REVIEW),
    "GET actions.new_source": to(),
    "POST actions.new_source": form()(a_review),
    "GET actions.change_source": to(**REVIEW),
    "POST actions.change_source": form(**REVIEW)(a_review),
    "GET actions.new_recommendations": to(**REVIEW),
    "POST actions.new_recommendations": form(**REVIEW)(lambda place: {"pasted": "3. Ask again."}),
    "GET actions.change_recommendation": to(**RECOMMENDATION),
    "POST actions.change_recommendation": form(**RECOMMENDATION)(
        lambda place: {"version": "1", "number": "1", "text": "Train everybody again."}
    ),
    "POST actions.move_recommendation": form(**RECOMMENDATION)(lambda place: {"direction": "down"}),
    "GET actions.remove_recommendation": to(**RECOMMENDATION),
    "POST actions.remove_recommendation": form(ref="more.spare_recommendation")(nothing),
    "GET plan_papers.index": to(),
    "GET plan_papers.plan": to(suffix="=docx"),
    "GET plan_papers.summary": to(suffix="=docx"),
    "GET plan_papers.public": to(),
    "POST plan_papers.publish": form(_changes=False)(to_publish),
    "GET analysis.plan": to(),
    "GET analysis.plan_chart": to(name="=months"),
    "GET analysis.plan_table": to(name="=organisations", suffix="=csv"),
    "GET actions.bring": to(),
    "POST actions.begin_to_bring": form()(bringing.a_plan),
    "GET actions.brought": bringing.asked(Ask, before=bringing.brought_in),
    "GET actions.bring_columns": bringing.asked(Ask, before=bringing.begun),
    "POST actions.choose_columns": bringing.asked(Ask, bringing.COLUMNS, before=bringing.begun),
    "GET actions.bring_rows": bringing.asked(Ask),
    "POST actions.mend_row": bringing.asked(Ask, bringing.ROW, number="1"),
    "POST actions.decide_post": bringing.asked(Ask, bringing.POST),
    "GET actions.bring_confirm": bringing.asked(Ask),
    "POST actions.bring_in": bringing.asked(Ask, {"version": "2"}),
    "POST actions.drop_plan": bringing.asked(Ask, {}),
    "GET questionnaires.editions": to(),
    "GET questionnaires.edition": to(ref="edition"),
    "GET changes.edition": to(**DRAFT),
    "GET papers.changes_pdf": to(**DRAFT),
    "GET papers.changes_word": to(**DRAFT),
    "GET questionnaires.review": to(**DRAFT),
    "POST questionnaires.add_comment": form(draft_at("in_review"), **DRAFT)(
        lambda place: {"about": "edition", "key": "", "text": "Shorter than last year."}
    ),
    "POST questionnaires.take_back_comment": on_a_comment(),
    "POST questionnaires.answer_comment": on_a_comment(text="Thank you.", go="resolve"),
    "GET questionnaires.stage": to(**DRAFT),
    "POST questionnaires.put_in_review": form(**DRAFT)(lambda place: {"note": "Please read.", "until": ""}),
    "POST questionnaires.take_out_of_review": form(draft_at("in_review"), **DRAFT)(reason),
    "POST questionnaires.approve": form(draft_at("in_review"), **DRAFT)(an_approval),
    "POST questionnaires.back_to_draft": form(draft_at("approved"), **DRAFT)(reason),
    "POST questionnaires.archive": form(draft_at("issued"), **DRAFT)(nothing),
    "GET questionnaires.workbook": to(ref="edition"),
    "GET questionnaires.file": to(ref="edition"),
    "GET questionnaires.workbook draft": to(ref="more.draft"),
    "GET questionnaires.file draft": to(ref="more.draft"),
    "GET questionnaires.load_changes": to(ref="more.draft"),
    "POST questionnaires.preview_changes": form(_changes=False, ref="more.draft")(a_draft_with_changes),
    "GET questionnaires.paste": to(),
    "POST questionnaires.paste_again": form(_changes=False)(a_table),
    "POST questionnaires.paste_table": form(_changes=False)(a_table),
    "POST questionnaires.paste_result": form(_changes=False)(a_table),
    "POST questionnaires.paste_keep": form()(a_table),
    "POST questionnaires.confirm_changes": form(_changes=False, ref="more.draft")(nothing),
    "GET notices.stopping": lambda place, actor: Ask({"token": "nobodys"}, gone=True),
    "POST notices.stop": a_stop_without_a_link,
    "POST notices.bounces": a_report_that_mail_came_back,
    "GET notices.choice": to(),
    "POST notices.choice": form()(lambda place: {"digest": "weekly"}),
    "GET notices.outbox": to(),
    "GET notices.words": to(),
    "GET notices.edit": to(key="=letter"),
    "POST notices.edit": form(key="=letter")(
        lambda place: {"subject": "New: ((audit))", "body": "Dear ((name)), see ((link))", "go": "save"}
    ),
    "POST notices.put_back": own_words,
    "GET notices.mail": to(ref="more.mail"),
    "POST notices.again": form(not_sent, ref="more.mail")(nothing),
    "POST notices.came": form(handed_over, ref="more.mail")(nothing),
    "POST notices.cancel": form(ref="more.mail")(nothing),
    "POST notices.let_in": form(came_back, ref="more.mail")(nothing),
    "GET system.clock": to(),
    "POST system.settle_mail": form(link_handed_over)(lambda place: {"go": "leave"}),
    "GET trail.entries": to(),
    "GET trail.download": to(),
}


def of_a_draft(name: str, fields: dict[str, object] | None = None) -> Request:
    """A page of the builder, or a form sent to it, about the draft of the partnership."""

    def ask(place: Place, actor: str) -> Ask:
        address = {"ref": place.more["draft"], **building.ADDRESS[name]}
        told = dict(fields) if fields is not None else None
        return Ask(address, told, building.BEFORE.get(name) if fields is not None else None)

    return ask


REQUESTS |= {
    "GET questionnaires.edition draft": to(ref="more.draft"),
    "GET questionnaires.start_next": to(ref="edition"),
    "POST questionnaires.start_next": form(ref="edition")(
        lambda place: {"code": "NEXT-2027", "year": "2027", "title": "Next year", "owner": ""}
    ),
    "GET questionnaires.start_new": to(),
    "POST questionnaires.start_new": form()(lambda place: building.NEW_FORM),
    **{
        f"GET questionnaires.{name}": of_a_draft(name)
        for name in building.ADDRESS
        if name not in building.ONLY_SENT
    },
    **{f"POST questionnaires.{name}": of_a_draft(name, fields) for name, fields in building.FORMS.items()},
}


def prepare(ask: Ask, place: Place) -> None:
    """Make true what has to be before the request is sent."""
    if ask.before is not None:
        ask.before(place)
        db.session.flush()
