"""E-mail addresses as they are typed: whether they can be one, and whether somebody's finger slipped."""

import re

from s11.people.rules import ADDRESS_TYPED_AT_MOST, canonical_address

FORM = re.compile(r"[^\s@,;<>\"()\[\]:\\]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
# Endings and domains people write to; whatever is one slip of a finger away from one is asked about.
ENDINGS = ("gov.uk", "nhs.net", "nhs.uk", "sch.uk", "police.uk", "org.uk", "co.uk", "ac.uk", "mod.uk")
DOMAINS = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk",
    "icloud.com", "btinternet.com", "live.co.uk", "mail.com", "ymail.com", "nhs.net",
)  # fmt: skip


def address_fault(typed: str) -> str:
    """What is wrong with the form of an address; nothing for a right one, or for none."""
    address = canonical_address(typed)
    if not address:
        return ""
    if len(typed) <= ADDRESS_TYPED_AT_MOST and FORM.fullmatch(address) and ".." not in address:
        return ""
    return "Enter an e-mail address in the form name@place.gov.uk."


def meant(typed: str) -> str:
    """The address somebody probably meant, where this one is a slip away from a well-known domain."""
    name, _, domain = canonical_address(typed).rpartition("@")
    right = _meant_domain(domain) if name else ""
    return f"{name}@{right}" if right else ""


def _meant_domain(domain: str) -> str:
    if domain in DOMAINS or domain.endswith(tuple(f".{one}" for one in ENDINGS)):
        return ""
    for known in DOMAINS:
        if is_slip(domain, known):
            return known
    labels = domain.split(".")
    front, end = ".".join(labels[:-2]), ".".join(labels[-2:])
    for known in ENDINGS:
        if front and is_slip(end, known):
            return f"{front}.{known}"
    return ""


def is_slip(typed: str, known: str) -> bool:
    """Whether one letter is wrong, missing, too many or changed places with its neighbour."""
    if typed == known or abs(len(typed) - len(known)) > 1:
        return False
    if len(typed) == len(known):
        differing = [at for at, (a, b) in enumerate(zip(typed, known, strict=True)) if a != b]
        if len(differing) == 1:
            return True
        first, last = differing[0], differing[-1]
        swapped = typed[first] == known[last] and typed[last] == known[first]
        return len(differing) == 2 and last == first + 1 and swapped
    short, long = sorted((typed, known), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
