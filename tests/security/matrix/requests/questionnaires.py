"""Requests about questionnaires and the draft of the partnership."""

import io
from collections.abc import Callable

from s11.core import clock
from s11.core.database import db
from s11.people import queries as people
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import EditionComment
from tests.factories.questionnaires import tiny
from tests.security.matrix import building
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, to
from tests.security.matrix.requests.shared import DRAFT, reason
from tests.security.matrix.world import MANAGER, Place


def a_draft_with_changes(place: Place) -> dict[str, object]:
    text = tiny(2, 2, code="DRAFT-2027", year=2027, framework="S11", predecessor="S11-2026")
    return {"file": (io.BytesIO(text.encode()), "draft.yaml")}


def a_table(place: Place) -> dict[str, object]:
    columns = {"heading": "0", "column-0": "number", "column-1": "text", "scale": "rag", "best": "last"}
    named = {"title": "Pasted", "code": "PASTED-2027", "year": "2027", "framework": "S11"}
    return {"table": "Number\tCriterion\n1.1\tOne person leads.\n", **columns, **named}


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


def of_a_draft(name: str, fields: dict[str, object] | None = None) -> Request:
    """A page of the builder, or a form sent to it, about the draft of the partnership."""

    def ask(place: Place, actor: str) -> Ask:
        address = {"ref": place.more["draft"], **building.ADDRESS[name]}
        told = dict(fields) if fields is not None else None
        return Ask(address, told, building.BEFORE.get(name) if fields is not None else None)

    return ask


REQUESTS: dict[str, Request] = {
    "GET questionnaires.editions": to(),
    "GET questionnaires.edition": to(ref="edition"),
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
