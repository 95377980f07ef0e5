"""What can be chosen for a pack: whom it is about, whose it is, and which schools belong together."""

from flask import request

from s11.actions.forms import choices
from s11.challenge import queries as challenge
from s11.cycles.models import Cycle
from s11.organisations.models import Organisation
from s11.organisations.rules import PHASE_LABELS
from s11.packs import queries
from s11.packs.contents import Wanted
from s11.packs.forms import PackForm
from s11.packs.kinds import Audience
from s11.packs.rules import HOLDS
from s11.returns import queries as returns

FIRST = Audience.CHAIR
MOST_AT_ONCE = 20
NONE_CHOSEN = "Choose at least one organisation for the pack."
NO_CLUSTER = "Choose which schools the pack is about."
TOO_MANY = f"Choose at most {MOST_AT_ONCE} at once: each gets a pack of its own."


def audience_of(text: str | None) -> Audience:
    """The audience an address or a form names; the chair where it names none."""
    return Audience(text) if text in list(Audience) else FIRST


def audience_asked() -> Audience:
    return audience_of(request.values.get("audience"))


def pack_form(cycle: Cycle, audience: Audience) -> PackForm:
    """The form for an audience, with those it can be about."""
    form = PackForm()
    form.organisations.choices = choices((one.ref, one.name) for one in offered(cycle, audience))
    form.cluster.choices = choices(
        ((key, label) for key, (label, _) in clusters(cycle).items()) if audience is Audience.CLUSTER else (),
        first="Choose",
    )
    return form


def offered(cycle: Cycle, audience: Audience) -> list[Organisation]:
    """Whom a pack can be about: those whose return is in; of briefs, those that ask questions."""
    if audience is Audience.QUESTIONER:
        day = challenge.of_cycle(cycle.id)
        turns = challenge.sessions(day.id) if day else []
        asking = [*turns, *(challenge.enquiries(day.id) if day else [])]
        found = {
            one.id: one
            for one in (getattr(row, "questioner", None) or getattr(row, "asked_by", None) for row in asking)
            if one is not None
        }
        return sorted(found.values(), key=lambda one: (one.name, one.id))
    is_in = {one.organisation_id for one in returns.submitted(cycle.id)}
    return [one for one in challenge.asked(cycle.id) if one.id in is_in]


def clusters(cycle: Cycle) -> dict[str, tuple[str, tuple[int, ...]]]:
    """What schools can be put together by, under a key: what it is called, and who is in it."""
    labels: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    is_in = [one.organisation_id for one in returns.submitted(cycle.id)]
    for organisation_id, district, phase, trust_ref, trust in queries.clusters(is_in):
        for key, label in (
            (f"trust:{trust_ref}" if trust_ref else "", trust),
            (f"district:{district}" if district else "", f"District {district}"),
            (f"phase:{phase}" if phase else "", PHASE_LABELS.get(phase, phase)),
        ):
            if key:
                labels[key] = label
                found.setdefault(key, []).append(organisation_id)
    order = {"trust": 0, "district": 1, "phase": 2}
    keys = sorted(found, key=lambda key: (order[key.split(":")[0]], labels[key], key))
    return {key: (f"{labels[key]} ({len(found[key])})", tuple(found[key])) for key in keys}


def wanted(form: PackForm, cycle: Cycle, audience: Audience) -> list[Wanted]:
    """What a form asks for, one pack each; empty where it says at a field what is missing."""
    if audience is Audience.CLUSTER:
        known = clusters(cycle).get(form.cluster.data or "")
        if known is None:
            form.cluster.errors = [NO_CLUSTER]
            return []
        label, ids = known
        return [Wanted(audience, ids, about=label.rsplit(" (", 1)[0])]
    refs = set(form.organisations.data or ())
    chosen = [one for one in offered(cycle, audience) if one.ref in refs]
    if not chosen:
        form.organisations.errors = [NONE_CHOSEN]
        return []
    if not HOLDS[audience].about_one:
        return [Wanted(audience, tuple(one.id for one in chosen))]
    if len(chosen) > MOST_AT_ONCE:
        form.organisations.errors = [TOO_MANY]
        return []
    return [Wanted(audience, organisation=one) for one in chosen]
