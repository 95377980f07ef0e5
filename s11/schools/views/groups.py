"""An adviser's page of a cycle: schools by phase, type and district, and one group beside the others."""

from urllib.parse import quote

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from s11.analysis.lazy import benchmarking, frames, pages
from s11.analysis.rules import Basis, counting_rules, levels_of
from s11.core.sheets import write_csv
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.questionnaires import queries as questionnaires
from s11.returns import queries as returns
from s11.schools import permissions, queries, rules
from s11.schools.pages.groups import columns_of, csv_rows, grouped, standing_of
from s11.schools.views.blueprint import schools
from s11.schools.views.comparing import beside_others, group_names
from s11.trail.operations import look
from s11.web.guards import guard, signed_in
from s11.web.limits import limited

WEAKEST = 8
# What is left of a share where a criterion was asked otherwise: printed beneath the comparison.
YEARS_RULE = (
    "Years are compared by the criteria that both asked in the same words and rated on the same scale; "
    "“then” is last year’s share of those, and a dash stands where there are none."
)


@schools.get("/cycles")
@signed_in(permissions.can_see_any_group)
def cycles_to_choose() -> ResponseReturnValue:
    """The cycles whose organisations can be looked at in groups, the latest due first."""
    issued = [cycle for cycle in cycles.visible_to(current_user) if cycle.issued_at is not None]
    issued.sort(key=lambda cycle: cycle.due_on, reverse=True)
    return render_template("schools/cycles.html", cycles=issued)


@schools.get("/cycles/<ref>")
@guard(cycles.by_ref, see=permissions.can_see_groups)
def groups(cycle: Cycle) -> ResponseReturnValue:
    """How many of each group are in, how each rates itself, and what is weakest."""
    by = by_asked()
    edition = questionnaires.content(cycle.edition)
    levels = levels_of(edition)
    asked = queries.asked_in(cycle.id)
    names = group_names(asked, by)
    frame = frames.of_submitted(edition, returns.submitted(cycle.id))
    group = request.args.get("group", "")
    if group and group not in names.values():
        abort(404)
    pattern = url_for("schools.listing", ref=cycle.ref, by=by, group="GROUP", standard="NUMBER")
    part = benchmarking.only(frame, [ref for ref, name in names.items() if name == group]) if group else frame
    return render_template(
        "schools/groups.html",
        cycle=cycle,
        edition=edition,
        levels=levels,
        by=by,
        by_labels=rules.BY_LABELS,
        standings=[standing_of(name, ones) for name, ones in grouped(asked, names).items()],
        whole=standing_of("All", asked),
        table=pages.group_matrix(
            benchmarking.by_group(frame, names, levels),
            edition,
            levels,
            caption=f"{cycle.title}, by {rules.BY_LABELS[by].lower()}",
            corner=rules.BY_LABELS[by],
            href=lambda name, number: address(pattern, name, number),
        ),
        group=group,
        weakest=[
            (edition.by_number[number], best, of)
            for number, best, of in benchmarking.weakest(part, levels, WEAKEST)
        ],
        benchmark=beside_others(cycle, edition, frame, names, by, group) if group else None,
        counting=[*counting_rules(edition, Basis.SELF), YEARS_RULE],
    )


def by_asked() -> str:
    by = request.args.get("by", "phase")
    return by if by in rules.BY_LABELS else "phase"


def address(pattern: str, group: str, number: str) -> str:
    return pattern.replace("GROUP", quote(group, safe="")).replace("NUMBER", quote(number, safe=""))


@schools.get("/cycles/<ref>/groups.csv")
@guard(cycles.by_ref, see=permissions.can_see_groups)
@limited("export")
def groups_csv(cycle: Cycle) -> ResponseReturnValue:
    """The groups as a file: a line a group and standard, and one for all standards together."""
    by = by_asked()
    edition = questionnaires.content(cycle.edition)
    asked = queries.asked_in(cycle.id)
    names = group_names(asked, by)
    frame = frames.of_submitted(edition, returns.submitted(cycle.id))
    levels = levels_of(edition)
    rows = csv_rows(
        cycle.code, by, grouped(asked, names), benchmarking.by_group(frame, names, levels), edition, levels
    )
    answer = Response("\ufeff" + write_csv(rows, columns_of(levels)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"groups-{cycle.code}-{by}.csv")
    look(
        "cycle:figures:exported",
        cycle.id,
        by=current_user._get_current_object(),
        partnership_id=cycle.partnership_id,
    )
    return answer
