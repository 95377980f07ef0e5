"""Refusals a person can act on. Each carries the sentence they will read."""


class DomainError(Exception):
    """An act that cannot be done now. `sentence` says why and what to do instead."""

    status = 409

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(DomainError):
    """The person may see the thing, but this act belongs to somebody else."""

    status = 403


class Invalid(DomainError):
    """Something typed cannot be used as it stands; `field` names where."""

    status = 422


class Stale(DomainError):
    """Somebody saved a newer version of the same thing meanwhile."""

    status = 412


class TooMany(DomainError):
    """Done too often in a short time; `seconds` until it may be done again."""

    status = 429

    def __init__(self, sentence: str, *, seconds: int, field: str | None = None) -> None:
        super().__init__(sentence, field=field)
        self.seconds = max(1, seconds)
