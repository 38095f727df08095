"""Tables: where their cells stand in the file, which markdown-it does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from printedition.edition.text import Attributes, Paragraph, Table
from printedition.reading.attributes import Setting
from printedition.reading.lines import Line, bare
from printedition.sources import Span

_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Grid:
    """A table being gathered; `cells` are those of its last row, as they stand in the file."""

    attributes: Attributes
    start: int
    rows: list[list[Paragraph]] = field(default_factory=list)
    aligned: list[str] = field(default_factory=list)
    cells: list[Line] = field(default_factory=list)

    def begin_row(self, line: Line, setting: Setting) -> None:
        """Find the cells of a row; those beyond the table's last column are a fault."""
        self.cells = _cells(line)
        self.rows.append([])
        columns = len(self.rows[0])
        beyond = self.cells[columns:] if len(self.rows) > 1 else []
        if first := next((cell for cell in beyond if cell.text), None):
            setting.findings.report(
                "MRK007",
                f"this row has more cells than the {columns} of the table's first row",
                Span(setting.source, first.offset, line.offset + len(line.text)),
                hint="give the first row as many cells; to print a | write \\|",
            )

    def next_cell(self) -> Line:
        """The words of the next cell of the row; none where the row is too short."""
        number = len(self.rows[-1])
        if number < len(self.cells):
            return self.cells[number]
        return Line("", self.cells[-1].offset + len(self.cells[-1].text))

    def add(self, cell: Paragraph, alignment: str) -> None:
        """Add a cell to the row; the first row's say how the columns are aligned."""
        self.rows[-1].append(cell)
        if len(self.rows) == 1:
            self.aligned.append(alignment)

    def close(self, source: str) -> Table:
        """The table, as it was gathered."""
        last = self.rows[-1][-1] if self.rows and self.rows[-1] else None
        span = Span(source, self.start, last.span.end if last else self.start + 1)
        head, *rows = self.rows or [[]]
        body = tuple(tuple(row) for row in rows)
        return Table(self.attributes, tuple(head), body, tuple(self.aligned), span)


def _cells(row: Line) -> list[Line]:
    edges = [match.start() for match in _PIPE.finditer(row.text)]
    starts = [0, *(edge + 1 for edge in edges)]
    spans = [(begin, end) for begin, end in zip(starts, [*edges, len(row.text)], strict=True)]
    if spans[0] == (0, 0):
        del spans[0]
    if spans and spans[-1][0] == len(row.text):
        del spans[-1]
    return [bare(row.text[begin:end], row.offset + begin) for begin, end in spans]
