"""A plan as understood: a pure function of what was printed, what its columns mean, and what was mended."""

from s11.actions.bringing.understanding.whole import understand

__all__ = ["understand"]
