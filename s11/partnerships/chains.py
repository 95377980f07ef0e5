"""The order of signatures a partnership begins its new editions with, as typed and as kept."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from s11.core.errors import Invalid
from s11.questionnaires.editing.keys import code_from
from s11.questionnaires.format.shape import ChainStepPart
from s11.questionnaires.signing import LEAD_STEP, circle

STEPS_AT_MOST = 8
Row = Mapping[str, str]


def chain_of(rows: Sequence[Row]) -> list[ChainStepPart]:
    """What was typed, as a chain of signatures. Rows without a word are left out; none at all is no chain.

    Raises Invalid that names the field of the row, such as "step-1-label".
    """
    chain: list[ChainStepPart] = []
    taken: dict[str, int] = {}
    for at, row in enumerate(coded(rows)):
        label, code, after = (" ".join(row[name].split()) for name in ("label", "step", "after"))
        if not label:
            continue
        if code in taken:
            raise Invalid(f"“{label}” stands here twice.", field=f"step-{at}-label")
        taken[code] = at
        chain.append(_step(at, code, label, after))
    _check(chain, taken)
    return chain


def coded(rows: Sequence[Row]) -> list[dict[str, str]]:
    """The rows, each signature with the code by which others wait for it; a new one gets its own."""
    taken = {row["step"] for row in rows if row["step"]}
    done: list[dict[str, str]] = []
    for row in rows:
        label, code = " ".join(row["label"].split()), row["step"].strip()
        if label and not code:
            code = code_from(label, taken, otherwise="step")
            taken.add(code)
        done.append({**row, "step": code})
    return done


def _step(at: int, code: str, label: str, after: str) -> ChainStepPart:
    try:
        return ChainStepPart(step=code, label=label, after=after)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        sentence = {
            "step": "This page is too old. Open it anew.",
            "label": "Shorten what whoever signs is called.",
        }
        field = "after" if name == "after" else "label"
        raise Invalid(
            sentence.get(name, "Choose one of the signatures here."), field=f"step-{at}-{field}"
        ) from None


def _check(chain: Sequence[ChainStepPart], places: Mapping[str, int]) -> None:
    """Nobody waits for a signature that is never given, and the lead, who signs first, for nobody."""
    after = {one.step: one.after for one in chain}
    for one in chain:
        field = f"step-{places[one.step]}-after"
        if one.after and one.step == LEAD_STEP:
            raise Invalid("The lead signs first, and waits for nobody.", field=field)
        if one.after and one.after not in after:
            raise Invalid(
                f"{one.label} would sign after somebody who signs no more. Choose again.",
                field=field,
            )
        if circle(after, one.step):
            raise Invalid(f"{one.label} would wait for their own signature.", field=field)


def kept(chain: Sequence[ChainStepPart]) -> list[dict[str, object]]:
    return [one.model_dump() for one in chain]


def steps_of(told: Sequence[Mapping[str, object]]) -> list[ChainStepPart]:
    """A chain as it is kept, to be read."""
    return [ChainStepPart.model_validate(dict(one)) for one in told]
