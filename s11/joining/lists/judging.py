"""What would happen to each line of a list, and every fault in a sentence. Nothing is changed here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from s11.joining import permissions, queries
from s11.joining.lists.rules import Line, nearest, plain, role_of, step_of
from s11.joining.operations.inviting import Wanted, same_role
from s11.joining.rules import name_fault
from s11.organisations import queries as organisations
from s11.organisations.models import Organisation, Partnership
from s11.organisations.rules import Kind
from s11.people.models import Person
from s11.people.rules import TRUST_ROLES, Role, canonical_address


@dataclass(frozen=True)
class Judged:
    """A line and what comes of it: an invitation to a place, nothing to do any more, or faults."""

    line: Line
    place: Organisation | None
    wanted: Wanted | None
    faults: tuple[str, ...] = ()
    already: str = ""

    @property
    def is_good(self) -> bool:
        return not self.faults and not self.already


class Judge:
    """Knows the organisations of a partnership and who is there, and looks at one line after the other."""

    def __init__(self, partnership: Partnership, lines: Sequence[Line], *, by: Person) -> None:
        self.by = by
        self.seated = organisations.seated(partnership.id)
        self.steps = queries.signing_steps(partnership)
        self.known = queries.people_known([canonical_address(line.email) for line in lines])
        self.by_name: dict[str, list[Organisation]] = {}
        for one in self.seated:
            for name in {plain(one.name), plain(one.short_name), plain(one.urn or "")} - {""}:
                self.by_name.setdefault(name, []).append(one)
        self.given: dict[int, frozenset[Role]] = {}
        self.seen: Counter[tuple[str, ...]] = Counter()

    def judge(self, line: Line) -> Judged:
        faults = [self.name_fault(line), self.address_fault(line)]
        role, role_fault = self.role(line)
        place, place_fault = self.place(line)
        step, step_fault = self.step(line, role)
        faults += [role_fault, place_fault, step_fault]
        if role is not None and place is not None:
            faults.append(self.fit_fault(role, place))
        faults.append(self.repeated(line, role))
        found = tuple(fault for fault in faults if fault)
        if found or role is None or place is None or step is None:
            return Judged(line, place, None, found)
        wanted = Wanted(line.name, line.email, role, line.job_title, step)
        return Judged(line, place, wanted, already=self.already(place, wanted))

    def name_fault(self, line: Line) -> str | None:
        return name_fault(line.name)

    def address_fault(self, line: Line) -> str | None:
        if not line.email:
            return "The e-mail address is missing."
        try:
            validate_email(canonical_address(line.email), check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return f"“{line.email}” is not an e-mail address."
        if canonical_address(line.email) == self.by.email:
            return "This is your own address."
        return None

    def role(self, line: Line) -> tuple[Role | None, str | None]:
        role = role_of(line.role)
        if role is None:
            said = f"“{line.role}” is not a role." if line.role else "The role is missing."
            return None, f"{said} Use lead, deputy, contributor, signatory or viewer."
        return role, None

    def place(self, line: Line) -> tuple[Organisation | None, str | None]:
        if not line.organisation:
            return None, "The organisation is missing."
        found = self.by_name.get(plain(line.organisation), [])
        if len(found) == 1:
            return found[0], None
        if found:
            return None, f"“{line.organisation}” is the name of {len(found)} organisations. Use the URN."
        near = nearest(line.organisation, (n for one in self.seated for n in (one.name, one.short_name)))
        hint = f" Do you mean “{near}”?" if near else ""
        return None, f"No organisation of yours is called “{line.organisation}”.{hint}"

    def step(self, line: Line, role: Role | None) -> tuple[str | None, str | None]:
        step = step_of(line.signs_as, self.steps)
        if step is None:
            known = ", ".join(self.steps.values()) or "nothing: no questionnaire asks for one"
            return None, f"Nobody is asked to sign as “{line.signs_as}”. Use {known}."
        if step and role is not None and role is not Role.SIGNATORY:
            return None, "Only a signatory signs as somebody. Empty “signs as”, or make the role signatory."
        return step, None

    def fit_fault(self, role: Role, place: Organisation) -> str | None:
        if role in TRUST_ROLES and place.kind != Kind.TRUST:
            return "A trust lead is invited to the trust, not to one of its schools."
        if place.id not in self.given:
            self.given[place.id] = permissions.given_at(self.by, place)
        if role not in self.given[place.id]:
            return "You may not give this role here."
        return None

    def repeated(self, line: Line, role: Role | None) -> str | None:
        key = (canonical_address(line.email), plain(line.organisation), str(role), plain(line.signs_as))
        self.seen[key] += 1
        return "The same stands further up in this list." if self.seen[key] > 1 else None

    def already(self, place: Organisation, wanted: Wanted) -> str:
        person = self.known.get(canonical_address(wanted.email))
        held = same_role(person, place, wanted) if person is not None else None
        if held is None:
            return ""
        if held.pending:
            return "Invited already; nothing is sent again."
        return "Holds this role there already."


def judge(partnership: Partnership, lines: Sequence[Line], *, by: Person) -> list[Judged]:
    """Every line with what would come of it, in the order of the file."""
    judges = Judge(partnership, lines, by=by)
    return [judges.judge(line) for line in lines]
