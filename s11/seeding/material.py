"""What `seeds/demo` says, as plain values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from s11.core.config import PROJECT
from s11.people.rules import ROLE_LABELS, Role
from s11.seeding.words import Narrative, slug

FOLDER = PROJECT / "seeds" / "demo"
NARRATIVES = {"S11": "s11.yaml", "S175": "s175.yaml", "S40": "s40.yaml"}
SCHOOL_SYSTEM = "Safehold"

# libyaml's loader is ten times as fast; a Python without it reads the same.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Individual:
    """An invented person and what they do. `shown_as` is their role as it is printed with the password."""

    name: str
    email: str
    role: Role
    job_title: str
    shown_as: str
    signs_as: str = ""


@dataclass(frozen=True)
class Body:
    """An agency, school or setting. `framework` is what it answers, `place` its place among its like."""

    key: str
    framework: str
    place: int
    name: str
    short_name: str
    kind: str
    profile: str
    trust: str
    people: tuple[Individual, ...]
    slots: Mapping[str, str]
    details: Mapping[str, Any]
    weak_standards: frozenset[str] = frozenset()
    optimistic: bool = False
    not_applicable: frozenset[str] = frozenset()

    def holding(self, role: Role) -> Individual | None:
        """The first of its people in this role."""
        return next((person for person in self.people if person.role is role), None)

    @property
    def lead(self) -> Individual:
        return next(person for person in self.people if person.role is Role.LEAD)


@dataclass(frozen=True)
class Trust:
    """A multi-academy trust: asked nothing itself, but its people help its schools."""

    key: str
    name: str
    short_name: str
    people: tuple[Individual, ...]


@dataclass(frozen=True)
class Paper:
    """A document that an organisation can have, with slots; `standards` are those it speaks to."""

    key: str
    title: str
    file_name: str
    standards: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Material:
    """Everything in the folder. `partnership` and `story` are the files as they stand, keys and all."""

    partnership: Mapping[str, Any]
    story: Mapping[str, Any]
    review: Mapping[str, Any]
    board: tuple[Individual, ...]
    administrator: Individual
    trusts: tuple[Trust, ...]
    bodies: tuple[Body, ...]
    folder: Path = field(default=FOLDER)

    @property
    def code(self) -> str:
        return str(self.partnership["partnership"]["code"])

    @cached_property
    def by_key(self) -> dict[str, Body]:
        return {body.key: body for body in self.bodies}

    def answering(self, framework: str) -> list[Body]:
        """Those who answer a framework, in their order."""
        return [body for body in self.bodies if body.framework == framework]

    @cached_property
    def register(self) -> Mapping[str, Any]:
        """What the register knows beside: addresses, substitutes, names that were."""
        told: Mapping[str, Any] = _load(self.folder / "register.yaml")
        return told

    # Narratives and papers are read only where the demonstration is made, not where it is only looked for.

    @cached_property
    def narratives(self) -> dict[str, dict[str, Narrative]]:
        """What can be said to each criterion, by framework and key of the criterion."""
        folder = self.folder / "narratives"
        return {
            framework: {key: _narrative(said) for key, said in _load(folder / name).items()}
            for framework, name in NARRATIVES.items()
        }

    @cached_property
    def papers(self) -> list[Paper]:
        """The documents of the evidence file, with the standards the school ones speak to."""
        attach = self.story["attach"]
        return [
            Paper(
                key=paper["key"],
                title=paper["title"],
                file_name=paper["file_name"],
                standards=tuple(attach.get(paper["key"], paper["for"])),
                text=paper["text"],
            )
            for paper in _load(self.folder / "evidence.yaml")
        ]


def read(folder: Path = FOLDER) -> Material:
    """The material of the demonstration."""
    told, story = _load(folder / "partnership.yaml"), _load(folder / "story.yaml")
    return Material(
        partnership=told,
        story=story,
        review=_load(folder / "review.yaml"),
        board=tuple(_member(person) for person in told["board_people"]),
        administrator=_member(told["administrator"]),
        trusts=tuple(_trust(trust) for trust in told["trusts"]),
        bodies=(
            *(_agency(agency, place) for place, agency in enumerate(told["agencies"])),
            *_schools(told["schools"]),
            *(_setting(setting, place) for place, setting in enumerate(told["early_years"])),
        ),
        folder=folder,
    )


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def _narrative(said: Mapping[str, Any]) -> Narrative:
    return Narrative(
        variants={level: tuple(said[level]) for level in ("green", "amber", "red")},
        moderated_down=said["moderated_down"],
        not_applicable=said.get("not_applicable", ""),
        action=said.get("action"),
    )


def _member(told: Mapping[str, str], signs_as: str = "") -> Individual:
    role = Role(told["role"])
    return Individual(told["name"], told["email"], role, told["job_title"], ROLE_LABELS[role], signs_as)


def _trust(told: Mapping[str, Any]) -> Trust:
    people = tuple(_member(person) for person in told.get("people", ()))
    return Trust(told["key"], told["name"], told["short_name"], people)


def _agency(told: Mapping[str, Any], place: int) -> Body:
    people = [
        _member(person, "director" if person["role"] == Role.SIGNATORY else "") for person in told["people"]
    ]
    named = ("exec", "lead", "forum", "system", "workforce", "children")
    domain = people[0].email.partition("@")[2]
    slots = {name: told[name] for name in named} | {
        "org": told["name"],
        "short": told["short_name"],
        "domain": domain,
    }
    return Body(
        key=told["key"],
        framework="S11",
        place=place,
        name=told["name"],
        short_name=told["short_name"],
        kind=told["kind"],
        profile=told["profile"],
        trust="",
        people=tuple(people),
        slots=slots,
        details=_details(told, "district", "bound_by_statute", "services"),
        weak_standards=frozenset(told["weak_standards"]),
        optimistic=told["optimistic"],
        not_applicable=frozenset(told["na"]),
    )


def _schools(told: Iterable[Mapping[str, Any]]) -> list[Body]:
    schools = list(told)
    led = Counter((school["dsl"], school["trust"]) for school in schools)
    shared = {who for who, schools_led in led.items() if schools_led > 1}
    return [_school(school, place, shared) for place, school in enumerate(schools)]


def _school(told: Mapping[str, Any], place: int, shared: set[tuple[str, str]]) -> Body:
    college = told["kind"] == "college"
    head = "Principal" if college else "Headteacher"
    # One person can lead in several schools of a trust; their address is then the trust's.
    at = told["trust"] if told["trust"] and (told["dsl"], told["trust"]) in shared else told["key"]
    lead, chair = "Designated safeguarding lead", "Chair of governors"
    people = (
        Individual(told["dsl"], f"{slug(told['dsl'])}@{at}.example", Role.LEAD, lead, lead),
        _signatory(told["head"], told["key"], head, "headteacher"),
        _signatory(told["governor"], told["key"], chair, "chair_of_governors"),
    )
    return Body(
        key=told["key"],
        framework="S175",
        place=place,
        name=told["name"],
        short_name=told["name"].partition(", ")[0].replace("Church of England", "CofE"),
        kind=told["kind"],
        profile=told["profile"],
        trust=told["trust"] or "",
        people=people,
        slots={
            "org": told["name"],
            "short": told["name"],
            "dsl": "the designated safeguarding lead",
            "head": f"the {head.lower()}",
            "governor": "the safeguarding governor",
            "system": SCHOOL_SYSTEM,
        },
        details={
            **_details(told, "phase", "district", "religious_character", "residential", "urn", "pupils"),
            "school_type": told["type"],
        },
    )


def _signatory(name: str, school: str, title: str, step: str) -> Individual:
    return Individual(name, f"{slug(name)}@{school}.example", Role.SIGNATORY, title, title, step)


def _setting(told: Mapping[str, Any], place: int) -> Body:
    title = "Registered person" if told["kind"] == "childminder" else "Designated safeguarding lead"
    email = f"{slug(told['lead'])}@{told['key']}.example"
    return Body(
        key=told["key"],
        framework="S40",
        place=place,
        name=told["name"],
        short_name=told["name"],
        kind=told["kind"],
        profile=told["profile"],
        trust="",
        people=(Individual(told["lead"], email, Role.LEAD, title, "Safeguarding lead"),),
        slots={
            "org": told["name"],
            "short": told["name"],
            "lead": "the safeguarding lead",
            "children": told["children"],
        },
        details={
            **_details(told, "district", "ofsted_grade", "works_alone"),
            "ofsted_urn": told["ofsted_urn"],
        },
    )


def _details(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Columns of Organisation that are written as they are."""
    found = {name: told[name] for name in names if name in told}
    return {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}
