"""The command preview."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from printedition.commands.build import hold_writable
from printedition.commands.options import (
    audience_option,
    edition_argument,
    libraries,
    output_option,
)
from printedition.diagnostics import did_you_mean

if TYPE_CHECKING:
    from printedition.preview.desk import Desk
    from printedition.preview.editors import EditorLinks
    from printedition.preview.server import Server


@click.command()
@edition_argument
@output_option
@audience_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port of the preview's address; else one that is free.",
)
@click.option(
    "--editor",
    default="vscode",
    show_default=True,
    help="The program that faults are opened in: vscode, vscodium, zed or textmate; or a link "
    "with {path}, {line} and {column}.",
)
@click.option("--no-open", is_flag=True, help="Open no browser; only say the address.")
def preview(
    edition: str, output: Path, audience: str, port: int, editor: str, no_open: bool
) -> None:
    """Watch the edition, and show its books in the browser as they are made.

    The page shows the pages as they will be printed, the e-book at the breadth of a phone, and
    faults with links to their lines. It is for this machine alone. Ctrl-C ends it.
    """
    from printedition.commands.terminal import run
    from printedition.preview.desk import Desk
    from printedition.watching.rebuilding import Order

    hold_writable(output)
    desk = Desk(Path(edition).absolute(), _links(editor))
    server = _server(desk, port)
    server.start()
    opening = f"Preview of “{edition}”, for this machine alone; Ctrl-C ends it:"
    try:
        if not no_open and _has_windows():
            import webbrowser

            webbrowser.open(server.address)
        order = Order(
            Path(edition).absolute(),
            output.absolute(),
            frozenset(("pdf", "epub")),
            libraries=libraries(),
            audience=audience,
        )
        run(order, edition, f"{opening}\n  {server.address}", desk)
    finally:
        server.end()
        desk.close()


def _links(editor: str) -> EditorLinks:
    from printedition.preview.editors import EDITORS, EditorLinks, NoSuchEditor

    try:
        return EditorLinks(editor)
    except NoSuchEditor:
        hint = did_you_mean(editor, EDITORS)
        raise click.BadParameter(
            f"“{editor}” is no editor that is known, and no link with {{path}}; {hint}",
            param_hint="--editor",
        ) from None


def _server(desk: Desk, port: int) -> Server:
    from printedition.preview.server import Server

    try:
        return Server(desk, port)
    except OSError as fault:
        if fault.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise click.BadParameter(
            f"port {port} is taken, or may not be used; leave the option out for one that is free.",
            param_hint="--port",
        ) from None


def _has_windows() -> bool:
    """Whether a browser can be opened; where it can't, one that runs in the terminal might."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
