"""The composite action plan, an action with its history, following it to its end, adding one; reminders."""

from s11.actions.reminding import views as reminding
from s11.actions.views import (
    adding,
    bringing,
    changing,
    evidence,
    judging,
    one,
    owners,
    plan,
    recommendations,
    several,
    since,
    sources,
)
from s11.actions.views.blueprint import blueprint

__all__ = [
    "adding", "blueprint", "bringing", "changing", "evidence", "judging", "one", "owners", "plan",
    "recommendations", "reminding", "several", "since", "sources",
]  # fmt: skip
