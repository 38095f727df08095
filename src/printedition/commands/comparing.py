"""Two printings as the commands name them, compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import libraries, opened
from printedition.diagnostics import NotDeclared
from printedition.sources import DiskSources, Sources

if TYPE_CHECKING:
    from printedition.revision.changes import Changes
    from printedition.revision.printing import Printing
    from printedition.revision.said_of import SaidOf

NOW = "the present state"


def compared(folder: Path, old: str | None, new: str | None, audience: str) -> Changes:
    """What changed, as `compared_books` finds it, without the books."""
    return compared_books(folder, old, new, audience)[0]


Books = dict[str, bytes]  # the PDF of the old and the new state, where they are at hand


def compared_books(
    folder: Path, old: str | None, new: str | None, audience: str
) -> tuple[Changes, Books]:
    """What changed in the edition in `folder`; ends the run where one of the two is not to be had.

    Without `old` it is the last printing, without `new` the edition as it stands. What is no
    printing is made for the `audience`; without one, for that of the printing.
    """
    from printedition.printings import latest
    from printedition.revision.changes import compare

    old = old or latest(folder, audience)
    if old is None:
        named = f" --audience {audience}" if audience else ""
        raise click.UsageError(
            "no printing of this edition was recorded yet; name what it is to be compared with, "
            f"or record one: printedition release{named} NAME"
        )
    audience = audience or _audience_of(folder, old) or _audience_of(folder, new)
    (was, before), (now, after) = (_printing(folder, one, audience) for one in (old, new))
    books = {side: pdf for side, pdf in (("old", before), ("new", after)) if pdf is not None}
    return compare(was, now, _said(folder, new)), books


def _said(folder: Path, new: str | None) -> SaidOf:
    """What corrections.yaml says, of the state that is compared, or with a printing of now."""
    from printedition.diagnostics import Findings
    from printedition.printings import names, sources_of
    from printedition.reading.reader import read_edition
    from printedition.revision.said_of import NOTHING, SaidOf

    is_now = new is None or new in names(folder)
    sources = opened(str(folder)) if is_now else sources_of(folder, str(new), libraries())
    findings = Findings()
    edition = read_edition(sources, findings)
    said = SaidOf.of(edition, findings) if edition else NOTHING
    found = errors(findings.diagnostics)
    faults = tuple(one for one in found if one.span.source == "corrections.yaml")
    if faults or edition is None:
        click.echo(report.render_full(faults, reading(sources), str(folder)), err=True)
        click.echo("The edition has faults; corrections.yaml is not heeded in full.", err=True)
    return said


def _audience_of(folder: Path, name: str | None) -> str:
    """Whose book a printing is of; nobody's, where the name is of none."""
    from printedition.printings import stored
    from printedition.revision.printing import NotPrinting

    try:
        printing = stored(folder, name) if name else None
    except NotPrinting as fault:
        raise click.ClickException(f"{fault}.") from None
    return printing.audience if printing else ""


def _printing(folder: Path, name: str | None, audience: str) -> tuple[Printing, bytes | None]:
    """A printing that was recorded, or what would be printed of a folder or revision; its PDF."""
    from printedition.printings import NoPrinting, book_of, sources_of, stored
    from printedition.revision.printing import NotPrinting

    if name is None:
        return _built(opened(str(folder)), NOW, str(folder), audience)
    try:
        if (printing := stored(folder, name)) is not None:
            return printing, book_of(folder, printing)
        sources = sources_of(folder, name, libraries())
        # A slip of errata says the name: where a folder lies is nothing to its readers.
        called = Path(name).resolve().name if isinstance(sources, DiskSources) else name
        return _built(sources, called, name, audience)
    except (NoPrinting, NotPrinting) as fault:
        raise click.ClickException(f"{fault}.") from None


def _built(sources: Sources, name: str, where: str, audience: str) -> tuple[Printing, bytes | None]:
    from printedition.cache import Cache
    from printedition.page.prerequisites import Lacking
    from printedition.printings import record

    try:
        done = record(sources, name, cache=Cache.of_user(), audience=audience)
    except NotDeclared as fault:
        raise click.BadParameter(str(fault), param_hint=f"--{fault.kind}") from None
    except Lacking as fault:
        raise click.ClickException(str(fault)) from None
    if done.printing is None:
        faults = errors(done.diagnostics)
        click.echo(report.render_full(faults, reading(sources), where), err=True)
        click.echo(f"{name} has faults, and cannot be compared.", err=True)
        raise click.exceptions.Exit(FAULTY)
    return done.printing, done.books.get("pdf")
