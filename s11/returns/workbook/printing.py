"""What is only read in a return's workbook: the words printed beside a criterion, and its stamp."""

from s11.questionnaires.rules import CriterionContent
from s11.returns.models import Answer
from s11.returns.sealing import SealedAnswer
from s11.returns.workbook import stamps
from s11.returns.workbook.cells import plain
from s11.returns.workbook.comparing import canonical
from s11.returns.workbook.contents import ON_SCREEN, Contents, Place, in_row
from s11.returns.workbook.layout import (
    CRITERION,
    EVIDENCE,
    GUIDANCE,
    LAST_RATING,
    LAST_WORDS,
    LOOKS,
    NOT_APPLICABLE,
    NUMBERED,
    QUESTIONS,
    SHOWN_AT_MOST,
    STAMP,
    descriptors_of,
    guidance_of,
)

CARRIED = "(Taken over from last year and not confirmed yet: confirm it on screen, or change it.)"
MORE = f"(More is asked about this on the sheet {QUESTIONS}.)"
ELSEWHERE = "(On screen: {}.)"


def printed(contents: Contents, criterion: CriterionContent, answer: Answer | None) -> dict[str, str]:
    """The words of the locked cells of a row, by the titles of their columns."""
    before = contents.before(criterion)
    evidence = contents.evidence.get(criterion.id, ())
    texts = {
        NUMBERED.title: criterion.number,
        CRITERION.title: "\n\n".join(asked(criterion, answer)),
        GUIDANCE.title: guidance_of(criterion),
        LOOKS.title: descriptors_of(criterion),
        LAST_RATING.title: rating_before(before) if before else "",
        LAST_WORDS.title: before.commentary or before.not_applicable_reason if before else "",
        EVIDENCE.title: "\n".join(f"• {title}" for title in evidence),
        STAMP.title: stamp_of(contents, criterion, answer),
    }
    return {title: plain(text)[:SHOWN_AT_MOST] for title, text in texts.items()}


def asked(criterion: CriterionContent, answer: Answer | None) -> list[str]:
    """The words of a criterion, and what else there is to know about answering it."""
    on_screen = [f.label for f in criterion.fields if f.repeated and f.kind in ON_SCREEN]
    return [
        criterion.text,
        *([CARRIED] if answer and answer.carried else []),
        *([MORE] if any(not field.repeated for field in criterion.fields) else []),
        *([ELSEWHERE.format(", ".join(on_screen))] if on_screen else []),
    ]


def rating_before(before: SealedAnswer) -> str:
    if before.not_applicable:
        return NOT_APPLICABLE
    return before.rating.label if before.rating else "Not rated" if before.rated else ""


def stamp_of(contents: Contents, criterion: CriterionContent, answer: Answer | None) -> str:
    """The version of an answer, and of the fields in its row."""
    fields = {f.code: stamp_of_field(contents, (f.id, criterion.id)) for f in criterion.fields if in_row(f)}
    return stamps.written(answer.version if answer else 0, fields)


def stamp_of_field(contents: Contents, place: Place) -> stamps.FieldStamp:
    entry = contents.entries.get(place)
    held = stamps.print_of(canonical(entry.value if entry else None))
    return stamps.FieldStamp(entry.version if entry else 0, held)
