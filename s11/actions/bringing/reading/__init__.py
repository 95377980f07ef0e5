"""Reading a plan that exists already: a file, or what was pasted, becomes its tables as printed."""

from s11.actions.bringing.reading.sources import read, read_pasted

__all__ = ["read", "read_pasted"]
