"""Requests about challenge days, packs and letters."""

from s11.challenge import operations as challenge
from s11.challenge import planned as challenge_planned
from s11.challenge import queries as challenge_queries
from s11.challenge.enquiries.rules import Suggestion
from s11.challenge.kinds import EnquiryState
from s11.challenge.live import operations as live
from s11.packs.contents.report import FOREWORD
from s11.packs.letters.wording import DEFAULT as LETTER
from s11.register.queries import by_ref as find_organisation
from s11.returns import queries as returns
from tests.security.matrix import packing
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, part_of, to
from tests.security.matrix.requests.shared import CYCLE
from tests.security.matrix.world import Place


def session_begun(place: Place) -> None:
    day = challenge_queries.by_ref(place.day)
    if day is not None:
        live.begin(day, challenge_queries.sessions(day.id)[0], by=None)


def day_finished(place: Place) -> None:
    day = challenge_queries.by_ref(place.day)
    if day is not None:
        live.open_day(day, by=None)
        live.finish(day, by=None)


def a_day(place: Place, actor: str) -> Ask:
    return Ask(
        form={"cycle": place.cycle, "title": "Another day", "held_on": day_in(70), "place": "Town Hall"},
        refuses=422,
    )


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


DAY = {"ref": "day"}


TURN = {"ref": "day", "organisation": "organisation"}


PART = {"ref": "day", "turn": "organisation"}


ATTENDEE = {"ref": "day", "attendee": "more.attendee"}


ENQUIRY = {"ref": "day", "enquiry": "spare_enquiry"}


SITTING = {"ref": "day", "session": "more.turn"}


REQUESTS: dict[str, Request] = {
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
}
