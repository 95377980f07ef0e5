"""Any questionnaire, with all the parts a file may have: it reads back equal, and is stored whole."""

import string
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from s11.core.database import db
from s11.questionnaires import operations
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import QuestionnaireFile, checked, read, write
from s11.questionnaires.format.shape import unprintable
from s11.questionnaires.rules import CHANGES, COLOURS, COLUMN_KINDS, FIELD_KINDS, SOURCES, THEMES

PIECES = [
    "yes",
    "null",
    "1.10",
    "2026-01-01",
    "a: b",
    "# c",
    "- d",
    "'",
    '"',
    "\\",
    "é",
    "[x](https://y)",
    "<b>",
]
PRINTED = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
SPELT = st.lists(st.sampled_from([*PIECES, "  ", "word", "a longer word"]), min_size=1, max_size=8).map(
    " ".join
)
LINE = (
    (st.text(PRINTED, min_size=1, max_size=30) | SPELT)
    .map(lambda text: text[:55].strip())
    .filter(lambda text: text and not unprintable(text))
)
TEXT = (
    LINE
    | st.lists(LINE, min_size=1, max_size=4).map("\n\n".join)
    | st.lists(LINE, min_size=2).map("\n- ".join)
)
MAYBE = st.just("") | TEXT
LISTED = st.lists(TEXT, max_size=3)
NAMED = st.lists(LINE.map(lambda text: text[:100].strip()), max_size=3, unique=True)
CONDITIONS = st.sampled_from(
    ["", "kind != 'childminder'", "phase in ('primary', 'pru') or residential", "not field('f0')",
     "rating('1.1') in ('l0', 'na')", "rating('k-1-1') != ''"]
)  # fmt: skip
OF_FIELDS = st.sampled_from(["", "field('f0')", "rating('1.1') == 'l0'"])
LETTERS = string.ascii_letters + string.digits


class _Codes:
    """Codes that are used once in a file."""

    def __init__(self) -> None:
        self.given = 0

    def next(self) -> str:
        self.given += 1
        return f"f{self.given}"


@st.composite
def fields(
    draw: st.DrawFn, codes: _Codes, conditions: st.SearchStrategy[str] = CONDITIONS
) -> list[dict[str, Any]]:
    made = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(list(FIELD_KINDS)))
        column_kinds = draw(st.lists(st.sampled_from(COLUMN_KINDS), min_size=1, max_size=3))
        made.append({
            "code": codes.next(), "label": draw(LINE), "hint": draw(MAYBE), "kind": kind,
            "required": draw(st.booleans()), "only_if": draw(conditions),
            "options": ["One", draw(LINE) + "."] if kind in ("choice", "choices") else [],
            "columns": [
                {"code": f"c{at}", "label": draw(LINE), "kind": of,
                 "options": ["One", "Two, or more"] if of == "choice" else []}
                for at, of in enumerate(column_kinds)
            ] if kind == "table" else [],
        })  # fmt: skip
    return made


@st.composite
def scales(draw: st.DrawFn, code: str, needs: list[str]) -> dict[str, Any]:
    count = draw(st.integers(2, 5))
    stepped = draw(st.booleans())
    values = [20.0 * (count - 1 - at) for at in range(count)]
    return {
        "code": code, "title": draw(LINE)[:100].strip(),
        "steps": {"by": draw(st.sampled_from([5, 10, 2.5]))} if stepped else None,
        "levels": [
            {
                "code": f"l{at}", "label": draw(LINE), "letter": LETTERS[at], "order": count - at,
                "value": values[at] if stepped else draw(st.none() | st.floats(-100, 100)),
                "colour": draw(st.sampled_from(COLOURS)), "meaning": draw(TEXT),
                "counts": draw(st.booleans()),
                "needs": draw(st.lists(st.sampled_from(["evidence", "action", *needs]), unique=True)),
            }
            for at in range(count)
        ],
    }  # fmt: skip


@st.composite
def criteria(draw: st.DrawFn, number: str, codes: _Codes, others: list[str], follows: bool) -> dict[str, Any]:
    first = number == "1.1"
    conditions = st.just("") if first else CONDITIONS
    words = st.dictionaries(st.sampled_from(["l0", "l1"]), TEXT)
    change = draw(st.sampled_from(list(CHANGES)))
    origin = ["old-one", "old-two"] if change in ("split", "merged") else []
    return {
        "number": number, "key": f"k-{number.replace('.', '-')}", "group": draw(LINE | st.just("")),
        "text": draw(TEXT), "guidance": draw(MAYBE), "evidence": draw(LISTED), "descriptors": draw(words),
        "themes": draw(st.lists(st.sampled_from(list(THEMES)), unique=True)),
        "practice_standards": draw(st.lists(st.sampled_from(["6.1", "7", "A.2"]), unique=True)),
        "source": draw(MAYBE), "resources": draw(LISTED), "references": draw(NAMED),
        "recommendations": draw(NAMED), "must": draw(st.booleans()),
        "weight": draw(st.sampled_from([1, 0.5, 3, 1e-7])), "rated": first or draw(st.booleans()),
        "scale": "" if first else draw(st.sampled_from(["", *others])), "only_if": draw(conditions),
        "not_applicable": draw(st.booleans()),
        "variants": [
            {"only_if": "kind == 'school'", "text": draw(MAYBE), "guidance": draw(MAYBE),
             "descriptors": draw(words)}
        ] if draw(st.booleans()) else [],
        "fields": draw(fields(codes)),
        "lineage": {"change": change, "from": origin, "reason": draw(TEXT),
                    "source": draw(st.sampled_from(["", *SOURCES]))} if follows else None,
    }  # fmt: skip


@st.composite
def questionnaires(draw: st.DrawFn, *, follows: bool | None = None) -> QuestionnaireFile:
    """A questionnaire that no check has anything to say against."""
    codes = _Codes()
    follows = draw(st.booleans()) if follows is None else follows
    beside = draw(fields(codes))
    needs = [field["code"] for field in beside]
    scale = draw(scales("main", needs).filter(lambda made: made["steps"] is None))
    others = [draw(scales(f"other{at}", needs)) for at in range(draw(st.integers(0, 2)))]
    once = {"code": "f0", "label": draw(LINE), "kind": "yes_no"}
    names = [other["code"] for other in others]
    standards = [
        {
            "number": str(at), "key": f"s-{at}", "title": draw(LINE), "question": draw(MAYBE),
            "introduction": draw(MAYBE), "good": draw(MAYBE), "only_if": "" if at == 1 else draw(CONDITIONS),
            "sign_off": {"step": "chair", "label": draw(LINE)} if draw(st.booleans()) else None,
            "fields": draw(fields(codes)),
            "criteria": [
                draw(criteria(f"{at}.{place}", codes, names, follows))
                for place in range(1, draw(st.integers(1, 3)) + 1)
            ],
        }
        for at in range(1, draw(st.integers(1, 3)) + 1)
    ]  # fmt: skip
    return QuestionnaireFile.model_validate(
        {
            "format": 1,
            "framework": {"code": "ANY", "title": draw(LINE), "duty": draw(LINE | st.just(""))},
            "edition": {"code": "ANY-2026", "year": 2026, "title": draw(LINE)},
            "predecessor": "ANY-2025" if follows else None,
            "labels": {"standard": draw(LINE)[:60].strip(), "criteria": "Lines"},
            "introduction": draw(MAYBE), "declaration": draw(TEXT),
            "sign_off": [
                {"step": f"s{at}", "label": draw(LINE),
                 "after": draw(st.sampled_from(("", f"s{at - 1}"))) if at else ""}
                for at in range(draw(st.integers(1, 3)))
            ],
            "approver": draw(LINE | st.just("")), "scale": scale, "other_scales": others,
            "not_applicable": {"allowed": draw(st.booleans()), "meaning": draw(MAYBE)},
            "fields": [once, *draw(fields(codes, OF_FIELDS))],
            "each_standard": draw(fields(codes)), "each_criterion": beside,
            "scale_change": {"reason": draw(TEXT), "source": "review"} if follows else None,
            "retired": [{"key": "gone", "reason": draw(TEXT), "source": "audit"}] if follows else [],
            "standards": standards,
        }
    ).tidied()  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(questionnaires())
def test_whatever_was_written_reads_back_equal_and_writes_the_same_again(file: QuestionnaireFile):
    text = write(file)
    assert read(text) == file
    assert write(read(text)) == text
    assert checked(file) == file


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questionnaires(follows=False))
def test_whatever_was_loaded_is_exported_the_same(app: Flask, file: QuestionnaireFile):
    with app.app_context():
        edition = operations.load(file).edition
        db.session.expire_all()
        assert file_of(edition) == file
        assert operations.export(edition) == write(file)
        assert not operations.load(file).changed
        db.session.rollback()
