"""Letting somebody in who has shown who they are: at once, or by way of a second step."""

from dataclasses import dataclass

import segno
from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from s11.access import half, queries, sessions
from s11.access.factor_rules import in_groups
from s11.access.forms import CarryingForm, CodeForm
from s11.access.operations import factors
from s11.access.permissions import needs_second_factor
from s11.core.hashing import digest_of
from s11.people.models import Person
from s11.web.kept import next_page, show_kept


@dataclass(frozen=True)
class Onward:
    """Where somebody wanted to go before they had to sign in, and what they had typed there."""

    next: str = ""
    kept: str = ""
    kept_to: str = ""

    @classmethod
    def of(cls, form: CarryingForm) -> "Onward":
        """As a form hands it on; the first page of a step is asked for with the address alone."""
        return cls(
            form.next.data or request.args.get("next", ""), form.kept.data or "", form.kept_to.data or ""
        )

    def go(self) -> ResponseReturnValue:
        """There, now that they are signed in."""
        if self.kept:
            return show_kept(self.kept, self.kept_to or "/")
        return redirect(next_page(self.next), 303)


def let_in(person: Person, *, way: str, onward: Onward, proven: bool = False) -> ResponseReturnValue:
    """Sign in somebody who has taken the first step, or lead them to the second.

    `way` says how they came, in words. `proven`: a second factor was shown elsewhere.
    """
    has_factor = queries.second_factor_of(person) is not None
    if has_factor and not proven and is_remembered(person):
        way, proven = f"{way} on a remembered device", True
    if proven or not (has_factor or needs_second_factor(person)):
        sessions.start(person, way=way, proven=proven)
        return onward.go()
    half.begin(person, way=way, secret="" if has_factor else factors.new_secret())
    # Typed text goes from page to page in the form, never through an address.
    if onward.kept:
        page = code_page if has_factor else set_up_page
        return page(CodeForm(formdata=None), onward)
    return redirect(url_for("access.code" if has_factor else "access.set_up", next=onward.next or None), 303)


def device_cookie() -> str:
    """The name of the cookie of a remembered device."""
    return "__Host-s11-device" if current_app.config["S11"].is_https else "s11-device"


def is_remembered(person: Person) -> bool:
    """Whether this browser is one that its owner asked to remember."""
    if not current_app.config["S11"].remember_device_days:
        return False
    key = request.cookies.get(device_cookie(), "")
    return bool(key) and queries.device_by_key(digest_of(key), person) is not None


def code_page(form: CodeForm, onward: Onward, status: int = 200) -> ResponseReturnValue:
    """The page that asks for the code."""
    days: int = current_app.config["S11"].remember_device_days
    return make_response(render_template("access/code.html", form=form, onward=onward, days=days), status)


def set_up_page(
    form: CodeForm, onward: Onward, status: int = 200, *, person: Person | None = None
) -> ResponseReturnValue:
    """The page that brings a secret into a telephone: the picture, the letters, and the first code.

    `person` is whoever is signed in and does it of their own will; None is somebody between the steps.
    """
    secret, between = half.offered(), half.here()
    owner = person or (between.person() if between else None)
    if secret is None or owner is None:
        return redirect(url_for("access.second_factor" if person else "access.sign_in"), 303)
    page = render_template(
        "access/set_up.html",
        form=form,
        onward=onward,
        picture=segno.make(factors.address_of(secret, owner), error="m").png_data_uri(scale=4, border=4),
        letters=in_groups(secret.lower(), 4),
        by_choice=person is not None,
    )
    return make_response(page, status)


def codes_page(codes: list[str], onward: Onward, *, back: str = "") -> ResponseReturnValue:
    """The recovery codes, shown once: nobody can look them up afterwards."""
    shown = [in_groups(code, 5).replace(" ", "-") for code in codes]
    return make_response(render_template("access/recovery_codes.html", codes=shown, onward=onward, back=back))
