"""Where an edition begins: next year's code and title, and an edition that is empty but for one criterion."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from s11.core.errors import Invalid
from s11.questionnaires.editing.keys import key_from
from s11.questionnaires.editing.scales import READY
from s11.questionnaires.format import QuestionnaireFile
from s11.questionnaires.format.shape import (
    ChainStepPart,
    CriterionPart,
    EditionPart,
    FrameworkPart,
    NotApplicablePart,
    StandardPart,
)


def next_year(code: str, title: str, year: int, taken: set[str]) -> tuple[str, str, int]:
    """The code, title and year of the edition after this one: S11-2027 after S11-2026."""
    following = year + 1
    swapped = re.sub(rf"(?<!\d){year}(?!\d)", str(following), code)
    wanted = swapped if swapped != code else f"{code}-{following}"
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    return name, _following_title(title, year), following


def _following_title(title: str, year: int) -> str:
    """The title with its year, or its span of years such as 2025-26, one on."""

    def on(found: re.Match[str]) -> str:
        first, joint, second = int(found[1]), found[2] or "", found[3] or ""
        if not second:
            return str(first + 1)
        return f"{first + 1}{joint}{int(second) + 1:0{len(second)}d}"

    return re.sub(r"(?<!\d)((?:19|20)\d\d)(?:([-–/])(\d{4}|\d{2})(?!\d))?(?!\d)", on, title)


def with_chain(
    file: QuestionnaireFile, chains: Mapping[str, Sequence[Mapping[str, Any]]]
) -> QuestionnaireFile:
    """The file with the signatures a partnership begins the editions of its framework with, where it has any.

    `chains` are theirs by the framework's code.
    """
    steps = chains.get(file.framework.code)
    if not steps:
        return file
    return file.model_copy(update={"sign_off": [ChainStepPart.model_validate(dict(one)) for one in steps]})


def empty(values: dict[str, Any]) -> QuestionnaireFile:
    """A new edition that asks one criterion, with the scale chosen from those ready made."""
    if values["scale"] not in READY:
        raise Invalid("Choose how criteria are rated.", field="scale")
    criterion = CriterionPart.model_construct(
        number="1.1", key=key_from(values["criterion"], ()), text=values["criterion"]
    )
    standard = StandardPart.model_construct(
        number="1",
        key=key_from(values["standard"], (), otherwise="standard"),
        title=values["standard"],
        criteria=[criterion],
    )
    return QuestionnaireFile.model_construct(
        format=1,
        framework=FrameworkPart.model_construct(
            code=values["framework_code"], title=values["framework_title"], duty=values["duty"]
        ),
        edition=EditionPart.model_construct(code=values["code"], year=values["year"], title=values["title"]),
        declaration=values["declaration"],
        sign_off=[ChainStepPart(step="lead", label="Safeguarding lead")],
        scale=READY[values["scale"]],
        not_applicable=NotApplicablePart(allowed=True, meaning="It could not arise here. Say why."),
        standards=[standard],
    )
