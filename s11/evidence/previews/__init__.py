"""Showing what is in a file without opening it: pictures and pages as pixels, text as text."""

from s11.evidence.previews.showing import NO_PREVIEW, Preview, can_be_shown, preview

__all__ = ["NO_PREVIEW", "Preview", "can_be_shown", "preview"]
