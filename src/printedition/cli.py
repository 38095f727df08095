"""The command line: new, align, collate, index, build, check, export, explain, schema."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import click

import printedition
from printedition import report
from printedition.codes import CODES, Severity
from printedition.diagnostics import HOUSE, Diagnostic, did_you_mean
from printedition.sources import (
    DiskSources,
    SourceFile,
    SourceMissing,
    SourceNotText,
    SourceOutside,
    SourceTooLarge,
)

if TYPE_CHECKING:
    from printedition.pipeline import Build

# Few of the things that the program makes are garbage in cycles: to look for such as often as
# Python does took a tenth of a check.
gc.set_threshold(50_000, 20, 20)

_FAULTY, _OWN_FAULT, _INTERRUPTED = 1, 70, 130
_VERBOSE = "printedition.verbose"
_MAP = "map"  # the schema of the page map, which is written and not read
_RENDERERS = {
    "full": report.render_full,
    "concise": report.render_concise,
    "json": report.render_json,
}


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
    verbose = context.meta.get(_VERBOSE, False)
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


def _remember_verbose(context: click.Context, _: click.Parameter, value: bool) -> bool:
    context.meta[_VERBOSE] = value
    return value


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from printedition.book.house import house_folder

        click.echo(f"printedition {printedition.__version__}")
        click.echo(f"styles and templates: {house_folder('styles').parent}")
        context.exit()


def _find_edition(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The edition's folder, as the user named it; `content`, or here, where none was named."""
    if value is None:
        value = "content" if Path("content/edition.yaml").is_file() else "."
    elif os.path.basename(value) == "edition.yaml" and Path(value).is_file():
        value = os.path.dirname(value) or "."
    if not (Path(value) / "edition.yaml").is_file():
        where = "this folder" if value == "." else f"“{value}”"
        raise click.BadParameter(
            f"there is no edition.yaml in {where}; EDITION is the folder that holds it."
            + _instead_of_edition(Path(value)),
            param_hint="EDITION",
        )
    return value


def _instead_of_edition(folder: Path) -> str:
    """What to do where the folder holds a file of nearly that name, or nothing to begin with."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return " To begin a new edition: printedition new DIR"
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.casefold().partition(".")[0] == "edition":
            return f" There is “{path.name}”; rename it to edition.yaml."
        if (path / "edition.yaml").is_file():
            return f" There is one in “{path}”."
    return ""


_edition_argument: Callable[[Callable[..., None]], Callable[..., None]] = click.argument(
    "edition", required=False, callback=_find_edition
)
_strict_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--strict", is_flag=True, help="Let warnings count as errors."
)
_verbose_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    callback=_remember_verbose,
    help="Show every detail; of a fault of the program, all that helps to find it.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--letter", "beginning", flag_value="letter", help="Begin with a single letter.")
@click.option("--verse", "beginning", flag_value="verse", help="Begin with two poems.")
@click.option(
    "--versions", "beginning", flag_value="versions", help="Begin with versions in columns."
)
def new(folder: Path, beginning: str | None) -> None:
    """Begin an edition in the new or empty folder DIR.

    Without an option it holds a little of everything: a letter, notes, an apparatus, two
    versions side by side, and an index. Every file explains itself.
    """
    from printedition.beginnings.begin import NotEmpty, begin

    try:
        files = begin(folder, beginning or "small")
    except NotEmpty:
        raise click.BadParameter(
            f"there is something in “{folder}” already; nothing was touched. Name a folder that "
            "is empty or does not exist.",
            param_hint="DIR",
        ) from None
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write to “{folder}”: {reason}.") from None
    click.echo(report.welcome(folder, files), nl=False)


@main.command()
@_edition_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    help="The folder that the books are written to.",
)
@click.option(
    "-f",
    "--format",
    "formats",
    type=click.Choice(["pdf", "epub", "kepub"]),
    multiple=True,
    default=["pdf", "epub"],
    help="Which book to make; may be given again.  [default: pdf and epub]",
)
@_strict_option
@_verbose_option
@click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors.")
def build(
    edition: str,
    output: Path,
    formats: tuple[str, ...],
    strict: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Make the PDF and the EPUB of an edition."""
    from printedition.page.prerequisites import Lacking
    from printedition.shelf import Unwritable

    if verbose and quiet:
        raise click.UsageError("-v and -q exclude each other.")
    _hold_writable(output)
    sources = DiskSources(Path(edition))
    detail = report.Detail.STEPS
    if verbose or quiet:
        detail = report.Detail.ALL if verbose else report.Detail.NONE
    try:
        from printedition import pipeline

        with report.Progress(sys.stdout, detail) as progress:
            done = pipeline.build(
                sources,
                output=output,
                formats=frozenset(formats),
                strict=strict,
                progress=progress,
            )
    except (Unwritable, Lacking) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        _explain_full_disk(fault)
        raise
    _tell(done, sources, edition, strict=strict, quiet=quiet)
    failed = _fails(done.diagnostics, strict=strict)
    if failed:
        because = "" if _errors(done.diagnostics) else " under --strict"
        click.echo(f"Nothing was written{because}.", err=True)
    elif not quiet:
        click.echo(report.summary(done.written, done.seconds, len(done.diagnostics)), nl=False)
    if failed or not quiet:
        _warn_of_strangers(done.strangers, output)
    if failed:
        raise click.exceptions.Exit(_FAULTY)
    _warn_of_changes(sources)


@main.command()
@_edition_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_RENDERERS)),
    default="full",
    show_default=True,
    help="How the faults are shown: with their lines, one line each, or for programs.",
)
@_strict_option
@_verbose_option
def check(edition: str, form: str, strict: bool, verbose: bool) -> None:
    """Find every fault of an edition; write nothing."""
    from printedition import pipeline

    sources = DiskSources(Path(edition))
    found = pipeline.find_faults(sources)
    click.echo(_RENDERERS[form](found, _reading(sources), edition), nl=False)
    if _fails(found, strict=strict):
        raise click.exceptions.Exit(_FAULTY)


@main.command()
@click.argument("versions", nargs=-1, required=True, metavar="VERSION…")
@click.option(
    "-e",
    "--edition",
    metavar="EDITION",
    callback=_find_edition,
    help="The folder that holds an edition.yaml.",
)
def align(versions: tuple[str, ...], edition: str) -> None:
    """Draft the table of versions, from the ids of their texts in the order of the columns.

    The draft, a parallel.yaml, lies where the versions lie, for you to correct. One that is there
    already is never written to: what it lacks is shown, to be put into it by hand.
    """
    from printedition.beginnings.parallel import NoSuchVersion, draft_parallel

    if not 2 <= len(set(versions)) == len(versions):
        raise click.UsageError("name two versions or more, each once.")
    sources = DiskSources(Path(edition))
    try:
        draft = draft_parallel(sources, versions)
    except NoSuchVersion as fault:
        hint = did_you_mean(fault.name, fault.known) or f"there are {', '.join(fault.known)}."
        raise click.BadParameter(
            f"no text in edition.yaml has the id “{fault.name}”; {hint}", param_hint="VERSION"
        ) from None
    if draft.diagnostics:
        click.echo(report.render_full(draft.diagnostics, _reading(sources), edition), err=True)
        click.echo("Nothing was drafted.", err=True)
        raise click.exceptions.Exit(_FAULTY)
    path = Path(edition) / draft.path
    if not draft.exists:
        _write_new(path, draft.text)
    click.echo(report.drafted(path, draft), nl=False)


@main.command()
@_edition_argument
@click.option(
    "--candidates",
    "wants_candidates",
    is_flag=True,
    help="List what looks like a name and stands under no heading, with its places.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A list for people, or for programs.",
)
def index(edition: str, wants_candidates: bool, form: str) -> None:
    """List the headings of the indexes, with how many places each has.

    With --candidates, list what the indexes may still lack.
    """
    from printedition.pipeline import read_and_check

    sources = DiskSources(Path(edition))
    checked, diagnostics = read_and_check(sources)
    read = _reading(sources)
    if checked is not None:
        from printedition import indexing

        mentions = checked.scholarship.mentions
        if wants_candidates:
            from printedition.scholarship.candidates import candidates

            found = candidates(checked.edition, mentions)
            listed = getattr(indexing, f"candidates_as_{form}")(found, read, edition)
        else:
            listed = getattr(indexing.Survey(checked.edition, mentions), f"as_{form}")()
        click.echo(listed, nl=False)
    if errors := _errors(diagnostics):
        click.echo(report.render_full(errors, read, edition), err=True, nl=False)
        raise click.exceptions.Exit(_FAULTY)


@main.command()
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


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["cmif", "onix"]))
@_edition_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that it is written to; else it is shown.",
)
def export(form: str, edition: str, output: Path | None) -> None:
    """Write what other programs read of an edition.

    FORMAT is “cmif”: the list of its letters for correspSearch. The record cmif: of edition.yaml
    says at which address the list will lie. “onix”: the record of its EPUB for the book trade.
    """
    from printedition.cmif import Lacking

    sources = DiskSources(Path(edition))
    try:
        text, found = _EXPORTS[form](sources)
    except Lacking as fault:
        raise click.ClickException("; ".join(fault.lacks) + ".") from None
    if faults := _errors(found):
        click.echo(report.render_full(faults, _reading(sources), edition), err=True)
    if text is None:
        click.echo("Nothing was written.", err=True)
        raise click.exceptions.Exit(_FAULTY)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write “{output}”: {reason}.") from None
    click.echo(f"Written: {output}")


def _export_letters(sources: DiskSources) -> _Exported:
    from printedition.cmif import list_of_letters
    from printedition.pipeline import read_checked

    read, found = read_checked(sources)
    sound = read is not None and not _errors(found)
    return list_of_letters(read) if read and sound else None, found


def _export_record(sources: DiskSources) -> _Exported:
    from printedition.onix import product_record
    from printedition.pipeline import examine

    done = examine(sources)
    made = done.edition and done.book and product_record(done.edition, done.book)
    return made or None, done.diagnostics


_Exported: TypeAlias = tuple[str | None, tuple[Diagnostic, ...]]
_EXPORTS: dict[str, Callable[[DiskSources], _Exported]] = {
    "cmif": _export_letters,
    "onix": _export_record,
}


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there; one that came there meanwhile stays as it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as fault:
        reason = (fault.strerror or "the system refused").lower()
        raise click.ClickException(f"cannot write “{path}”: {reason}.") from None


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what the CODE of a fault means, and how it is mended."""
    known = CODES.get(code.strip().upper())
    if known is None:
        hint = did_you_mean(code.strip().upper(), CODES) or f"the codes are {', '.join(CODES)}."
        raise click.BadParameter(f"there is no code “{code}”; {hint}", param_hint="CODE")
    click.echo(report.render_code(known), nl=False)


@main.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of the record file NAME; without NAME, list their names.

    By a schema an editor's program completes the keys of a file and shows what they mean. That of
    “map” tells other programs what a book's page map holds.
    """
    import json

    from printedition.page.pagemap import SCHEMA
    from printedition.reading.schema import SCHEMAS, schema_of

    names = (*SCHEMAS, _MAP)
    if name is None:
        click.echo("\n".join(names))
        return
    if (known := name.removesuffix(".yaml")) not in names:
        hint = did_you_mean(known, names)
        raise click.BadParameter(f"there is no schema “{name}”; {hint}", param_hint="NAME")
    wanted = SCHEMA if known == _MAP else schema_of(known)
    click.echo(json.dumps(wanted, ensure_ascii=False, indent=2))


def _tell(done: Build, sources: DiskSources, edition: str, *, strict: bool, quiet: bool) -> None:
    """Show what is wrong; quietly, only what kept the books from being written."""
    shown = done.diagnostics
    if quiet and not (strict and shown):
        shown = _errors(shown)
    if shown:
        text = report.render_full(shown, _reading(sources), edition)
        click.echo(text, err=True, nl=False)


def _errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(found for found in diagnostics if found.severity is Severity.ERROR)


def _fails(diagnostics: tuple[Diagnostic, ...], *, strict: bool) -> bool:
    return bool(diagnostics if strict else _errors(diagnostics))


def _reading(sources: DiskSources) -> report.Read:
    """Reads a file to be quoted; None where there is none, and what is legible of a broken one."""

    def read(path: str) -> SourceFile | None:
        try:
            return sources.read(path)
        except SourceNotText as broken:
            return broken.file
        except SourceTooLarge:
            return None
        except (SourceMissing, SourceOutside):
            return _house(path)

    return read


def _house(path: str) -> SourceFile | None:
    """A template or style of the program's own, where the path names one."""
    if not path.startswith(HOUSE):
        return None
    from printedition.book.house import read_house

    return read_house(path)


def _hold_writable(output: Path) -> None:
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
