"""The argument and options that commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click

from printedition.sources import DiskSources

VERBOSE = "printedition.verbose"  # where the context says whether every detail is wanted


def _remember_verbose(context: click.Context, _: click.Parameter, value: bool) -> bool:
    context.meta[VERBOSE] = value
    return value


def find_edition(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """The edition's folder, as the user named it; `content`, or here, where none was named."""
    if value is None:
        value = "content" if Path("content/edition.yaml").is_file() else "."
        if not (Path(value) / "edition.yaml").is_file() and isinstance(parameter, click.Option):
            value = _named_last(context) or value
    elif os.path.basename(value) == "edition.yaml" and Path(value).is_file():
        value = os.path.dirname(value) or "."
    if not (Path(value) / "edition.yaml").is_file():
        where = "this folder" if value == "." else f"“{value}”"
        raise click.BadParameter(
            f"there is no edition.yaml in {where}; EDITION is the folder that holds it."
            + _instead_of_edition(Path(value), parameter.opts[0]),
            param_hint="EDITION",
        )
    return value


def _named_last(context: click.Context) -> str | None:
    """The edition that is named last, as other commands have it: NEW, or else an OLD that may be
    left out.
    """
    for argument in ("new", "old"):
        named = context.params.get(argument)
        required = any(one.name == argument and one.required for one in context.command.params)
        if isinstance(named, str) and not required and (Path(named) / "edition.yaml").is_file():
            context.params[argument] = None
            return named
        if named is not None:
            break
    return None


def _instead_of_edition(folder: Path, option: str) -> str:
    """What to do where the folder holds a file of nearly that name, or nothing to begin with.

    `option` is what names the edition.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        return " To begin a new edition: printedition new DIR"
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.casefold().partition(".")[0] == "edition":
            return f" There is “{path.name}”; rename it to edition.yaml."
        if (path / "edition.yaml").is_file():
            how = f"; name it by {option} {path}" if option.startswith("-") else ""
            return f" There is one in “{path}”{how}."
    return ""


_LIBRARIES = "printedition.libraries"  # where the context has the folders of --library


def _remember_libraries(
    context: click.Context, _: click.Parameter, value: tuple[Path, ...]
) -> tuple[Path, ...]:
    context.meta[_LIBRARIES] = value
    return value


def libraries() -> tuple[Path, ...]:
    """The libraries that the command line names."""
    named: tuple[Path, ...] = click.get_current_context().meta.get(_LIBRARIES, ())
    return tuple(library.absolute() for library in named)


def opened(edition: str) -> DiskSources:
    """The files of an edition, with the libraries that the command line names."""
    return DiskSources(Path(edition), libraries())


_Declared: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]

_library: _Declared = click.option(
    "--library",
    multiple=True,
    expose_value=False,
    callback=_remember_libraries,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of editions that a volume may include; may be given again.",
)


def _with_libraries(declare: _Declared) -> _Declared:
    """What names an edition, with where its volumes may find others; so no command lacks that."""
    return lambda command: declare(_library(command))


edition_argument = _with_libraries(
    click.argument("edition", required=False, callback=find_edition),
)
edition_option = _with_libraries(
    click.option(
        "-e",
        "--edition",
        metavar="EDITION",
        callback=find_edition,
        help="The folder that holds an edition.yaml.",
    )
)
output_option: _Declared = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    help="The folder that the books are written to.",
)
formats_option: _Declared = click.option(
    "-f",
    "--format",
    "formats",
    type=click.Choice(["pdf", "epub", "kepub", "html"]),
    multiple=True,
    default=["pdf", "epub"],
    help="Which book to make; may be given again.  [default: pdf and epub]",
)
audience_option: _Declared = click.option(
    "--audience",
    metavar="NAME",
    default="",
    help="Whose book to make, such as the instructor's; else that for all.",
)
profiles_option: _Declared = click.option(
    "-p",
    "--profile",
    "profiles",
    metavar="NAME",
    multiple=True,
    help="Print the book as this profile does, beside the book itself; may be given again.",
)
strict_option: _Declared = click.option(
    "--strict", is_flag=True, help="Let warnings count as errors."
)
verbose_option: _Declared = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    callback=_remember_verbose,
    help="Show every detail; of a fault of the program, all that helps to find it.",
)
