"""The composite action plan, an action with its history, following it to its end, and adding one."""

from s11.actions.views import adding, evidence, judging, one, owners, plan, several, since
from s11.actions.views.blueprint import blueprint

__all__ = [
    "adding", "blueprint", "evidence", "judging", "one", "owners", "plan", "several", "since",
]  # fmt: skip
