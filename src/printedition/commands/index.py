"""The command index."""

from __future__ import annotations

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import edition_argument, opened


@click.command()
@edition_argument
@click.option(
    "--candidates",
    "wants_candidates",
    is_flag=True,
    help="List what looks like a name and stands under no heading, with its places.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A list for people, or for programs.",
)
def index(edition: str, wants_candidates: bool, form: str) -> None:
    """List the headings of the indexes, with how many places each has.

    With --candidates, list what the indexes may still lack.
    """
    from printedition.pipeline import read_and_check

    sources = opened(edition)
    checked, diagnostics = read_and_check(sources)
    read = reading(sources)
    if checked is not None:
        from printedition import indexing

        mentions = checked.scholarship.mentions
        if wants_candidates:
            from printedition.scholarship.candidates import candidates

            found = candidates(checked.edition, mentions)
            listed = getattr(indexing, f"candidates_as_{form}")(found, read, edition)
        else:
            listed = getattr(indexing.Survey(checked.edition, mentions), f"as_{form}")()
        click.echo(listed, nl=False)
    if faults := errors(diagnostics):
        click.echo(report.render_full(faults, read, edition), err=True, nl=False)
        raise click.exceptions.Exit(FAULTY)
