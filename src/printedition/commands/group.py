"""The group of the commands; a fault of our own ends in a sentence."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

import printedition
from printedition.commands.options import VERBOSE

_OWN_FAULT, _INTERRUPTED = 70, 130


class Commands(click.Group):
    """The commands; a fault of our own ends in a sentence that asks for a report."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; raises only what click itself turns into a message."""
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a sign of the text must not end the run.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted. The books are all as they were, or all new.", err=True)
            ctx.exit(_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            _own_fault(ctx, fault)


def _own_fault(context: click.Context, fault: Exception) -> NoReturn:
    verbose = context.meta.get(VERBOSE, False)
    if verbose:
        import traceback

        click.echo("".join(traceback.format_exception(fault)), err=True, nl=False)
    words = " ".join(f"{type(fault).__name__}: {fault}".split())
    with_more = "" if verbose else ", with what the same command shows under -v"
    click.echo(
        f"This is a fault of printedition {printedition.__version__}, not of your edition "
        f"({words}); please report it{with_more}.",
        err=True,
    )
    context.exit(_OWN_FAULT)
