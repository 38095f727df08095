"""The command explain."""

from __future__ import annotations

import click

from printedition import report
from printedition.codes import CODES
from printedition.diagnostics import did_you_mean


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what the CODE of a fault means, and how it is mended."""
    known = CODES.get(code.strip().upper())
    if known is None:
        hint = did_you_mean(code.strip().upper(), CODES) or f"the codes are {', '.join(CODES)}."
        raise click.BadParameter(f"there is no code “{code}”; {hint}", param_hint="CODE")
    click.echo(report.render_code(known), nl=False)
