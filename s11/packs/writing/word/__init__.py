"""A paper as a Word document that can be edited: real headings, lists, captions and tables."""

from s11.packs.writing.word.document import write

__all__ = ["write"]
