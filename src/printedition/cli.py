"""The command line: build, check, explain."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from printedition import __version__
from printedition.codes import CODES
from printedition.diagnostics import Diagnostic, did_you_mean
from printedition.report import (
    Progress,
    count,
    render_concise,
    render_full,
    render_json,
    written,
)
from printedition.sources import DiskSources, SourceFile, SourceMissing, SourceNotText, SourceOutside

_RENDER = {"full": render_full, "concise": render_concise, "json": render_json}


def _folder(edition: str | None) -> Path:
    """The edition's folder: as given, else `content` where it is one, else the current one."""
    if edition is None:
        content = Path("content")
        edition = "content" if (content / "edition.yaml").is_file() else "."
    folder = Path(edition)
    if not (folder / "edition.yaml").is_file():
        raise click.UsageError(
            f"there is no edition.yaml in “{folder}”; name the folder of an edition"
        )
    return folder


def _show(diagnostics: tuple[Diagnostic, ...], sources: DiskSources, form: str) -> str:
    def read(path: str) -> SourceFile | None:
        try:
            return sources.read(path)
        except (SourceMissing, SourceOutside):
            return None
        except SourceNotText as fault:
            return fault.file

    prefix = "" if str(sources.root) == "." else sources.root.as_posix()
    return _RENDER[form](diagnostics, read, prefix)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="printedition")
def cli() -> None:
    """Printable critical editions: a folder of Markdown and YAML becomes a PDF and an EPUB."""


@cli.command()
@click.argument("edition", required=False)
@click.option("-o", "--output", default="build", help="Folder for the books [build].")
@click.option("-f", "--format", "formats", multiple=True, type=click.Choice(["pdf", "epub"]),
              help="A book to make; both by default.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings stop the build.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def build(
    edition: str | None,
    output: str,
    formats: tuple[str, ...],
    strict: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Build the books of EDITION."""
    from printedition.pipeline import build as build_books

    if verbose and quiet:
        raise click.UsageError("-v and -q exclude each other")
    sources = DiskSources(_folder(edition))
    progress = Progress(quiet=quiet, verbose=verbose)
    try:
        made = build_books(
            sources,
            output=Path(output),
            formats=frozenset(formats or ("pdf", "epub")),
            strict=strict,
            progress=progress,
        )
    except OSError as fault:
        if fault.filename is None:
            raise
        progress.close()
        reason = fault.strerror or "can't be written"
        click.echo(f"error: {fault.filename}: {reason}; the books were left as they were", err=True)
        sys.exit(1)
    finally:
        progress.close()
    if made.diagnostics:
        click.echo(_show(made.diagnostics, sources, "full"), err=True)
        click.echo(f"\n{count(made.diagnostics)}", err=True)
    if not made.written:
        click.echo("Nothing was written; the books of the last build stand as they were.", err=True)
        sys.exit(1)
    if not quiet:
        for book in made.written:
            click.echo(written(book.path, book.pages, book.size))
        click.echo(f"Built in {made.seconds:.1f} s, {count(made.diagnostics)}")


@cli.command()
@click.argument("edition", required=False)
@click.option("--format", "form", type=click.Choice(list(_RENDER)), default="full",
              help="How faults are shown [full].")  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
def check(edition: str | None, form: str, strict: bool) -> None:
    """Read and check EDITION without building it."""
    from printedition.pipeline import examine

    sources = DiskSources(_folder(edition))
    examination = examine(sources)
    shown = _show(examination.diagnostics, sources, form)
    if shown:
        click.echo(shown)
    if form == "full":
        click.echo(("\n" if shown else "") + count(examination.diagnostics))
    if examination.has_errors or (strict and examination.diagnostics):
        sys.exit(1)


@cli.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a diagnostic CODE, such as APP003."""
    found = CODES.get(code.upper())
    if found is None:
        hint = did_you_mean(code.upper(), CODES)
        raise click.UsageError(f"there is no code “{code}”" + (f"; {hint}" if hint else ""))
    click.echo(f"{found.code} ({found.severity.value}): {found.title}\n")
    click.echo(click.wrap_text(found.meaning, 78))
    click.echo("\n" + click.wrap_text(f"Cure: {found.cure}", 78))


def main() -> None:
    """Run the command; a fault of the program's own says so and asks to be reported."""
    try:
        cli()
    except Exception as fault:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            traceback.print_exc()
        click.echo(
            f"This is a fault of printedition itself ({type(fault).__name__}: {fault}). Please "
            "report it, with what `printedition build -v` prints.",
            err=True,
        )
        sys.exit(70)
