"""Starting next year's edition from this year's, or one of a new framework; and throwing a draft away."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core import clock
from s11.core.errors import DomainError, Invalid
from s11.organisations.models import Partnership
from s11.people.models import Person
from s11.people.rules import OFFICE, Role
from s11.questionnaires import operations, queries
from s11.questionnaires.editing.starting import empty, next_year, with_chain
from s11.questionnaires.format.shape import ChainStepPart
from s11.questionnaires.forms.typed import Values, clean, number_of, one_line, typed
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Refused
from s11.questionnaires.permissions import can_change, can_make, can_read_edition
from s11.questionnaires.signing import chain_words
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import NO_TROUBLE, Trouble, faulty, refused_at
from s11.questionnaires.views.scales import ready_choices
from s11.web.guards import guard, signed_in
from s11.web.kept import resumable

OWN_ADDRESSES = frozenset({"new"})
NEXT = ("code", "year", "title", "owner", "own_chain")
NEW = (
    "framework_code", "framework_title", "duty", "code", "year", "title", "scale", "declaration", "standard",
    "criterion", "owner",
)  # fmt: skip
DECLARATION = "This is a fair and complete account of how we safeguard and promote the welfare of children."
START_PLACES = {
    "framework.code": "framework_code", "framework.title": "framework_title", "framework.duty": "duty",
    "edition.code": "code", "edition.year": "year", "edition.title": "title", "declaration": "declaration",
    "standards[1].title": "standard", "standards[1].key": "standard",
    "standards[1].criteria[1.1]": "criterion",
}  # fmt: skip


def can_start_from(person: Person, edition: Edition) -> bool:
    """The office starts next year's edition from one it may use."""
    return can_make(person)


@blueprint.route("/<ref>/next", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_start_from)
@resumable
def start_next(edition: Edition) -> ResponseReturnValue:
    """A draft that asks the same and goes back to this one; code, year and title are suggested."""
    code, title, year = next_year(
        edition.code, edition.title, edition.year, {one.code for one in queries.editions()}
    )
    values: Values = {"code": code, "year": str(year), "title": title, "owner": "", "own_chain": ""}
    if request.method != "POST":
        return next_page(edition, values)
    values = typed(request.form, NEXT)
    try:
        draft = operations.clone(
            edition,
            code=code_of(values),
            year=year_of(values),
            title=one_line(values["title"]),
            by=current_user._get_current_object(),
            owner=owner_of(values),
            own_chain=bool(values["own_chain"]),
        )
    except DomainError as refusal:
        return next_page(edition, values, refused_at(refusal))
    flash(
        f"{draft.code} is a draft that asks what {edition.code} asks. Change what has to change.", "success"
    )
    return redirect(url_for("questionnaires.build", ref=draft.code), 303)


def next_page(edition: Edition, values: Values, trouble: Trouble = NO_TROUBLE) -> ResponseReturnValue:
    page = render_template(
        "questionnaires/start_next.html",
        edition=edition,
        values=values,
        errors=trouble.errors,
        mistakes=list(trouble.mistakes),
        owners=owner_choices(),
        own_chain=own_chain(edition),
        known=[
            one
            for one in queries.editions_for(current_user.partnership_ids)
            if one.predecessor_id == edition.id
        ],
    )
    return make_response(page, trouble.status)


def own_chain(edition: Edition) -> str:
    """The signatures somebody's partnership has set for the framework, in words; empty where none."""
    for office in offices():
        steps = office.sign_off_chains.get(edition.framework.code)
        if steps:
            return chain_words([ChainStepPart.model_validate(dict(one)) for one in steps])
    return ""


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in(may=can_make)
@resumable
def start_new() -> ResponseReturnValue:
    """An empty edition of a framework that is not here yet."""
    values: Values = {
        **dict.fromkeys(NEW, ""),
        "year": str(clock.today().year + 1),
        "declaration": DECLARATION,
    }
    if request.method != "POST":
        return new_page(values)
    values = typed(request.form, NEW)
    told: Values = {name: one_line(values[name]) for name in NEW}
    try:
        told |= {
            "code": code_of(values),
            "year": year_of(values),
            "declaration": clean(values["declaration"]),
        }
        told["criterion"] = clean(values["criterion"])
        owner = owner_of(values)
        file = with_chain(empty(told), owner.sign_off_chains)
        draft = operations.start(file, owner=owner, by=current_user._get_current_object())
    except Refused as refused:
        return new_page(values, faulty(refused, START_PLACES))
    except DomainError as refusal:
        return new_page(values, refused_at(refusal))
    flash(f"{draft.code} is started. Add what it asks.", "success")
    return redirect(url_for("questionnaires.build", ref=draft.code), 303)


def new_page(values: Values, trouble: Trouble = NO_TROUBLE) -> ResponseReturnValue:
    page = render_template(
        "questionnaires/start_new.html",
        values=values,
        errors=trouble.errors,
        mistakes=list(trouble.mistakes),
        owners=owner_choices(),
        ready=ready_choices(),
    )
    return make_response(page, trouble.status)


@blueprint.route("/<ref>/delete", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def delete_edition(edition: Edition) -> ResponseReturnValue:
    """Throw a draft away, after a question."""
    if request.method != "POST":
        operations.check_may_delete(edition)
        return render_template("questionnaires/delete.html", edition=edition)
    code = edition.code
    operations.delete_draft(edition, by=current_user._get_current_object())
    flash(f"{code} is deleted.", "success")
    return redirect(url_for("questionnaires.editions"), 303)


def code_of(values: Values) -> str:
    """The code as typed, unless an edition of that code could not be reached at its address."""
    code = one_line(values["code"])
    if code.lower() in OWN_ADDRESSES:
        raise Invalid("Choose another code: this word has a page of its own.", field="code")
    return code


def year_of(values: Values) -> int:
    year = number_of(values["year"], "year")
    if year is None or not year.is_integer() or not 1990 <= year <= 2100:
        raise Invalid("Write a year, for example 2027.", field="year")
    return int(year)


def offices() -> list[Partnership]:
    """The partnerships in whose office this person works."""
    found = {
        m.partnership for m in current_user.current if Role(m.role) in OFFICE and m.partnership is not None
    }
    return sorted(found, key=lambda partnership: partnership.name)


def owner_choices() -> list[tuple[str, str]]:
    """The partnerships an edition could be for; none to choose where there is one."""
    known = offices()
    return [(one.ref, one.name) for one in known] if len(known) > 1 else []


def owner_of(values: Values) -> Partnership:
    known = offices()
    chosen = next((one for one in known if one.ref == values["owner"]), None)
    if chosen is None and len(known) > 1:
        raise Invalid("Choose whose edition it is.", field="owner")
    return chosen or known[0]
