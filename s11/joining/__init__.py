"""How people come to be here: invitations, the roles given and ended, and the partnership worked in."""
