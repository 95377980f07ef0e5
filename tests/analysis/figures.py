"""Small tables of ratings in words, as `frames.ratings` would give them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from s11.questionnaires.rules import (
    CriterionContent,
    EditionContent,
    LevelContent,
    ScaleContent,
    StandardContent,
)

GREEN = LevelContent(1, "green", "Green", "G", 3, 3, "green", "", True)
AMBER = LevelContent(2, "amber", "Amber", "A", 2, 2, "amber", "", True)
RED = LevelContent(3, "red", "Red", "R", 1, 1, "red", "", True)
LEVELS = (GREEN, AMBER, RED)
CODES = {"G": "green", "A": "amber", "R": "red", "N": "not_applicable", "-": ""}
ORDERS = {"G": 3, "A": 2, "R": 1}


def a_frame(rows: dict[str, dict[str, str]], *, evidence: int = 1) -> pd.DataFrame:
    """Ratings by organisation and standard: `{"Police": {"1": "G G*", "2": "A -"}}`; "*": no evidence."""
    lines = []
    for return_id, (name, standards) in enumerate(rows.items(), start=1):
        for standard, words in standards.items():
            for place, word in enumerate(words.split(), start=1):
                letter = word[0]
                lines.append(
                    {
                        "return_id": return_id,
                        "organisation_id": return_id,
                        "organisation": name,
                        "short_name": name.split()[0],
                        "phase": "",
                        "return_ref": name.lower(),
                        "kind": "school" if "School" in name else "police",
                        "standard": standard,
                        "standard_key": f"standard-{standard}",
                        "criterion": f"{standard}.{place}",
                        "criterion_key": f"criterion-{standard}-{place}",
                        "scale": "rag",
                        "rating": CODES[letter],
                        "label": CODES[letter].capitalize(),
                        "order": ORDERS.get(letter, 0),
                        "step": max(ORDERS.get(letter, 0) - 1, 0),
                        "steps": 2,
                        "counts": letter in ORDERS,
                        "best": letter == "G",
                        "evidence": 0 if word.endswith("*") else evidence,
                    }
                )
    frame = pd.DataFrame(lines)
    for name in (
        "organisation", "short_name", "return_ref", "kind", "standard", "standard_key", "criterion",
        "criterion_key", "scale",
    ):  # fmt: skip
        frame[name] = pd.Categorical(frame[name], categories=list(dict.fromkeys(frame[name])))
    return frame


RAG = ScaleContent("rag", "Red, amber, green", LEVELS)


def a_criterion(number: str, key: str = "", **more: Any) -> CriterionContent:
    """A criterion "1.2" of standard 1, in words of its own; `more` says what is not usual about it."""
    told: dict[str, Any] = {
        "id": 0, "number": number, "key": key or f"criterion-{number.replace('.', '-')}",
        "text": f"Criterion {key or number} is met.", "guidance": "", "evidence": (), "descriptors": {},
        "themes": (), "practice_standards": (), "source": "", "must": False, "weight": 1.0, "only_if": "",
        "not_applicable_allowed": True, "change": "unchanged", "change_from": (), "change_reason": "",
        "scale": RAG, "standard_key": f"standard-{number.split('.')[0]}", "position": 0,
    }  # fmt: skip
    return CriterionContent(**{**told, **more})


def an_edition(*criteria: CriterionContent, **more: Any) -> EditionContent:
    """An edition of these criteria, each in the standard its number says."""
    criteria = tuple(replace(one, id=place + 1, position=place) for place, one in enumerate(criteria))
    numbers = list(dict.fromkeys(one.number.split(".")[0] for one in criteria))
    standards = tuple(
        StandardContent(
            int(n), n, f"standard-{n}", f"Standard {n}", "", "", "",
            tuple(one for one in criteria if one.number.split(".")[0] == n),
        )
        for n in numbers
    )  # fmt: skip
    told: dict[str, Any] = {
        "id": 1, "code": "TINY", "year": 2026, "title": "Tiny", "framework_code": "TINY",
        "framework_title": "Tiny", "duty": "", "introduction": "", "declaration": "", "approver": "",
        "labels": {"standard": "Standard"}, "sign_off": (), "retired": (), "not_applicable_allowed": True,
        "not_applicable_meaning": "", "stage": "", "standards": standards, "scales": (RAG,),
    }  # fmt: skip
    return EditionContent(**{**told, **more})
