"""The pages of requests for evidence."""

from s11.evidence.requests.views import answering, asking, files, judging, one
from s11.evidence.requests.views.blueprint import blueprint

__all__ = ["answering", "asking", "blueprint", "files", "judging", "one"]
