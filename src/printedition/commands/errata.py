"""The command errata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from printedition import report
from printedition.commands.comparing import compared
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import audience_option, edition_option, opened
from printedition.commands.output import put

if TYPE_CHECKING:
    from printedition.revision.errata import Errata


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@edition_option
@audience_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "pdf", "xhtml"]),
    default="markdown",
    show_default=True,
    help="A list in Markdown, a slip to print, or a chapter for an e-book.",
)
@click.option(
    "--size",
    type=click.Choice(["a6", "a5"]),
    default="a6",
    show_default=True,
    help="Of the slip.",
)
@click.option("--sheet", is_flag=True, help="Set as many slips on sheets of A4 as have room.")
@click.option(
    "--silent",
    is_flag=True,
    help="Leave out what changes no word: punctuation, capitals, hyphens, blanks.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that it is written to; else it is shown, or the slip is errata.pdf.",
)
def errata(
    old: str,
    new: str | None,
    edition: str,
    audience: str,
    form: str,
    size: str,
    sheet: bool,
    silent: bool,
    output: Path | None,
) -> None:
    """List what the readers of OLD have to correct, in its own pages and lines.

    OLD and NEW are named as for “changes”. The list speaks the language of the edition.
    """
    from printedition.edition.corrections import Typographical
    from printedition.revision.errata import errata as listed
    from printedition.revision.errata_forms import as_markdown, as_section

    if sheet and form != "pdf":
        raise click.UsageError("--sheet is of slips: give it with --format pdf.")
    found = listed(compared(Path(edition), old, new, audience), [*Typographical] if silent else [])
    if form == "pdf":
        put(_slip(found, Path(edition), size, sheet), output or Path("errata.pdf"))
    else:
        put({"markdown": as_markdown, "xhtml": as_section}[form](found), output)


def _slip(found: Errata, folder: Path, size: str, sheet: bool) -> bytes:
    """The slip in the style of the edition; ends the run where that has faults."""
    from printedition.diagnostics import Findings
    from printedition.page.slip import on_sheets, slip
    from printedition.pipeline import read_checked
    from printedition.revision.errata_forms import as_copy

    sources = opened(str(folder))
    read, _ = read_checked(sources)
    findings = Findings()
    data = b""
    if read is not None:
        data = slip(as_copy(found), read.page, size, sources, findings)
    if read is None or findings.has_errors:
        faults = errors(findings.diagnostics)
        click.echo(report.render_full(faults, reading(sources), str(folder)), err=True)
        click.echo("The slip cannot be set: the edition has faults.", err=True)
        raise click.exceptions.Exit(FAULTY)
    return on_sheets(data, size) if sheet else data
