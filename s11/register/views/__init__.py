"""The partnership's organisations: the list, one of them, and whom to write to there."""

from s11.register.views.blueprint import blueprint

__all__ = ["blueprint"]
