"""The command check."""

from __future__ import annotations

import click

from printedition.commands.faults import FAULTY, RENDERERS, fails, reading
from printedition.commands.options import (
    edition_argument,
    opened,
    strict_option,
    verbose_option,
)


@click.command()
@edition_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="full",
    show_default=True,
    help="How the faults are shown: with their lines, one line each, or for programs.",
)
@strict_option
@verbose_option
def check(edition: str, form: str, strict: bool, verbose: bool) -> None:
    """Find every fault of an edition; write nothing."""
    from printedition import pipeline

    sources = opened(edition)
    found = pipeline.find_faults(sources)
    click.echo(RENDERERS[form](found, reading(sources), edition), nl=False)
    if fails(found, strict=strict):
        raise click.exceptions.Exit(FAULTY)
