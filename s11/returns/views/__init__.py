"""The pages of a return: answering it, showing evidence, signing it, reading what was submitted."""

from s11.returns.views import answering, colleagues, evidence, reading, signing, timeline
from s11.returns.views.blueprint import blueprint
from s11.returns.views.desk import desk

__all__ = ["answering", "blueprint", "colleagues", "desk", "evidence", "reading", "signing", "timeline"]
