"""The name of somebody who has left, in plans as they were printed and in what was decided about them."""

import json
import re
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute

from s11.actions.models import Action, PlanImport
from s11.core.database import db


def rename_in_plans(name: str, known_as: str) -> None:
    """Put other words for a name wherever a plan that was brought printed it."""
    words = name.split()
    if not words:
        return
    # A single word may be any word: it is renamed only where it stands alone.
    spelt = r"\s+".join(map(re.escape, words))
    pattern = rf"(?<!\w){spelt}(?!\w)" if len(words) > 1 else rf"\A\s*{spelt}\s*\Z"
    found = re.compile(pattern, re.IGNORECASE)
    for action in db.session.scalars(select(Action).where(_holds(Action.printed, words))):
        action.printed = _renamed(action.printed, found, known_as)
    held = (PlanImport.tables, PlanImport.mended, PlanImport.about, PlanImport.file_name)
    for column in held:
        for import_ in db.session.scalars(select(PlanImport).where(_holds(column, words))):
            setattr(import_, column.key, _renamed(getattr(import_, column.key), found, known_as))
    db.session.flush()


def _holds(column: InstrumentedAttribute[Any], words: list[str]) -> Any:
    """What can hold a name at all, by its longest word as the column keeps it."""
    kept = json.dumps(max(words, key=len))[1:-1]
    return cast(column, Text).icontains(kept, autoescape=True)


def _renamed(held: Any, found: re.Pattern[str], known_as: str) -> Any:
    if isinstance(held, str):
        return found.sub(lambda _: known_as, held)
    if isinstance(held, list):
        return [_renamed(one, found, known_as) for one in held]
    if isinstance(held, dict):
        # Spellings of owners are keys.
        return {_renamed(key, found, known_as): _renamed(one, found, known_as) for key, one in held.items()}
    return held
