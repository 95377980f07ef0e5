"""What the fields of a standard's page are called, for whoever finds their words on a page of their own."""

import re
from collections.abc import Iterable

from flask_login import current_user

from s11.questionnaires.rules import CriterionContent
from s11.returns import permissions, queries
from s11.returns.forms import name_of
from s11.returns.merging import PARTS

RETURN = re.compile(r"^/returns/([a-z0-9]+)/")
# The letters under which the parts of an answer that are words are posted, before the criterion's id.
LETTERS = {
    "c{}": "commentary",
    "s{}": "strengths",
    "g{}": "shortfalls",
    "r{}-na-reason": "not_applicable_reason",
}


def labels_of(path: str) -> dict[str, str]:
    """What the fields are called that are posted to a path of a return one may open; else nothing."""
    found = RETURN.match(path)
    return_ = queries.by_ref(found[1]) if found else None
    if return_ is None or not permissions.can_open(current_user, return_):
        return {}
    return dict(pair for criterion in queries.edition_of(return_).criteria for pair in _labels(criterion))


def _labels(criterion: CriterionContent) -> Iterable[tuple[str, str]]:
    for name, part in LETTERS.items():
        yield name.format(criterion.id), f"{criterion.number} {PARTS[part].capitalize()}"
    for field in criterion.fields:
        yield name_of(field, criterion.id), f"{criterion.number} {field.label}"
