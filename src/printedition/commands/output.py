"""Where what a command made goes to: the terminal, or a file."""

from __future__ import annotations

from pathlib import Path

import click


def put(made: str | bytes, output: Path | None) -> None:
    """Show what a command made, or write it to a file and say so."""
    if output is None:
        click.echo(made, nl=False)
        return
    try:
        output.write_bytes(made.encode() if isinstance(made, str) else made)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write “{output}”: {reason}.") from None
    click.echo(f"Written: {output}")
