"""What the pages of the desk print."""

from s11.desk.pages.audience import AudienceGroup, audience_groups
from s11.desk.pages.standing import Standing, standing_of

__all__ = ["AudienceGroup", "Standing", "audience_groups", "standing_of"]
