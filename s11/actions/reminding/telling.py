"""A mail at once, where somebody has to know: an action is theirs now, or came back from the Board."""

from flask import current_app

from s11.actions.models import Action
from s11.actions.reminding import queries
from s11.actions.rules import SOURCE_LABELS, Source
from s11.notices.operations import queue
from s11.notices.rules import Kind
from s11.notices.wording import filled_in_any_case, words_of
from s11.people.models import Person
from s11.web.filters import day


def tell_owner(action: Action, key: str, *, by: Person | None) -> bool:
    """Write to whoever leads an action, in the words of `key`; says whether anybody was written to.

    Nobody is told what they did themselves, and who has no account hears it from whoever gave it to them.
    """
    if action.owner_id is None or (by is not None and action.owner_id == by.id):
        return False
    owner = queries.people_here([action.owner_id]).get(action.owner_id)
    if owner is None:
        return False
    words = filled_in_any_case(
        words_of(action.partnership_id, key),
        key,
        {
            "name": owner.name,
            "partnership": action.partnership.name,
            "organisation": action.holder,
            "due": day(action.due_on) if action.due_on else "a day still to be set",
            "from": SOURCE_LABELS[Source(action.source)].lower(),
            "link": f"{current_app.config['S11'].address}/actions/{action.ref}",
        },
    )
    queue(
        to_address=owner.email,
        to_name=owner.name,
        subject=words.subject,
        body=words.body,
        kind=Kind.TASK,
        organisation_id=action.organisation_id,
        partnership_id=action.partnership_id,
        about=action.ref,
        template=key,
        once=f"{key}:{action.ref}:{action.version}:{owner.id}",
    )
    return True
