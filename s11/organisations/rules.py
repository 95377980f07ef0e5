"""Kinds of organisation, and the facts about one that a questionnaire may ask for."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is; the value is what is stored and written in conditions."""

    CHILDREN_SERVICES = "children_services"
    PUBLIC_HEALTH = "public_health"
    DISTRICT_COUNCIL = "district_council"
    ICB = "icb"
    ACUTE_TRUST = "acute_trust"
    COMMUNITY_TRUST = "community_trust"
    POLICE = "police"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth_justice"
    FIRE = "fire"
    HOUSING = "housing"
    LEISURE = "leisure"
    VOLUNTARY = "voluntary"
    SCHOOL = "school"
    COLLEGE = "college"
    EARLY_YEARS = "early_years"
    CHILDMINDER = "childminder"
    TRUST = "trust"
    OTHER = "other"


KIND_LABELS: dict[Kind, str] = {
    Kind.CHILDREN_SERVICES: "Council children's services",
    Kind.PUBLIC_HEALTH: "Public health",
    Kind.DISTRICT_COUNCIL: "District council",
    Kind.ICB: "Integrated care board",
    Kind.ACUTE_TRUST: "Acute hospital trust",
    Kind.COMMUNITY_TRUST: "Community and mental health trust",
    Kind.POLICE: "Police",
    Kind.PROBATION: "Probation",
    Kind.YOUTH_JUSTICE: "Youth justice",
    Kind.FIRE: "Fire and rescue",
    Kind.HOUSING: "Housing association",
    Kind.LEISURE: "Leisure trust",
    Kind.VOLUNTARY: "Voluntary or community body",
    Kind.SCHOOL: "School",
    Kind.COLLEGE: "College",
    Kind.EARLY_YEARS: "Nursery or pre-school",
    Kind.CHILDMINDER: "Childminder",
    Kind.TRUST: "Multi-academy trust",
    Kind.OTHER: "Other",
}

PHASE_LABELS = {
    "nursery": "Nursery",
    "primary": "Primary",
    "secondary": "Secondary",
    "all-through": "All-through",
    "special": "Special",
    "pru": "Pupil referral unit",
    "post-16": "Post-16",
}


@dataclass(frozen=True)
class OrganisationFacts:
    """What a condition in a questionnaire can ask about an organisation."""

    kind: str
    phase: str
    bound_by_statute: bool
    residential: bool
    ofsted_grade: str
    commissions_services: bool = False
    works_alone: bool = False
