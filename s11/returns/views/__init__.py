"""The pages of a return: answering it, showing evidence, signing it, reading what was submitted."""

from s11.returns.views import (
    answering,
    colleagues,
    copying,
    doubting,
    entering,
    evidence,
    finding,
    links,
    reading,
    signing,
    timeline,
)
from s11.returns.views.asked import asked
from s11.returns.views.blueprint import blueprint
from s11.returns.views.desk import desk
from s11.returns.views.impact import blueprint as changes

__all__ = [
    "answering",
    "asked",
    "blueprint",
    "changes",
    "colleagues",
    "copying",
    "desk",
    "doubting",
    "entering",
    "evidence",
    "finding",
    "links",
    "reading",
    "signing",
    "timeline",
]
