"""What the address of a page of figures asks for: whose ratings, of whom, and in which order. Plain Python.

A page, its file and its print read the same address, so that a link shows somebody else the same figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from s11.analysis.rules import Basis
from s11.organisations.rules import KIND_LABELS, Kind

# Whose ratings a table holds, by a word of the address.
BASES: dict[str, tuple[Basis, ...]] = {
    "self": (Basis.SELF,),
    "moderated": (Basis.MODERATED,),
    "both": (Basis.SELF, Basis.MODERATED),
}
BASES_LABELS = {"self": "Self-assessment", "moderated": "Moderated", "both": "Both"}
STANDARDS, CRITERIA = "standards", "criteria"
BY_NAME, BY_TOTAL = "name", "total"
# What organisations are narrowed by, and what each is called above a list.
FILTERS = {"kind": "Kind", "phase": "Phase", "district": "District", "trust": "Trust"}
LONGEST = 200  # letters of a value: a longer one is junk


@dataclass(frozen=True)
class Asked:
    """What an address asks for. An empty filter takes everybody in."""

    basis: str = "self"
    by: str = STANDARDS
    kind: str = ""
    phase: str = ""
    district: str = ""
    trust: str = ""
    sort: str = BY_NAME  # or `BY_TOTAL`, or the number of a column: smallest share at the best level first
    down: bool = False  # the other way round
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Asked":
        """From the address; what it does not know is left as it is by default."""
        basis, page = args.get("basis", ""), args.get("page", "")
        return cls(
            basis=basis if basis in BASES else "self",
            by=CRITERIA if args.get("by") == CRITERIA else STANDARDS,
            **{name: args.get(name, "").strip()[:LONGEST] for name in FILTERS},
            sort=args.get("sort", "").strip()[:LONGEST] or BY_NAME,
            down=args.get("order") == "down",
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    @property
    def bases(self) -> tuple[Basis, ...]:
        return BASES[self.basis]

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def address(self) -> dict[str, Any]:
        """What the address has to say, without what goes without saying; the page is left out."""
        said = {
            "basis": self.basis if self.basis != "self" else "",
            "by": self.by if self.by != STANDARDS else "",
            **self.filters,
            "sort": self.sort if self.sort != BY_NAME else "",
            "order": "down" if self.down else "",
        }
        return {name: value for name, value in said.items() if value}

    def but(self, **changes: Any) -> dict[str, Any]:
        """The address with something changed. Columns differ between standards and criteria, so that an
        order goes with them."""
        if changes.get("by", self.by) != self.by:
            changes = {"sort": BY_NAME, "down": False, **changes}
        return replace(self, **changes).address

    def sorted_by(self, sort: str) -> dict[str, Any]:
        """Where the title of a column leads: in its order, or, where it is already, the other way round."""
        return self.but(sort=sort, down=not self.down if self.sort == sort else False)

    def direction(self, sort: str) -> str:
        """How a column is sorted, as `aria-sort` says it; empty where it is not."""
        if self.sort != sort:
            return ""
        return "descending" if self.down else "ascending"


def filter_label(name: str, value: str) -> str:
    """What a value of a filter is called."""
    if name == "kind":
        return KIND_LABELS[Kind(value)] if value in set(Kind) else value
    return value.capitalize() if name == "phase" else value
