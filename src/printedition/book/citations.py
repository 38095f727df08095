"""Composes citations and the list of works cited, in the style of the edition or the house's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from printedition.book import tree
from printedition.book.house import house_folder
from printedition.book.marked_words import CLOSE, OPEN, Unformattable, composed
from printedition.diagnostics import Findings
from printedition.edition.bibliography import Work
from printedition.edition.edition import Edition, SectionKind
from printedition.edition.text import Citation, Cite, Inline
from printedition.frozen import dataclass
from printedition.scholarship.citing import cites_of
from printedition.sources import Span

if TYPE_CHECKING:
    from printedition.book.processor import Processor

HOUSE_STYLE = "citations/chicago-notes-bibliography-16th-edition.csl"
_SIGNS = "".join((*OPEN.values(), CLOSE))
_ENDS = re.compile(rf"(?P<stop>[.?!…])[”’»“\"{_SIGNS}]*\Z")

Marked: TypeAlias = Callable[[tuple[Inline, ...]], tuple[tree.Inline, ...]]


@dataclass(frozen=True, slots=True)
class Position:
    """Where in its paragraph a citation stands, which is why it may want a capital or a stop.

    `last` is only true where a paragraph ends that is one of its own, `before_stop` where the
    editor's own stop follows. Inside a link nothing may be linked.
    """

    first: bool = False
    last: bool = False
    before_stop: bool = False
    in_link: bool = False


class Citations:
    """The citations of a book, composed in its order: what is cited again prints shorter.

    What can't be formatted is reported. The processor is only loaded where a work is cited.
    """

    def __init__(self, edition: Edition, findings: Findings) -> None:
        self._edition = edition
        self._findings = findings
        self._made: Processor | None = None
        self._failed = False
        works = edition.bibliography.works if edition.bibliography else ()
        self._ids = {work.key.text: f"work.{number}" for number, work in enumerate(works, 1)}
        self._works = edition.bibliography.by_key if edition.bibliography else {}
        self._are_listed = any(one.kind is SectionKind.SOURCES for one in edition.book)

    def forget(self) -> None:
        """Nothing counts as cited any more."""
        if self._made is not None:
            self._made.forget()

    def begin_section(self) -> None:
        """What the section before cited last is no longer just above."""
        if self._made is not None:
            self._made.begin_section()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is cited meanwhile counts as cited nowhere else."""
        kept = self._made.cited if self._made is not None else ()
        yield
        if self._made is not None:
            self._made.cited = kept

    def write(self, citation: Citation, marked: Marked, at: Position) -> Iterator[tree.Inline]:
        """A citation as phrases, each work linked to the list of works where the book has one."""
        processor = self._processor()
        said = self._said(citation, processor)
        if processor is None or said is None:
            yield tree.Words("; ".join(cite.key for cite in citation.cites))
            return
        prefix, delimiter, suffix = processor.affixes
        if processor.is_note:
            suffix = suffix if at.last and not citation.cites[-1].after else ""
            if at.first and not citation.cites[0].before and not prefix:
                said[0] = _capitalised(said[0], processor.manners.ibid)
        if suffix.startswith(".") or at.before_stop:
            said[-1] = _without_stop(said[-1], citation.cites[-1], suffix or ".")
        if prefix:
            yield tree.Words(prefix)
        for number, (cite, words) in enumerate(zip(citation.cites, said, strict=True)):
            if number:
                yield tree.Words(delimiter or "; ")
            yield from self._work(cite, words, marked, at)
        if suffix:
            yield tree.Words(suffix)

    def _said(self, citation: Citation, processor: Processor | None) -> list[str] | None:
        """The works of a citation as the style words them; None where it can't."""
        if processor is None or not citation.cites:
            return None
        wanted = [(cite.key, cite.place, cite.author_named) for cite in citation.cites]
        try:
            return list(processor.cite(wanted))
        except Unformattable as fault:
            self._report(f"the style cannot cite the work “{fault.key}”", citation.span, fault)
            return None

    def _work(self, cite: Cite, words: str, marked: Marked, at: Position) -> Iterator[tree.Inline]:
        if cite.before:
            yield from marked(cite.before)
            yield tree.Words(" ")
        href = self._ids.get(cite.key, "") if self._are_listed and not at.in_link else ""
        yield tree.Phrase("citation", composed(words, linked=False), href=href)
        if cite.after:
            nodes = marked(cite.after)
            first = nodes[0] if nodes else None
            if not (isinstance(first, tree.Words) and first.text[:1] in ",.;:)?!"):
                yield tree.Words(" ")
            yield from nodes

    def rows(self) -> tuple[tree.WorkRow, ...]:
        """The works that are cited or listed, in the order and the words of the style."""
        processor = self._processor()
        rows: list[tree.WorkRow] = []
        try:
            for key, words in processor.listed() if processor else ():
                span = self._works[key].key.span
                rows.append(tree.WorkRow(self._ids[key], composed(words), span))
        except Unformattable as fault:
            span = self._works[fault.key].key.span
            self._report(f"the style cannot list the work “{fault.key}”", span, fault)
        return tuple(rows)

    # The processor

    def _processor(self) -> Processor | None:
        """The processor, made when a work is cited first; None where the style fails at once."""
        if self._made is None and not self._failed:
            from printedition.book.processor import Processor

            try:
                self._made = Processor(self._style(), self._edition.lang, self._cited())
            except Unformattable as fault:
                self._failed = True
                work, style = self._works.get(fault.key), self._edition.citation_style
                span = work.key.span if work else style.span if style else self._edition.root
                self._report("the style cannot put the works in order", span, fault)
        return self._made

    def _style(self) -> str:
        if self._edition.citation_style is not None:
            return self._edition.citation_style.text
        return (house_folder("styles") / HOUSE_STYLE).read_text(encoding="utf-8")

    def _cited(self) -> list[Work]:
        """The works cited, in order, and those listed all the same."""
        bibliography = self._edition.bibliography
        more = [key for key in self._works if bibliography and bibliography.lists(key)]
        keys = dict.fromkeys([*(cite.key for cite in cites_of(self._edition)), *more])
        return [self._works[key] for key in keys if key in self._works]

    def _report(self, message: str, span: Span, fault: Unformattable) -> None:
        hint = f"look at its dates and names; the processor of styles stops with {fault}"
        self._findings.report("BIB006", message, span, hint=hint)


def _capitalised(words: str, ibid: str) -> str:
    """A citation that begins a paragraph with ibid., which then is Ibid."""
    if not ibid or not words.lstrip(_SIGNS).startswith(ibid):
        return words
    return words.replace(ibid, ibid[0].upper() + ibid[1:], 1)


def _without_stop(words: str, cite: Cite, suffix: str) -> str:
    """Words without the stop that the one behind them would double."""
    ends = _ENDS.search(words)
    if cite.after or ends is None or ends["stop"] != "." or not suffix.startswith("."):
        return words
    return words[: ends.start()] + words[ends.start() + 1 :]
