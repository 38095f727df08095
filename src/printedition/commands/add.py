"""The command add."""

from __future__ import annotations

from pathlib import Path

import click

from printedition import report
from printedition.commands.options import edition_option


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@edition_option
def add(files: tuple[Path, ...], edition: str) -> None:
    """Make files texts of the edition: Markdown, plain text, DOCX, ODT or HTML.

    Each gets a folder of its own under texts, its paragraphs get ids, and edition.yaml gets a
    line for it. Footnotes become notes of the text. Nothing that is there is written over.
    """
    from printedition.adding.add import ENDINGS, NotAdded, NotKnown, SourceNotText
    from printedition.adding.add import add as added
    from printedition.adding.pandoc import NoPandoc, Unreadable

    try:
        texts = added(Path(edition), files)
    except NotKnown as fault:
        raise click.BadParameter(
            f"“{fault}” is of no kind that can be added; these can: {', '.join(ENDINGS)}.",
            param_hint="FILE",
        ) from None
    except NoPandoc:
        raise click.ClickException(
            "files of word processors and of the web are read by Pandoc, which is not here; "
            "install it with: pip install 'printedition[add]'"
        ) from None
    except (Unreadable, SourceNotText) as fault:
        raise click.ClickException(f"cannot read it: {fault}") from None
    except NotAdded as fault:
        click.echo(report.added(edition, fault.texts, by_hand=True), nl=False)
        raise click.exceptions.Exit(1) from None
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write to “{edition}”: {reason}.") from None
    click.echo(report.added(edition, texts, by_hand=False), nl=False)
