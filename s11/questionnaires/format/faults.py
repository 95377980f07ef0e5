"""What is wrong with a file: where, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[str | int, ...]  # the keys and positions that lead to a value, from the top of the file


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend. `line` counts from 1; `path` is empty for the file as a whole."""

    line: int
    path: str
    sentence: str


class Faults(ValueError):
    """Everything that is wrong with one file, in the order of its lines."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line for each fault, as editors and people read them: file:line: path: sentence."""
        return [
            ": ".join(part for part in (f"{self.name}:{fault.line}", fault.path, fault.sentence) if part)
            for fault in self.faults
        ]
