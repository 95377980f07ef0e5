"""For whom a pack is made, and in which formats."""

from enum import StrEnum


class Audience(StrEnum):
    """Who a pack is for, which decides what is in it and who may read it."""

    CHAIR = "chair"
    PARTNERSHIP = "partnership"
    AGENCY = "agency"
    QUESTIONER = "questioner"
    CLUSTER = "cluster"
    REPORT = "report"


AUDIENCE_LABELS = {
    Audience.CHAIR: "Chair’s pack",
    Audience.PARTNERSHIP: "Partnership pack",
    Audience.AGENCY: "Agency’s pack",
    Audience.QUESTIONER: "Questioner’s brief",
    Audience.CLUSTER: "Cluster pack",
    Audience.REPORT: "Overview report",
}


class Format(StrEnum):
    """A kind of file."""

    PDF = "pdf"
    WORD = "docx"
    POWERPOINT = "pptx"
    EXCEL = "xlsx"


FORMAT_LABELS = {
    Format.PDF: "PDF",
    Format.WORD: "Word",
    Format.POWERPOINT: "PowerPoint",
    Format.EXCEL: "Excel",
}
MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.POWERPOINT: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
