"""Requests about signing in, joining, and one's own pages."""

import io
from collections.abc import Callable
from datetime import timedelta

from s11.access import queries
from s11.access.models import Identity
from s11.access.operations import factors
from s11.access.operations import signing_in as sign_ins
from s11.core import clock
from s11.core.database import db
from s11.people import operations as people_operations
from s11.people import queries as people
from tests.pages import PASSWORD
from tests.security.matrix.requests.asking import Ask, Request, form, nothing, to
from tests.security.matrix.requests.shared import a_second_step
from tests.security.matrix.world import Place

NEW_PASSWORD = "four unlikely words together 9"


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


def a_guest(role: str) -> Callable[[Place], dict[str, object]]:
    return lambda place: {"name": "Gwen Guest", "email": "gwen@guest.example", "role": role}


def a_leaver(place: Place) -> None:
    helper = people.by_ref(place.more["helper"])
    for membership in helper.memberships if helper else ():
        people_operations.end_role(membership, by=None)


def a_list(place: Place) -> dict[str, object]:
    line = b"name,e-mail,role,organisation\nGwen Guest,gwen@guest.example,lead,Police\n"
    return {"file": (io.BytesIO(line), "people.csv")}


def a_viewer(place: Place) -> dict[str, object]:
    return {"role": "viewer", "job_title": "Analyst"}


def joining(place: Place, actor: str) -> Ask:
    return Ask(form={"name": "Gwen Guest", "password": NEW_PASSWORD}, changes=False, gone=True)


def working_in(place: Place, actor: str) -> Ask:
    return Ask(form={"place": place.partnership, "next": ""}, changes=False, refuses=422)


def own_offer(place: Place, actor: str) -> Ask:
    """What was offered to whoever asks; to others, what was offered to somebody else."""
    return Ask({"ref": place.more.get(actor, place.more["offer"])}, {})


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
    "GET home.take_name_out": to(ref="more.helper"),
    "POST home.take_name_out": form(a_leaver, ref="more.helper")(nothing),
}
