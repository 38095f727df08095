"""The command collate."""

from __future__ import annotations

import click

from printedition.diagnostics import did_you_mean


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--base", metavar="SIGLUM", help="The witness that the others are held against.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "html", "csv", "json", "apparatus"]),
    default="table",
    show_default=True,
    help="The table of all words, for people or programs; or a draft of an apparatus.yaml.",
)
def collate(files: tuple[str, ...], base: str | None, form: str) -> None:
    """Compare witnesses of a text word by word.

    FILE is Markdown or plain text; its name is its siglum, unless it is written A=FILE. One JSON
    file may hold all witnesses, as CollateX reads them. Without --base it is the witness that has
    most words in common with the others.
    """
    from printedition.collating import FORMATS, NotWitnesses, read_witnesses
    from printedition.scholarship.collation import collate as collated

    try:
        witnesses = read_witnesses(files)
    except NotWitnesses as fault:
        raise click.ClickException(f"{fault}.") from None
    sigla = [witness.siglum for witness in witnesses]
    if base is not None and base not in sigla:
        hint = did_you_mean(base, sigla) or f"there are {', '.join(sigla)}."
        raise click.BadParameter(f"no witness is called “{base}”; {hint}", param_hint="--base")
    click.echo(FORMATS[form](collated(witnesses, base)), nl=False)
