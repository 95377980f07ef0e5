"""The form of a clause: of who is asked, who is exempt from the start, or who stands in a group."""

from dataclasses import replace

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.cycles import operations
from s11.cycles import permissions as cycle_permissions
from s11.cycles import queries as cycles
from s11.cycles.audience import Audience, GroupRule, LetOffRule
from s11.cycles.clauses import RUN_BY, Where
from s11.cycles.models import Cycle, SubmissionGroup
from s11.cycles.queries.register import Words
from s11.desk.views.blueprint import desk
from s11.desk.views.plan import Plan
from s11.organisations.rules import KIND_LABELS, PHASE_LABELS, Kind
from s11.web.guards import guard

NOTHING = "Choose at least one thing: a kind, a phase, a district, or another."
LONGEST_REASON = 300
YES_NO = {"yes": True, "no": False}


@desk.route("/<ref>/audience/clause", methods=["GET", "POST"])
@guard(cycles.by_ref, see=cycle_permissions.can_see, may=cycle_permissions.can_change)
def clause(cycle: Cycle) -> ResponseReturnValue:
    """Add a clause. The address says for what: who is asked, `exempt`, or a group."""
    plan, group = Plan(cycle), group_asked_for(cycle)
    exempts = request.values.get("for") == "exempt" and group is None
    if request.method == "GET":
        return clause_page(plan, Where(), group, exempts=exempts)
    where, reason = where_of(plan.words), " ".join(request.form.get("reason", "").split())
    errors = faults(where, reason if exempts else None)
    if errors:
        return clause_page(plan, where, group, exempts=exempts, reason=reason, errors=errors)
    operations.address(
        cycle, with_clause(plan.audience, where, group, reason if exempts else ""), by=current_user
    )
    count = sum(where.holds(subject) and not subject.gone for _, subject in plan.found)
    flash(
        f"{where.sentence(plan.names)}: {count} in the register. Nobody hears of it before you issue.",
        "success",
    )
    there = "desk.groups" if group else "desk.audience"
    return redirect(url_for(there, ref=cycle.ref), 303)


def with_clause(audience: Audience, where: Where, group: SubmissionGroup | None, reason: str) -> Audience:
    if group is not None:
        return replace(audience, groups=(*audience.groups, GroupRule(group.ref, where)))
    if reason:
        return replace(audience, exempt=(*audience.exempt, LetOffRule(where, reason)))
    return replace(audience, ask=(*audience.ask, where))


def group_asked_for(cycle: Cycle) -> SubmissionGroup | None:
    ref = request.values.get("group", "")
    group = cycles.group_by_ref(cycle.id, ref) if ref else None
    if ref and group is None:
        abort(404)
    return group


def faults(where: Where, reason: str | None) -> list[tuple[str, str]]:
    """What is wrong with a clause, each as a sentence and its field. Only exemptions have a reason."""
    found = []
    if not where.names_something:
        found.append((NOTHING, "kinds"))
    first, last = (request.form.get(name, "").strip().upper() for name in ("first", "last"))
    if (first or last) and not where.initials:
        found.append(("Enter two letters or digits in their order, for example A and K.", "first"))
    if reason is not None and not reason:
        found.append(("Say why they need not return, for example: works alone, visited this year.", "reason"))
    if reason is not None and len(reason) > LONGEST_REASON:
        found.append((f"Use at most {LONGEST_REASON} characters.", "reason"))
    return found


def where_of(words: Words) -> Where:
    """The clause the form in hand names. What the register does not have is passed over."""
    form = request.form

    def chosen(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in known if one in form.getlist(name))

    return Where(
        kinds=chosen("kinds", words.kinds),
        phases=chosen("phases", words.phases),
        run_by=form.get("run_by", "") if form.get("run_by") in RUN_BY else "",
        types=chosen("types", words.types),
        districts=chosen("districts", words.districts),
        parents=chosen("parents", tuple(ref for ref, _ in words.parents)),
        statutory=YES_NO.get(form.get("statutory", "")),
        ofsted=chosen("ofsted", words.ofsted),
        works_alone=YES_NO.get(form.get("works_alone", "")),
        initials=initials_of(form.get("first", ""), form.get("last", "")),
    )


def initials_of(first: str, last: str) -> tuple[str, ...]:
    """Two letters in their order, or none."""
    pair = (first.strip().upper(), last.strip().upper())
    fit = all(len(one) == 1 and one.isalnum() and one.isascii() for one in pair) and pair[0] <= pair[1]
    return pair if fit else ()


def clause_page(
    plan: Plan,
    where: Where,
    group: SubmissionGroup | None,
    *,
    exempts: bool,
    reason: str = "",
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    words, refused = plan.words, errors or []
    page = render_template(
        "cycles/clause.html",
        cycle=plan.cycle,
        where=where,
        group=group,
        exempts=exempts,
        reason=reason,
        errors={field: sentence for sentence, field in refused},
        mistakes=[(sentence, f"#{field}") for sentence, field in refused],
        kinds=sorted(((kind, KIND_LABELS[Kind(kind)]) for kind in words.kinds), key=lambda pair: pair[1]),
        phases=[(phase, PHASE_LABELS.get(phase, phase)) for phase in words.phases],
        run_by=[("", "Any school"), *((key, f"Schools {label}") for key, label in RUN_BY.items())],
        words=words,
        first=request.form.get("first", ""),
        last=request.form.get("last", ""),
    )
    return make_response(page, 422 if refused else 200)
