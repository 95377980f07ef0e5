"""Tiny questionnaires, as the text of a file: one for each behaviour."""

import textwrap

HEAD = """\
format: 1
framework: {{code: {framework}, title: Tiny questionnaire, duty: Tiny Act}}
edition: {{code: {code}, year: {year}, title: Tiny questionnaire {year}}}
{predecessor}labels: {{standard: Standard, standards: Standards, criterion: Criterion, criteria: Criteria}}
introduction: |
  Be honest.

  Be brief.
declaration: This is a fair account.
sign_off:
{sign_off}
scale:
  code: rag
  title: "Red, amber, green"
  levels:
  - {{code: green, label: Green, letter: G, order: 3, value: 3, colour: green, meaning: In place.}}
  - {{code: amber, label: Amber, letter: A, order: 2, value: 2, colour: amber, meaning: Partly in place.}}
  - {{code: red, label: Red, letter: R, order: 1, value: 1, colour: red, meaning: Not in place.}}
not_applicable: {{allowed: true, meaning: It could not arise here.}}
{top}{retired}standards:
"""

STANDARD = """\
- number: "{number}"
  key: standard-{number}
  title: Standard {number}
  criteria:
"""

CRITERION = """\
  - number: "{number}"
    key: {key}
    text: {text}
"""


def tiny(
    standards: int = 1,
    criteria: int = 2,
    *,
    code: str = "TINY-2026",
    year: int = 2026,
    framework: str = "TINY",
    predecessor: str = "",
    retired: str = "",
    steps: tuple[str, ...] = ("lead",),
    extra: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
    keys: dict[str, str] | None = None,
    top: str = "",
    of_standards: dict[str, str] | None = None,
    scale: str = "",
) -> str:
    """A questionnaire of so many standards with so many criteria each.

    Criterion "1.2" has the key "criterion-1-2" and the text "Criterion 1.2 is met." `texts` and
    `keys` give others by number; `extra` holds further YAML lines for a criterion, by number. With a
    `predecessor` every criterion that says nothing about its lineage is unchanged. `retired` is a key.
    `top` holds further lines for the whole, `of_standards` for a standard, by number; `scale` another scale.
    """
    extra, texts, keys = extra or {}, texts or {}, keys or {}
    text = HEAD.format(
        code=code,
        year=year,
        framework=framework,
        predecessor=f"predecessor: {predecessor}\n" if predecessor else "",
        retired=f"retired:\n- {{key: {retired}, reason: No longer needed.}}\n" if retired else "",
        sign_off="\n".join(f"- {{step: {step}, label: {step.capitalize()}}}" for step in steps),
        top=textwrap.dedent(top).strip("\n") + "\n" if top else "",
    )
    if scale:
        head, rest = text.split("scale:\n", 1)
        text = (
            head
            + textwrap.dedent(scale).strip("\n")
            + "\nnot_applicable:"
            + rest.split("not_applicable:", 1)[1]
        )
    for standard in range(1, standards + 1):
        text += STANDARD.format(number=standard)
        own = (of_standards or {}).get(str(standard), "")
        if own:
            lines = textwrap.indent(textwrap.dedent(own).strip("\n"), "  ") + "\n"
            text = text.removesuffix("  criteria:\n") + lines + "  criteria:\n"
        for criterion in range(1, criteria + 1):
            number = f"{standard}.{criterion}"
            text += CRITERION.format(
                number=number,
                key=keys.get(number, f"criterion-{standard}-{criterion}"),
                text=texts.get(number, f"Criterion {number} is met."),
            )
            more = textwrap.dedent(extra.get(number, ""))
            if predecessor and "lineage" not in more:
                more += "\nlineage: {change: unchanged}"
            text += textwrap.indent(more.strip("\n"), "    ") + "\n" if more else ""
    return text


def headed(text: str, more: str) -> str:
    """A questionnaire with further keys of its own, such as fields, before its standards."""
    return text.replace("\nstandards:\n", f"\n{more.strip()}\nstandards:\n", 1)


def in_percent(
    text: str, *, steps: str = "{by: 5}", values: tuple[object, object, object] = (80, 40, 0)
) -> str:
    """A questionnaire rated in steps, whose bands are green, amber and red."""
    for order, value in zip((3, 2, 1), values, strict=True):
        text = text.replace(f"order: {order}, value: {order}", f"order: {order}, value: {value}")
    return text.replace("  levels:\n", f"  steps: {steps}\n  levels:\n", 1)
