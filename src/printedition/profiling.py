"""Makes the books of profiles: the pages are set once for all that share them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printedition import pipeline
from printedition.diagnostics import HOUSE, Diagnostic, Findings, NotDeclared, in_order
from printedition.edition.edition import Edition, PageSize
from printedition.edition.profile import Profile, Setting
from printedition.frozen import dataclass
from printedition.pipeline import Build, Progress, Written, examine
from printedition.sources import SourceNotText, SourceOutside, Sources, SourceTooLarge

if TYPE_CHECKING:
    from printedition.book.settled import Settled
    from printedition.book.tree import Book
    from printedition.cache import Cache
    from printedition.prepress.finishing import Finished


def build_asked(
    sources: Sources,
    *,
    output: Path,
    formats: frozenset[str],
    profiles: Sequence[str] = (),
    strict: bool = False,
    progress: Progress,
    cache: Cache | None = None,
    keep_pages: str = "",
    audience: str = "",
) -> Build:
    """The books of the formats that are asked for; or of profiles, where these are.

    Raises as `build` and `build_profiles` do.
    """
    if profiles:
        return build_profiles(
            sources,
            output=output,
            names=profiles,
            strict=strict,
            progress=progress,
            cache=cache,
            audience=audience,
        )
    return pipeline.build(
        sources,
        output=output,
        formats=formats,
        strict=strict,
        progress=progress,
        cache=cache,
        keep_pages=keep_pages,
        audience=audience,
    )


def build_profiles(
    sources: Sources,
    *,
    output: Path,
    names: Sequence[str],
    strict: bool = False,
    progress: Progress,
    cache: Cache | None = None,
    audience: str = "",
) -> Build:
    """The books of profiles, each beside the book and with a page map of its own.

    Raises NotDeclared, and as `build` does.
    """
    from printedition.shelf import Shelf

    began = time.monotonic()
    examination = examine(sources, progress, audience, cache)
    edition, book = examination.edition, examination.book
    wanted = [] if edition is None else [_profile(edition, n) for n in dict.fromkeys(names)]
    if edition is None or book is None:
        return Build(examination.diagnostics, (), time.monotonic() - began)
    findings = Findings([*examination.diagnostics])
    made = print_profiles(edition, book, sources, wanted, findings, progress, cache)
    diagnostics = in_order(findings.diagnostics)
    if findings.has_errors or (strict and diagnostics):
        return Build(diagnostics, (), time.monotonic() - began)
    shelf, written = Shelf(output), []
    for one in made:
        stem = f"{edition.file_name}-{one.profile.name}"
        shelf.put(stem, one.files, one.map)
        pages = {"pdf": one.finished.pages}
        written += [
            Written(output / f"{stem}.{form}", pages.get(form), len(data))
            for form, data in one.files.items()
        ]
    return Build(diagnostics, tuple(written), time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class ProfileBook:
    """The book of a profile: its file, a cover where it has one, the spine in mm, the page map."""

    profile: Profile
    finished: Finished
    cover: bytes
    spine: float
    map: Mapping[str, Any]

    @property
    def files(self) -> dict[str, bytes]:
        """Its files by their endings."""
        cover = {"cover.pdf": self.cover} if self.cover else {}
        return {"pdf": self.finished.data, **cover}


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The books of profiles that could be made, and all that is wrong."""

    books: Sequence[ProfileBook]
    diagnostics: tuple[Diagnostic, ...]


def survey(
    sources: Sources,
    names: Sequence[str],
    progress: Progress,
    cache: Cache | None,
    audience: str = "",
) -> Surveyed:
    """The books of profiles, or of all; none is written. Raises as `build_profiles` does."""
    examination = examine(sources, progress, audience, cache)
    edition, book = examination.edition, examination.book
    if edition is None or book is None:
        return Surveyed((), examination.diagnostics)
    wanted = [_profile(edition, name) for name in dict.fromkeys(names or edition.profiles)]
    findings = Findings([*examination.diagnostics])
    books = print_profiles(edition, book, sources, wanted, findings, progress, cache)
    return Surveyed(books, in_order(findings.diagnostics))


def print_profiles(
    edition: Edition,
    book: Book,
    sources: Sources,
    wanted: Sequence[Profile],
    findings: Findings,
    progress: Progress,
    cache: Cache | None = None,
) -> list[ProfileBook]:
    """The books of profiles, but for those that faults kept from being made; they are reported."""
    from printedition.page.geometry import millimetres
    from printedition.page.prerequisites import require
    from printedition.prepress.finishing import finish
    from printedition.scratch import scratch

    made = []
    with scratch():
        require()
        setter = _Setter(edition, book, sources, wanted, findings, progress, cache)
        for profile in wanted:
            pages = setter.large(profile) if profile.type else setter.pages(profile.setting)
            if pages is None:
                continue
            progress("6 Write", profile.name)
            finished = finish(pages.data, edition.page, profile)
            for fault in finished.faults:
                message = f"in the profile “{profile.name}”, {fault.told()}"
                findings.report(fault.code, message, profile.span)
            spine = -(-finished.pages // 2) * millimetres(profile.leaf, 0)
            cover = _cover(edition, book, sources, profile, spine, findings)
            made.append(ProfileBook(profile, finished, cover, spine, pages.map))
        if cache is not None:
            cache.trim()
    return made


def _cover(
    edition: Edition,
    book: Book,
    sources: Sources,
    profile: Profile,
    spine: float,
    findings: Findings,
) -> bytes:
    """The file of a cover; empty where the profile has none, or its template has faults."""
    if not profile.cover:
        return b""
    from printedition.binding import gathering
    from printedition.book.templates import Templates
    from printedition.page.jacket import jacket
    from printedition.prepress.finishing import finish_cover

    with gathering(findings):
        render = Templates(sources).render
        told = edition.page, spine, profile.bleed, sources, render, findings
        return finish_cover(jacket(book, *told), profile)
    return b""


def _profile(edition: Edition, name: str) -> Profile:
    if name not in edition.profiles:
        raise NotDeclared("profile", name, [*edition.profiles])
    return edition.profiles[name]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a book as they were set: the PDF, and the page map."""

    data: bytes
    map: Mapping[str, Any]


def _keeps_lengths(sources: Sources) -> bool:
    """Whether the style of pages with links is the house's, which moves no word."""
    from printedition.book.house import house_source
    from printedition.page.sheets import ADDED_SHEETS

    try:
        file = house_source(sources, "styles", ADDED_SHEETS[Setting.LINKED])
    except (SourceNotText, SourceOutside, SourceTooLarge, OSError):
        return False
    return file.path.startswith(HOUSE)


class _Setter:
    """Sets the pages that profiles ask for, each of them once.

    The standard pages, which large print is told too, serve both it and what prints them.
    """

    def __init__(
        self,
        edition: Edition,
        book: Book,
        sources: Sources,
        wanted: Sequence[Profile],
        findings: Findings,
        progress: Progress,
        cache: Cache | None,
    ) -> None:
        self.edition, self.book, self.sources = edition, book, sources
        self.findings, self.progress, self.cache = findings, progress, cache
        self.set: dict[Setting, Pages | None] = {}
        self.web: bytes | None = None
        self.folios: dict[str, list[str]] = {}  # of each section of the standard book
        self.begun = False
        is_large = any(profile.type for profile in wanted)
        settings = {profile.setting for profile in wanted if not profile.type}
        # What large print is told of the standard book, pages with links in colour tell as well.
        shared = is_large and settings == {Setting.LINKED} and _keeps_lengths(sources)
        self.standard = Setting.LINKED if shared else Setting.STANDARD
        forms = {"pdf"} if self.standard in settings else set()
        self.forms = frozenset(forms | ({"html"} if is_large else set()))

    def pages(self, setting: Setting) -> Pages | None:
        """The pages in a setting; None where faults keep them from being made."""
        if setting not in self.set:
            standard = setting is self.standard
            self._make(self.forms if standard else frozenset({"pdf"}), setting)
        return self.set[setting]

    def large(self, profile: Profile) -> Pages | None:
        """The pages in large print, with the places of the standard book, which is laid out too."""
        from printedition.binding import gathering
        from printedition.page.large_print import LargeType, large_map, large_print

        if self.web is None:
            self._make(self.forms, self.standard)
        width, height = profile.size or (self.edition.page.width, self.edition.page.height)
        page = PageSize(width, height, ruled=self.edition.page.ruled)
        style = LargeType(page, profile.binding, profile.edge, profile.type, profile.sans)
        if self.web:
            with gathering(self.findings):
                told = self.book, self.folios, self.sources, self.findings
                made = large_print(self.web, style, *told)
                return Pages(made.data, large_map(made))
        return None

    def _hear(self, settled: Settled) -> None:
        self.folios.clear()
        for page in settled.pages:
            self.folios.setdefault(page.section, []).append(page.folio)

    def _make(self, forms: frozenset[str], setting: Setting) -> None:
        """Make the book in some forms from one setting of its pages."""
        from printedition.binding import gather

        found = Findings()
        # Only what is made beside the pages tells their lines.
        lined = replace(self.edition, ebook=replace(self.edition.ebook, lines=True))
        wanted = lined, self.book, self.sources, forms, found, self.progress
        hear = self._hear if setting is self.standard else None
        made, printed = pipeline.make_books(
            *wanted, cache=self.cache, setting=setting, alone=self.begun, hear=hear
        )
        self.begun = True
        gather(found.diagnostics, self.findings)
        if "pdf" in forms:
            sound = printed is not None and not printed.proof
            self.set[setting] = Pages(printed.data, printed.map) if printed and sound else None
        if "html" in forms:
            self.web = made.get("html", b"")
