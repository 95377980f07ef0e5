"""The letter to those who are asked, and word of another date. No answer and no rating goes into a mail."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from flask import current_app

from s11.cycles.letters import filled_letter, values_for, with_the_way_in
from s11.cycles.models import Cycle, Invitation
from s11.notices.operations import Draft, queue_all
from s11.notices.rules import Kind
from s11.notices.wording import Words, filled_in_any_case, words_of
from s11.register.rules import Addressee
from s11.returns import queries

LETTER, NEW_DATE = "letter", "extension"


def write_letters(cycle: Cycle, invitations: Sequence[Invitation]) -> int:
    """Queue the letter to everybody written to in these organisations, once each; how many there are."""
    return _write(cycle, invitations, LETTER, once="letter")


def tell_new_dates(cycle: Cycle, invitations: Sequence[Invitation]) -> int:
    """Queue word of the date that holds now; it is written once for each date an organisation ever has."""
    return _write(cycle, invitations, NEW_DATE, once="dates")


def _write(cycle: Cycle, invitations: Collection[Invitation], template: str, *, once: str) -> int:
    words = words_of(cycle.partnership_id, template)
    to = queries.written_to([one.organisation_id for one in invitations], cycle.partnership_id)
    drafts = [
        draft
        for invitation in invitations
        for draft in _drafts(cycle, invitation, to.get(invitation.organisation_id, ()), words, template, once)
    ]
    queue_all(drafts)
    return len(drafts)


def _drafts(
    cycle: Cycle,
    invitation: Invitation,
    to: Iterable[Addressee],
    words: Words,
    template: str,
    once: str,
) -> Iterator[Draft]:
    """The mails to one organisation."""
    values = values_for(invitation)
    values |= {"letter": filled_letter(cycle, values), "link": _address()}
    for one in to:
        mail = filled_in_any_case(words, template, {**values, "name": one.name})
        key = f"{once}:{cycle.ref}:{invitation.organisation.ref}:{one.email}"
        yield Draft(
            to_address=one.email,
            to_name=one.name,
            subject=mail.subject,
            body=with_the_way_in(mail.body, cycle, has_account=one.has_account),
            kind=Kind.LETTER,
            organisation_id=invitation.organisation_id,
            partnership_id=cycle.partnership_id,
            about=cycle.ref,
            template=template,
            once=key if template == LETTER else f"{key}:{invitation.due_on.isoformat()}",
        )


def _address() -> str:
    """Where to sign in. Commands and the clock know no request, so it is the address of the service."""
    address: str = current_app.config["S11"].address
    return f"{address}/home"
