"""The pages of figures. pandas is not loaded until one of them is opened: see `s11.analysis.lazy`."""

from s11.analysis.views import (
    agreement,
    behind,
    comparing,
    evidence,
    files,
    grid,
    overview,
    parts,
    pictures,
    plan,
    profiles,
    trends,
)
from s11.analysis.views.blueprint import analysis as blueprint

__all__ = [
    "agreement",
    "behind",
    "blueprint",
    "comparing",
    "evidence",
    "files",
    "grid",
    "overview",
    "parts",
    "pictures",
    "plan",
    "profiles",
    "trends",
]
