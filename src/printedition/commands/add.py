"""The command add."""

from __future__ import annotations

from pathlib import Path

import click

from printedition import report
from printedition.commands.options import edition_option, libraries


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path),  # what is not there is told with all else
)
@edition_option
def add(files: tuple[Path, ...], edition: str) -> None:
    """Make files texts of the edition: Markdown, plain text, DOCX, ODT or HTML.

    Each gets a folder of its own under texts, its paragraphs get ids, and edition.yaml gets a
    line for it. Footnotes become notes of the text. Nothing that is there is written over, and
    where one file cannot be added none is.
    """
    from printedition.adding.add import NotAdded, Refused
    from printedition.adding.add import add as added

    try:
        texts = added(Path(edition), files, libraries())
    except Refused as fault:
        click.echo(report.refused(fault.faults), nl=False, err=True)
        raise click.exceptions.Exit(2 if all(one.asked for one in fault.faults) else 1) from None
    except NotAdded as fault:
        click.echo(report.added(edition, fault.texts, by_hand=True), nl=False)
        raise click.exceptions.Exit(1) from None
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(
            f"cannot write to “{edition}”: {reason}; nothing was added."
        ) from None
    click.echo(report.added(edition, texts, by_hand=False), nl=False)
