"""The headings of the three layouts: what each column is, by every name it is known to have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from s11.register.files.rules import Layout
from s11.register.files.words import EMAIL, OFSTED_URN, URN, day_of, phase_of, plain, postcode_of, whole_of

Check = Callable[[str], bool]


@dataclass(frozen=True)
class Column:
    """A column of a layout: our name for it, its label, the headings it may have, and what its values are.

    `fits` says of a value whether it can stand here; without it, anything can.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    needed: bool = False
    fits: Check | None = None

    @property
    def known_as(self) -> frozenset[str]:
        return frozenset(plain(heading) for heading in (self.label, *self.headings))


def one_of(*words: str) -> Check:
    known = {plain(word) for word in words}
    return lambda value: plain(value) in known


def begins_with(*words: str) -> Check:
    known = tuple(plain(word) for word in words)
    return lambda value: plain(value).startswith(known)


def is_urn(value: str) -> bool:
    return bool(URN.match(value.removesuffix(".0")))


def is_ofsted_urn(value: str) -> bool:
    return bool(OFSTED_URN.match(value.upper().replace(" ", "").removesuffix(".0")))


def is_day(value: str) -> bool:
    return day_of(value) is not None


def is_number(value: str) -> bool:
    return whole_of(value) is not None


def is_postcode(value: str) -> bool:
    return postcode_of(value) is not None


def is_phase(value: str) -> bool:
    return phase_of(value) is not None


def is_email(value: str) -> bool:
    return bool(EMAIL.match(value))


GIAS = (
    Column("urn", "URN", (), needed=True, fits=is_urn),
    Column("la_code", "LA (code)", ("LACode",), fits=is_number),
    Column("la", "LA (name)", ("LAName", "Local authority", "LocalAuthority (name)"), needed=True),
    Column("number", "EstablishmentNumber", (), fits=is_number),
    Column("name", "EstablishmentName", ("Establishment name",), needed=True),
    Column("type", "TypeOfEstablishment (name)", ("TypeOfEstablishment",), needed=True),
    Column("group", "EstablishmentTypeGroup (name)", ("EstablishmentTypeGroup",)),
    Column(
        "status",
        "EstablishmentStatus (name)",
        ("EstablishmentStatus",),
        needed=True,
        fits=begins_with("Open", "Closed", "Proposed to open", "Pending", "Not applicable"),
    ),
    Column("opened", "OpenDate", (), fits=is_day),
    Column("closed", "CloseDate", (), fits=is_day),
    Column("phase", "PhaseOfEducation (name)", ("PhaseOfEducation",), needed=True, fits=is_phase),
    Column("low", "StatutoryLowAge", (), fits=is_number),
    Column("high", "StatutoryHighAge", (), fits=is_number),
    Column("boarders", "Boarders (name)", ("Boarders",)),
    Column("religion", "ReligiousCharacter (name)", ("ReligiousCharacter",)),
    Column("pupils", "NumberOfPupils", (), fits=is_number),
    Column("trust_flag", "TrustSchoolFlag (name)", ("TrustSchoolFlag",)),
    Column("trust", "Trusts (name)", ("Trusts",)),
    Column("ukprn", "UKPRN", (), fits=is_number),
    Column("street", "Street", ()),
    Column("locality", "Locality", ()),
    Column("address3", "Address3", ()),
    Column("town", "Town", ()),
    Column("county", "County (name)", ("County",)),
    Column("postcode", "Postcode", (), fits=is_postcode),
    Column("telephone", "TelephoneNum", ()),
    Column("head_title", "HeadTitle (name)", ("HeadTitle",)),
    Column("head_first", "HeadFirstName", ()),
    Column("head_last", "HeadLastName", ()),
    Column("head_job", "HeadPreferredJobTitle", ()),
    Column("district", "DistrictAdministrative (name)", ("DistrictAdministrative",)),
    Column("grade", "OfstedRating (name)", ("OfstedRating",)),
)
EARLY_YEARS = (
    Column(
        "urn",
        "Provider URN",
        ("Setting URN", "Provider unique reference number (URN)", "Provider reference number", "Ofsted URN",
         "Unique reference number (URN)", "Provision URN", "URN"),
        needed=True,
        fits=is_ofsted_urn,
    ),
    Column("name", "Provider name", ("Setting name", "Provision name", "Name of provider"), needed=True),
    Column(
        "type",
        "Provider type",
        ("Setting type", "Provision type", "Type of provision"),
        needed=True,
        fits=begins_with("Child", "Home child", "Nann", "Nurser", "Day care", "Full day", "Sessional"),
    ),
    Column("la", "Local authority", ("Local authority name", "LA")),
    Column(
        "status",
        "Registration status",
        ("Provider status", "Setting status", "Status"),
        fits=one_of("Active", "Open", "Registered", "Suspended", "Proposed", "Inactive", "Cancelled",
                    "Resigned", "Closed", "Removed"),
    ),
    Column("opened", "Registration date", ("Date of registration", "Registered on"), fits=is_day),
    Column("postcode", "Postcode", ("Provider postcode", "Setting postcode"), fits=is_postcode),
    Column("address1", "Provider address line 1", ("Address line 1", "Setting address 1", "Address 1")),
    Column("address2", "Provider address line 2", ("Address line 2", "Setting address 2", "Address 2")),
    Column("town", "Provider town", ("Town", "Setting town")),
    Column("telephone", "Telephone", ("Telephone number", "Phone", "Contact number")),
    Column("places", "Registered places", ("Places", "Number of places", "Maximum places",
           "Places including estimates"), fits=is_number),
    Column(
        "grade",
        "Most recent overall effectiveness",
        ("Most recent full: Overall effectiveness", "Overall effectiveness", "Overall effectiveness grade",
         "Most recent inspection: Overall effectiveness",
         "Most recent full inspection: Overall effectiveness",
         "Latest overall effectiveness", "Ofsted grade"),
    ),
    Column("district", "District", ()),
)  # fmt: skip
PLAIN = (
    Column("name", "Name", ("Organisation", "Organisation name", "Agency", "School", "School name", "Setting",
           "Setting name", "Establishment", "Establishment name", "Provider", "Provider name"), needed=True),
    Column("short_name", "Short name", ("Known as", "Abbreviation")),
    Column("kind", "Kind", ("Kind of organisation", "Organisation type", "Type of organisation", "Category",
           "Sector")),
    Column("phase", "Phase", ("Phase of education", "School phase"), fits=is_phase),
    Column("school_type", "Type", ("School type", "Type of establishment")),
    Column("parent", "Trust or parent", ("Trust", "Parent", "Parent organisation", "Multi-academy trust",
           "MAT", "Group")),
    Column("district", "District", ("Area", "Locality", "Borough")),
    Column("bound_by_statute", "Bound by section 11", ("Statutory", "Section 11", "Bound by statute"),
           fits=one_of("yes", "no", "y", "n", "true", "false")),
    Column("residential", "Residential", ("Boarding",), fits=one_of("yes", "no", "y", "n", "true", "false")),
    Column("commissions_services", "Commissions services", ("Commissions", "Commissioner"),
           fits=one_of("yes", "no", "y", "n", "true", "false")),
    Column("works_alone", "Works alone", ("Sole worker",),
           fits=one_of("yes", "no", "y", "n", "true", "false")),
    Column("religious_character", "Religious character", ("Faith",)),
    Column("ofsted_grade", "Ofsted grade", ("Ofsted", "Ofsted rating", "Grade")),
    Column("pupils", "Pupils or places", ("Pupils", "Places", "Number on roll", "NOR"), fits=is_number),
    Column("urn", "URN", ("School URN",), fits=is_urn),
    Column("dfe_number", "DfE number", ("DfE", "LAESTAB", "DfES number", "DCSF number")),
    Column("ukprn", "UKPRN", (), fits=is_number),
    Column("ofsted_urn", "Ofsted URN", ("EY number", "EY URN", "Ofsted number", "Ofsted reference"),
           fits=is_ofsted_urn),
    Column("charity_number", "Charity number", ("Registered charity number",)),
    Column("ods_code", "ODS code", ("ODS",)),
    Column("address", "Address", ("Street",)),
    Column("postcode", "Postcode", ("Post code",), fits=is_postcode),
    Column("telephone", "Telephone", ("Phone", "Telephone number", "Tel", "Switchboard")),
    Column("local_authority", "Local authority", ("LA", "LA name", "Council")),
    Column("opened_on", "Opened on", ("Opened", "Open date"), fits=is_day),
    Column("closed_on", "Closed on", ("Closed", "Close date", "Closing date"), fits=is_day),
    *(
        Column(f"{role}_{part}", f"{label} {word}", tuple(
            f"{said}{joint}{other}" for said in (label, *others) for joint in (" ", "'s ") for other in words
        ) + (others if part == "name" else ()), fits=is_email if part == "email" else None)
        for role, label, others in (
            ("lead", "Safeguarding lead", ("Lead", "DSL", "Contact", "Designated safeguarding lead")),
            ("substitute", "Substitute", ("Deputy", "Substitute contact", "Deputy DSL")),
            ("senior", "Senior officer", ("Senior", "Director", "Escalation contact")),
            ("head", "Headteacher or manager", ("Headteacher", "Head", "Manager", "Head teacher")),
        )
        for part, word, words in (
            ("name", "name", ("name",)),
            ("email", "e-mail", ("e-mail", "email", "e-mail address", "mail")),
            ("telephone", "telephone", ("telephone", "phone", "tel", "mobile")),
        )
    ),
)  # fmt: skip
COLUMNS: dict[Layout, tuple[Column, ...]] = {
    Layout.GIAS: GIAS,
    Layout.EARLY_YEARS: EARLY_YEARS,
    Layout.PLAIN: PLAIN,
}
CONTACT_ROLES = ("lead", "substitute", "senior", "head")
AUTHORITY_COLUMNS = frozenset({"laname", "localauthority", "localauthorityname", "la"})
EVERY_HEADING = frozenset(h for columns in COLUMNS.values() for one in columns for h in one.known_as)


def layout_of(headings: Sequence[str]) -> Layout | None:
    """What kind of file has these headings; None for one that has too few of any."""
    known = {plain(heading) for heading in headings}
    if {"urn", "establishmentname"} <= known or len({"establishmentname", "laname", "lacode"} & known) > 1:
        return Layout.GIAS
    if {"providertype", "settingtype", "provisiontype", "typeofprovision"} & known:
        return Layout.EARLY_YEARS
    return Layout.PLAIN if columns_in(Layout.PLAIN, headings) else None


def columns_in(layout: Layout, headings: Sequence[str]) -> dict[str, int]:
    """Which of a layout's columns stands where; of several that would do, the one it names first."""
    places: dict[str, int] = {}
    by_plain: dict[str, int] = {}
    for at, heading in enumerate(headings):
        by_plain.setdefault(plain(heading), at)
    taken: set[int] = set()
    for column in COLUMNS[layout]:
        for name in (column.label, *column.headings):
            place = by_plain.get(plain(name))
            if place is not None and place not in taken:
                places[column.key] = place
                taken.add(place)
                break
    return places


def missing_from(layout: Layout, places: Mapping[str, int]) -> list[str]:
    """The names of the columns that are needed and not there."""
    return [column.label for column in COLUMNS[layout] if column.needed and column.key not in places]
