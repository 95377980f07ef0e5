"""Finding organisations, their contacts, what happened to them, and whom to write to."""

from s11.register.queries.addressing import addressees

__all__ = ["addressees"]
