"""Changing a draft: every edit is a function from one questionnaire file to the next.

No Flask and no database here. An edit takes the file, what is wanted and, where there is one, the
predecessor's file; it gives the file as it then is, with the lineage that follows from the change.
`operations.editing` puts the result through every check a file from disk goes through.
"""

from s11.questionnaires.editing.lineage import Why
from s11.questionnaires.editing.parts import Gone, digest

__all__ = ["Gone", "Why", "digest"]
