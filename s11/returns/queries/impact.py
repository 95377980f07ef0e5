"""How many organisations a change in a questionnaire concerns: those that submitted answers to it before."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from s11.core.database import db
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.questionnaires.models import Edition
from s11.questionnaires.rules import EditionContent
from s11.returns.models import Return, Submission
from s11.returns.packing import BLANK, NOT_ASKED
from s11.returns.rules import RETURNED


def answered_before(edition: Edition, partnership_ids: Iterable[int]) -> dict[str, frozenset[int]]:
    """Who answered the edition before this one: in the partnership whose edition it is, else in these."""
    if edition.predecessor is None:
        return {}
    of = partnership_ids if edition.partnership_id is None else [edition.partnership_id]
    return organisations_that_answered(questionnaires.content(edition.predecessor), of)


def organisations_that_answered(
    edition: EditionContent, partnership_ids: Iterable[int]
) -> dict[str, frozenset[int]]:
    """The organisations, by id, whose standing submission answers each criterion, by the criterion's key.

    Only what is in counts, in these partnerships only; not applicable is an answer, a blank is none.
    """
    query = (
        select(Return.organisation_id, Submission.ratings)
        .join(Submission, (Submission.return_id == Return.id) & (Submission.round == Return.round))
        .join(Cycle, Cycle.id == Return.cycle_id)
        .where(
            Cycle.edition_id == edition.id,
            Cycle.partnership_id.in_(list(partnership_ids)),
            Return.stage.in_(RETURNED),
        )
        .order_by(Return.organisation_id)
    )
    found: dict[str, set[int]] = defaultdict(set)
    for organisation_id, ratings in db.session.execute(query):
        for criterion in edition.criteria:
            if ratings[criterion.position] not in (BLANK, NOT_ASKED):
                found[criterion.key].add(organisation_id)
    return {key: frozenset(ids) for key, ids in found.items()}
