"""The format as a JSON Schema, by which an editor offers keys and values and marks faults while one writes.

It is made from the parts themselves, so it cannot say anything else than they do. What has to agree between
parts, such as a descriptor and its scale, only `check` sees.
"""

import json
from typing import Any

from pydantic.alias_generators import to_snake

from s11.questionnaires.format.shape import QuestionnaireFile

# What each key is for, by the part it stands in; "" holds what is meant wherever the key stands.
DESCRIPTIONS: dict[str, dict[str, str]] = {
    "": {
        "code": "A short name of letters, digits and dashes.",
        "title": "The words printed as a heading.",
        "label": "The words printed.",
        "key": "A lasting name in small letters and dashes. It never changes, even when the number does.",
        "number": 'As printed, in quotes: "1.1".',
        "only_if": "Who is asked, as in kind == 'school' or rating('2.1') in ('red', 'amber'). "
        "Everybody if left out.",
        "fields": "What is asked beside the ratings here.",
        "reason": "Why.",
        "source": "What prompted the change.",
        "options": "What can be chosen.",
        "step": "A short name for the signature.",
    },
    "QuestionnaireFile": {
        "format": "Always 1.",
        "framework": "The family of questionnaires. All its editions share these words.",
        "edition": "This edition: its code, year and title.",
        "predecessor": "The code of the edition before, if there is one.",
        "labels": "What you call the parts.",
        "introduction": "What people read before they begin.",
        "declaration": "What the person who submits declares.",
        "sign_off": "Who signs; the lead first.",
        "approver": "Asks for a name and role on the declaration, under these words.",
        "scale": "How criteria are rated.",
        "other_scales": "Further scales, for criteria that are rated differently.",
        "not_applicable": "Whether a criterion may not apply, and what that means.",
        "fields": "What is asked once about the whole return: contacts, staff numbers, dates.",
        "each_standard": "Fields asked in every standard.",
        "each_criterion": "Fields asked beside every criterion.",
        "scale_change": "Why the scale is another than the predecessor's.",
        "retired": "Criteria of the predecessor that are gone.",
        "standards": "The standards with their criteria.",
    },
    "FrameworkPart": {"duty": "The law the framework rests on."},
    "EditionPart": {"code": "As in S11-2026. It appears in addresses.", "year": "As in 2026."},
    "LabelsPart": {
        "standard": "One standard.",
        "standards": "Several.",
        "criterion": "One criterion.",
        "criteria": "Several.",
    },
    "SignOffPart": {"label": "Whoever signs, as in Safeguarding lead."},
    "ChainStepPart": {
        "label": "Whoever signs, as in Safeguarding lead.",
        "after": "The step that has to be signed before this one. The lead always signs first; without it "
        "the others sign in any order.",
    },
    "ScalePart": {
        "steps": "For a scale of even steps. The levels are then bands, and their value is where they begin.",
        "levels": "The levels, best first.",
    },
    "StepsPart": {
        "from": "The lowest step.",
        "to": "The highest step.",
        "by": "How far apart the steps are.",
        "unit": "The sign printed after each.",
    },
    "LevelPart": {
        "code": "A short word that descriptors and conditions use: green.",
        "letter": "Up to four characters for small spaces and black-and-white copies.",
        "order": "A whole number; the highest is the best, whatever the level is called.",
        "value": "A number for scores; of a band, the step at which it begins.",
        "colour": "The colour it is printed in.",
        "meaning": "What the level means, printed wherever it is chosen.",
        "counts": "false for a level that is left out of every count.",
        "needs": "What an answer at this level must have: evidence, action, or a field under each_criterion; "
        "of some only with a condition after it: evidence if ofsted_grade not in ('Good', 'Outstanding').",
    },
    "FieldPart": {
        "code": "A short name for conditions; used once in the file.",
        "label": "The question.",
        "hint": "Help beside it.",
        "kind": "What is answered with.",
        "required": "true if a return cannot be signed without it.",
        "columns": "For kind: table, what each row holds.",
        "prefill": "What the register fills in first, for whoever answers to check.",
    },
    "ColumnPart": {"kind": "What stands in the column."},
    "NotApplicablePart": {"allowed": "true or false.", "meaning": "The words printed beside it."},
    "RetiredPart": {"key": "The key of the criterion that is gone."},
    "StandardPart": {
        "question": "The question the standard asks as a whole.",
        "introduction": "What stands before its criteria.",
        "good": "What good looks like.",
        "sign_off": "Who signs this standard by itself, before the return is signed.",
        "criteria": "What is asked, in order.",
    },
    "CriterionPart": {
        "group": "A heading within the standard; criteria with the same one stand under it.",
        "text": "The statement to be rated; an empty line begins a paragraph, a dash a list.",
        "guidance": "Help for whoever answers.",
        "evidence": "What would show it.",
        "descriptors": "For each level's code, what that rating looks like for this criterion.",
        "themes": "The themes of learning it belongs to.",
        "practice_standards": "Numbers of the thematic learning framework, in quotes.",
        "source": "The law or guidance behind it.",
        "resources": "Where help is to be found; a link as [words](https://...).",
        "references": "Where other tools ask the same.",
        "recommendations": "The recommendations of reviews that it tests.",
        "must": "true for a statutory must.",
        "weight": "A number above 0.",
        "rated": "false for a line of which only the fields and the commentary are asked.",
        "scale": "The code of one of other_scales, if it is not rated on the edition's own.",
        "not_applicable": "false if nobody may say that it does not apply.",
        "variants": "Other words for certain organisations; the first that fits is used.",
        "lineage": "What became of it since the predecessor.",
    },
    "VariantPart": {
        "only_if": "For whom these words are.",
        "text": "The statement in their words.",
        "guidance": "Help in their words.",
        "descriptors": "What a rating looks like for them.",
    },
    "LineagePart": {
        "change": "What became of it.",
        "from": "The keys it was split or merged from.",
        "reason": "Why; needed unless it is unchanged.",
    },
}


def schema() -> dict[str, Any]:
    """The schema of a questionnaire file, with every key described."""
    made = QuestionnaireFile.model_json_schema(by_alias=True)
    parts = {**made["$defs"], QuestionnaireFile.__name__: made}
    for name, part in parts.items():
        for key, told in part["properties"].items():
            told["description"] = described(name, key)
            told.pop("title", None)
        part["title"] = to_snake(name.removesuffix("Part")).replace("_", " ")
    made["title"] = "Questionnaire"
    made["description"] = "One edition of a questionnaire."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def described(part: str, key: str) -> str:
    """What a key is for, in the part it stands in."""
    return DESCRIPTIONS.get(part, {}).get(key) or DESCRIPTIONS[""][key]


def written() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
