"""The command watch."""

from __future__ import annotations

from pathlib import Path

import click

from printedition.commands.build import hold_profiles_apart, hold_writable
from printedition.commands.options import (
    audience_option,
    edition_argument,
    formats_option,
    libraries,
    output_option,
    profiles_option,
    strict_option,
)


@click.command()
@edition_argument
@output_option
@formats_option
@audience_option
@profiles_option
@strict_option
def watch(
    edition: str,
    output: Path,
    formats: tuple[str, ...],
    audience: str,
    profiles: tuple[str, ...],
    strict: bool,
) -> None:
    """Build whenever a file of the edition is saved, and say what changed on which page.

    Where there are errors, the last good books stay. Ctrl-C ends it.
    """
    from printedition.commands.terminal import run
    from printedition.watching.rebuilding import Order

    hold_profiles_apart(profiles)
    hold_writable(output)
    order = Order(
        Path(edition).absolute(),
        output.absolute(),
        frozenset(formats),
        strict,
        profiles,
        libraries(),
        audience,
    )
    run(order, edition, f"Watching “{edition}”; the books go to “{output}”. Ctrl-C ends it.")
