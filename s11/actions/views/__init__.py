"""The composite plan, an action with its history, and adding one."""

from s11.actions.views import adding, bringing, one, plan
from s11.actions.views.blueprint import blueprint

__all__ = ["adding", "blueprint", "bringing", "one", "plan"]
