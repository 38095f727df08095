"""What lies on the desk: the last good books, what is wrong, and what changed on which page."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from printedition.diagnostics import HOUSE, Diagnostic
from printedition.preview.bound import BoundBook
from printedition.preview.editors import EditorLinks
from printedition.preview.printed import PrintedBook
from printedition.sources import SourceFile, Span
from printedition.watching.rounds import Round

_OLD = 2  # books that pages which are shown still may ask for
_WINDOW = 60  # signs of a line that are shown before a fault's place, and after it
_CHANGED = ("changed", "moved", "renumbered")


class Desk:
    """Is told of builds by the one who makes them, and asked by browsers, each in its thread."""

    def __init__(self, edition: Path, links: EditorLinks) -> None:
        self._edition = edition
        self._links = links
        self._renewed = threading.Condition()
        self._number = 0
        self._printed: list[PrintedBook] = []
        self._bound: list[BoundBook] = []
        self._state: dict[str, Any] = {
            "title": edition.name,
            "doing": "",
            "built": "",
            "builds": 0,
            "news": "",
            "hindrance": "",
            "stale": False,
            "pages": [],
            "chapters": [],
            "faults": [],
        }

    # Told by rounds

    def away(self) -> None:
        """The edition is not there; it is waited for."""
        gone = f"the edition in “{self._edition}” is not there; it is waited for"
        self._renew(doing="", hindrance=gone, stale=bool(self._printed))

    def began(self, saved: Sequence[str]) -> None:
        """A build begins."""
        self._renew(doing="Building")

    def at(self, step: str, detail: str) -> None:
        """The build is at a step."""
        self._renew(doing=" ".join(step.split()[1:]) or step)

    def ended(self, made: Round) -> None:
        """A build has ended; where it wrote no books, those before it stay."""
        outcome = made.outcome
        told: dict[str, Any] = {
            "doing": "",
            "faults": [self._fault(each, outcome.texts) for each in outcome.diagnostics],
            "hindrance": outcome.hindrance,
            "stale": not made.books,
        }
        if outcome.fault:
            told["hindrance"] = outcome.fault.strip().splitlines()[-1]
        if made.books:
            told |= {"built": time.strftime("%H:%M:%S"), "news": made.news}
            told["builds"] = self._state["builds"] + 1
        if "pdf" in made.books:
            told |= self._print(made)
        if "epub" in made.books:
            told |= self._bind(made.books["epub"])
        self._renew(**told)

    def _print(self, made: Round) -> dict[str, Any]:
        book = PrintedBook(made.books["pdf"])
        changed = {each.number: each for each in made.changed}
        pages = [
            {"label": label, "width": round(width, 2), "height": round(height, 2)}
            for label, (width, height) in zip(book.labels, book.sizes, strict=True)
        ]
        for number, each in changed.items():
            pages[number]["change"] = each.kind
            if each.words:
                pages[number]["marks"] = book.places(each, made.leaves[number])
        by_rank = sorted(made.changed, key=lambda each: (_CHANGED.index(each.kind), each.number))
        self._keep(book)
        go = by_rank[0].number if by_rank else None
        title = book.title or self._state["title"]
        return {"pdf": book.key, "pages": pages, "go": go, "title": title}

    def close(self) -> None:
        """Close all printed books, once no picture is being made of them.

        PDFium ends with the program, and a thread that still uses it then brings that down.
        """
        with self._renewed:
            closed, self._printed = self._printed, []
        for book in closed:
            book.close()

    def _keep(self, book: PrintedBook) -> None:
        """Let this be the last printed book; those that nobody can be looking at are closed."""
        if self._printed and self._printed[-1].key == book.key:
            book.close()
            return
        with self._renewed:
            gone, kept = self._printed[:-_OLD], self._printed[-_OLD:]
            self._printed = [*kept, book]
        for each in gone:
            each.close()

    def _bind(self, data: bytes) -> dict[str, Any]:
        book = BoundBook(data)
        known = {c.name: c.sum for c in self._bound[-1].chapters} if self._bound else {}
        chapters = [
            {
                "name": chapter.name,
                "title": chapter.title,
                "sum": chapter.sum,
                "changed": bool(known) and known.get(chapter.name) != chapter.sum,
            }
            for chapter in book.chapters
        ]
        if not self._bound or self._bound[-1].key != book.key:
            self._bound = [*self._bound[-_OLD:], book]
        return {"epub": book.key, "chapters": chapters}

    def _fault(self, found: Diagnostic, texts: Any) -> dict[str, Any]:
        return {
            "code": found.code,
            "severity": found.severity.value,
            "message": found.message,
            "hint": found.hint,
            **self._place(found.span, texts),
            "labels": [
                {"text": label.text, **self._place(label.span, texts)} for label in found.labels
            ],
        }

    def _place(self, span: Span, texts: Any) -> dict[str, Any]:
        """Where a span stands, the link that leads there, and its line in three parts."""
        file: SourceFile | None = texts.get(span.source)
        line, column = (1, 1) if file is None else file.place(span.start)
        told: dict[str, Any] = {"place": f"{span.source}:{line}:{column}"}
        if not span.source.startswith(HOUSE):
            told["link"] = self._links.to(self._edition / span.source, line, column)
        if file is not None:
            words, at = file.line(line), column - 1
            end = at + max(min(span.end - span.start, len(words) - at), 0)
            before, after = words[max(at - _WINDOW, 0) : at], words[end : end + _WINDOW]
            told["line"] = [
                "…" * (at > _WINDOW) + before,
                words[at:end],
                after + "…" * (len(words) > end + _WINDOW),
            ]
        return told

    def _renew(self, **told: Any) -> None:
        with self._renewed:
            self._state |= told
            self._number += 1
            self._state["number"] = self._number
            self._renewed.notify_all()

    # Asked by browsers

    @property
    def number(self) -> int:
        """That of the state, which counts up whenever something is told."""
        with self._renewed:
            return self._number

    def wait(self, number: int, seconds: float) -> int:
        """The number of the state once it is another, or after so many seconds."""
        with self._renewed:
            self._renewed.wait_for(lambda: self._number != number, seconds)
            return self._number

    def state(self) -> bytes:
        """All that is to be shown, as JSON."""
        with self._renewed:
            return json.dumps(self._state, ensure_ascii=False).encode()

    def picture(self, key: str, number: int, width: int) -> bytes:
        """A page's picture; raises LookupError or StopIteration."""
        with self._renewed:
            book = next(book for book in self._printed if book.key == key)
        return book.picture(number, width)

    def file(self, key: str, name: str) -> tuple[bytes, str]:
        """A file of the e-book, and its kind; raises LookupError or StopIteration."""
        with self._renewed:
            book = next(book for book in self._bound if book.key == key)
        return book.file(name)
