"""Finishes the chapters of an e-book: marked with the printed pages, their links across files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from printedition.book.starts import PrintedPage
from printedition.ebook.chapters import Chapter
from printedition.ebook.kept_chapters import KeptChapters
from printedition.ebook.links import resolve
from printedition.ebook.pages import Marked, mark


class Marker:
    """Marks chapters with the pages of the printed book, and their numbered `lines` if asked."""

    def __init__(self, *, lines: bool) -> None:
        self.lines = lines

    def __call__(self, chapter: Chapter, pages: Sequence[PrintedPage]) -> Marked:
        """A chapter with its markers, and its pages."""
        return mark(chapter.text, pages, lines=self.lines) if pages else Marked(chapter.text)


class Finisher(Marker):
    """Finishes chapters; those that are `kept` are taken from there.

    `files` has the file in which each id stands.
    """

    def __init__(
        self, files: Mapping[str, str], *, lines: bool, kept: KeptChapters | None = None
    ) -> None:
        super().__init__(lines=lines)
        self.files, self.kept = files, kept

    def __call__(self, chapter: Chapter, pages: Sequence[PrintedPage]) -> Marked:
        """A chapter as it is written, and its pages; raises LinkToNothing."""
        if self.kept is None:
            return self._finish(chapter, pages)
        files = [(link, self.files.get(link)) for link in chapter.links]
        made_of = chapter.name, chapter.text, files, tuple(pages), self.lines
        found: Marked | None = self.kept.finished(made_of)
        if found is None:
            found = self._finish(chapter, pages)
            self.kept.keep_finished(made_of, found)
        return found

    def _finish(self, chapter: Chapter, pages: Sequence[PrintedPage]) -> Marked:
        marked = super().__call__(chapter, pages)
        return Marked(resolve(marked.text, chapter.name, self.files), marked.pages)
