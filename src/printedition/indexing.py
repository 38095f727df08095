"""What the indexes of an edition hold, and what they may lack, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from printedition.edition.edition import Edition
from printedition.edition.index import Index
from printedition.scholarship.alphabet import Order
from printedition.scholarship.candidates import Candidate
from printedition.scholarship.mentions import Mentions
from printedition.sources import SourceFile, Span

Read = Callable[[str], SourceFile | None]

_SHOWN = 3  # places of a candidate in the list for people


class Survey:
    """The headings of an edition in their order, each with the number of its places.

    A place is counted once where it stands in its file, also where a text is printed twice.
    """

    def __init__(self, edition: Edition, mentions: Mentions) -> None:
        self._edition, self._mentions = edition, mentions
        self._order = Order(edition.index_settings, edition.lang)
        self._headings = mentions.headings

    def as_text(self) -> str:
        """A line for each heading, then what was left out."""
        lines = []
        for index in self._edition.indexes.values():
            rows = list(self._rows(index))
            width = max((len(name) for name, _ in rows), default=0)
            lines.append(f"{index.path}: {_count(len(rows), 'heading')}")
            lines += (f"  {name:<{width}}  {said}".rstrip() for name, said in rows)
        if not lines:
            lines.append("The book has no index; add under book: - index: 'index.yaml'")
        for rule, count in self._mentions.left_out.items():
            lines.append(f"left out by rule: {_count(count, 'place')} in {rule.value}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for programs."""
        record = {
            "indexes": [
                {"path": index.path, "headings": self._records(self._headings.of(index))}
                for index in self._edition.indexes.values()
            ],
            "left_out": {rule.value: count for rule, count in self._mentions.left_out.items()},
        }
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"

    def _rows(self, index: Index) -> Iterator[tuple[str, str]]:
        for number in self._sorted(self._headings.of(index)):
            yield self._row(number)
            for sub in self._sorted(self._headings.under(number), under=True):
                name, said = self._row(sub)
                yield f"  {name}", said

    def _row(self, number: int) -> tuple[str, str]:
        heading = self._headings.listed[number].heading
        count = self._mentions.gathered.counts[number]
        said = [_count(count, "place")] if count else []
        for word, others in (("see", heading.see), ("see also", heading.see_also)):
            if others:
                said.append(f"{word} " + "; ".join(other.text for other in others))
        return heading.heading.text, ", ".join(said)

    def _records(self, numbers: Iterable[int], *, under: bool = False) -> list[dict[str, Any]]:
        records = []
        for number in self._sorted(numbers, under=under):
            heading = self._headings.listed[number].heading
            records.append(
                {
                    "heading": heading.heading.text,
                    "places": self._mentions.gathered.counts[number],
                    "left_out": self._mentions.gathered.left_out_of[number],
                    "see": [other.text for other in heading.see],
                    "see_also": [other.text for other in heading.see_also],
                    "subheadings": self._records(self._headings.under(number), under=True),
                }
            )
        return records

    def _sorted(self, numbers: Iterable[int], *, under: bool = False) -> list[int]:
        listed = self._headings.listed
        return sorted(numbers, key=lambda n: self._order.key(listed[n].heading, under=under))


def candidates_as_text(found: Sequence[Candidate], read: Read, prefix: str) -> str:
    """A line for each candidate: how often it stands, the words, the first places."""
    if not found:
        return "All that looks like a name is in the index.\n"
    width = max(len(one.words) for one in found)
    lines = []
    for one in found:
        places = ", ".join(":".join(map(str, _place(p, read, prefix))) for p in one.places[:_SHOWN])
        more = f", and {len(one.places) - _SHOWN} more" if len(one.places) > _SHOWN else ""
        lines.append(f"{len(one.places):>5}  {one.words:<{width}}  {places}{more}")
    return "\n".join(lines) + "\n"


def candidates_as_json(found: Sequence[Candidate], read: Read, prefix: str) -> str:
    """The candidates with all their places, for programs."""
    records = [
        {
            "words": one.words,
            "places": [
                dict(zip(("path", "line", "column"), _place(p, read, prefix), strict=True))
                for p in one.places
            ],
        }
        for one in found
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _place(span: Span, read: Read, prefix: str) -> tuple[str, int, int]:
    file = read(span.source)
    line, column = file.place(span.start) if file else (1, 1)
    folder = prefix.rstrip("/")
    return (span.source if folder in ("", ".") else f"{folder}/{span.source}"), line, column


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
