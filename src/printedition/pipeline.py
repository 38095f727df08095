"""The six steps from a folder to two books.

1 Read, 2 Check, 3 Collate, 4 Compose, 5 Lay out, 6 Write.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from printedition.book.overrides import report_idle_overrides
from printedition.diagnostics import Diagnostic, Findings, has_errors, in_order
from printedition.edition.edition import Edition, KeptPages
from printedition.edition.profile import Setting
from printedition.edition.quotation import Value
from printedition.frozen import dataclass
from printedition.kept_printing import hold_printing, printing_to_keep
from printedition.predecessors import Words, printings_named, with_errata
from printedition.reading.reader import read_edition
from printedition.scholarship.audiences import made_for
from printedition.scholarship.checks import Scholarship
from printedition.scholarship.volume import check_whole
from printedition.sources import DiskSources, Sources

if TYPE_CHECKING:
    from printedition.book.fingerprints import Fingerprints
    from printedition.book.settled import Settled
    from printedition.book.templates import Templates
    from printedition.book.tree import Book
    from printedition.cache import Cache
    from printedition.keeping import Books
    from printedition.page.crew import Crew
    from printedition.page.press import Press, Printed
    from printedition.page.style import Proof
    from printedition.shelf import Shelf

Progress = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Examination:
    """What reading, checking and composing made of an edition, and all that is wrong with it."""

    edition: Edition | None
    book: Book | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any of it is worse than a warning."""
        return has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Written:
    """A book that was written: its path, pages where it has any, and bytes."""

    path: Path
    pages: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Build:
    """What a build wrote, how long it took, all that is wrong, and the books of other builds.

    `strangers` are the books in the output folder that do not belong to its page map.
    """

    diagnostics: tuple[Diagnostic, ...]
    written: tuple[Written, ...]
    seconds: float
    strangers: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any of it is worse than a warning."""
        return has_errors(self.diagnostics)


def _silent(_step: str, _detail: str) -> None:
    """Say nothing."""


def find_faults(sources: Sources) -> tuple[Diagnostic, ...]:
    """Steps 1 and 2, which find every fault but those of a build; quick, as they load no more."""
    return read_checked(sources)[1]


def read_checked(sources: Sources) -> tuple[Edition | None, tuple[Diagnostic, ...]]:
    """Steps 1 and 2: the edition, as far as it can be read, and all that is wrong with it."""
    findings = Findings()
    checked = _read_and_check(sources, findings, _silent)
    return checked[0] if checked else None, in_order(findings.diagnostics)


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading and checking made of an edition, None where too little could be read."""

    edition: Edition
    scholarship: Scholarship


def read_and_check(sources: Sources) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """Steps 1 and 2; nothing where a text cannot be read, of which all else would lack its part."""
    findings = Findings()
    checked = _read_and_check(sources, findings, _silent)
    diagnostics = in_order(findings.diagnostics)
    if checked is None or any(e.id.text not in checked[0].texts for e in checked[0].text_entries):
        return None, diagnostics
    return Checked(*checked), diagnostics


def examine(
    sources: Sources,
    progress: Progress = _silent,
    audience: str = "",
    cache: Cache | None = None,
    keep_pages: str = "",
) -> Examination:
    """Steps 1 to 4, without anything laid out or written, of the book of an audience."""
    findings = Findings()
    checked = _read_and_check(sources, findings, progress, keep_pages, audience, cache)
    return _compose(checked, findings, progress)


def _compose(
    checked: tuple[Edition, Scholarship] | None, findings: Findings, progress: Progress
) -> Examination:
    """Steps 3 and 4, of what was read and checked."""
    from printedition.book.compose import compose

    if checked is None:
        return Examination(None, None, in_order(findings.diagnostics))
    edition, scholarship = checked
    progress("3 Collate", "")
    book = None
    if not findings.has_errors:
        progress("4 Compose", f"{len(edition.book)} sections")
        if left_out := scholarship.mentions.left_out:
            told = ", ".join(f"{left_out[rule]} in {rule.value}" for rule in left_out)
            progress("4 Compose", f"left out of the index by rule: {told}")
        book = compose(edition, scholarship, findings)
        if findings.has_errors:  # of citations, which only their style shows
            book = None
    return Examination(edition, book, in_order(findings.diagnostics))


def _read_and_check(
    sources: Sources,
    findings: Findings,
    progress: Progress,
    keep_pages: str = "",
    audience: str = "",
    cache: Cache | None = None,
) -> tuple[Edition, Scholarship] | None:
    progress("1 Read", "")
    edition = read_edition(sources, findings, cache)
    report_idle_overrides(sources, findings)
    if edition is None:
        return None
    if keep_pages:
        kept = KeptPages(Value(keep_pages, edition.root), edition.kept.lets_go)
        edition = replace(edition, kept=kept)
    if audience:
        edition = made_for(edition, audience, is_sound=not findings.has_errors)
    progress("2 Check", _extent(edition))
    kept_too = [edition.kept.printing] if edition.kept.printing else []
    for name in [*kept_too, *printings_named(edition)]:
        hold_printing(name, sources, findings)
    return check_whole(edition, findings)


def _extent(edition: Edition) -> str:
    """How much is checked, with what a volume includes."""
    editions = [edition, *(part.edition for part in edition.parts)]
    texts = sum(len(one.texts) for one in editions)
    entries = sum(len(one.apparatus) for one in editions)
    counted = [(texts, "text", "texts"), (entries, "entry", "entries")]
    if edition.parts:
        counted.append((len(edition.parts), "edition included", "editions included"))
    return ", ".join(f"{number} {one if number == 1 else more}" for number, one, more in counted)


def build(
    sources: Sources,
    *,
    output: Path,
    formats: frozenset[str],
    strict: bool = False,
    progress: Progress = _silent,
    cache: Cache | None = None,
    keep_pages: str = "",
    audience: str = "",
) -> Build:
    """All six steps. Nothing is written where there are errors, or under `strict` warnings.

    With a `cache` what has not changed since an earlier build is taken from there. `keep_pages`
    names a printing whose pages are to stay, in place of that of the edition; `audience` whose
    book it is.

    Raises diagnostics.NotDeclared where there is no such audience, shelf.Unwritable where the
    books can't be put into the output folder, and page.prerequisites.Lacking where the system
    lacks what sets the pages.
    """
    from printedition.keeping import Books, Keeper
    from printedition.meantime import Begun, Steps, meanwhile, size_of_words
    from printedition.page.prerequisites import require
    from printedition.scratch import scratch
    from printedition.shelf import Shelf

    began = time.monotonic()
    keeper = None
    if cache is not None and isinstance(sources, DiskSources):
        asked = {"formats": " ".join(sorted(formats)), "pages": keep_pages, "audience": audience}
        keeper = Keeper(cache, sources, asked, output)
        kept = keeper.find()
        if kept is not None and not (strict and kept.told):
            progress("6 Write", str(output))
            shelf = Shelf(output)
            written = _put(kept.name, kept.books, shelf)
            strangers = shelf.strangers(kept.name)
            return Build(kept.told, written, time.monotonic() - began, strangers)

    def begin() -> Begun:
        steps, findings = Steps(), Findings()
        checked = _read_and_check(sources, findings, steps, keep_pages, audience, cache)
        told = in_order(findings.diagnostics)
        made = _compose(checked, findings, steps)
        return Begun(sources, made.edition, made.book, findings, told, steps)

    begun = meanwhile(begin, size_of_words(sources))
    begun.steps.retell(progress)
    edition, book, findings, told = begun.edition, begun.book, begun.findings, begun.told
    if isinstance(sources, DiskSources) and isinstance(begun.sources, DiskSources):
        sources.take_over(begun.sources)
    if edition is None or book is None:
        strangers = Shelf(output).strangers(edition.file_name) if edition else ()
        return Build(in_order(findings.diagnostics), (), time.monotonic() - began, strangers)
    with scratch():
        require()
        books, printed = make_books(
            edition, book, sources, formats, findings, progress, cache=cache
        )
    if cache is not None:
        cache.trim()
    diagnostics = in_order(findings.diagnostics)
    shelf = Shelf(output)
    if findings.has_errors or (strict and diagnostics):
        if printed and printed.proof:
            shelf.put_proof(edition.file_name, printed.data)
        seconds = time.monotonic() - began
        return Build(diagnostics, (), seconds, shelf.strangers(edition.file_name))
    progress("6 Write", str(output))
    made = Books(books, printed.labels if printed else (), printed.map if printed else {})
    written = _put(edition.file_name, made, shelf)
    if keeper is not None and diagnostics == told:
        keeper.keep(made, edition.file_name, told)
    return Build(diagnostics, written, time.monotonic() - began, shelf.strangers(edition.file_name))


def make_books(
    edition: Edition,
    book: Book,
    sources: Sources,
    formats: frozenset[str],
    findings: Findings,
    progress: Progress,
    *,
    recording: bool = False,
    cache: Cache | None = None,
    proof: Proof | None = None,
    setting: Setting = Setting.STANDARD,
    alone: bool = False,
    hear: Callable[[Settled], None] | None = None,
) -> tuple[dict[str, bytes], Printed | None]:
    """The books asked for, as bytes; what is wrong with templates and styles is a finding.

    `recording` keeps the words of the pages beside them; a `proof` shows more on them, and pages
    may be in another `setting` than those of the book. `alone`: without a crew, which cannot part
    from a process that has set pages before. What is settled, `hear` is told.

    The crew parts before anything is set, and so does the process that makes the e-book while
    this one writes the PDF.
    """
    # A check needs neither templates nor what sets pages, and is quick because it loads none.
    import tempfile

    from printedition.aside import aside
    from printedition.binding import Binder, Bound, gather
    from printedition.book.fingerprints import Fingerprints
    from printedition.book.settled import Parted, Settled
    from printedition.cache import Cache
    from printedition.ebook.kept_chapters import KeptChapters
    from printedition.page import press  # noqa: F401  all forks have it then
    from printedition.page.crew import can_fork, engaged, processors

    to_print, to_bind = "pdf" in formats, bool(formats - {"pdf"})
    # An e-book says the pages of the printed book, so that these are laid out for it alone too.
    both = to_bind and processors() > 1 and can_fork() and not alone
    if printings_named(edition):
        cache = cache or Cache(Path(tempfile.mkdtemp()))  # for the second time that pages are set
        words_of = partial(_words_of, edition, sources, progress, cache)
        book = with_errata(edition, book, sources, findings, words_of)
    books: dict[str, bytes] = {}
    # All forks have them then.
    fingerprints = Fingerprints() if cache is None else Fingerprints.made(book)

    def binder() -> Callable[[Parted], Bound]:
        kept = KeptChapters.of(cache, sources, fingerprints)
        bind = Binder(edition, book, sources, formats, kept)
        return lambda parted: bind(parted.whole(book))

    def settled(found: Settled) -> None:
        if hear is not None:
            hear(found)
        bound.begin(Parted.of(found, book))

    with (
        _thawing(),
        aside(binder, forked=both) as bound,
        engaged(() if alone else book.sections) as crew,
    ):
        printed = _print(
            edition,
            book,
            sources,
            findings,
            progress,
            crew,
            settled,
            fingerprints,
            to_print=to_print,
            recording=recording,
            cache=cache,
            proof=proof,
            setting=setting,
        )
        if printed is not None:
            books["pdf"] = printed.data
        if to_bind:
            progress("5 Lay out", "e-book")
            if not bound.is_begun:
                settled(Settled(book))
            made = bound.result()
            gather(made.diagnostics, findings)
            books.update(made.books)
    return books, printed


@contextmanager
def _thawing() -> Iterator[None]:
    """Let garbage be looked for, in the end, in what was frozen since it was to stay till then."""
    try:
        yield
    finally:
        gc.unfreeze()


def _print(
    edition: Edition,
    book: Book,
    sources: Sources,
    findings: Findings,
    progress: Progress,
    crew: Crew | None,
    settled: Callable[[Settled], None],
    fingerprints: Fingerprints,
    *,
    to_print: bool,
    recording: bool,
    cache: Cache | None,
    proof: Proof | None,
    setting: Setting,
) -> Printed | None:
    """The printed book, None where its templates have faults, or where only its pages are wanted.

    `settled` hears of these.
    """
    from printedition.binding import gathering
    from printedition.book.places import Places
    from printedition.book.templates import Templates

    templates = Templates(sources)
    if own := edition.identifiers.pdf:
        book = replace(book, identifier=own)
    printed = None
    told = findings, progress, crew, settled, cache, proof, setting, fingerprints
    with gathering(findings):
        press = _press(edition, book, sources, templates, *told)
        if to_print:
            printed = press.run(recording=recording)
        else:
            press.settle()
    found = Places(edition, book, sources).resolve(findings.diagnostics, templates)
    findings.diagnostics[:] = found
    return printed


def _press(
    edition: Edition,
    book: Book,
    sources: Sources,
    templates: Templates,
    findings: Findings,
    progress: Progress,
    crew: Crew | None,
    settled: Callable[[Settled], None] | None,
    cache: Cache | None,
    proof: Proof | None = None,
    setting: Setting = Setting.STANDARD,
    fingerprints: Fingerprints | None = None,
) -> Press:
    """What prints a book in the style of its edition, on the pages that this keeps."""
    from printedition.page.press import Press
    from printedition.page.style import Style

    style = Style(
        edition.page,
        edition.bands,
        edition.lines,
        edition.calling,
        edition.conventions,
        edition.index_settings,
        proof,
        setting,
    )
    kept = printing_to_keep(edition, sources, findings)
    told = findings, progress, crew, settled, cache, kept, fingerprints
    return Press(book, style, sources, templates.render, *told)


def _words_of(
    edition: Edition, sources: Sources, progress: Progress, cache: Cache, book: Book
) -> Words | None:
    """The words of the pages of a book; None where it has faults, which printing it tells."""
    from printedition.book.house import BookFaults
    from printedition.book.templates import Templates
    from printedition.page.crew import engaged

    progress("5 Lay out", "the words of the errata")
    with engaged(book.sections) as crew:
        told = Findings(), progress, crew, None, cache
        try:
            press = _press(edition, book, sources, Templates(sources), *told)
            return press.words(press.settle())
        except BookFaults:
            return None


def _put(name: str, books: Books, shelf: Shelf) -> tuple[Written, ...]:
    """The books put on the shelf with their page map."""
    shelf.put(name, books.data, books.map)
    return tuple(
        Written(
            shelf.folder / f"{name}.{form}",
            len(books.labels) if form == "pdf" else None,
            len(data),
        )
        for form, data in books.data.items()
    )
