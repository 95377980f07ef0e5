"""The words that rows of a challenge day are known by."""

from enum import StrEnum


class EnquiryState(StrEnum):
    """Whether a line of enquiry is for the day, or was looked at and put aside."""

    CHOSEN = "chosen"
    SET_ASIDE = "set_aside"


class Part(StrEnum):
    """What somebody is at a challenge day for."""

    CHAIRS = "chairs"
    PRESENTS = "presents"
    ASKS = "asks"
    RECORDS = "records"
    LISTENS = "listens"


PART_LABELS = {
    Part.CHAIRS: "Chairs the day",
    Part.PRESENTS: "Presents",
    Part.ASKS: "Asks questions",
    Part.RECORDS: "Records",
    Part.LISTENS: "Listens",
}


class Attendance(StrEnum):
    """Whether somebody comes, and whether they came."""

    EXPECTED = "expected"
    COMING = "coming"
    APOLOGIES = "apologies"
    PRESENT = "present"
    ABSENT = "absent"


ATTENDANCE_LABELS = {
    Attendance.EXPECTED: "No answer yet",
    Attendance.COMING: "Coming",
    Attendance.APOLOGIES: "Apologies",
    Attendance.PRESENT: "Present",
    Attendance.ABSENT: "Absent without apologies",
}
