"""Requests about the partnership, its register, its mail, the trail and the installation."""

import io

from s11.core import clock
from s11.core.storage import files
from s11.notices import queries as notices
from s11.notices.models import Notice
from s11.notices.operations import mark_of, queue, reword
from s11.notices.operations import stop as stop_mail
from s11.notices.rules import Why
from s11.notices.wording import Words
from s11.organisations import queries as organisation_queries
from s11.partnerships.rules import Pending
from s11.partnerships.rules import mark_of as mark_of_settings
from s11.people import queries as people
from s11.register import operations as register
from s11.register.queries import by_ref as find_organisation
from tests.factories.pictures import image
from tests.security.matrix import registers
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, to
from tests.security.matrix.requests.shared import a_second_step
from tests.security.matrix.world import Place

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


def a_manager(place: Place) -> dict[str, object]:
    return {"manager": "Gwen Guest", "manager_email": "gwen@guest.example"}


def a_partnership(place: Place) -> dict[str, object]:
    return {"name": "Third Partnership", "code": "third", **a_manager(place)}


def switched_off(place: Place) -> None:
    guest = people.by_ref(place.more["guest"])
    if guest is not None:
        guest.active = False


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


REQUESTS: dict[str, Request] = {
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
    "POST system.remove_second_step": form(a_second_step, ref="more.helper")(nothing),
    "POST system.reset": form(ref="more.helper")(nothing),
    "POST system.switch_off": form(ref="more.helper")(nothing),
    "POST system.switch_on": form(switched_off, ref="more.guest")(nothing),
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
