"""Schools at scale: one's own side by side, an adviser's groups, a school beside others, every year."""

from s11.schools.views import beside, groups, listing, mine, years
from s11.schools.views.blueprint import schools

__all__ = ["beside", "groups", "listing", "mine", "schools", "years"]
