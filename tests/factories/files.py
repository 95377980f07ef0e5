"""Questionnaire files of any shape, for Hypothesis: whatever the format allows, with words that are traps.

The traps are words that a spreadsheet or a reader of YAML likes to take for something else.
"""

from typing import Any

from hypothesis import strategies as st

from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import NOT_PRINTED
from s11.questionnaires.rules import CHANGES, COLOURS, COLUMN_KINDS, FIELD_KINDS, PREFILLS, SOURCES, THEMES

TRAPS = (
    "1.10", "=1+1", "+44", "-3", "@SUM(A1)", "'quoted", "yes", "no", "TRUE", "null", "2026-01-01", "1/2",
    "_x000D_", "_x005F_", "x005F_", "<b>bold</b>", "<r>raw & rich</r>",
    "_x0041_x0042_", "&amp;", "#REF!", "a: b", "- dash", "  two spaces", "é",
    "\n", "\n\n", "\n  ", "\n- ", " ", "😀", "\u00a0", "{0}", "word",
)  # fmt: skip
PRINTED = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=NOT_PRINTED)


def words(most: int = 200, *, lines: bool = True) -> st.SearchStrategy[str]:
    """Text as the format keeps it: never empty, without space around it."""
    made = st.lists(st.sampled_from(TRAPS) | st.text(PRINTED, max_size=12), min_size=1, max_size=8).map(
        "".join
    )
    if not lines:
        made = made.map(lambda text: text.replace("\n", " "))
    return made.map(lambda text: text.strip()[:most].strip() or "word")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.just("") | strategy


def keys(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True),
        min_size=count,
        max_size=count,
        unique=True,
    )


def numbers(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.sampled_from(["1.10", "1.1", "2a.1", "KS1.3", "007", "1e5", "yes", "1", "10", "1.100", "TRUE"])
        | st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,6}[A-Za-z0-9])?", fullmatch=True),
        min_size=count,
        max_size=count,
        unique=True,
    )


line = words(60, lines=False)
text = words()
items = st.lists(words(80), max_size=3)
short_items = st.lists(words(60, lines=False), max_size=3, unique=True)
conditions = st.sampled_from(["", "kind == 'school'", "kind in ('icb', 'acute_trust')", "residential"])


@st.composite
def scales(draw: st.DrawFn, code: str) -> dict[str, Any]:
    count = draw(st.integers(2, 4))
    letters = draw(st.lists(words(3, lines=False), min_size=count, max_size=count, unique=True))
    orders = sorted(draw(st.lists(st.integers(-9, 99), min_size=count, max_size=count, unique=True)))
    codes = draw(numbers(count))
    stepped = draw(st.booleans())
    values = st.none() | st.integers(-50, 50).map(float) | st.floats(-1e6, 1e6)
    return {
        "code": code,
        "title": draw(maybe(line)),
        "steps": {"from": 0.0, "to": 100.0, "by": 5.0, "unit": draw(st.sampled_from(["", "%", "pts"]))}
        if stepped
        else None,
        "levels": [
            {
                "code": codes[at],
                "label": draw(line),
                "letter": letters[at],
                "order": orders[at],
                "value": at * 5.0 if stepped else draw(values),
                "colour": draw(st.sampled_from(COLOURS)),
                "meaning": draw(text),
                "counts": draw(st.booleans()),
                "needs": draw(st.lists(st.sampled_from(["evidence", "action"]), unique=True)),
            }
            for at in range(count)
        ],
    }


@st.composite
def fields(draw: st.DrawFn, codes: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(FIELD_KINDS)))
    options = st.lists(words(60, lines=False), min_size=2, max_size=3, unique=True)
    column_codes = draw(numbers(draw(st.integers(1, 2)))) if kind == "table" else []
    columns = []
    for code in column_codes:
        column_kind = draw(st.sampled_from(COLUMN_KINDS))
        columns.append(
            {
                "code": code,
                "label": draw(line),
                "kind": column_kind,
                "options": draw(options) if column_kind == "choice" else [],
            }
        )
    return {
        "code": codes.pop(),
        "label": draw(line),
        "hint": draw(maybe(text)),
        "kind": kind,
        "required": draw(st.booleans()),
        "options": draw(options) if kind in ("choice", "choices") else [],
        "columns": columns,
        "only_if": draw(conditions),
    }


def some_fields(draw: st.DrawFn, codes: list[str]) -> list[dict[str, Any]]:
    return [draw(fields(codes)) for _ in range(draw(st.integers(0, 1)))]


def filled_first(draw: st.DrawFn, field: dict[str, Any]) -> dict[str, Any]:
    """A field asked once, perhaps with what the register fills it with."""
    plain = field["kind"] in ("text", "long_text")
    return {**field, "prefill": draw(st.sampled_from(["", *PREFILLS])) if plain else ""}


def described(draw: st.DrawFn, scale: dict[str, Any]) -> dict[str, str]:
    codes = [level["code"] for level in scale["levels"]]
    return {code: draw(text) for code in draw(st.lists(st.sampled_from(codes), unique=True, max_size=2))}


@st.composite
def files(draw: st.DrawFn) -> QuestionnaireFile:
    """Any questionnaire that passes every check of the format, small."""
    own, other = draw(scales("own")), draw(scales("other"))
    others = [other] if draw(st.booleans()) else []
    predecessor = draw(st.none() | st.just("BEFORE"))
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=2))
    count = sum(sizes)
    criterion_keys, criterion_numbers = draw(keys(count)), draw(numbers(count))
    standard_keys, standard_numbers = draw(keys(len(sizes))), draw(numbers(len(sizes)))
    codes = [f"asked-{at}" for at in range(20)]
    standards = []
    for at, size in enumerate(sizes):
        standards.append(
            {
                "number": standard_numbers[at],
                "key": standard_keys[at],
                "title": draw(line),
                "question": draw(maybe(text)),
                "introduction": draw(maybe(text)),
                "good": draw(maybe(text)),
                "only_if": draw(conditions),
                "sign_off": draw(st.none() | st.just({"step": "chair", "label": "Chair"})),
                "fields": some_fields(draw, codes),
                "criteria": [
                    draw(
                        criteria(
                            criterion_numbers.pop(), criterion_keys.pop(), own, others, predecessor, codes
                        )
                    )
                    for _ in range(size)
                ],
            }
        )
    change = draw(st.none() | st.just({"reason": "Fewer levels.", "source": draw(sources)}))
    return QuestionnaireFile.model_validate(
        {
            "format": 1,
            "framework": {"code": "ANY", "title": draw(line), "duty": draw(maybe(line))},
            "edition": {"code": "ANY-2026", "year": draw(st.integers(1990, 2100)), "title": draw(line)},
            "predecessor": predecessor,
            "labels": {
                "standard": draw(line),
                "standards": "Parts",
                "criterion": "Line",
                "criteria": "Lines",
            },
            "introduction": draw(maybe(text)),
            "declaration": draw(text),
            "sign_off": [
                {"step": step, "label": draw(line)} for step in draw(numbers(draw(st.integers(1, 2))))
            ],
            "approver": draw(maybe(line)),
            "scale": own,
            "other_scales": others,
            "not_applicable": {"allowed": draw(st.booleans()), "meaning": draw(maybe(text))},
            "fields": [filled_first(draw, one) for one in some_fields(draw, codes)],
            "each_standard": some_fields(draw, codes),
            "each_criterion": some_fields(draw, codes),
            "scale_change": change if predecessor else None,
            "retired": [{"key": "gone--key", "reason": draw(text), "source": draw(sources)}]
            if predecessor and draw(st.booleans())
            else [],
            "standards": standards,
        },
        by_name=False,
        by_alias=True,
    ).tidied()


sources = st.sampled_from(["", *SOURCES])


@st.composite
def criteria(
    draw: st.DrawFn,
    number: str,
    key: str,
    own: dict[str, Any],
    others: list[dict[str, Any]],
    predecessor: str | None,
    codes: list[str],
) -> dict[str, Any]:
    scale = draw(st.sampled_from([own, *others]))
    variants = [
        {
            "only_if": "kind == 'school'",
            "text": draw(maybe(text)),
            "guidance": draw(maybe(text)),
            "descriptors": described(draw, scale),
        }
        for _ in range(draw(st.integers(0, 1)))
    ]
    return {
        "number": number,
        "key": key,
        "group": draw(maybe(line)),
        "text": draw(text),
        "guidance": draw(maybe(text)),
        "evidence": draw(items),
        "descriptors": described(draw, scale),
        "themes": draw(st.lists(st.sampled_from(sorted(THEMES)), unique=True, max_size=2)),
        "practice_standards": draw(numbers(1)),
        "source": draw(maybe(text)),
        "resources": draw(items),
        "references": draw(short_items),
        "recommendations": draw(short_items),
        "must": draw(st.booleans()),
        "weight": draw(st.sampled_from([1.0, 0.5, 1e-9, 1000.0]) | st.floats(1e-9, 1000)),
        "rated": draw(st.booleans()),
        "scale": "" if scale is own else scale["code"],
        "only_if": draw(conditions),
        "not_applicable": draw(st.booleans()),
        "variants": variants,
        "fields": some_fields(draw, codes),
        "lineage": lineage(draw) if predecessor else None,
    }


def lineage(draw: st.DrawFn) -> dict[str, Any]:
    change = draw(st.sampled_from(sorted(CHANGES)))
    return {
        "change": change,
        "from": ["one-of-old", "two-of-old"] if change in ("split", "merged") else [],
        "reason": draw(text),
        "source": draw(sources),
    }
