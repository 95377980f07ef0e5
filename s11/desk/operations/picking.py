"""Who of an organisation is meant, and what is wrong with their addresses before anything goes to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from s11.desk.queries.reaching import SIGNATORY
from s11.desk.queries.stopped import Silence
from s11.people.rules import canonical_address
from s11.register.rules import Addressee, ContactRole

TO: dict[str, str] = {
    ContactRole.LEAD: "The safeguarding lead",
    ContactRole.SUBSTITUTE: "The deputy or substitute too",
    ContactRole.SENIOR: "The senior person too",
    SIGNATORY: "Whoever has to sign, where only a signature is missing",
}
# Who stands for the organisation where no senior officer is named.
SENIOR = (ContactRole.SENIOR, ContactRole.HEAD, ContactRole.CHAIR)


def picked(people: Iterable[Addressee], to: Collection[str]) -> list[Addressee]:
    """Those of an organisation that are meant; for the senior person whoever stands highest there."""
    people = list(people)
    found = [one for one in people if one.role in to and one.role != ContactRole.SENIOR]
    return found + senior_among(people) if ContactRole.SENIOR in to else found


def with_signers(people: Sequence[Addressee], signers: Iterable[Addressee]) -> list[Addressee]:
    """Those written to, and whoever has to sign and is not among them."""
    known = {canonical_address(one.email) for one in people}
    return [*people, *(one for one in signers if canonical_address(one.email) not in known)]


def senior_among(people: Sequence[Addressee]) -> list[Addressee]:
    for role in SENIOR:
        if found := [one for one in people if one.role == role]:
            return found
    return []


def fault_of(somebody: Addressee, silent: Mapping[str, Silence]) -> str:
    """What is wrong with an address, said before anything goes to it."""
    silence = silent.get(canonical_address(somebody.email))
    if silence and (not silence.copies or somebody.role in SENIOR):
        wish = "" if silence.said.startswith("wants") else ": correct it on the page of the organisation"
        return f"{somebody.email} ({somebody.name}) {silence.said}{wish}."
    if not is_address(somebody.email):
        return (
            f"“{somebody.email}” ({somebody.name}) is not an e-mail address: "
            "correct it on the page of the organisation."
        )
    return ""


@lru_cache(maxsize=4096)
def is_address(text: str) -> bool:
    """Whether mail can be sent to it at all. A list of hundreds is looked at, turned over, and then sent."""
    try:
        validate_email(canonical_address(text), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
