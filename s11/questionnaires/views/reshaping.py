"""Building: splitting, merging and moving criteria."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from s11.core.errors import Invalid
from s11.questionnaires import queries
from s11.questionnaires.editing import lineage, numbers, reshaping, standards
from s11.questionnaires.editing.glance import headline
from s11.questionnaires.editing.parts import criterion_of, digest, find_criterion, standard_with
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.criteria import check_source
from s11.questionnaires.forms.typed import WHY, Values, clean, typed, why
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from s11.questionnaires.permissions import can_change, can_read_edition
from s11.questionnaires.views.blueprint import blueprint
from s11.questionnaires.views.drafts import (
    NO_TROUBLE,
    Trouble,
    attempt,
    done,
    open_draft,
    part_or_404,
    show,
)
from s11.web.guards import guard
from s11.web.kept import resumable

BOXES = 4  # how many parts a criterion can be split into at once; a part can be split again
TEXTS = tuple(f"text-{at}" for at in range(1, BOXES + 1))


@blueprint.route("/<ref>/build/criteria/<key>/split", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def split_criterion(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    criterion = part_or_404(criterion_of, draft.file, key)
    now: Values = {
        **dict.fromkeys(TEXTS, ""),
        "text-1": criterion.text,
        "reason": "",
        "why_source": "",
        "anew": False,
    }
    more = {"criterion": criterion, "boxes": TEXTS, "rests_on": digest(criterion.text)}
    if request.method != "POST":
        return show("split_criterion.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, (*TEXTS, *WHY), boxes=("anew",))

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        texts = [clean(values[name]) for name in TEXTS]
        standard = standard_with(file, key)
        after = reshaping.split(file, key, texts, why=why(values), earlier=earlier)
        return numbers.anew(after, standard.key) if values["anew"] else after

    edit = Edit(
        "questionnaire:criterion:split",
        apply,
        rests_on=lambda file: criterion_of(file, key).text,
        was=request.form.get("rests_on", ""),
        about={"criterion": criterion.number},
    )
    if trouble := attempt(edition, edit, places={"standards": "text-1"}):
        return show("split_criterion.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{criterion.number} is split.", f"standard-{standard_with(draft.file, key).key}")


@blueprint.route("/<ref>/build/merge", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
@resumable
def merge_criteria(edition: Edition) -> ResponseReturnValue:
    """The joint text of criteria ticked at a glance; they come in the address, or with the form."""
    draft = open_draft(edition)
    keys = request.values.getlist("key")
    ticked = [one for one in draft.file.criteria if one.key in keys]
    now: Values = {
        "text": "\n\n".join(one.text for one in ticked),
        "reason": "",
        "why_source": "",
        "anew": False,
    }
    more = {"ticked": ticked, "rests_on": digest([one.text for one in ticked])}
    if "text" not in request.form:
        if len(ticked) < 2:
            flash("Tick two or more criteria, then choose “Merge those ticked”.", "error")
            return redirect(url_for("questionnaires.build", ref=edition.code), 303)
        return show("merge_criteria.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, ("text", *WHY), boxes=("anew",))

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        check_source(values)
        after = reshaping.merge(file, keys, clean(values["text"]), why=why(values), earlier=earlier)
        return numbers.anew(after) if values["anew"] else after

    edit = Edit(
        "questionnaire:criterion:merged",
        apply,
        rests_on=lambda file: [one.text for one in file.criteria if one.key in keys],
        was=request.form.get("rests_on", ""),
        about={"criteria": [one.number for one in ticked]},
    )
    if trouble := attempt(edition, edit, places={"standards": "text"}):
        return show("merge_criteria.html", draft, trouble, values=values, now=now, **more)
    return done(edition, f"{', '.join(one.number for one in ticked)} are one criterion now.")


@blueprint.route("/<ref>/build/criteria/<key>/move", methods=["GET", "POST"])
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def move_criterion(edition: Edition, key: str) -> ResponseReturnValue:
    draft = open_draft(edition)
    criterion = part_or_404(criterion_of, draft.file, key)
    choices = {}
    for standard in draft.file.standards:
        others = [one for one in standard.criteria if one.key != key]
        first = (f"{standard.key}/", f"First in {standard.number}")
        choices[f"{standard.number} {standard.title}"] = [
            first,
            *(
                (f"{standard.key}/{one.key}", f"After {one.number} {headline(one.text)[:60]}")
                for one in others
            ),
        ]
    told = criterion.lineage if lineage.takes_reason(criterion) else None
    now: Values = {
        "place": _place_of(draft.file, key),
        "reason": told.reason if told else "",
        "why_source": told.source if told else "",
        "anew": False,
    }
    more = {"criterion": criterion, "choices": choices, "takes_reason": told is not None}
    if request.method != "POST":
        return show("move_criterion.html", draft, NO_TROUBLE, values=now, now=now, **more)
    values = typed(request.form, ("place", *WHY), boxes=("anew",))
    target, _, after = values["place"].partition("/")

    def apply(file: QuestionnaireFile, earlier: QuestionnaireFile | None) -> QuestionnaireFile:
        if after and find_criterion(file, after) is None:
            raise Invalid("Choose a place that is still there.", field="place")
        check_source(values)
        moved = reshaping.move(
            file, key, target, after, why=why(values) if "reason" in request.form else None
        )
        return numbers.anew(moved) if values["anew"] else moved

    edit = Edit("questionnaire:criterion:moved", apply, about={"criterion": criterion.number})
    if trouble := attempt(edition, edit):
        return show("move_criterion.html", draft, trouble, values=values, now=now, **more)
    return done(edition, _moved(draft.file, file_of(edition), key), f"criterion-{key}")


def _moved(before: QuestionnaireFile, after: QuestionnaireFile, key: str) -> str:
    """Where a criterion went: "3.4 is now 5.2 in 5 Induction."."""
    old, new, standard = criterion_of(before, key), criterion_of(after, key), standard_with(after, key)
    if _place_of(before, key) == _place_of(after, key) and old.number == new.number:
        return f"{old.number} stays where it was." if old == new else f"The reason of {old.number} is saved."
    number = f"now {new.number}" if old.number != new.number else "now"
    at = [one.key for one in standard.criteria].index(key)
    behind = f", after {standard.criteria[at - 1].number}" if at else ", as the first"
    return f"{old.number} is {number} in {standard.number} {standard.title}{behind}."


def _place_of(file: QuestionnaireFile, key: str) -> str:
    """Where a criterion stands, as the list of places names it."""
    standard = standard_with(file, key)
    at = [one.key for one in standard.criteria].index(key)
    return f"{standard.key}/{standard.criteria[at - 1].key if at else ''}"


@blueprint.post("/<ref>/build/move")
@guard(queries.edition_by_code, see=can_read_edition, may=can_change)
def step(edition: Edition) -> ResponseReturnValue:
    """A criterion or standard one place up or down: "up:criterion:KEY". A second click does it once."""
    way, _, what = request.form.get("go", "").partition(":")
    kind, _, key = what.partition(":")
    if way not in ("up", "down") or kind not in ("criterion", "standard"):
        raise Invalid("Choose what to move, and whether up or down.")
    moving = reshaping.step if kind == "criterion" else standards.step

    def order(file: QuestionnaireFile) -> list[list[str]]:
        return [[standard.key, *(one.key for one in standard.criteria)] for standard in file.standards]

    edit = Edit(
        "questionnaire:criterion:moved" if kind == "criterion" else "questionnaire:standard:moved",
        lambda file, earlier: moving(file, key, up=way == "up"),
        rests_on=order,
        was=request.form.get("order", ""),
    )
    trouble = attempt(edition, edit)
    return _stepped(edition, kind, key, trouble)


def _stepped(edition: Edition, kind: str, key: str, trouble: Trouble | None) -> ResponseReturnValue:
    if trouble is not None:
        overtaken = "The order had changed already, perhaps by your own second click. See how it is now."
        flash(
            overtaken if trouble.overtaken else trouble.mistakes[0][0],
            "info" if trouble.overtaken else "error",
        )
    return redirect(url_for("questionnaires.build", ref=edition.code, _anchor=f"{kind}-{key}"), 303)
