"""How packs and letters have to be before something is asked of them."""

from s11.challenge import queries as challenge
from s11.core import clock
from s11.core.database import db
from s11.packs import queries
from s11.packs.letters import queries as letter_queries
from tests.security.matrix.world import Place


def waits(place: Place) -> None:
    """Let the file of the pack wait to be written."""
    pack = queries.by_ref(place.pack)
    if pack is not None:
        for file in queries.files_of([pack.id])[pack.id]:
            file.written_at, file.claimed_at = None, None


def failed(place: Place) -> None:
    """Let the file of the pack be one that could not be written."""
    waits(place)
    pack = queries.by_ref(place.pack)
    if pack is not None:
        for file in queries.files_of([pack.id])[pack.id]:
            file.fault = "It could not be written."


def day_is_over(place: Place) -> None:
    day = challenge.by_ref(place.day)
    if day is not None:
        day.held_on = clock.today()


def no_letter(place: Place) -> None:
    letter = letter_queries.by_ref(place.more["letter"])
    if letter is not None:
        db.session.delete(letter)
