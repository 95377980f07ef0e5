"""What changes how people get in: signing in and out, and links by mail (`links`)."""

from s11.access.operations.signing_in import begin, check_password, finish

__all__ = ["begin", "check_password", "finish"]
