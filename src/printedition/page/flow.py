"""A section without entries or notes, as WeasyPrint itself breaks it into pages."""

from __future__ import annotations

from typing import Any


class Flow:
    """The pages of a section laid out apart, from what HTML, beginning on which side."""

    def __init__(self, html: str, recto: bool, pages: Any) -> None:
        self.html, self.recto = html, recto
        blank = pages[0]._page_box.page_type.blank  # where it begins on a left-hand page
        self._pages = pages[1:] if blank else list(pages)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return len(self._pages)

    def ids(self) -> list[list[str]]:
        """The ids that stand on each page."""
        return [list(page.anchors) for page in self._pages]

    def content(self, number: int) -> Any:
        """The root box of a page, at its place."""
        return self._pages[number]._page_box.children[0]


def style_of(recto: bool) -> str:
    """The style that lets a section's first page be on a side."""
    return f"html {{ break-before: {'right' if recto else 'left'} }}"
