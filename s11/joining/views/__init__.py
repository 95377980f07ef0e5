"""People of a place, invitations, and the partnership worked in."""

from s11.joining.views import inviting, many, members, people, places, taking_up
from s11.joining.views.blueprint import blueprint

__all__ = ["blueprint", "inviting", "many", "members", "people", "places", "taking_up"]
