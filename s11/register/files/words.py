"""The words of other registers in ours: phases, kinds, grades, days, numbers, however they are written."""

import difflib
import re
from datetime import date, datetime

from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
GRADE_WORDS = {
    "1": GRADES[0], "2": GRADES[1], "3": GRADES[2], "4": GRADES[3],
    "satisfactory": GRADES[2], "seriousweaknesses": GRADES[3], "specialmeasures": GRADES[3],
}  # fmt: skip
PHASES = {
    "nursery": "nursery", "primary": "primary", "middledeemedprimary": "primary", "infant": "primary",
    "junior": "primary", "first": "primary", "secondary": "secondary", "middledeemedsecondary": "secondary",
    "upper": "secondary", "high": "secondary", "allthrough": "all-through", "special": "special",
    "pru": "pru", "pupilreferralunit": "pru", "alternativeprovision": "pru", "16plus": "post-16",
    "post16": "post-16", "sixthform": "post-16", "college": "post-16", "furthereducation": "post-16",
}  # fmt: skip
NO_PHASE = frozenset({"", "notapplicable", "na", "none"})
KINDS: dict[str, tuple[Kind, str]] = {
    "primaryschool": (Kind.SCHOOL, "primary"), "secondaryschool": (Kind.SCHOOL, "secondary"),
    "specialschool": (Kind.SCHOOL, "special"), "academy": (Kind.SCHOOL, ""), "pru": (Kind.SCHOOL, "pru"),
    "pupilreferralunit": (Kind.SCHOOL, "pru"), "independentschool": (Kind.SCHOOL, ""),
    "nurseryschool": (Kind.SCHOOL, "nursery"), "sixthformcollege": (Kind.COLLEGE, "post-16"),
    "fecollege": (Kind.COLLEGE, "post-16"), "furthereducationcollege": (Kind.COLLEGE, "post-16"),
    "nursery": (Kind.EARLY_YEARS, ""), "preschool": (Kind.EARLY_YEARS, ""),
    "playgroup": (Kind.EARLY_YEARS, ""), "earlyyears": (Kind.EARLY_YEARS, ""),
    "earlyyearssetting": (Kind.EARLY_YEARS, ""), "childminder": (Kind.CHILDMINDER, ""),
    "mat": (Kind.TRUST, ""), "academytrust": (Kind.TRUST, ""), "trust": (Kind.TRUST, ""),
    "nhstrust": (Kind.ACUTE_TRUST, ""), "hospitaltrust": (Kind.ACUTE_TRUST, ""),
    "localauthority": (Kind.CHILDREN_SERVICES, ""), "childrensservices": (Kind.CHILDREN_SERVICES, ""),
    "council": (Kind.DISTRICT_COUNCIL, ""), "housingassociation": (Kind.HOUSING, ""),
    "charity": (Kind.VOLUNTARY, ""), "voluntarysector": (Kind.VOLUNTARY, ""),
    "thirdsector": (Kind.VOLUNTARY, ""), "integratedcareboard": (Kind.ICB, ""),
}  # fmt: skip
YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0"})
DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%y")
POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$")
URN = re.compile(r"^\d{5,7}$")
# Ofsted numbers settings with six or seven digits, or with EY, VC or RP before the digits.
OFSTED_URN = re.compile(r"^(?:[A-Z]{2}\d{6,7}|\d{5,8})$")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def plain(text: str) -> str:
    """Letters and digits only, without case: what two ways of writing the same have in common."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def grade_of(text: str) -> str:
    """The grade in the words that questionnaires ask for; empty for everything that is none of the four."""
    wanted = plain(text)
    return GRADE_WORDS.get(wanted) or next((grade for grade in GRADES if plain(grade) == wanted), "")


def phase_of(text: str) -> str | None:
    """A phase of ours, "" for none, None for a word nobody knows."""
    wanted = plain(text)
    if wanted in NO_PHASE:
        return ""
    for phase, label in PHASE_LABELS.items():
        if wanted in (plain(phase), plain(label)):
            return phase
    return PHASES.get(wanted)


def kind_of(text: str) -> tuple[str, str] | None:
    """A kind of ours, with the phase where the word tells it too; None for a word nobody knows."""
    wanted = plain(text)
    for kind, label in KIND_LABELS.items():
        if wanted in (plain(kind), plain(label)):
            return kind, ""
    return KINDS.get(wanted)


def kind_meant(text: str) -> str:
    """The name of the kind somebody may have meant; empty if none is near."""
    labels = {plain(label): label for label in KIND_LABELS.values()}
    known = labels | {word: KIND_LABELS[kind] for word, (kind, _) in KINDS.items()}
    near = difflib.get_close_matches(plain(text[:100]), known, n=1, cutoff=0.7)
    return known[near[0]] if near else ""


def yes_or_no(text: str) -> bool | None:
    wanted = plain(text)
    return True if wanted in YES else False if wanted in NO else None


def day_of(text: str) -> date | None:
    """A day, in the ways in which registers write one."""
    said = text.strip().removesuffix(" 00:00:00").removesuffix("T00:00:00")
    for pattern in DAYS:
        try:
            return datetime.strptime(said, pattern).date()
        except ValueError:
            continue
    return None


def whole_of(text: str) -> int | None:
    """A number of pupils or places; None for what is none."""
    digits = text.replace(",", "").replace(" ", "").removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None


def telephone_of(text: str) -> str:
    """A telephone number; the zero that a spreadsheet took away from its beginning is put back."""
    digits = text.replace(" ", "").removesuffix(".0")
    return f"0{digits}" if digits.isdigit() and len(digits) in (9, 10) and digits[0] in "1237" else text


def postcode_of(text: str) -> str | None:
    """A postcode with its space; None for what is none."""
    said = "".join(text.upper().split())
    spaced = f"{said[:-3]} {said[-3:]}"
    return spaced if POSTCODE.match(spaced) else None
