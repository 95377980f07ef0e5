"""One clause of who is asked: "all maintained secondary schools in two districts".

Plain Python: an organisation is its `Subject`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from s11.organisations.rules import PHASE_LABELS, Kind

# Types of school the council maintains; what else a register calls a school is run by others.
MAINTAINED = frozenset(
    {
        "community school", "voluntary aided school", "voluntary controlled school", "foundation school",
        "community special school", "foundation special school", "local authority nursery school",
        "pupil referral unit", "maintained nursery school", "maintained", "community",
    }
)  # fmt: skip
ACADEMY_WORDS = ("academy", "academies", "free school", "studio school", "university technical college")
RUN_BY = {
    "maintained": "maintained by the council",
    "academy": "that are academies or free schools",
    "independent": "that are independent",
}
PLURALS: dict[Kind, str] = {
    Kind.CHILDREN_SERVICES: "councils’ children’s services",
    Kind.PUBLIC_HEALTH: "public health teams",
    Kind.DISTRICT_COUNCIL: "district councils",
    Kind.ICB: "integrated care boards",
    Kind.ACUTE_TRUST: "acute hospital trusts",
    Kind.COMMUNITY_TRUST: "community and mental health trusts",
    Kind.POLICE: "police forces",
    Kind.PROBATION: "probation services",
    Kind.YOUTH_JUSTICE: "youth justice services",
    Kind.FIRE: "fire and rescue services",
    Kind.HOUSING: "housing associations",
    Kind.LEISURE: "leisure trusts",
    Kind.VOLUNTARY: "voluntary and community bodies",
    Kind.SCHOOL: "schools",
    Kind.COLLEGE: "colleges",
    Kind.EARLY_YEARS: "nurseries and pre-schools",
    Kind.CHILDMINDER: "childminders",
    Kind.TRUST: "multi-academy trusts",
    Kind.OTHER: "other organisations",
}


@dataclass(frozen=True)
class Subject:
    """An organisation as a rule sees it. `gone` says why it cannot be asked: closed, merged, or left."""

    ref: str
    name: str
    kind: str
    phase: str = ""
    school_type: str = ""
    district: str = ""
    parent: str = ""  # ref
    bound_by_statute: bool = False
    ofsted_grade: str = ""
    works_alone: bool = False
    gone: str = ""


def run_by(school_type: str) -> str:
    """Who runs a school of this type, a key of `RUN_BY`; empty where its name does not say."""
    known = " ".join(school_type.casefold().split())
    if known in MAINTAINED:
        return "maintained"
    if any(word in known for word in ACADEMY_WORDS):
        return "academy"
    return "independent" if "independent" in known else ""


@dataclass(frozen=True)
class Where:
    """A clause: everything it names has to hold, and of several of one thing any."""

    kinds: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    run_by: str = ""
    types: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    statutory: bool | None = None
    ofsted: tuple[str, ...] = ()
    works_alone: bool | None = None
    # First letters of the name, both included, as "A" and "K".
    initials: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Any) -> "Where":
        """A clause as it was kept; what is unknown or of another shape is left out."""
        kept = kept if isinstance(kept, Mapping) else {}
        lists = ("kinds", "phases", "types", "districts", "parents", "ofsted", "initials")
        values: dict[str, Any] = {
            name: tuple(str(one) for one in kept[name]) for name in lists if isinstance(kept.get(name), list)
        }
        for name in ("statutory", "works_alone"):
            values[name] = kept[name] if isinstance(kept.get(name), bool) else None
        values["run_by"] = kept.get("run_by") if kept.get("run_by") in RUN_BY else ""
        if len(values.get("initials", ())) != 2:
            values["initials"] = ()
        return cls(**values)

    def kept(self) -> dict[str, Any]:
        """The same for keeping: only what it names."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value not in ((), "", None)
        }

    @property
    def names_something(self) -> bool:
        return bool(self.kept())

    def holds(self, one: Subject) -> bool:
        return (
            _among(one.kind, self.kinds)
            and _among(one.phase, self.phases)
            and (not self.run_by or run_by(one.school_type) == self.run_by)
            and _among(one.school_type, self.types)
            and _among(one.district, self.districts)
            and _among(one.parent, self.parents)
            and self.statutory in (None, one.bound_by_statute)
            and _among(one.ofsted_grade, self.ofsted)
            and self.works_alone in (None, one.works_alone)
            and self._between(one.name)
        )

    def _between(self, name: str) -> bool:
        if not self.initials:
            return True
        letter = next((char for char in name.upper() if char.isalnum()), "")
        return self.initials[0] <= letter <= self.initials[1]

    def sentence(self, names: Mapping[str, str]) -> str:
        """In words: "All secondary schools maintained by the council in Northport and Eastmere".

        `names` are those of the parents, by ref.
        """
        parts = [f"All {self._who()}"]
        if self.run_by:
            parts.append(RUN_BY[self.run_by])
        if self.types:
            parts.append(f"of the type {listed(self.types, 'or')}")
        if self.parents:
            parts.append(f"of {listed(names.get(ref, 'one that is gone') for ref in self.parents)}")
        if self.districts:
            parts.append(f"in {listed(self.districts)}")
        if self.statutory is not None:
            parts.append("bound by section 11" if self.statutory else "not bound by section 11")
        if self.ofsted:
            parts.append(f"with the Ofsted grade {listed(self.ofsted, 'or')}")
        if self.works_alone is not None:
            parts.append("working alone" if self.works_alone else "not working alone")
        if self.initials:
            parts.append(f"whose names begin with {' to '.join(dict.fromkeys(self.initials))}")
        return " ".join(parts)

    def _who(self) -> str:
        kinds = [PLURALS[Kind(kind)] for kind in self.kinds if kind in set(Kind)]
        if not self.phases:
            return listed(kinds) or "organisations"
        phases = [PHASE_LABELS.get(phase, phase).lower() for phase in self.phases]
        if not kinds or kinds == ["schools"]:
            return f"{listed(phases)} schools"
        return f"{listed(kinds)} of the phase {listed(phases, 'or')}"


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def listed(words: Iterable[str], last: str = "and") -> str:
    """One, two and three."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"
