"""`flask questionnaires`: checking, loading and exporting questionnaire files and workbooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.questionnaires import operations, queries
from s11.questionnaires.filing import file_of
from s11.questionnaires.format import Faults, QuestionnaireFile
from s11.questionnaires.format.schema import written as written_schema
from s11.questionnaires.lineage import breaks
from s11.questionnaires.receiving import LARGEST_OF_ANY, MEGABYTE, received
from s11.questionnaires.workbook import write_workbook
from s11.web.filters import plural

questionnaires_cli = AppGroup("questionnaires", help="Check, load and export questionnaires.")

Filed = tuple[str, QuestionnaireFile]


@questionnaires_cli.command("check")
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
def check(names: tuple[str, ...]) -> None:
    """Say everything that is wrong with FILEs, and change nothing."""
    files = _read_all(names)
    _refuse([line for name, file in files for line in _broken(name, file, files)])
    for name, file in files:
        click.echo(f"{name}: {file.edition.code}, {_size(file)}, no faults.")


@questionnaires_cli.command("load")
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
def load(names: tuple[str, ...]) -> None:
    """Load FILEs into the database, predecessors first; nothing at all when one has a fault."""
    files = _read_all(names)
    refusals: list[str] = []
    with _database():
        for name, file in _in_order(files):
            refusals += _load(name, file)
    _refuse(refusals)


@questionnaires_cli.command("export")
@click.argument("code")
@click.option("--format", "kind", type=click.Choice(["yaml", "xlsx"]), help="yaml, or xlsx for a workbook.")
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file, not to the screen.")
def export(code: str, kind: str | None, output: Path | None) -> None:
    """Write the edition CODE as a questionnaire file, or as a workbook to edit in Excel."""
    kind = kind or ("xlsx" if output and output.suffix.lower() == ".xlsx" else "yaml")
    if kind == "xlsx" and output is None:
        raise click.ClickException("A workbook is not for the screen. Name a file: --output FILE")
    with _database():
        edition = queries.edition_by_code(code)
        if edition is None:
            raise click.ClickException(_unknown(code))
        content = _exported(file_of(edition)) if kind == "xlsx" else operations.export(edition).encode()
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {code} to {output}.", err=True)


@questionnaires_cli.command("schema")
def schema() -> None:
    """Print the file format as a JSON Schema, for editors that understand one."""
    click.echo(written_schema(), nl=False)


@questionnaires_cli.command("list")
def list_() -> None:
    """Print every edition: code, year, stage, size and title."""
    with _database():
        sizes = queries.sizes()
        editions = queries.editions()
        for edition in editions:
            standards, criteria = sizes[edition.id]
            size = f"{plural(standards, 'standard')}, {plural(criteria, 'criterion', 'criteria')}"
            click.echo(f"{edition.code}\t{edition.year}\t{edition.stage}\t{size}\t{edition.title}")
    if not editions:
        click.echo("No questionnaire is loaded yet: flask questionnaires load FILE", err=True)


def _exported(file: QuestionnaireFile) -> bytes:
    try:
        return write_workbook(file)
    except DomainError as error:
        raise click.ClickException(error.sentence) from None


def _size(file: QuestionnaireFile) -> str:
    criteria = plural(len(file.criteria), "criterion", "criteria")
    return f"{plural(len(file.standards), 'standard')}, {criteria}"


def _read_all(names: tuple[str, ...]) -> list[Filed]:
    """Every file read, or an end with the faults of all of them."""
    files: list[Filed] = []
    faults: list[str] = []
    for name in dict.fromkeys(names):
        try:
            files.append((name, received(_content(name), name)))
        except Faults as error:
            faults += error.lines()
        except DomainError as error:
            faults.append(f"{name}: {error.sentence}")
    by_code: dict[str, str] = {}
    for name, file in files:
        if by_code.setdefault(file.edition.code, name) != name:
            other = by_code[file.edition.code]
            faults.append(f"{name}: Give this edition another code: {other} holds {file.edition.code} too.")
    _refuse(faults)
    return files


def _content(name: str) -> bytes:
    """What is in a file; DomainError says why there is nothing."""
    path = Path(name)
    try:
        if path.is_dir():
            raise DomainError("Name a file: this is a folder.")
        if not path.exists():
            raise DomainError("Check the name: there is no such file.")
        if not path.is_file():
            raise DomainError("Name an ordinary file: this is something else.")
        if path.stat().st_size > LARGEST_OF_ANY:
            raise DomainError(f"Make the file smaller than {LARGEST_OF_ANY // MEGABYTE} MB.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DomainError(f"This file cannot be read: {reason}.") from None


def _broken(name: str, file: QuestionnaireFile, files: list[Filed]) -> Iterator[str]:
    """What does not follow from the predecessor, when that is among the files."""
    earlier = next((other for _, other in files if other.edition.code == file.predecessor), None)
    if earlier is not None:
        yield from (f"{name}: {sentence}" for sentence in breaks(file, earlier))


def _in_order(files: list[Filed]) -> list[Filed]:
    """Predecessors before their successors, otherwise as given."""
    waiting, ordered = list(files), []
    while waiting:
        codes = {file.edition.code for _, file in waiting}
        ready = [filed for filed in waiting if filed[1].predecessor not in codes]
        ordered += ready or waiting  # a circle: loading will say which predecessor is missing
        waiting = [filed for filed in waiting if ready and filed not in ready]
    return ordered


def _load(name: str, file: QuestionnaireFile) -> list[str]:
    """Load one file and say so; the refusals, if it could not be."""
    code = file.edition.code
    try:
        with unit_of_work():
            loaded = operations.load(file)
    except operations.BrokenLineage as error:
        return [f"{name}: {sentence}" for sentence in error.sentences]
    except DomainError as error:
        return [f"{name}: {error.sentence}"]
    if loaded.created:
        click.echo(f"Loaded {code}: {_size(file)}.")
    elif loaded.changed:
        click.echo(f"Loaded {code}: {_size(file)}. It replaces the earlier draft.")
    else:
        click.echo(f"{code} is already loaded and unchanged.")
    return []


def _refuse(lines: list[str]) -> None:
    """End with these sentences and their number, if there are any."""
    if not lines:
        return
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"{plural(len(lines), 'fault')} to mend.", err=True)
    raise SystemExit(1)


def _unknown(code: str) -> str:
    known = [edition.code for edition in queries.editions()]
    close = get_close_matches(code, known, n=1)
    if close:
        return f"No edition has the code {code}. Did you mean {close[0]}?"
    return f"No edition has the code {code}. flask questionnaires list shows those there are."


@contextmanager
def _database() -> Iterator[None]:
    """The database may be missing or not set up: that is a sentence too."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            f"The database cannot be used ({error.orig}). Run flask db upgrade first."
        ) from None
