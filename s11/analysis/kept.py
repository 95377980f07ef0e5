"""What is worked out of an edition once and kept: an edition in memory is never changed."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from s11.questionnaires.rules import EditionContent

T = TypeVar("T")
AT_MOST = 32  # editions, or pairs of them


class _ById:
    """An edition told apart by which object it is: comparing its words would cost more than is saved."""

    __slots__ = ("content",)

    def __init__(self, content: EditionContent) -> None:
        self.content = content

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.content is self.content


def kept_by_edition(work: Callable[..., T]) -> Callable[..., T]:
    """Let a function of one or more editions do its work once for each. Nobody may change what it gives."""
    kept = lru_cache(maxsize=AT_MOST)(lambda *named: work(*(one.content for one in named)))

    @wraps(work)
    def of(*editions: EditionContent) -> T:
        return kept(*map(_ById, editions))

    return of
