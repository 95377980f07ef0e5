"""The JSON Schema of the file format: made from the parts, and committed for editors."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from s11.questionnaires.format.schema import DESCRIPTIONS, schema
from s11.questionnaires.format.shape import PARTS, known_keys
from s11.questionnaires.rules import CHANGES, COLOURS, COLUMN_KINDS, FIELD_KINDS, PREFILLS, SOURCES, THEMES

COMMITTED = Path(__file__).parents[2] / "seeds" / "questionnaires" / "questionnaire.schema.json"


def part(name: str) -> dict[str, Any]:
    return schema()["$defs"][name]["properties"]


def test_the_command_prints_what_is_committed(app: Flask):
    printed = app.test_cli_runner().invoke(args=["questionnaires", "schema"])
    assert printed.exit_code == 0
    assert printed.stdout == COMMITTED.read_text(encoding="utf-8"), (
        "Write it anew: flask questionnaires schema > seeds/questionnaires/questionnaire.schema.json"
    )
    assert json.loads(printed.stdout)["$schema"].startswith("https://json-schema.org/")


def test_every_key_of_every_part_is_there_and_described():
    made = schema()
    parts = {name: told["properties"] for name, told in made["$defs"].items()}
    parts["QuestionnaireFile"] = made["properties"]
    for kind in PARTS.values():
        assert list(parts[kind.__name__]) == list(known_keys(kind))
    assert all(told["description"] for keys in parts.values() for told in keys.values())


def test_nothing_is_described_that_is_not_there():
    known = {kind.__name__: set(known_keys(kind)) for kind in PARTS.values()}
    for name, keys in DESCRIPTIONS.items():
        assert set(keys) <= (known[name] if name else set().union(*known.values())), name


def test_an_unknown_key_is_a_fault_for_the_editor_too():
    made = schema()
    assert made["additionalProperties"] is False
    assert all(told["additionalProperties"] is False for told in made["$defs"].values())
    assert set(made["required"]) >= {"format", "framework", "edition", "scale", "standards"}


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (lambda: part("FieldPart")["kind"]["enum"], FIELD_KINDS),
        (lambda: part("FieldPart")["prefill"]["enum"], ("", *PREFILLS)),
        (lambda: part("ColumnPart")["kind"]["enum"], COLUMN_KINDS),
        (lambda: part("LevelPart")["colour"]["enum"], COLOURS),
        (lambda: part("CriterionPart")["themes"]["items"]["enum"], THEMES),
        (lambda: part("LineagePart")["change"]["enum"], CHANGES),
        (lambda: part("RetiredPart")["source"]["enum"], ("", *SOURCES)),
    ],
)
def test_the_editor_offers_what_can_be_written(told: Any, known: Any):
    assert list(told()) == list(known)


def test_numbers_are_text_of_a_certain_shape():
    number = part("CriterionPart")["number"]
    assert number["type"] == "string" and number["pattern"] and number["maxLength"] == 20
