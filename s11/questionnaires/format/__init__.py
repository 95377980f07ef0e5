"""The questionnaire file: YAML that a person writes by hand, read strictly and written as by hand.

The format itself is described for its authors in `seeds/questionnaires/README.md`.
"""

from s11.questionnaires.format.faults import Fault, Faults
from s11.questionnaires.format.reading import LARGEST, checked, read
from s11.questionnaires.format.shape import QuestionnaireFile
from s11.questionnaires.format.writing import write

__all__ = ["LARGEST", "Fault", "Faults", "QuestionnaireFile", "checked", "read", "write"]
