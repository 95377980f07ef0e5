"""`flask analysis`: ratings and what they add up to, as CSV, with the counting rule beside them.

The figures go to standard output, or into a file; everything said about them to standard error.
"""

from pathlib import Path

import click
from flask.cli import AppGroup

from s11.analysis import queries
from s11.analysis.lazy import exports, frames, measures
from s11.analysis.rules import SCORE_RULE, Basis, By, counting_rules, levels_of
from s11.cycles import queries as cycles
from s11.cycles.models import Cycle
from s11.organisations import queries as organisations

analysis_cli = AppGroup("analysis", help="Print ratings, and what they add up to.")

OPTIONS = (
    click.option("--cycle", "code", required=True, help="Code of the cycle."),
    click.option(
        "--partnership", default="", help="Code of the partnership, where several have such a cycle."
    ),
    click.option(
        "--basis", type=click.Choice([str(b) for b in Basis]), default=str(Basis.SELF), show_default=True
    ),
    click.option("--format", "_format", type=click.Choice(["csv"]), default="csv", show_default=True),
    click.option(
        "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to write instead."
    ),
)


def figures_of(command):  # type: ignore[no-untyped-def]
    """Give a command the options every figure has."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@analysis_cli.command("ratings")
@figures_of
def ratings(code: str, partnership: str, basis: str, _format: str, output: Path | None) -> None:
    """Every rating of every return that is in, one line each."""
    cycle = cycle_named(code, partnership)
    frame = frames.ratings(cycle, Basis(basis))
    put(exports.ratings_csv(frame, cycle.code), output)
    explain(cycle, Basis(basis))


@analysis_cli.command("summary")
@click.option("--by", type=click.Choice([str(by) for by in By]), required=True, help="What makes a line.")
@figures_of
def summary(by: str, code: str, partnership: str, basis: str, _format: str, output: Path | None) -> None:
    """Counts and percentages, one line a standard, criterion, organisation or kind, or one in all."""
    cycle = cycle_named(code, partnership)
    edition = cycles.content_of(cycle)
    levels = levels_of(edition)
    frame = frames.ratings(cycle, Basis(basis))
    table = measures.summary(frame, By(by), levels)
    put(
        exports.summary_csv(table, cycle.code, By(by), measures.titles(frame, By(by), edition), levels),
        output,
    )
    explain(cycle, Basis(basis))


@analysis_cli.command("scores")
@click.option("--by", type=click.Choice([str(by) for by in By]), required=True, help="What makes a line.")
@figures_of
def scores(by: str, code: str, partnership: str, basis: str, _format: str, output: Path | None) -> None:
    """Weighted scores, one line a standard, criterion, organisation or kind, or one in all."""
    cycle = cycle_named(code, partnership)
    edition = cycles.content_of(cycle)
    frame = frames.ratings(cycle, Basis(basis))
    weights = {criterion.number: criterion.weight for criterion in edition.criteria}
    table = measures.scores(frame, By(by), weights)
    put(exports.scores_csv(table, cycle.code, By(by), measures.titles(frame, By(by), edition)), output)
    click.echo(SCORE_RULE, err=True)
    explain(cycle, Basis(basis))


def cycle_named(code: str, partnership_code: str) -> Cycle:
    """The one cycle meant, or a sentence that says why it cannot be told."""
    partnership_id = None
    if partnership_code:
        partnership = organisations.partnership_by_code(partnership_code)
        if partnership is None:
            raise click.ClickException(f"No partnership has the code “{partnership_code}”.")
        partnership_id = partnership.id
    found = cycles.by_code(code, partnership_id)
    if not found:
        raise click.ClickException(f"No cycle has the code “{code}”.")
    if len(found) > 1:
        places = ", ".join(cycle.partnership.code for cycle in found)
        raise click.ClickException(
            f"Several partnerships have a cycle with the code “{code}”. "
            f"Add --partnership with one of: {places}."
        )
    return found[0]


def put(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as fault:
        raise click.ClickException(f"{output} could not be written: {fault.strerror}.") from None
    click.echo(f"Written: {output}", err=True)


def explain(cycle: Cycle, basis: Basis) -> None:
    """How it was counted, and who is not in it, on standard error."""
    for sentence in counting_rules(cycles.content_of(cycle), basis):
        click.echo(sentence, err=True)
    standing = queries.standing([cycle.id])[cycle.id]
    click.echo(f"Returns in: {standing.returned} of {standing.expected}.", err=True)
    for missing in queries.not_in(cycle.id):
        click.echo(f"Not in: {missing.organisation} ({missing.why})", err=True)
