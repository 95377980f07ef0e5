"""Valid requests for the pages on which a draft is built, for the matrix."""

from collections.abc import Callable
from typing import Any

from s11.core.database import db
from s11.people import queries as people
from s11.questionnaires import operations, queries
from s11.questionnaires.editing import Why, criteria, scales
from s11.questionnaires.editing.parts import digest
from s11.questionnaires.format.shape import LineagePart
from s11.questionnaires.models import Edition
from s11.questionnaires.operations import Edit
from tests.security.matrix.world import MANAGER, Place

FIRST, SECOND, STANDARD = "criterion-1-1", "criterion-1-2", "standard-1"
TEXTS = ["Criterion 1.1 is met.", "Criterion 1.2 is met."]
ORDER = digest([[f"standard-{n}", f"criterion-{n}-1", f"criterion-{n}-2"] for n in (1, 2)])
WHY = {"reason": "A review asked for it.", "why_source": "review"}
CRITERION_FORM = {
    "number": "1.1", "text": "Other words.", "guidance": "", "source": "", "group": "", "only_if": "",
    "evidence": "", "resources": "", "references": "", "recommendations": "", "practice_standards": "",
    "weight": "1", "scale": "rag", "rated": "y", "not_applicable": "y", **WHY,
}  # fmt: skip
STANDARD_FORM = {
    "number": "3", "title": "Online safety", "question": "", "introduction": "", "good": "", "only_if": "",
    "sign_off_label": "", "sign_off_step": "",
}  # fmt: skip
WORDS_FORM = {
    "title": "Other words", "introduction": "", "declaration": "It is so.", "approver": "", "na_allowed": "y",
    "na_meaning": "", "step-0-label": "Lead", "step-0-step": "lead",
}  # fmt: skip
NEW_FORM = {
    "framework_title": "Housing", "framework_code": "HSA", "duty": "", "title": "Housing 2027",
    "year": "2027", "code": "HSA-2027", "scale": "rag", "declaration": "It is so.", "standard": "Leadership",
    "criterion": "One person leads.", "owner": "",
}  # fmt: skip
LEVELS = {
    f"level-{at}-{name}": value
    for at, code in enumerate(("green", "amber", "red"))
    for name, value in {
        "was": code, "label": code.capitalize(), "letter": code[0].upper(), "value": str(3 - at),
        "colour": code, "meaning": "Another meaning.", "counts": "y",
    }.items()
}  # fmt: skip
FIELD = {"field-0-label": "How many staff?", "field-0-kind": "number"}
NO_FIELD = dict.fromkeys((f"field-0-{name}" for name in ("was", "code", "hint", "options", "only_if")), "")


def draft_of(place: Place) -> Edition:
    edition = queries.edition_by_code(place.more["draft"])
    assert edition is not None
    return edition


def edited(place: Place, apply: Callable[..., Any]) -> None:
    """Change the draft beforehand, so that there is something to act on."""
    operations.edit(draft_of(place), Edit("questionnaire:scale:chosen", apply), by=people.by_address(MANAGER))
    db.session.flush()


def retired(place: Place) -> None:
    edited(place, lambda file, earlier: criteria.retire(file, FIRST, why=Why("Unused."), earlier=earlier))


def another_scale(place: Place) -> None:
    edited(place, lambda file, earlier: scales.add(file, "met"))


def out_of_order(place: Place) -> None:
    edited(place, lambda file, earlier: criteria.change(file, FIRST, {"number": "1.9"}, earlier=earlier))


# Each route of the builder: the rest of its address, and the fields of its form where it takes one.
ADDRESS: dict[str, dict[str, str]] = {
    "build": {},
    "preview": {},
    "number_anew": {},
    "step": {},
    "merge_criteria": {},
    "add_criterion": {"key": STANDARD},
    "change_criterion": {"key": FIRST},
    "retire_criterion": {"key": FIRST},
    "ask_again": {"key": FIRST},
    "correct_lineage": {"key": FIRST},
    "split_criterion": {"key": FIRST},
    "move_criterion": {"key": FIRST},
    "add_standard": {},
    "change_standard": {"key": STANDARD},
    "retire_standard": {"key": STANDARD},
    "change_words": {},
    "change_fields": {"where": "fields"},
    "change_scale": {"code": "rag"},
    "choose_scale": {},
    "remove_scale": {"code": "met"},
    "delete_edition": {},
}
ONLY_READ = ("build", "preview")
ONLY_SENT = ("number_anew", "step", "remove_scale")
FORMS: dict[str, dict[str, object]] = {
    "number_anew": {"all": "y"},
    "step": {"go": f"down:criterion:{FIRST}", "order": ORDER},
    "merge_criteria": {"key": [FIRST, SECOND], "text": "Both.", **WHY, "rests_on": digest(TEXTS)},
    "add_criterion": {"text": "Staff know.", "number": "1.3", "after": "", **WHY},
    "change_criterion": {**CRITERION_FORM},
    "retire_criterion": {**WHY, "rests_on": digest(TEXTS[0])},
    "ask_again": {"standard": STANDARD},
    "correct_lineage": {"change": "reworded", "keys": [FIRST], **WHY,
                        "rests_on": digest(LineagePart(change="unchanged"))},
    "split_criterion": {"text-1": "One.", "text-2": "Two.", **WHY, "rests_on": digest(TEXTS[0])},
    "move_criterion": {"place": f"standard-2/{''}"},
    "add_standard": {**STANDARD_FORM, "text": "Filters are on.", **WHY},
    "change_standard": {**STANDARD_FORM, "number": "1"},
    "retire_standard": {**WHY, "rests_on": digest(TEXTS)},
    "change_words": {**WORDS_FORM},
    "change_fields": {**FIELD, **NO_FIELD},
    "change_scale": {"title": "Other", **LEVELS, **WHY},
    "choose_scale": {"ready": "met", "instead": "beside"},
    "remove_scale": {},
    "delete_edition": {},
}  # fmt: skip
BEFORE = {"number_anew": out_of_order, "ask_again": retired, "remove_scale": another_scale}
