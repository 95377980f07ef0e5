"""The composite plan, an action with its history, adding and changing one, and where actions come from."""

from s11.actions.views import adding, changing, one, plan, recommendations, sources
from s11.actions.views.blueprint import blueprint

__all__ = ["adding", "blueprint", "changing", "one", "plan", "recommendations", "sources"]
