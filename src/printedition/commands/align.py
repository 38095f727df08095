"""The command align."""

from __future__ import annotations

from pathlib import Path

import click

from printedition import report
from printedition.commands.faults import FAULTY, reading
from printedition.commands.options import edition_option, opened
from printedition.diagnostics import did_you_mean


@click.command()
@click.argument("versions", nargs=-1, required=True, metavar="VERSION…")
@edition_option
def align(versions: tuple[str, ...], edition: str) -> None:
    """Draft the table of versions, from the ids of their texts in the order of the columns.

    The draft, a parallel.yaml, lies where the versions lie, for you to correct. One that is there
    already is never written to: what it lacks is shown, to be put into it by hand.
    """
    from printedition.beginnings.parallel import NoSuchVersion, draft_parallel

    if not 2 <= len(set(versions)) == len(versions):
        raise click.UsageError("name two versions or more, each once.")
    sources = opened(edition)
    try:
        draft = draft_parallel(sources, versions)
    except NoSuchVersion as fault:
        hint = did_you_mean(fault.name, fault.known) or f"there are {', '.join(fault.known)}."
        raise click.BadParameter(
            f"no text in edition.yaml has the id “{fault.name}”; {hint}", param_hint="VERSION"
        ) from None
    if draft.diagnostics:
        click.echo(report.render_full(draft.diagnostics, reading(sources), edition), err=True)
        click.echo("Nothing was drafted.", err=True)
        raise click.exceptions.Exit(FAULTY)
    path = Path(edition) / draft.path
    if not draft.exists:
        _write_new(path, draft.text)
    click.echo(report.drafted(path, draft), nl=False)


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there; one that came there meanwhile stays as it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write “{path}”: {reason}.") from None
