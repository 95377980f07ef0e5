"""A valid request for every route of the matrix: what somebody who may would send.

Each is made for one organisation's things (`Place`) and for the person who asks. A route stands here under
the name it has in the matrix, such as "POST returns.save_standard".

Each file holds those of some rooms, with what they need.
"""

from tests.security.matrix.requests import (
    actions,
    challenge,
    moderation,
    office,
    people,
    questionnaires,
    returns,
    year,
)
from tests.security.matrix.requests.asking import Ask, Request, prepare

__all__ = ["REQUESTS", "Ask", "prepare"]

ROOMS = (actions, challenge, moderation, office, people, questionnaires, returns, year)
REQUESTS: dict[str, Request] = {name: ask for room in ROOMS for name, ask in room.REQUESTS.items()}
