"""The pages of mail."""

from s11.notices.views import choosing, outbox, reporting, stopping, wording
from s11.notices.views.blueprint import notices

__all__ = ["choosing", "notices", "outbox", "reporting", "stopping", "wording"]
