"""What would go out to whom, and who would get nothing and why. Nothing is sent here."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flask import current_app

from s11.core import clock
from s11.core.errors import Invalid
from s11.cycles.letters import with_the_way_in
from s11.cycles.models import Cycle
from s11.desk.operations.picking import SENIOR, fault_of, picked, senior_among, with_signers
from s11.desk.queries.asked import asked_in
from s11.desk.queries.history import last_reminders
from s11.desk.queries.reaching import SIGNATORY, signers
from s11.desk.queries.stopped import Silence, stopped
from s11.desk.reminding import AGAIN_AFTER, Asked, LastReminder, is_taken
from s11.desk.words import OWN, signature_of, values_of
from s11.notices.wording import Words, filled, words_of
from s11.register.queries import addressees
from s11.register.rules import Addressee, ContactRole
from s11.web.filters import day, moment

# With the ref of an organisation before it short enough never to be taken for somebody's words.
SEAL = 7


@dataclass(frozen=True)
class Chase:
    """What is to be written, and to whom. `chosen`: refs of organisations; empty for all who are missing.

    `own` are the words where the template is `OWN`.
    """

    template: str
    to: frozenset[str]
    own: Words | None = None
    chosen: frozenset[str] = frozenset()


class Choosing(Protocol):
    """Which words an organisation gets: the key of the template, and the words themselves."""

    def __call__(self, one: Asked) -> tuple[str, Words]: ...


@dataclass(frozen=True)
class Mail:
    """One mail as it would go out."""

    to_name: str
    to_address: str
    subject: str
    body: str
    is_copy: bool = False  # for somebody who need not do anything about it
    # What the partnership puts under every mail; the outbox adds it when the mail leaves.
    signature: str = ""


@dataclass(frozen=True)
class Parcel:
    """The mails of one organisation, and what has to be known before they go."""

    one: Asked
    template: str
    mails: tuple[Mail, ...]
    notes: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """Changes with every letter of every mail: what is sent is what was looked at."""
        whole = "\0".join(f"{m.to_name}\0{m.to_address}\0{m.subject}\0{m.body}" for m in self.mails)
        return hashlib.sha256(whole.encode()).hexdigest()[:SEAL]


@dataclass(frozen=True)
class LeftOut:
    """An organisation that gets no mail, and why. `to_mend`: somebody can do something about it."""

    one: Asked
    why: str
    to_mend: bool = False


@dataclass
class Outlook:
    """What would go out now."""

    parcels: list[Parcel] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def mails(self) -> int:
        return sum(len(parcel.mails) for parcel in self.parcels)


def look_ahead(cycle: Cycle, chase: Chase, *, ticked: Collection[str] = ()) -> Outlook:
    """What a chase by hand would send now. Those `ticked` are told of too, where they get nothing."""
    ones = [
        one
        for one in asked_in(cycle)
        if one.organisation_ref in ticked
        or (one.organisation_ref in chase.chosen if chase.chosen else one.is_waited_for)
    ]
    last = last_reminders(cycle.id, since=clock.now() - AGAIN_AFTER)
    outlook, waiting = Outlook(), []
    for one in ones:
        why = why_not(one, last.get(one.invitation_id))
        if why:
            outlook.left_out.append(LeftOut(one, why))
        else:
            waiting.append(one)
    return compose(cycle, waiting, choosing(cycle, chase), chase.to, outlook)


def choosing(cycle: Cycle, chase: Chase) -> Choosing:
    """The words of a chase: own ones for everybody, or by where each stands."""
    if chase.template == OWN and chase.own is not None:
        own = chase.own
        return lambda one: (OWN, own)
    return by_standing(cycle)


def by_standing(cycle: Cycle, usual: str = "reminder") -> Choosing:
    """Of the signature where only that is missing; after its day that it "was due", never that it is."""
    signature, after, before = (always(cycle, key) for key in ("signature", "overdue", usual))
    today = clock.today()

    def choose(one: Asked) -> tuple[str, Words]:
        if one.waits_for_signature:
            return signature(one)
        return after(one) if one.due_on < today else before(one)

    return choose


def always(cycle: Cycle, template: str) -> Choosing:
    """The words of one template, for everybody."""
    words = words_of(cycle.partnership_id, template)
    return lambda one: (template, words)


def why_not(one: Asked, last: LastReminder | None) -> str:
    """Why nobody writes to an organisation today; nothing where somebody may."""
    if one.is_in:
        return "Has returned."
    if one.exempt_reason:
        return f"Need not return: {one.exempt_reason}"
    if one.is_gone:
        return "Has closed or left by the register: withdraw it, so that it is not counted as missing."
    if one.opens_on > clock.today():
        return f"Is not open to it before {day(one.opens_on)}."
    if not is_taken(one, clock.today()):
        return f"Its return is no longer taken since the end of {day(one.last_day)}. Give it more time first."
    return f"Was reminded {said_of(last)}." if last else ""


def said_of(last: LastReminder) -> str:
    who = f" by {last.by_name}" if last.by_name else " by a rule"
    return f"on {moment(last.at)}{who}"


def compose(
    cycle: Cycle,
    ones: Sequence[Asked],
    words: Choosing,
    to: Collection[str],
    outlook: Outlook | None = None,
) -> Outlook:
    """The mails to these organisations. Five queries, however many they are."""
    outlook = outlook or Outlook()
    known = addressees([one.organisation_id for one in ones], cycle.partnership_id)
    wanted = {one.organisation_id: picked(known[one.organisation_id], to) for one in ones}
    if SIGNATORY in to:
        sign = signers({one.organisation_id: one.open_steps for one in ones if one.waits_for_signature})
        wanted = {id_: with_signers(people, sign.get(id_, ())) for id_, people in wanted.items()}
    silent = stopped([somebody.email for people in wanted.values() for somebody in people])
    for one in ones:
        _add(outlook, cycle, one, wanted[one.organisation_id], words, to, silent)
    return outlook


def _add(
    outlook: Outlook,
    cycle: Cycle,
    one: Asked,
    people: Sequence[Addressee],
    words: Choosing,
    to: Collection[str],
    silent: Mapping[str, Silence],
) -> None:
    faults = [fault_of(somebody, silent) for somebody in people]
    good = [somebody for somebody, fault in zip(people, faults, strict=True) if not fault]
    notes = [fault for fault in faults if fault]
    if ContactRole.SENIOR in to and not senior_among(people):
        notes.append("No senior person is named for it.")
    if good:
        template, said = words(one)
        mails = tuple(write(cycle, one, somebody, said) for somebody in good)
        outlook.parcels.append(Parcel(one, template, mails, tuple(notes)))
    else:
        nobody = "There is nobody to write to: add a contact with an address."
        outlook.left_out.append(LeftOut(one, " ".join(notes) or nobody, to_mend=True))


def write(cycle: Cycle, one: Asked, somebody: Addressee, words: Words) -> Mail:
    """One mail, as it goes out."""
    values = values_of(cycle, one, name=somebody.name, address=current_app.config["S11"].address)
    done, is_copy = fill(words, values), somebody.role in SENIOR
    return Mail(
        to_name=somebody.name,
        to_address=somebody.email,
        subject=done.subject,
        # Who gets a copy need not come in.
        body=with_the_way_in(done.body, cycle, has_account=somebody.has_account or is_copy),
        is_copy=is_copy,
        signature=signature_of(cycle.partnership),
    )


def fill(words: Words, values: dict[str, str]) -> Words:
    """The words with everything filled in; refused where they want what nobody can give."""
    try:
        done = filled(words, values)
    except KeyError as missing:
        raise Invalid(
            f"The words of this mail hold (({missing.args[0]})), which cannot be filled in here. Change them "
            "in the settings of the partnership, or write own words for this once.",
            field="template",
        ) from None
    # A header is one line, and as long as the outbox keeps it: shown as it will be.
    return Words(" ".join(done.subject.split())[:200], done.body)
