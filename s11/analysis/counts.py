"""How often each level was given, in plain numbers: what pages of other rooms print without pandas."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ALL = ""  # what stands for all standards together


@dataclass(frozen=True)
class Line:
    """How often each level was given, by its code; of how many ratings, and what is left out of them."""

    counts: Mapping[str, int] = field(default_factory=dict)
    denominator: int = 0
    best: int = 0
    not_applicable: int = 0
    blank: int = 0
    returns: int = 0  # that were asked anything here

    @property
    def best_share(self) -> float | None:
        return 100 * self.best / self.denominator if self.denominator else None
