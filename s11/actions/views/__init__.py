"""The composite plan, an action with its history, and adding one."""

from s11.actions.views import adding, one, plan, several, since
from s11.actions.views.blueprint import blueprint

__all__ = ["adding", "blueprint", "one", "plan", "several", "since"]
