"""The slow, obvious way to the same table, kept to check the fast one by."""

import numpy as np
import pandas as pd

from s11.analysis.frames.unpacking import COLUMNS, best_of, step_of, steps_of
from s11.analysis.rules import BETWEEN
from s11.analysis.rules import BLANK as BLANK_CODE
from s11.analysis.rules import NOT_APPLICABLE as NOT_APPLICABLE_CODE
from s11.cycles.models import Cycle
from s11.cycles.queries import content_of
from s11.returns import queries as returns


def ratings_from_answers(cycle: Cycle) -> pd.DataFrame:
    """The self-assessment read answer by answer: the slow way, kept to check the fast one by."""
    edition = content_of(cycle)
    rows = []
    for item in returns.submitted(cycle.id):
        return_ = returns.by_ref(item.ref)
        if return_ is None:
            continue
        facts = returns.answer_facts(item.return_id)
        for standard in returns.standards_of(return_):
            for criterion in (one for one in standard.criteria if one.rated):
                answer = facts.get(criterion.id)
                chosen = edition.levels.get(answer.level_id or 0) if answer else None
                level = criterion.scale.counted_as(chosen) if chosen else None
                best = best_of(criterion)
                away = bool(answer and answer.not_applicable)
                rows.append(
                    {
                        "return_id": item.return_id,
                        "organisation_id": item.organisation_id,
                        "organisation": item.organisation,
                        "short_name": item.short_name,
                        "return_ref": item.ref,
                        "kind": item.kind,
                        "phase": item.phase,
                        "district": item.district,
                        "trust": item.trust,
                        "standard": standard.number,
                        "standard_key": standard.key,
                        "criterion": criterion.number,
                        "criterion_key": criterion.key,
                        "themes": BETWEEN.join(criterion.themes),
                        "practice_standards": BETWEEN.join(criterion.practice_standards),
                        "scale": criterion.scale.code,
                        "rating": level.code if level else NOT_APPLICABLE_CODE if away else BLANK_CODE,
                        "label": level.label if level else "Not applicable" if away else "",
                        "value": chosen.value if chosen and chosen.value is not None else np.nan,
                        "order": level.order if level else 0,
                        "step": step_of(criterion, level) if level else 0,
                        "steps": steps_of(criterion),
                        "counts": bool(level and level.counts),
                        "best": level is not None and best is not None and level.id == best.id,
                        "not_applicable_reason": answer.not_applicable_reason if answer and away else "",
                        "evidence": answer.evidence if answer else 0,
                    }
                )
    return pd.DataFrame(rows, columns=list(COLUMNS))
