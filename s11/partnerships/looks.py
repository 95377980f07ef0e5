"""What a paper needs to look like its partnership: the colour and the logo, on its cover and nowhere else."""

from dataclasses import dataclass

from s11.core.storage import files
from s11.organisations.models import Partnership

LOGO = "logo.png"


@dataclass(frozen=True)
class Look:
    """A colour as #rrggbb and a PNG, each empty where the partnership has none; the name is read out."""

    name: str = ""
    colour: str = ""
    logo: bytes = b""

    @property
    def data(self) -> dict[str, str]:
        """The same as a template asks for it."""
        return {"brand": self.colour, "logo": LOGO if self.logo else "", "logo_alt": self.name}

    @property
    def pictures(self) -> dict[str, bytes]:
        """The logo by the name of its file."""
        return {LOGO: self.logo} if self.logo else {}


NONE = Look()


def look_of(partnership: Partnership | None) -> Look:
    """How a partnership looks today. A logo that got lost is none: no paper fails for it."""
    if partnership is None:
        return NONE
    return Look(partnership.name, partnership.colour, _logo(partnership))


def _logo(partnership: Partnership) -> bytes:
    if not partnership.logo_key:
        return b""
    try:
        with files().open(partnership.logo_key) as kept:
            return kept.read()
    except (OSError, KeyError):
        return b""
