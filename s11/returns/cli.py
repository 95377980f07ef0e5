"""`flask cycles`: opening a year from the command line.

The group is named for what an office opens; it lives here because opening gives every
organisation its return.
"""

from datetime import datetime

import click
from flask.cli import AppGroup

from s11.core.database import glance, unit_of_work
from s11.core.errors import DomainError
from s11.cycles import operations as cycles
from s11.cycles import queries as cycle_queries
from s11.cycles.audience import Audience
from s11.cycles.models import Cycle
from s11.cycles.operations.issuing import ToAsk
from s11.organisations import queries as organisations
from s11.questionnaires import queries as questionnaires
from s11.returns import queries
from s11.returns.operations import hold, issue, tell_office_of_nobody
from s11.returns.rules import Stage
from s11.returns.scheduled import finish_issue

cycles_cli = AppGroup("cycles", help="Open or issue a cycle, and tell the office of returns nobody can sign.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@cycles_cli.command("open")
@click.argument("code")
@click.option("--partnership", "partnership_code", required=True, help="Code of the partnership.")
@click.option("--edition", "edition_code", required=True, help="Code of the questionnaire's edition.")
@click.option("--title", required=True)
@click.option("--opens", type=DAY, required=True, help="Day it opens, as 2027-01-31.")
@click.option("--due", type=DAY, required=True, help="Day returns are due.")
@click.option("--kind", "kinds", multiple=True, help="Ask organisations of this kind; repeat for several.")
@click.option("--organisation", "names", multiple=True, help="Ask this organisation; repeat for several.")
def open_cycle(
    code: str,
    partnership_code: str,
    edition_code: str,
    title: str,
    opens: datetime,
    due: datetime,
    kinds: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    """Open the cycle CODE and ask organisations by kind, by name, or both."""
    try:
        with unit_of_work():
            partnership = organisations.partnership_by_code(partnership_code)
            if partnership is None:
                raise click.ClickException(f"No partnership has the code “{partnership_code}”.")
            edition = questionnaires.edition_by_code(edition_code)
            if edition is None:
                raise click.ClickException(f"No edition has the code “{edition_code}”. Load it first.")
            seated = organisations.seated(partnership.id)
            wanted = [o for o in seated if o.kind in kinds or o.name in names or o.short_name in names]
            if not wanted:
                raise click.ClickException("Nobody would be asked. Name a --kind or an --organisation.")
            cycle = cycles.plan(
                partnership, edition, code=code, title=title, opens_on=opens.date(), due_on=due.date()
            )
            returns = issue(cycle, wanted)
            click.echo(f"{cycle.title} is open: {len(returns)} organisations are asked.")
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


@cycles_cli.command("issue")
@click.argument("code")
@click.option("--partnership", "partnership_code", help="Code of the partnership, where several have CODE.")
@click.option("--quiet", is_flag=True, help="Send no letters.")
def issue_cycle(code: str, partnership_code: str | None, quiet: bool) -> None:
    """Ask everybody the audience of the cycle CODE names, and finish what was stopped.

    Groups that have not opened are asked on their day: flask schedule run.
    """
    try:
        with unit_of_work():
            cycle = cycle_of(code, partnership_code)
            cycle_id, title = cycle.id, cycle.title
            if cycle_queries.newest_issue(cycle_id) is None:
                cycles.begin_issue(cycle, to_ask(cycle), tells=not quiet)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None
    with glance():
        begun = cycle_queries.newest_issue(cycle_id)
        issue_id = begun.id if begun else 0
    asked = finish_issue(issue_id)
    with glance():
        done = cycle_queries.done_of(issue_id)
    click.echo(f"{title}: {asked} organisations are asked. {done.waiting} wait for the day a group opens.")


def cycle_of(code: str, partnership_code: str | None) -> Cycle:
    """The one cycle of this code."""
    partnership = organisations.partnership_by_code(partnership_code) if partnership_code else None
    if partnership_code and partnership is None:
        raise click.ClickException(f"No partnership has the code “{partnership_code}”.")
    found = cycle_queries.by_code(code, partnership.id if partnership else None)
    if not found:
        raise click.ClickException(f"No cycle has the code “{code}”.")
    if len(found) > 1:
        raise click.ClickException(f"Several partnerships have a cycle {code}. Name one with --partnership.")
    return found[0]


def to_ask(cycle: Cycle) -> list[ToAsk]:
    """Everybody the audience of a cycle names."""
    audience = Audience.of(cycle.audience)
    groups = {group.ref: group for group in cycle_queries.groups(cycle.id)}
    verdicts = [
        (one, audience.decide(subject)) for one, subject in cycle_queries.subjects(cycle.partnership_id)
    ]
    return [ToAsk(one, groups.get(said.group), said.exempt) for one, said in verdicts if said.asked]


@cycles_cli.command("unsigned")
def unsigned() -> None:
    """Tell each office of the returns that wait for a signature nobody can give, once in each round.

    Signing tells it by itself; this finds those whose signatory has left since. Run it once a day.
    """
    with unit_of_work():
        waiting = queries.waiting_to_be_signed()
        for return_ in waiting:
            hold(return_)
        waiting = [one for one in waiting if one.stage == Stage.AWAITING_SIGN_OFF]
        told = sum(bool(tell_office_of_nobody(return_)) for return_ in waiting)
        click.echo(f"{len(waiting)} returns wait to be signed; of {told} the office was told just now.")
