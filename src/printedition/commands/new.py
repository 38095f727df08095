"""The command new."""

from __future__ import annotations

from pathlib import Path

import click

from printedition import report


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--letter", "beginning", flag_value="letter", help="Begin with a single letter.")
@click.option("--verse", "beginning", flag_value="verse", help="Begin with two poems.")
@click.option(
    "--versions", "beginning", flag_value="versions", help="Begin with versions in columns."
)
@click.option("--reader", "beginning", flag_value="reader", help="Begin with a volume of texts.")
def new(folder: Path, beginning: str | None) -> None:
    """Begin an edition in the new or empty folder DIR.

    Without an option it holds a little of everything: a letter, notes, an apparatus, two
    versions side by side, and an index. Every file explains itself.
    """
    from printedition.beginnings.begin import NotEmpty, begin

    try:
        files = begin(folder, beginning or "small")
    except NotEmpty:
        raise click.BadParameter(
            f"there is something in “{folder}” already; nothing was touched. Name a folder that "
            "is empty or does not exist.",
            param_hint="DIR",
        ) from None
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write to “{folder}”: {reason}.") from None
    click.echo(report.welcome(folder, files), nl=False)
