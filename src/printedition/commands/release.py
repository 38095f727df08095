"""The command release."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import audience_option, edition_argument, opened, output_option
from printedition.diagnostics import NotDeclared


@click.command()
@click.argument("name", metavar="NAME")
@edition_argument
@output_option
@audience_option
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
def release(name: str, edition: str, output: Path, audience: str, no_cache: bool) -> None:
    """Build the books, and record them as the printing NAME.

    The record, printings/NAME.json in the edition, says what stands in every line of what your
    readers hold. Keep it with the edition: “changes” and “errata” compare with it.
    """
    from printedition.cache import Cache
    from printedition.page.prerequisites import Lacking
    from printedition.printings import record
    from printedition.revision.printing import is_fit, paths, write
    from printedition.shelf import Shelf, Unwritable

    if not is_fit(name):
        raise click.BadParameter(
            f"“{name}” cannot be the name of a file everywhere; use letters without accents, "
            "digits, - _ and points, as in “2026-1”.",
            param_hint="NAME",
        )
    folder = Path(edition)
    for path in paths(name):
        if (folder / path).exists():
            raise click.BadParameter(
                f"there is a printing “{name}” already, and what was printed does not change; "
                "give this one another name.",
                param_hint="NAME",
            )
    sources = opened(str(folder))
    try:
        Shelf(output).probe()
        with report.Progress(sys.stdout, report.Detail.STEPS) as progress:
            cache = None if no_cache else Cache.of_user()
            done = record(sources, name, progress, cache=cache, audience=audience)
        if done.diagnostics:
            click.echo(report.render_full(done.diagnostics, reading(sources), edition), err=True)
        if done.printing is None or errors(done.diagnostics) or done.edition is None:
            click.echo("Nothing was recorded.", err=True)
            raise click.exceptions.Exit(FAULTY)
        if changed := sources.changed():
            raise click.ClickException(
                f"“{changed[0]}” was changed meanwhile; nothing was recorded. Release again."
            )
        shelf = Shelf(output)
        stem = done.edition.file_name
        shelf.put(stem, done.books, done.map)
    except NotDeclared as fault:
        raise click.BadParameter(str(fault), param_hint=f"--{fault.kind}") from None
    except (Unwritable, Lacking) as fault:
        raise click.ClickException(str(fault)) from None
    path, data = write(done.printing)
    _keep(folder / path, data)
    click.echo(f"Recorded: {folder / path} ({len(done.printing.labels)} pages)")


def _keep(path: Path, data: bytes) -> None:
    """Write a file that is not there, whole or not at all."""
    from printedition.shelf import Unwritable, keep

    try:
        keep(path, data)
    except Unwritable as fault:
        raise click.ClickException(str(fault)) from None
