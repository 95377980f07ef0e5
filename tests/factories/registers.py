"""Invented register files, in the form in which people have them."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

GIAS_HEADINGS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "OpenDate",
    "CloseDate", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Boarders (name)",
    "ReligiousCharacter (name)", "NumberOfPupils", "TrustSchoolFlag (name)", "Trusts (name)", "UKPRN",
    "Street", "Locality", "Address3", "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum",
    "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle",
    "DistrictAdministrative (name)", "OfstedRating (name)",
)  # fmt: skip
A_SCHOOL = {
    "LA (code)": "999",
    "LA (name)": "Northshire",
    "EstablishmentNumber": "2001",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1999",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "Boarders (name)": "No boarders",
    "ReligiousCharacter (name)": "Does not apply",
    "NumberOfPupils": "210",
    "TrustSchoolFlag (name)": "Not applicable",
    "Street": "1 High Street",
    "Town": "Northtown",
    "Postcode": "ZZ1 1AA",
    "TelephoneNum": "1234567890",
    "DistrictAdministrative (name)": "Northtown",
}
MULTI = "Supported by a multi-academy trust"
EARLY_HEADINGS = (
    "Provider URN", "Provider name", "Provider type", "Provider status", "Local authority", "Postcode",
    "Registered places", "Most recent full: Overall effectiveness", "Registration date",
)  # fmt: skip
A_SETTING = {
    "Provider type": "Childcare on non-domestic premises",
    "Provider status": "Active",
    "Local authority": "Northshire",
    "Postcode": "ZZ2 2BB",
    "Registered places": "40",
    "Most recent full: Overall effectiveness": "2",
    "Registration date": "03/02/2015",
}


def a_school(urn: int | str, name: str, **others: str) -> dict[str, str]:
    """A row of the school register; others by the beginning of their heading: `Status="Closed"`."""
    number = str(urn)[-4:]
    return (
        A_SCHOOL
        | {"URN": str(urn), "EstablishmentName": name, "EstablishmentNumber": number}
        | named(GIAS_HEADINGS, others)
    )


def a_setting(urn: str, name: str, **others: str) -> dict[str, str]:
    return A_SETTING | {"Provider URN": urn, "Provider name": name} | named(EARLY_HEADINGS, others)


def named(headings: Sequence[str], others: dict[str, str]) -> dict[str, str]:
    """The headings meant by short names: the first that holds it."""
    return {next(h for h in headings if short.replace("_", " ") in h): text for short, text in others.items()}


def rows_of(headings: Sequence[str], rows: Iterable[dict[str, str]]) -> list[list[str]]:
    return [list(headings), *([row.get(heading, "") for heading in headings] for row in rows)]


def gias(*rows: dict[str, str], encoding: str = "cp1252") -> bytes:
    """The school register with these rows, in the encoding in which it comes."""
    return as_csv(rows_of(GIAS_HEADINGS, rows), encoding)


def early_years(*rows: dict[str, str], encoding: str = "utf-8-sig") -> bytes:
    return as_csv(rows_of(EARLY_HEADINGS, rows), encoding)


def as_csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8", mark: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=mark).writerows(rows)
    return written.getvalue().encode(encoding)


def as_workbook(rows: Iterable[Sequence[object]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return written.getvalue()


def shifted(row: Sequence[str], at: int) -> list[str]:
    """The row with an empty cell put in, so that what follows stands one column to the right."""
    return [*row[:at], "", *row[at:]]
