"""Requests about the composite action plan and its papers."""

from s11.evidence import queries as documents
from tests.security.matrix import bringing, following
from tests.security.matrix.requests.asking import Ask, Request, day_in, form, nothing, to
from tests.security.matrix.requests.shared import a_waiting_file, to_add
from tests.security.matrix.world import Place


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


def update(place: Place) -> dict[str, object]:
    return {"version": "1", "status": "on_track", "text": "Half of the team is trained."}


def several(place: Place, actor: str) -> Ask:
    said = {"action": f"{place.action}.1", "status": "on_track", "text": "Half of the team is trained."}
    return Ask(form=said, refuses=422)


def a_waiting_file_for_an_action(place: Place) -> None:
    """The same, sent to show how an action went."""
    a_waiting_file(place)
    upload = documents.upload_by_ref("waiting22222")
    assert upload is not None
    upload.ref, upload.purpose = "waiting55555", {"action": place.action}


def shown_for_an_action(place: Place, actor: str) -> Ask:
    """A file that shows how the action went."""
    return Ask({"ref": place.action, "revision": following.SHOWN}, before=following.shown)


REVIEW = {"ref": "more.review"}


RECOMMENDATION = {"ref": "more.recommendation"}


REQUESTS: dict[str, Request] = {
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
}
