"""The command changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from printedition.commands.comparing import Books, compared_books
from printedition.commands.options import audience_option, edition_option
from printedition.commands.output import put

if TYPE_CHECKING:
    from printedition.revision.changes import Changes

_CHANGED = 3


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@edition_option
@audience_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="A list for people or programs, or a page that shows old and new pages side by side.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that it is written to; else it is shown.",
)
@click.option("--exit-code", is_flag=True, help="End with 3 where anything has changed.")
def changes(
    old: str | None,
    new: str | None,
    edition: str,
    audience: str,
    form: str,
    output: Path | None,
    exit_code: bool,
) -> None:
    """Tell what changed from OLD to NEW: words, notes, index, pages, chapters.

    Each is the name of a printing, a folder that holds another state of the edition, or a
    revision of it in git. Without NEW it is the edition as it stands now; without OLD, the last
    printing that was recorded.
    """
    from printedition.revision.telling import as_json, as_text

    found, books = compared_books(Path(edition), old, new, audience)
    if form == "html":
        text = _beside(found, books)
    else:
        text = {"text": as_text, "json": as_json}[form](found)
    put(text, output)
    if exit_code and found:
        raise click.exceptions.Exit(_CHANGED)


def _beside(found: Changes, books: Books) -> str:
    """The page of HTML, with pictures of the pages of the books that are at hand."""
    from printedition.page.pictures import PagePicture, Pictures
    from printedition.revision.pages_beside import as_html

    states = {"old": found.old, "new": found.new}
    shown = {side: Pictures(data, states[side].labels) for side, data in books.items()}

    def look(side: str, label: str, sought: Sequence[str]) -> PagePicture | None:
        return shown[side].of(label, sought) if side in shown else None

    return as_html(found, look)
