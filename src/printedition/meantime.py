"""Reading an edition in a process of its own, while this one loads what sets pages."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from printedition.aside import aside
from printedition.diagnostics import Diagnostic, Findings
from printedition.edition.edition import Edition
from printedition.frozen import dataclass
from printedition.page.crew import can_fork, processors
from printedition.page.prerequisites import Lacking, require
from printedition.sources import DiskSources, Sources

if TYPE_CHECKING:
    from printedition.book.tree import Book

Result = TypeVar("Result")

_LAST = "weasyprint"
# What that asks for comes first, in small portions: an edition with faults is told soon.
_FIRST = (
    "jinja2",
    "cffi",
    "pycparser.c_parser",
    "urllib.request",
    "PIL.Image",
    "PIL.ImageCms",
    "fontTools.ttLib",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
    "pyphen",
)
_THEN = "printedition.page.press", "printedition.binding"
_MOST = 250_000  # bytes of texts and records
_WORDS = (".md", ".yaml")


class Steps:
    """Steps that are under way, to be told of later."""

    def __init__(self) -> None:
        self._noted: list[tuple[str, str, float]] = []  # its name, how far it was, when

    def __call__(self, step: str, detail: str) -> None:
        """Note that a step is under way, and how far it is."""
        self._noted.append((step, detail, time.monotonic()))

    def retell(self, progress: Callable[[str, str], None]) -> None:
        """Tell of them, and, where that is asked for, how long they took."""
        if timed := getattr(progress, "retell", None):
            timed(self._noted)
            return
        for step, detail, _ in self._noted:
            progress(step, detail)


@dataclass(frozen=True, slots=True)
class Begun:
    """What reading, checking and composing made, and what was read."""

    sources: Sources
    edition: Edition | None
    book: Book | None
    findings: Findings
    told: tuple[Diagnostic, ...]
    steps: Steps


def meanwhile(work: Callable[[], Result], size: int = 0) -> Result:
    """What the work gives, which nothing that is loaded meanwhile has a part in.

    This process does it where no other can, where all is loaded, or where the work is on so many
    bytes (`size`) that to hand over what it makes of them would take longer than to load. Where
    the work ends first, the rest is not loaded.
    """
    if _LAST in sys.modules or size > _MOST or processors() == 1 or not can_fork():
        return work()

    def prepare() -> Callable[[None], Result]:
        return lambda _: work()

    with aside(prepare, forked=True, modest=False) as other:
        other.begin(None)
        _load(lambda: other.is_done)
        return other.result()


def size_of_words(sources: Sources) -> int:
    """About how many bytes the texts and records of an edition have; 0 where it is no folder."""
    if not isinstance(sources, DiskSources):
        return 0
    return sum(sources.size(path) for path in sources.paths() if path.endswith(_WORDS))


def _load(is_late: Callable[[], bool]) -> None:
    """Load what sets pages, until it is late."""
    first, then = ([partial(import_module, name) for name in names] for names in (_FIRST, _THEN))
    loads: list[Callable[[], object]] = [*first, require, *then]
    for load in loads:
        if is_late():
            return
        try:
            load()
        except Lacking:  # is told once it is known that pages are to be set
            return
