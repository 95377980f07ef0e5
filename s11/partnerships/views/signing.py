"""Who signs after whom in a new edition of a framework."""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from s11.core.errors import Invalid, Stale
from s11.organisations.models import Partnership
from s11.partnerships import operations, permissions, queries
from s11.partnerships.chains import STEPS_AT_MOST, chain_of, coded, kept, steps_of
from s11.partnerships.rules import mark_of
from s11.partnerships.views.blueprint import back, blueprint, me
from s11.questionnaires.models import Framework
from s11.questionnaires.signing import LEAD_STEP
from s11.web.guards import guard
from s11.web.kept import resumable

BLANK = {"label": "", "step": "", "after": ""}
LEAD = {"label": "Safeguarding lead", "step": LEAD_STEP, "after": ""}
Rows = list[dict[str, str]]


@blueprint.route("/<ref>/settings/signing/<code>", methods=["GET", "POST"])
@guard(queries.by_ref, see=permissions.can_see, may=permissions.can_change)
@resumable
def signing(partnership: Partnership, code: str) -> ResponseReturnValue:
    """The signatures of a new edition, one row each; rows without a word are left out."""
    framework = queries.framework(partnership.id, code)
    if framework is None:
        abort(404)
    if request.method != "POST":
        return show(partnership, framework, rows_now(partnership, framework), began(partnership, code))
    rows = rows_typed()
    if "another" in request.form:
        return show(partnership, framework, [*coded(rows), BLANK], request.form.get("began", ""))
    try:
        chain = kept(chain_of(rows))
        changed = operations.set_chain(
            partnership,
            code,
            chain,
            stands=kept(steps_of(queries.signed_now(partnership.id, framework))),
            began=request.form.get("began", ""),
            by=me(),
        )
    except Invalid as refusal:
        errors = {refusal.field or "step-0-label": refusal.sentence}
        return show(partnership, framework, rows, request.form.get("began", ""), errors=errors)
    except Stale as refusal:
        return show(partnership, framework, rows, began(partnership, code), conflict=refusal.sentence)
    return back(partnership, f"Who signs in {framework.title}: saved." if changed else "Nothing was changed.")


def rows_now(partnership: Partnership, framework: Framework) -> Rows:
    """The rows as they stand: the partnership's own, else those of the newest edition."""
    told = partnership.sign_off_chains.get(framework.code) or queries.signed_now(partnership.id, framework)
    return [{name: str(one.get(name, "")) for name in BLANK} for one in told] or [dict(LEAD)]


def began(partnership: Partnership, code: str) -> str:
    return mark_of({"chain": partnership.sign_off_chains.get(code, [])})


def rows_typed() -> Rows:
    """What stands in the rows of the form in hand."""
    return [
        {name: request.form.get(f"step-{at}-{name}", "")[:200] for name in BLANK}
        for at in range(STEPS_AT_MOST)
        if f"step-{at}-label" in request.form
    ]


def show(
    partnership: Partnership,
    framework: Framework,
    rows: Rows,
    mark: str,
    *,
    errors: dict[str, str] | None = None,
    conflict: str = "",
) -> ResponseReturnValue:
    filled = rows[:STEPS_AT_MOST]
    if not filled or (any(filled[-1].values()) and len(filled) < STEPS_AT_MOST):
        filled = [*filled, BLANK]
    page = render_template(
        "partnerships/signing.html",
        place=partnership,
        framework=framework,
        rows=filled,
        others=[(row["step"], row["label"]) for row in coded(filled) if row["label"]],
        lead=LEAD_STEP,
        own=framework.code in partnership.sign_off_chains,
        began=mark,
        errors=errors or {},
        conflict=conflict,
        room_for_more=len(filled) < STEPS_AT_MOST,
    )
    return make_response(page, 412 if conflict else 422 if errors else 200)
