"""The pages of a return: answering it, showing evidence, signing it, reading what was submitted."""

from s11.returns.views import (
    answering,
    carrying,
    chasing,
    colleagues,
    copying,
    doubting,
    entering,
    evidence,
    files,
    finding,
    history,
    links,
    reading,
    remarks,
    reviewing,
    sharing,
    showing,
    signing,
    standard,
    tasks,
    timeline,
    workbook,
)
from s11.returns.views.asked import asked
from s11.returns.views.blueprint import blueprint
from s11.returns.views.impact import blueprint as changes
from s11.returns.views.verifying import verify

__all__ = [
    "answering",
    "asked",
    "blueprint",
    "carrying",
    "changes",
    "chasing",
    "colleagues",
    "copying",
    "doubting",
    "entering",
    "evidence",
    "files",
    "finding",
    "history",
    "links",
    "reading",
    "remarks",
    "reviewing",
    "sharing",
    "showing",
    "signing",
    "standard",
    "tasks",
    "timeline",
    "verify",
    "workbook",
]
