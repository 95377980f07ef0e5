"""A paper as PowerPoint slides, with tables and charts that can be edited."""

from s11.packs.writing.powerpoint.flow import write

__all__ = ["write"]
