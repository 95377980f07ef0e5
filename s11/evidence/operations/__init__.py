"""What happens to evidence: it is added to an organisation's library, and kept up to date there."""

from s11.evidence.operations.adding import add_file, add_files, add_link, add_reference
from s11.evidence.operations.keeping import add_revision, confirm, describe, note_fault, remove

__all__ = [
    "add_file",
    "add_files",
    "add_link",
    "add_reference",
    "add_revision",
    "confirm",
    "describe",
    "note_fault",
    "remove",
]
