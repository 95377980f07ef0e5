"""What every test of packs can ask for."""

from tests.packs.some import quick  # noqa: F401
