"""The group of the commands; a fault of our own ends in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

import printedition
from printedition.commands.options import VERBOSE

_OWN_FAULT, _INTERRUPTED = 70, 130


class Commands(click.Group):
    """The commands; a fault of our own ends in a sentence that asks for a report.

    Each stands in a module of this package that is called like it, and is loaded when it is asked
    for: a check would wait for all others. `modules` are in the order of the help.
    """

    def __init__(self, *given: Any, modules: Sequence[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.modules = tuple(modules)

    def list_commands(self, ctx: click.Context | None) -> list[str]:
        """The names of all commands."""
        return list(self.modules)

    def get_command(self, ctx: click.Context | None, cmd_name: str) -> click.Command | None:
        """A command by its name; None where there is none of it."""
        if cmd_name not in self.modules:
            return None
        module = import_module(f"printedition.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

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
