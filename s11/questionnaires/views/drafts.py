"""What the pages that edit a draft share: opening it, trying a change, and saying what stood in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.core.errors import DomainError, Stale
from s11.organisations.rules import PHASE_LABELS, Kind
from s11.questionnaires import operations
from s11.questionnaires.editing import Gone
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.forms.meanwhile import said
from s11.questionnaires.forms.typed import SOURCE_CHOICES, Values, field_at, marks_of, merged
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit, Overtaken, Refused

Find = Callable[[QuestionnaireFile, str], Any]


@dataclass(frozen=True)
class Draft:
    """An edition that is open for editing, as files: its own and the predecessor's."""

    edition: Edition
    file: QuestionnaireFile
    earlier: QuestionnaireFile | None


class Clash(Overtaken):
    """Two people changed the same values, each in their own way; `names` are those of the form.

    `joined` is what was typed with what the other changed elsewhere.
    """

    def __init__(self, names: list[str], now: Values, joined: Values) -> None:
        self.names, self.now, self.joined = names, now, joined
        super().__init__()


class Errors(dict[str, str]):
    """Sentences by the name of their field; a field without one has none."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True)
class Trouble:
    """Why a form was not kept: sentences at their fields, those for the summary, and what others wrote."""

    status: int = 200
    errors: Errors = field(default_factory=Errors)
    mistakes: tuple[tuple[str, str | None], ...] = ()
    clashes: tuple[tuple[str, Any], ...] = ()
    overtaken: bool = False
    values: Values | None = None  # what the form shows in place of what was typed


NO_TROUBLE = Trouble()


def open_draft(edition: Edition) -> Draft:
    """The draft; raises DomainError for an edition at another stage, with what to do."""
    operations.check_worded(edition)
    return Draft(edition, file_of(edition), file_of(edition.predecessor) if edition.predecessor else None)


def part_or_404(find: Find, file: QuestionnaireFile, key: str) -> Any:
    """A part to be shown; one that a form was sent for and that is gone is told with what was typed."""
    try:
        return find(file, key)
    except Gone:
        if request.method == "POST":
            raise
        abort(404)


def attempt(edition: Edition, wanted: Edit, *, places: Mapping[str, str] | None = None) -> Trouble | None:
    """Try a change; None when it is kept. `places` names the field of the form for each part of the file."""
    try:
        operations.edit(edition, wanted, by=current_user._get_current_object())
    except Gone:
        raise
    except Clash as clash:
        return Trouble(
            clash.status,
            mistakes=((clash.sentence, "#theirs"),),
            clashes=tuple((name, clash.now[name]) for name in clash.names),
            overtaken=True,
            values=clash.joined,
        )
    except Refused as refused:
        return faulty(refused, places or {})
    except DomainError as refusal:
        return refused_at(refusal)
    return None


def refused_at(refusal: DomainError) -> Trouble:
    """A refusal with its sentence at the field it names."""
    anchor = f"#{refusal.field}" if refusal.field else None
    errors = Errors({refusal.field: refusal.sentence} if refusal.field else {})
    return Trouble(
        refusal.status, errors, ((refusal.sentence, anchor),), overtaken=isinstance(refusal, Stale)
    )


def faulty(refused: Refused, places: Mapping[str, str]) -> Trouble:
    """Each fault at its field; one that lies elsewhere is told with its place."""
    errors = Errors()
    mistakes: list[tuple[str, str | None]] = []
    for fault in refused.faults:
        name = field_at(fault.path, places)
        if name is None:
            where = f"{fault.path}: " if fault.path else ""
            mistakes.append((f"{where}{fault.sentence}", None))
        elif name not in errors:
            errors[name] = fault.sentence
            mistakes.append((fault.sentence, f"#{name}"))
    return Trouble(refused.status, errors, tuple(mistakes))


def together(values: Values, now: Values) -> Values:
    """What was typed with what others changed elsewhere in the form; raises Clash where both changed it."""
    joined, both = merged(values, now, request.form.get("was", ""))
    if both:
        raise Clash(both, now, joined)
    return joined


def show(
    template: str, draft: Draft, trouble: Trouble, *, values: Values, now: Values, **more: Any
) -> ResponseReturnValue:
    """A page of the builder with its form. `now` is what the form would show at this moment. Among `more`,
    `labels` is what it calls its fields: two people who changed the same one are told by these."""
    called: Mapping[str, str] = more.get("labels", {})
    page = render_template(
        f"questionnaires/{template}",
        edition=draft.edition,
        file=draft.file,
        values=values if trouble.values is None else {**values, **trouble.values},
        was=marks_of(now),
        errors=trouble.errors,
        mistakes=list(trouble.mistakes),
        clashes=[
            (called.get(name, name), said(name, theirs, draft.file), said(name, values[name], draft.file))
            for name, theirs in trouble.clashes
        ],
        sources=SOURCE_CHOICES,
        condition_kinds=[str(kind) for kind in Kind],
        condition_phases=list(PHASE_LABELS),
        **more,
    )
    return make_response(page, trouble.status)


def done(edition: Edition, sentence: str, anchor: str = "") -> ResponseReturnValue:
    """Back to the draft at a glance, where the change is seen."""
    flash(sentence, "success")
    return redirect(url_for("questionnaires.build", ref=edition.code, _anchor=anchor or None), 303)
