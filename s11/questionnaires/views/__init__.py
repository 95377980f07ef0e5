"""The pages of questionnaires."""

from s11.questionnaires.views import (
    building,
    criteria,
    fields,
    pasting,
    reading,
    reshaping,
    retiring,
    reviewing,
    scales,
    staging,
    standards,
    starting,
    wording,
    workbooks,
)
from s11.questionnaires.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "building",
    "criteria",
    "fields",
    "pasting",
    "reading",
    "reshaping",
    "retiring",
    "reviewing",
    "scales",
    "staging",
    "standards",
    "starting",
    "wording",
    "workbooks",
]
