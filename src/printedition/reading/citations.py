"""Citations in the editor's prose: `[see @key, p. 12; @other]`, as Pandoc writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from printedition.edition.text import Citation, Cite, CitedPlace, Inline
from printedition.frozen import dataclass
from printedition.reading.attributes import Setting
from printedition.reading.cited_places import label_of
from printedition.reading.lines import Line, Stretch

# The manual of Pandoc, “Citation syntax”: what a key may hold, and braces round any other.
_KEY = re.compile(
    r"(?<![\w\\])(?P<minus>-?)@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>\w(?:\w|[:.#$%&+?<>~/-](?=\w))*))"
)
_UNIT = r"(?:[^\s,;–—-]*\d[^\s,;–—-]*|[ivxlcdm]+\b|[IVXLCDM]+\b)"
_RANGE = rf"{_UNIT}(?:\s*[-–]\s*{_UNIT})?(?:\s?(?:ff?|sqq?)\.)?"
_NUMBER = re.compile(rf"{_RANGE}(?:(?:\s*,\s*|\s*&\s*|\s+(?:and|und|et|e|y|и)\s+){_RANGE})*")
_LABEL = re.compile(r"(?:[^\W\d_]+\.(?:\s?[^\W\d_]+\.)?|[^\W\d_]+|[§¶№]{1,2})(?=[\s\d])\s*")
_SLIPS = {"pg.": "p.", "pgs.": "pp.", "pg": "p.", "pgs": "pp."}
_LINE = re.compile(r"[^\n]+")
_GOES_ON = ("f.", "sq.", "sqq.")
_LEAD = re.compile(r"\s*(?P<comma>,?)\s*")

Parse: TypeAlias = Callable[[Sequence[Line], Setting], tuple[Inline, ...]]


def names_a_work(text: str, start: int, end: int) -> bool:
    """Whether what stands in brackets is a citation: it has the key of a work."""
    return _KEY.search(text, start, end) is not None


@dataclass(frozen=True, slots=True)
class CitationReader:
    """Reads citations of a block; `parse` reads the marks and words of its lines, or of some."""

    stretch: Stretch
    setting: Setting
    parse: Parse

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.stretch.text

    def read(self, start: int, end: int) -> Citation:
        """The citation between two brackets at `start` and `end`; its faults are reported."""
        cites = tuple(
            cite for part in self._parts(start + 1, end) if (cite := self._cite(*part)) is not None
        )
        return Citation(cites, self.stretch.span(start, end + 1))

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What semicolons part, but for those in braces."""
        depth = 0
        for index in range(start, end):
            match self.text[index]:
                case "{":
                    depth += 1
                case "}":
                    depth -= 1
                case ";" if depth <= 0 and self.text[index - 1] != "\\":
                    yield start, index
                    start = index + 1
        yield start, end

    def _cite(self, start: int, end: int) -> Cite | None:
        key = _KEY.search(self.text, start, end)
        if key is None:
            self._report(
                start,
                end,
                "this part of the citation names no work",
                "a semicolon parts two works; write \\; to print one, or \\[ where no citation "
                "is meant",
            )
            return None
        place, after = self._place(key.end(), end)
        if second := _KEY.search(self.text, after, end):
            self._report(second.start(), second.end(), "a second work in one part of the citation",
                         "put a semicolon between the two")  # fmt: skip
            end = second.start()
        return Cite(
            key=key["braced"] or key["key"],
            span=self.stretch.span(key.start(), key.end()),
            before=self._words(start, key.start()),
            place=place,
            after=self._words(after, end),
            author_named=bool(key["minus"]),
        )

    def _words(self, start: int, end: int) -> tuple[Inline, ...]:
        """The marks and words between two indices."""
        lines = [
            Line(found[0], found.start() + self.stretch.shift(found.start()))
            for found in _LINE.finditer(self.text, start, end)
        ]
        return self.parse(lines, self.setting) if lines else ()

    # The place in the work

    def _place(self, start: int, end: int) -> tuple[CitedPlace | None, int]:
        """The place that is named after a key, and the index from which the suffix goes on."""
        lead = _LEAD.match(self.text, start, end)
        at = lead.end() if lead else start
        if self.text[at : at + 1] == "{":
            return self._braced(at, end)
        label, number_at = self._label(at, end)
        number = _NUMBER.match(self.text, number_at, end)
        if number is None:
            if label:
                self._report(
                    at,
                    number_at,
                    f"no number follows “{self.text[at:number_at].strip()}”",
                    "write it as p. 12, or put {braces} round a place without a number",
                )
            return None, start
        if not label and not (lead and lead["comma"]) and not number[0][0].isdigit():
            return None, start
        if not label:
            self._check_label(at, end)
        stop = number.end()
        if number[0].endswith(".") and not number[0].endswith(_GOES_ON):
            stop -= 1  # it ends the sentence
        return CitedPlace(label or "page", _in_one_line(self.text[number_at:stop])), stop

    def _label(self, at: int, end: int) -> tuple[str, int]:
        found = _LABEL.match(self.text, at, end)
        label = label_of(found[0]) if found else None
        if found is None:
            return "", at
        if label is None:
            self._check_label(at, end)
            return "", at
        return label, found.end()

    def _braced(self, at: int, end: int) -> tuple[CitedPlace | None, int]:
        """`{pp. iv, 12 sq.}`: whatever stands in the braces."""
        close = self.text.find("}", at, end)
        if close < 0:
            self._report(at, at + 1, "the brace round the place is not closed", "close it: }")
            return None, end
        label, start = self._label(at + 1, close)
        number = _in_one_line(self.text[start:close])
        if not number:
            return None, close + 1
        return CitedPlace(label or "page", number), close + 1

    def _check_label(self, at: int, end: int) -> None:
        """Report a word before a number that lacks little to name a kind of place."""
        found = _LABEL.match(self.text, at, end)
        if found is None or not self.text[found.end() : found.end() + 1].isdigit():
            return
        word = found[0].strip()
        meant = _SLIPS.get(word.lower()) or f"{word}."
        if label_of(word) is None and label_of(meant) is not None:
            self._report(at, at + len(word), f"“{word}” names no kind of place in a work",
                         f"did you mean “{meant}”?")  # fmt: skip

    def _report(self, start: int, end: int, message: str, hint: str) -> None:
        span = self.stretch.span(start, max(end, start + 1))
        self.setting.findings.report("BIB004", message, span, hint=hint)


def _in_one_line(words: str) -> str:
    return " ".join(words.split())
