"""The pages of moderation: a cycle, giving out, rating alone, agreed ratings, and what agencies reply."""

from s11.moderation.views import agreed, alone, cycle, interests, moderators, said
from s11.moderation.views.blueprint import blueprint

__all__ = ["agreed", "alone", "blueprint", "cycle", "interests", "moderators", "said"]
