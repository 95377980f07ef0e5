"""What must agree between the parts of a file.

These look at the values as they were written, whatever their shape, so that a fault in one
part never hides a fault in another.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from s11.questionnaires.conditions import is_number
from s11.questionnaires.format import conditions, fields
from s11.questionnaires.format.places import Complaint, Item, Place, items, plain
from s11.questionnaires.format.shape import StepsPart, nearest
from s11.questionnaires.format.steps import step_faults
from s11.questionnaires.signing import LEAD_STEP, circle

# What may occur only once: where, and which keys.
ONCE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("sign_off",), ("step",)),
    (("retired",), ("key",)),
    (("standards",), ("number", "key")),
    (("standards", "criteria"), ("number", "key")),
    (("other_scales",), ("code",)),
)
LEVEL_ONCE = ("code", "order", "letter")
NEED_REASON = ("reworded", "new", "split", "merged")
NEED_FROM = {"split": "the key it was split from", "merged": "the keys it was merged from"}


def complaints(data: Any) -> Iterator[Complaint]:
    """Everything that does not agree, in no particular order."""
    if not isinstance(data, dict):
        return
    for where, keys in ONCE:
        for key in keys:
            yield from _twice(items(data, *where), key, where[-1])
    yield from _chain(data)
    yield from _scales(data)
    yield from _steps(data)
    yield from fields.complaints(data)
    yield from conditions.complaints(data)
    yield from _lineage(data)


def _twice(found: list[Item], key: str, kind: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, item in found:
        said = plain(item.get(key))
        if said and said in seen:
            yield (*place, key), f"Change this {key}: {said!r} is used twice in {kind.replace('_', ' ')}."
        seen.add(said)


def _chain(data: dict[str, Any]) -> Iterator[Complaint]:
    """Nobody waits for a signature that is never given."""
    steps = items(data, "sign_off")
    after = {plain(step.get("step")): plain(step.get("after")) for _, step in steps}
    for place, step in steps:
        named, awaited = plain(step.get("step")), plain(step.get("after"))
        if not awaited:
            continue
        if named == LEAD_STEP:
            yield (*place, "after"), "Leave 'after' out here: the lead always signs first."
        elif awaited not in after:
            known = tuple(one for one in after if one and one != named)
            yield (*place, "after"), f"Unknown step {awaited[:40]!r}. {nearest(awaited, known)}"
        elif circle(after, named):
            yield (*place, "after"), f"Change this: {named!r} would wait for itself, so nobody could sign."


def _scales(data: dict[str, Any]) -> Iterator[Complaint]:
    main = data.get("scale")
    scales: list[Item] = [(("scale",), main)] if isinstance(main, dict) else []
    scales += items(data, "other_scales")
    if isinstance(main, dict):
        for place, other in scales[1:]:
            if other.get("code") == main.get("code"):
                yield (*place, "code"), f"Change this code: the scale {main.get('code')!r} has it already."
    levels: dict[Any, list[str]] = {}
    for place, scale in scales:
        held = items(scale, "levels", place=place)
        for key in LEVEL_ONCE:
            yield from _twice(held, key, "levels")
        levels[plain(scale.get("code"))] = [str(item["code"]).strip() for _, item in held if "code" in item]
    own = plain(main.get("code")) if isinstance(main, dict) else None
    for place, criterion in items(data, "standards", "criteria"):
        yield from _descriptors(place, criterion, own, levels)


def _descriptors(
    place: Place, criterion: dict[str, Any], own: str | None, levels: dict[str, list[str]]
) -> Iterator[Complaint]:
    named = plain(criterion.get("scale"))
    if named and named not in levels:
        known = tuple(code for code in levels if code)
        yield (*place, "scale"), f"Unknown scale {named[:80]!r}. {nearest(named, known)}"
        return
    codes = tuple(levels.get(named or own or "", ()))
    if not codes:
        return
    yield from _of_levels((*place, "descriptors"), criterion.get("descriptors"), codes)
    for inner, variant in items(criterion, "variants", place=place):
        yield from _of_levels((*inner, "descriptors"), variant.get("descriptors"), codes)


def _of_levels(place: Place, descriptors: Any, codes: tuple[str, ...]) -> Iterator[Complaint]:
    for code in descriptors if isinstance(descriptors, dict) else ():
        if code not in codes:
            yield (
                (*place, code),
                f"Unknown level {code[:80]!r}: a descriptor belongs to a level of the scale. "
                + nearest(code, codes),
            )


def _steps(data: dict[str, Any]) -> Iterator[Complaint]:
    scales: list[Item] = [(("scale",), data["scale"])] if isinstance(data.get("scale"), dict) else []
    for place, scale in [*scales, *items(data, "other_scales")]:
        try:
            steps = StepsPart.model_validate(scale.get("steps"), by_name=False, by_alias=True)
        except ValidationError:
            continue  # said already, or there are none
        levels = [level for _, level in items(scale, "levels")]
        if all(is_number(level.get("order")) for level in levels):
            levels.sort(key=lambda level: level["order"], reverse=True)
        bands = [level.get("value") for level in levels]
        if all(value is None or is_number(value) for value in bands):
            for sentence in step_faults(steps, bands):
                yield (*place, "steps"), sentence


def _lineage(data: dict[str, Any]) -> Iterator[Complaint]:
    predecessor, edition = data.get("predecessor"), data.get("edition")
    if predecessor and isinstance(edition, dict) and edition.get("code") == predecessor:
        yield ("predecessor",), "Name the edition before this one, or leave the key out."
    if not predecessor and data.get("retired"):
        yield ("retired",), "Name the predecessor these criteria belonged to, or leave 'retired' out."
    if not predecessor and data.get("scale_change"):
        yield ("scale_change",), "Name the predecessor that had another scale, or leave 'scale_change' out."
    criteria = items(data, "standards", "criteria")
    keys = {criterion.get("key") for _, criterion in criteria if isinstance(criterion.get("key"), str)}
    for place, retired in items(data, "retired"):
        if isinstance(retired.get("key"), str) and retired["key"] in keys:
            yield (*place, "key"), f"Remove this: {retired['key']!r} is still asked further down."
    for place, criterion in criteria:
        yield from _lineage_of(place, criterion.get("lineage"), predecessor)


def _lineage_of(place: Place, lineage: Any, predecessor: Any) -> Iterator[Complaint]:
    here = (*place, "lineage")
    if lineage is None:
        if predecessor:
            yield here, f"Say what became of it since {predecessor}, as in lineage: {{change: unchanged}}."
        return
    if not predecessor:
        yield here, "Leave the lineage out, or name the edition it goes back to as predecessor."
    if not isinstance(lineage, dict):
        return
    change, origin = lineage.get("change"), lineage.get("from")
    if change in NEED_REASON and not lineage.get("reason"):
        yield here, f"Add a reason: why is this criterion {change}?"
    if change in NEED_FROM and not origin:
        yield here, f"Add from: {NEED_FROM[change]}, in square brackets."
    if change not in NEED_FROM and origin and isinstance(change, str):
        yield (*here, "from"), "Leave 'from' out: it belongs to criteria that were split or merged."
