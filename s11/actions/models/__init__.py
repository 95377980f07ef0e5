"""The tables of the composite action plan."""

from s11.actions.models.bringing import PlanImport
from s11.actions.models.following import (
    Impact,
    PlanCalendar,
    PlanSettings,
    Reminded,
    ReminderChoice,
    ShownForAction,
    Update,
)
from s11.actions.models.plan import Action, Milestone, Owner, answers
from s11.actions.models.sources import (
    PlanSource,
    Recommendation,
    RecommendationTest,
    RecommendationTheme,
)

__all__ = [
    "Action", "Impact", "Milestone", "Owner", "PlanCalendar", "PlanImport", "PlanSettings", "PlanSource",
    "Recommendation", "RecommendationTest", "RecommendationTheme", "Reminded", "ReminderChoice",
    "ShownForAction", "Update", "answers",
]  # fmt: skip
