"""A proof of the pages, to be read beside the books."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from printedition import pipeline
from printedition.diagnostics import Findings, has_errors, in_order
from printedition.pipeline import Build, Progress, Written
from printedition.sources import Sources

if TYPE_CHECKING:
    from printedition.revision.printing import Printing


def prove(
    sources: Sources,
    *,
    output: Path,
    progress: Progress,
    strict: bool = False,
    keep_pages: str = "",
    since: Printing | None = None,
    audience: str = "",
) -> Build:
    """A proof of the pages beside the books, which stay as they are; raises as `build` does.

    What changed `since` a printing is marked.
    """
    from printedition.page.prerequisites import require
    from printedition.page.style import Proof
    from printedition.revision.proofing import changed
    from printedition.scratch import scratch
    from printedition.shelf import Shelf

    began = time.monotonic()
    examination = pipeline.examine(sources, progress, audience, keep_pages=keep_pages)
    findings = Findings([*examination.diagnostics])
    edition, book, printed = examination.edition, examination.book, None
    if edition is not None and book is not None:
        since_then = f"changes since {since.name}" if since else ""
        stated = (f"revision {book.revision}" if book.revision else "", book.date, since_then)
        marked = partial(changed, since, audience) if since else None
        proof = Proof(" · ".join(("proof", *filter(None, stated))), marked)
        with scratch():
            require()
            wanted = frozenset(["pdf"])
            told = edition, book, sources, wanted, findings, progress
            _, printed = pipeline.make_books(*told, proof=proof)
    diagnostics = in_order(findings.diagnostics)
    failed = has_errors(diagnostics) or (strict and bool(diagnostics))
    written: tuple[Written, ...] = ()
    if edition is not None and printed is not None and (printed.proof or not failed):
        progress("6 Write", str(output))
        path = Shelf(output).put_proof(edition.file_name, printed.data)
        if not failed:
            written = (Written(path, len(printed.labels), len(printed.data)),)
    return Build(diagnostics, written, time.monotonic() - began)
