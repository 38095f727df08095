"""The command line: the group of the commands that are in commands/, in the order of its help."""

from __future__ import annotations

import atexit
import gc

import click

import printedition
from printedition.commands.group import Commands

# Few of the things that the program makes are garbage in cycles: to look for such as often as
# Python does took a tenth of a check.
gc.set_threshold(50_000, 20, 20)
atexit.register(gc.freeze)  # nor need they be looked for at the end

COMMANDS = (
    "new",
    "build",
    "watch",
    "preview",
    "check",
    "release",
    "changes",
    "errata",
    "add",
    "align",
    "index",
    "profiles",
    "collate",
    "export",
    "explain",
    "schema",
)


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from printedition.book.house import house_folder

        click.echo(f"printedition {printedition.__version__}")
        click.echo(f"styles and templates: {house_folder('styles').parent}")
        context.exit()


@click.group(
    cls=Commands, modules=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version, and where the styles and templates are.",
)
def main() -> None:
    """Makes printed books and e-books of critical editions written in Markdown and YAML.

    EDITION is the folder that holds an edition.yaml: “content” where there is one in it, else
    the current folder.
    """
