"""`flask organisations bring`: a register from a file, and what it would change."""

from collections.abc import Callable
from pathlib import Path

import click

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.organisations import queries as organisations
from s11.organisations.cli import organisations_cli
from s11.organisations.models import Partnership
from s11.organisations.rules import Kind
from s11.register.files import applying, operations
from s11.register.files.plan import GROUP_LABELS, Group, Plan, sentence_of
from s11.register.files.rules import Layout


@organisations_cli.command("bring")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--layout", type=click.Choice([str(one) for one in Layout]), help="Told by its headings if left out."
)
@click.option("--partnership", "code", required=True, help="Code of the partnership whose register it is.")
@click.option(
    "--local-authority", "authorities", multiple=True, help="Of those in the file; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def bring(path: Path, layout: str | None, code: str, authorities: tuple[str, ...], dry_run: bool) -> None:
    """Bring a register FILE: add, change and close organisations as it says."""
    wanted = Layout(layout) if layout else None
    try:
        with unit_of_work():
            partnership = organisations.partnership_by_code(code)
            if partnership is None:
                raise click.ClickException(f"No partnership has the code “{code}”.")
            do: Callable[..., None] = only_say if dry_run else take_in
            do(partnership, path, wanted, authorities)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence) from None


def only_say(
    partnership: Partnership, path: Path, layout: Layout | None, authorities: tuple[str, ...]
) -> None:
    with path.open("rb") as source:
        plan = operations.plan_of_untaken(
            partnership, source, path.name, layout=layout, authorities=authorities
        )
    tell(plan)
    click.echo("Nothing was changed.")


def take_in(
    partnership: Partnership, path: Path, layout: Layout | None, authorities: tuple[str, ...]
) -> None:
    with path.open("rb") as source:
        file = operations.bring(partnership, source, path.name, layout=layout, authorities=authorities)
    if not file.rows:
        raise DomainError("Say with --local-authority which of those in the file is wanted.")
    plan = operations.plan_of(file, kinds=frozenset(Kind))
    operations.note_seen(file, plan)
    tell(plan)
    done = applying.apply(file, kinds=frozenset(Kind), by=None)
    said = sentence_of({Group(group): count for group, count in done.items()})
    click.echo(f"Done: {said}." if said else "Nothing had to be changed.")


def tell(plan: Plan) -> None:
    """The numbers, and every row that is left out with the reason."""
    for group, count in plan.counts().items():
        click.echo(f"{GROUP_LABELS[group]}: {count:,}")
    for line in plan.of(Group.LEFT):
        click.echo(f"  Row {line.number}, {line.name}: {' '.join(line.notes)}")
    unticked = sum(one.by_hand for line in plan.lines for one in line.changes)
    if unticked:
        click.echo(f"Put right by hand here, and kept as it is: {unticked:,}")
