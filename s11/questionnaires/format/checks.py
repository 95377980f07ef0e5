"""What must agree between the parts of a file.

These look at the values as they were written, whatever their shape, so that a fault in one
part never hides a fault in another.
"""

from collections.abc import Iterator
from typing import Any

from s11.questionnaires.format.faults import Place
from s11.questionnaires.format.shape import nearest

Complaint = tuple[Place, str]
Item = tuple[Place, dict[str, Any]]

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
            yield from _twice(_items(data, *where), key, where[-1])
    yield from _scales(data)
    yield from _lineage(data)


def _items(data: dict[str, Any], *where: str, place: Place = ()) -> list[Item]:
    """The mappings in a list, or in the lists of a list; anything of another shape is left out."""
    here = data.get(where[0])
    found = [((*place, where[0], at), item) for at, item in enumerate(here if isinstance(here, list) else [])]
    items = [(at, item) for at, item in found if isinstance(item, dict)]
    if len(where) == 1:
        return items
    return [below for at, item in items for below in _items(item, *where[1:], place=at)]


def _twice(items: list[Item], key: str, kind: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, item in items:
        value = item.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        said = str(value).strip()
        if said in seen:
            yield (*place, key), f"Change this {key}: {said!r} is used twice in {kind.replace('_', ' ')}."
        seen.add(said)


def _scales(data: dict[str, Any]) -> Iterator[Complaint]:
    main = data.get("scale")
    scales: list[Item] = [(("scale",), main)] if isinstance(main, dict) else []
    scales += _items(data, "other_scales")
    if isinstance(main, dict):
        for place, other in scales[1:]:
            if other.get("code") == main.get("code"):
                yield (*place, "code"), f"Change this code: the scale {main.get('code')!r} has it already."
    levels: dict[Any, list[str]] = {}
    for place, scale in scales:
        items = _items(scale, "levels", place=place)
        for key in LEVEL_ONCE:
            yield from _twice(items, key, "levels")
        levels[_plain(scale.get("code"))] = [str(item["code"]).strip() for _, item in items if "code" in item]
    own = _plain(main.get("code")) if isinstance(main, dict) else None
    for place, criterion in _items(data, "standards", "criteria"):
        yield from _descriptors(place, criterion, own, levels)


def _plain(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _descriptors(
    place: Place, criterion: dict[str, Any], own: str | None, levels: dict[str, list[str]]
) -> Iterator[Complaint]:
    named = _plain(criterion.get("scale"))
    if named and named not in levels:
        known = tuple(code for code in levels if code)
        yield (*place, "scale"), f"Unknown scale {named[:80]!r}. {nearest(named, known)}"
        return
    codes = tuple(levels.get(named or own or "", ()))
    descriptors = criterion.get("descriptors")
    if not codes or not isinstance(descriptors, dict):
        return
    for code in descriptors:
        if code not in codes:
            yield (
                (*place, "descriptors", code),
                f"Unknown level {code[:80]!r}: a descriptor belongs to a level of the scale. "
                + nearest(code, codes),
            )


def _lineage(data: dict[str, Any]) -> Iterator[Complaint]:
    predecessor, edition = data.get("predecessor"), data.get("edition")
    if predecessor and isinstance(edition, dict) and edition.get("code") == predecessor:
        yield ("predecessor",), "Name the edition before this one, or leave the key out."
    if not predecessor and data.get("retired"):
        yield ("retired",), "Name the predecessor these criteria belonged to, or leave 'retired' out."
    criteria = _items(data, "standards", "criteria")
    keys = {criterion.get("key") for _, criterion in criteria if isinstance(criterion.get("key"), str)}
    for place, retired in _items(data, "retired"):
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
