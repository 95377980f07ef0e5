"""The pages of questionnaires."""

from s11.questionnaires.views import (
    building,
    criteria,
    fields,
    reading,
    reshaping,
    retiring,
    reviewing,
    scales,
    staging,
    standards,
    starting,
    wording,
)
from s11.questionnaires.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "building",
    "criteria",
    "fields",
    "reading",
    "reshaping",
    "retiring",
    "reviewing",
    "scales",
    "staging",
    "standards",
    "starting",
    "wording",
]
