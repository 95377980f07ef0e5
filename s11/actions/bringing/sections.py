"""Headings of a plan that say what the tables below them are about: a theme, a finding, a mechanism."""

import re
from dataclasses import dataclass
from enum import StrEnum

from s11.actions.rules import Mechanism

LONGEST = 200
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?[a-z]?|[ivx]{1,5}"
CONTINUED = re.compile(r"\s*[,;:–—(-]*\s*\bcont(?:inued|[’']?d|\.)?\)?\.?\s*$", re.IGNORECASE)
THEME = re.compile(
    rf"(?:theme|cornerstone|strand|priority\s+area)\s*(?:({_NUMBER}|[a-h])\b)?\s*[:.–—-]*\s*(.*)",
    re.IGNORECASE,
)
FINDING = re.compile(
    rf"(?:key\s+)?finding\s*(?:no\.?\s*)?[:.–—-]?\s*({_NUMBER})\b\s*[:.)–—-]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
RECOMMENDATION = re.compile(
    rf"(?:recommendation|rec)\.?\s*(?:no\.?\s*)?[:.–—-]?\s*({_NUMBER})\b\s*[:.)–—-]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
RESPONSE = re.compile(
    r"(?:[\w’' ]{0,60}\s)?(?:strategic\s+|board\s+)*response\s*(?:to[^:]{0,80})?:\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
THROUGH = re.compile(r"\b(?:through|by means of|mechanism)\b\s*:?\s*(?:the\s+)?(\w.*)", re.IGNORECASE)
MECHANISMS: tuple[tuple[Mechanism, str], ...] = (
    (Mechanism.AUDIT_AND_MONITORING, r"\b(audits?|monitoring|quality assurance|scrutiny)\b"),
    (Mechanism.WORKFORCE_DEVELOPMENT, r"\b(workforce|training|learning and development)\b"),
    (Mechanism.LOCALITY_AND_SECTOR, r"\b(locality|localities|sector|advisory groups?|local groups?)\b"),
    (Mechanism.POLICY_AND_PROCEDURE, r"\b(policy|policies|procedures?|protocols?)\b"),
)  # fmt: skip
WORDS_OF_A_MECHANISM = 6


class SectionKind(StrEnum):
    """What a heading names."""

    THEME = "theme"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    MECHANISM = "mechanism"


@dataclass(frozen=True)
class Section:
    """A heading as understood: "FINDING: 2. The …" has the number 2 and its words."""

    kind: SectionKind
    number: str = ""
    text: str = ""
    mechanism: str = ""
    continued: bool = False


def section_of(line: str) -> Section | None:
    """What a line above a table says of the tables below it, or None where it says nothing."""
    words = " ".join(line.split())
    if not words or words.startswith("- "):
        return None
    bare = CONTINUED.sub("", words).strip()
    goes_on = bare != words
    theme = THEME.fullmatch(bare)
    if theme and (theme[1] or ":" in bare) and len(bare) <= LONGEST:
        title = theme[2].strip(" .:–—-") or bare
        return Section(SectionKind.THEME, (theme[1] or "").lower(), title, continued=goes_on)
    for kind, pattern in ((SectionKind.FINDING, FINDING), (SectionKind.RECOMMENDATION, RECOMMENDATION)):
        found = pattern.fullmatch(bare)
        if found:
            return Section(kind, found[1].lower(), found[2].strip(), continued=goes_on)
    if len(words) <= LONGEST and (mechanism := _mechanism_heading(bare)):
        return Section(SectionKind.MECHANISM, mechanism=mechanism, text=bare, continued=goes_on)
    response = RESPONSE.fullmatch(words)
    if response:
        return Section(SectionKind.RESPONSE, text=response[1].strip())
    return None


def mechanism_of(words: str) -> str:
    """The mechanism that a few words name, or nothing."""
    said = words.casefold()
    return next((str(one) for one, pattern in MECHANISMS if re.search(pattern, said)), "")


def _mechanism_heading(words: str) -> str:
    """A mechanism where words head a part of a plan, and do not only mention it."""
    through = THROUGH.search(words)
    if through:
        return mechanism_of(through[1])
    return (
        mechanism_of(words) if len(words.split()) <= WORDS_OF_A_MECHANISM and not words.endswith(".") else ""
    )
