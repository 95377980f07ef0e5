"""The list of organisations, as the page and the files print it."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import xlsxwriter

from s11.core.sheets import safe_cell, write_csv
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind
from s11.register.forms import FilterForm
from s11.register.queries import Listed, Wanted
from s11.register.rules import Addressee, ContactRole, Standing
from s11.web.filters import short_day

COLUMNS = (
    "name", "short name", "kind", "asked as", "phase", "type", "religious character", "district",
    "belongs to", "URN", "DfE number", "UKPRN", "Ofsted URN", "charity number", "ODS code", "address",
    "postcode", "telephone", "pupils", "Ofsted grade", "opened", "closed", "left the partnership",
    "lead", "lead's e-mail address",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """An organisation of the list. `place`: district or trust, whatever says most where there is one."""

    ref: str
    name: str
    kind: str
    district: str
    parent: str
    why: str
    standing: str
    standing_kind: str


def row(one: Listed) -> Row:
    organisation = one.organisation
    standing, kind = standing_of(one)
    phase = f", {organisation.phase_label.lower()}" if organisation.phase else ""
    return Row(
        ref=organisation.ref,
        name=organisation.name,
        kind=organisation.kind_label + phase,
        district=organisation.district,
        parent=organisation.parent.short_name if organisation.parent else "",
        why=why_asked(organisation.bound_by_statute),
        standing=standing,
        standing_kind=kind,
    )


def why_asked(bound: bool) -> str:
    return "Bound by section 11" if bound else "Asked only"


def standing_of(one: Listed) -> tuple[str, str]:
    """How an organisation stands, in a tag, and the kind of the tag."""
    organisation = one.organisation
    if organisation.closed_on is not None and organisation.merged_into_id:
        return f"Merged {short_day(organisation.closed_on)}", "todo"
    if one.left_on is not None:
        return f"Left {short_day(one.left_on)}", "todo"
    if organisation.closed_on is not None:
        return f"Closed {short_day(organisation.closed_on)}", "todo"
    if one.leads:
        return "Lead with account", "done"
    if one.lead_contacts:
        return "Contact only", "doing"
    return "Nobody to write to", "alert"


def wanted_of(form: FilterForm) -> Wanted:
    """What a list is narrowed to. A value nobody offers finds what has no such value: nothing."""
    standing = form.standing.data if form.standing.data in set(Standing) else str(Standing.HERE)
    return Wanted(
        search=form.q.data or "",
        kind=form.kind.data or "",
        phase=form.phase.data or "",
        district=form.district.data or "",
        parent=form.parent.data or "",
        bound=form.bound.data if form.bound.data in ("statutory", "asked") else "",
        standing=standing,
        unreached=bool(form.unreached.data),
    )


def address_of(wanted: Wanted) -> dict[str, str]:
    """The same as the rest of an address, so that pages and downloads are narrowed alike."""
    found = {
        "q": wanted.search,
        "kind": wanted.kind,
        "phase": wanted.phase,
        "district": wanted.district,
        "parent": wanted.parent,
        "bound": wanted.bound,
        "standing": "" if wanted.standing == Standing.HERE else wanted.standing,
        "unreached": "y" if wanted.unreached else "",
    }
    return {name: value for name, value in found.items() if value}


def choices_of(
    form: FilterForm, *, kinds: Iterable[Kind], districts: Iterable[str], parents: Iterable[tuple[str, str]]
) -> None:
    """Put into a form what there is to choose."""
    kinds = set(kinds)
    form.kind.choices = [("", "Any"), *((str(k), KIND_LABELS[k]) for k in KIND_LABELS if k in kinds)]
    form.phase.choices = [("", "Any"), *PHASE_LABELS.items()]
    form.district.choices = [("", "Any"), *((one, one) for one in districts)]
    form.parent.choices = [("", "Any"), *parents]


def lines(found: Iterable[Listed], to: Mapping[int, list[Addressee]]) -> list[dict[str, object]]:
    """Every organisation as a line of a file, with the lead who is written to."""
    return [line(one, to.get(one.organisation.id, [])) for one in found]


def line(one: Listed, to: list[Addressee]) -> dict[str, object]:
    organisation = one.organisation
    lead = next((one for one in to if one.role == ContactRole.LEAD), None)
    return {
        "name": organisation.name,
        "short name": organisation.short_name,
        "kind": organisation.kind_label,
        "asked as": why_asked(organisation.bound_by_statute).lower(),
        "phase": organisation.phase_label,
        "type": organisation.school_type,
        "religious character": organisation.religious_character,
        "district": organisation.district,
        "belongs to": organisation.parent.name if organisation.parent else "",
        "URN": organisation.urn,
        "DfE number": organisation.dfe_number,
        "UKPRN": organisation.ukprn,
        "Ofsted URN": organisation.ofsted_urn,
        "charity number": organisation.charity_number,
        "ODS code": organisation.ods_code,
        "address": " ".join(organisation.address.split()),
        "postcode": organisation.postcode,
        "telephone": organisation.telephone,
        "pupils": organisation.pupils,
        "Ofsted grade": organisation.ofsted_grade,
        "opened": organisation.opened_on,
        "closed": organisation.closed_on,
        "left the partnership": one.left_on,
        "lead": lead.name if lead else "",
        "lead's e-mail address": lead.email if lead else "",
    }


def as_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    # The mark at the start tells Excel that the letters are UTF-8.
    return ("\ufeff" + write_csv(rows, COLUMNS)).encode()


def as_workbook(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The same as an Excel workbook, every cell of it text or a number, none a formula."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Organisations")
        bold = book.add_format({"bold": True})
        for column, title in enumerate(COLUMNS):
            sheet.write_string(0, column, title, bold)
        for place, row_ in enumerate(rows, start=1):
            for column, title in enumerate(COLUMNS):
                cell = safe_cell(row_.get(title))
                write = sheet.write_number if isinstance(cell, int | float) else sheet.write_string
                write(place, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(COLUMNS) - 1, 18)
    return written.getvalue()
