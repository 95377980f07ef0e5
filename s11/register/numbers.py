"""The numbers under which others know an organisation, and the other facts that have a form of their own."""

import re
from dataclasses import dataclass

from s11.organisations.rules import Kind


@dataclass(frozen=True)
class Number:
    """A register number: the form it has once blanks are gone, and what to say where it has another."""

    label: str
    form: re.Pattern[str]
    fault: str
    hint: str


NUMBERS: dict[str, Number] = {
    "urn": Number(
        "URN", re.compile(r"\d{6}"), "Enter the URN as six digits.", "Six digits, from the school register."
    ),
    "dfe_number": Number(
        "DfE number",
        re.compile(r"\d{3}/\d{4}"),
        "Enter the DfE number as three digits, a stroke and four digits: 123/4567.",
        "For example 123/4567.",
    ),
    "ukprn": Number(
        "UKPRN",
        re.compile(r"1\d{7}"),
        "Enter the UKPRN as eight digits that begin with 1.",
        "Eight digits, from the register of learning providers.",
    ),
    "ofsted_urn": Number(
        "Ofsted URN",
        re.compile(r"(EY|SC)?\d{5,7}"),
        "Enter the Ofsted URN as on the certificate: five to seven digits, with EY or SC before them if it "
        "has them.",
        "For example EY123456, from the certificate of registration.",
    ),
    "charity_number": Number(
        "Charity number",
        re.compile(r"(SC|NIC)?\d{5,7}(-\d{1,2})?"),
        "Enter the charity number as its digits: 1234567.",
        "Six or seven digits.",
    ),
    "ods_code": Number(
        "ODS code",
        re.compile(r"(?=.*[A-Z])[A-Z0-9]{3,6}|\d[0-9A-Z]{2,5}"),
        "Enter the ODS code as three to six letters and digits: RM1.",
        "Of the NHS: three to six letters and digits.",
    ),
}
POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})")
TELEPHONE = re.compile(r"[\d\s()+.\-/]*(\s*(ext\.?|extension|x)\s*\d{1,6})?", re.IGNORECASE)
# Phases that fit a kind; a kind that is not named has none.
PHASES: dict[str, frozenset[str]] = {
    Kind.SCHOOL: frozenset({"nursery", "primary", "secondary", "all-through", "special", "pru", "post-16"}),
    Kind.COLLEGE: frozenset({"post-16", "special"}),
    Kind.EARLY_YEARS: frozenset({"nursery"}),
}


def tidy_number(name: str, typed: str) -> str:
    """A register number in the one form under which it is stored: capitals, without blanks."""
    plain = "".join(typed.split()).upper()
    if name == "dfe_number":
        plain = plain.replace("-", "/")
        if re.fullmatch(r"\d{7}", plain):
            return f"{plain[:3]}/{plain[3:]}"
    return plain


def number_fault(name: str, value: str) -> str:
    """What is wrong with a register number in its stored form; nothing for a right one, or for none."""
    number = NUMBERS[name]
    return "" if not value or (value.isascii() and number.form.fullmatch(value)) else number.fault


def tidy_postcode(typed: str) -> str:
    """A postcode as it is written: capitals, and a space before the last three."""
    plain = "".join(typed.split()).upper()
    return f"{plain[:-3]} {plain[-3:]}" if POSTCODE.fullmatch(plain) else " ".join(typed.split()).upper()


def postcode_fault(value: str) -> str:
    return (
        "" if not value or POSTCODE.fullmatch(value.replace(" ", "")) else "Enter a full postcode: AB1 2CD."
    )


def telephone_fault(value: str) -> str:
    digits = sum(char.isdigit() for char in value)
    if not value or (TELEPHONE.fullmatch(value) and 6 <= digits <= 20):
        return ""
    return "Enter a telephone number with its area code, such as 01632 960 001 or 01632 960 001 ext 22."


def phase_fault(kind: str, phase: str, *, phase_label: str, kind_label: str) -> str:
    """Whether an organisation of this kind can have this phase."""
    if not phase or phase in PHASES.get(kind, frozenset()):
        return ""
    return f"“{phase_label}” is no phase of a {kind_label.lower()}. Choose another, or none."
