"""The command export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import edition_argument, opened
from printedition.commands.output import put
from printedition.diagnostics import Diagnostic
from printedition.sources import DiskSources


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["cmif", "onix"]))
@edition_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that it is written to; else it is shown.",
)
def export(form: str, edition: str, output: Path | None) -> None:
    """Write what other programs read of an edition.

    FORMAT is “cmif”: the list of its letters for correspSearch. The record cmif: of edition.yaml
    says at which address the list will lie. “onix”: the record of its EPUB for the book trade.
    """
    from printedition.cmif import Lacking

    sources = opened(edition)
    try:
        text, found = _EXPORTS[form](sources)
    except Lacking as fault:
        raise click.ClickException("; ".join(fault.lacks) + ".") from None
    if faults := errors(found):
        click.echo(report.render_full(faults, reading(sources), edition), err=True)
    if text is None:
        click.echo("Nothing was written.", err=True)
        raise click.exceptions.Exit(FAULTY)
    put(text, output)


def _export_letters(sources: DiskSources) -> _Exported:
    from printedition.cmif import list_of_letters
    from printedition.pipeline import read_checked

    read, found = read_checked(sources)
    sound = read is not None and not errors(found)
    return list_of_letters(read) if read and sound else None, found


def _export_record(sources: DiskSources) -> _Exported:
    from printedition.onix import product_record
    from printedition.pipeline import examine

    done = examine(sources)
    made = done.edition and done.book and product_record(done.edition, done.book)
    return made or None, done.diagnostics


_Exported: TypeAlias = tuple[str | None, tuple[Diagnostic, ...]]
_EXPORTS: dict[str, Callable[[DiskSources], _Exported]] = {
    "cmif": _export_letters,
    "onix": _export_record,
}
