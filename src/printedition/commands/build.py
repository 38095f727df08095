"""The command build."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, fails, reading
from printedition.commands.options import (
    audience_option,
    edition_argument,
    formats_option,
    opened,
    output_option,
    profiles_option,
    strict_option,
    verbose_option,
)
from printedition.diagnostics import NotDeclared
from printedition.sources import DiskSources

if TYPE_CHECKING:
    from printedition.pipeline import Build
    from printedition.revision.printing import Printing


@click.command()
@edition_argument
@output_option
@formats_option
@audience_option
@profiles_option
@click.option(
    "--keep-pages",
    metavar="NAME",
    default="",
    help="The printing whose pages stay: each begins with the same word as it did.",
)
@click.option("--proof", is_flag=True, help="Make a proof to read: every line has its number.")
@click.option(
    "--since", metavar="NAME", default="", help="With --proof: mark what changed since a printing."
)
@strict_option
@verbose_option
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
def build(
    edition: str,
    output: Path,
    formats: tuple[str, ...],
    audience: str,
    profiles: tuple[str, ...],
    keep_pages: str,
    proof: bool,
    since: str,
    strict: bool,
    verbose: bool,
    quiet: bool,
    no_cache: bool,
) -> None:
    """Make the PDF and the EPUB of an edition.

    With --profile, make only the PDFs of these profiles, and leave the books as they are.
    """
    from printedition.cache import Cache
    from printedition.page.prerequisites import Lacking
    from printedition.shelf import Unwritable

    hold_profiles_apart(profiles, proof=proof, keep_pages=keep_pages)

    if verbose and quiet:
        raise click.UsageError("-v and -q exclude each other.")
    hold_writable(output)
    if since and not proof:
        raise click.UsageError("--since is for a --proof.")
    printing = _printing(Path(edition), since) if since else None
    sources = opened(edition)
    detail = report.Detail.STEPS
    if verbose or quiet:
        detail = report.Detail.ALL if verbose else report.Detail.NONE
    try:
        from printedition import profiling, proving

        with report.Progress(sys.stdout, detail) as progress:
            if proof:
                done = proving.prove(
                    sources,
                    output=output,
                    strict=strict,
                    keep_pages=keep_pages,
                    since=printing,
                    audience=audience,
                    progress=progress,
                )
            else:
                done = profiling.build_asked(
                    sources,
                    output=output,
                    formats=frozenset(formats),
                    profiles=profiles,
                    strict=strict,
                    progress=progress,
                    cache=None if no_cache else Cache.of_user(),
                    keep_pages=keep_pages,
                    audience=audience,
                )
    except NotDeclared as fault:
        raise click.BadParameter(str(fault), param_hint=f"--{fault.kind}") from None
    except (Unwritable, Lacking) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        _explain_full_disk(fault)
        raise
    tell(done, sources, edition, strict=strict, quiet=quiet)
    failed = fails(done.diagnostics, strict=strict)
    if failed:
        because = "" if errors(done.diagnostics) else " under --strict"
        click.echo(f"Nothing was written{because}.", err=True)
    elif not quiet:
        click.echo(report.summary(done.written, done.seconds, len(done.diagnostics)), nl=False)
    if failed or not quiet:
        _warn_of_strangers(done.strangers, output)
    if failed:
        raise click.exceptions.Exit(FAULTY)
    _warn_of_changes(sources)


def hold_profiles_apart(
    profiles: tuple[str, ...], *, proof: bool = False, keep_pages: str = ""
) -> None:
    """Ends the run where what is asked for together excludes each other."""
    if profiles and (proof or keep_pages or _are_named("formats")):
        raise click.UsageError(
            "--profile is of PDFs alone, and excludes --format, --proof and --keep-pages."
        )


def _are_named(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE


def _printing(edition: Path, name: str) -> Printing:
    """The printing of a name; ends the run where there is none, or it can't be read."""
    from printedition.printings import stored
    from printedition.revision.printing import NotPrinting

    try:
        found = stored(edition, name)
    except NotPrinting as fault:
        raise click.ClickException(str(fault)) from None
    if found is None:
        raise click.ClickException(f"there is no printing “{name}” in “{edition}”.")
    return found


def tell(done: Build, sources: DiskSources, edition: str, *, strict: bool, quiet: bool) -> None:
    """Show what is wrong; quietly, only what kept the books from being written."""
    shown = done.diagnostics
    if quiet and not (strict and shown):
        shown = errors(shown)
    if shown:
        text = report.render_full(shown, reading(sources), edition)
        click.echo(text, err=True, nl=False)


def hold_writable(output: Path) -> None:
    """Ends the run where the books could not be written, before they are made."""
    from printedition.shelf import Shelf, Unwritable

    try:
        Shelf(output).probe()
    except Unwritable as fault:
        raise click.ClickException(str(fault)) from None


def _explain_full_disk(fault: OSError) -> None:
    """Ends the run where passing files found no room; else does nothing."""
    import tempfile

    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        place = tempfile.gettempdir()
        raise click.ClickException(
            f"the disk of “{place}”, where passing files go, is full; the books are as they were."
        ) from None


def _warn_of_strangers(strangers: Iterable[str], output: Path) -> None:
    """Says which books in the output folder are not those that its page map describes."""
    for name in strangers:
        click.echo(
            f"warning: “{output / name}” does not belong to the other books in its folder: it is "
            "of another build, or was changed. Build both books again.",
            err=True,
        )


def _warn_of_changes(sources: DiskSources) -> None:
    """Says which files of the edition have changed since they were read."""
    for path in sources.changed():
        click.echo(
            f"warning: “{path}” was changed during the build, and the books have its earlier "
            "words. Build again.",
            err=True,
        )
