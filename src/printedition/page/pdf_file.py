"""The file of a PDF: what WeasyPrint writes of a book, and the quires of its sections as they are.

Pages have the numbers that their quires give them; what is of the whole book has those above.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from typing import Any, ClassVar

import pydyf

from printedition.page.numbers import STRUCTURE
from printedition.page.objects import HARD
from printedition.page.quire import Quire, in_stream, written

_FIRST = STRUCTURE + 1  # the first number that a quire may have
_WIDTHS = 1, 4, 2  # bytes of the fields of the cross-reference stream


class _Objects(list[Any]):
    """The objects of a PDF in order; one is asked for by its number."""

    def __init__(self) -> None:
        super().__init__()
        self.by_number: dict[int, Any] = {}

    def append(self, item: Any) -> None:
        super().append(item)
        self.by_number[item.number] = item

    def __getitem__(self, number: Any) -> Any:
        return self.by_number[number]


class PlannedPDF(pydyf.PDF):  # type: ignore[misc]
    """A PDF some of whose pages are in quires; `plan` is that of the next that is made."""

    plan: ClassVar[Plan]

    def __init__(self) -> None:
        self._numbers = chain(range(STRUCTURE), count(self.plan.end))
        self._pages = iter(self.plan.numbers)
        self.objects: Any
        super().__init__()

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, _Objects() if name == "objects" else value)

    def add_object(self, item: Any) -> None:
        """Add an object, which gets its number."""
        is_structure = isinstance(item, dict) and item.get("S") == "/Document"
        item.number = STRUCTURE if is_structure else next(self._numbers)
        self.objects.append(item)

    def add_page(self, page: Any) -> None:
        """Add a page, which has the number of its quire if it is in one."""
        if (number := next(self._pages, None)) is None:
            super().add_page(page)
            return
        self.pages["Count"] += 1
        page.number = number
        self.objects.append(page)
        self.pages["Kids"].extend([number, 0, "R"])

    def write(
        self, output: Any, version: Any = b"1.7", identifier: Any = False, compress: bool = False
    ) -> None:
        """Write the file, its objects in streams; raises nothing of its own."""
        self.add_object(self.info)
        quires = self.plan.quires
        head = b"%PDF-" + pydyf._to_bytes(version) + b"\n%\xf0\x9f\x96\xa4\n"
        used = [item for item in self.objects if item.free == "n"]
        held = [item for item in used if item.compressible]
        self.add_object(stream := in_stream(held))
        streams = [item for item in used if not item.compressible]
        own, places = written((*streams, stream), len(head))
        parts, at = [head, own], len(head) + len(own)
        rows = _Rows()
        rows.add(places, [item.number for item in held], stream.number)
        for quire in quires:
            moved = [(number, place + at) for number, place in quire.places]
            rows.add(moved, quire.held, quire.places[-1][0])
            parts.append(quire.written)
            at += len(quire.written)
        number = next(self._numbers)
        rows.add([(number, at)], (), 0)
        index, data = rows.told()
        whole = b"".join(parts)
        total = hashlib.md5(whole, usedforsecurity=False).hexdigest()
        names = [pydyf.String(one).data for one in (pydyf._to_bytes(identifier).decode(), total)]
        packed = zlib.compress(data, HARD)
        extra = {
            "Type": "/XRef",
            "Index": pydyf.Array(index),
            "W": pydyf.Array(_WIDTHS),
            "Size": number + 1,
            "Root": self.catalog.reference,
            "Info": self.info.reference,
            "ID": pydyf.Array(names),
            "Filter": "/FlateDecode",
        }
        table = pydyf.Stream([packed], extra)
        table.number = number
        end = b"startxref\n%d\n%%%%EOF\n" % at
        output.write(whole + table.indirect + b"\n" + end)


class Plan:
    """The quires of a book, and the number of each page, None for one that is in none.

    Numbers up to before `end` are those of quires, used or not.
    """

    def __init__(self, quires: Sequence[Quire], numbers: Sequence[int | None], end: int) -> None:
        self.quires, self.numbers, self.end = quires, numbers, max(end, _FIRST)


_NONE = PlannedPDF.plan = Plan((), (), _FIRST)


@contextmanager
def planned(plan: Plan | None) -> Iterator[None]:
    """Let the PDFs that are made meanwhile follow a plan; without one they have no quires."""
    PlannedPDF.plan = plan or _NONE
    try:
        yield
    finally:
        PlannedPDF.plan = _NONE


class _Rows:
    """The rows of a cross-reference stream (ISO 32000-1, 7.5.8)."""

    def __init__(self) -> None:
        self._rows: dict[int, bytes] = {0: _row(0, 0, 65535)}

    def add(self, places: Iterable[tuple[int, int]], held: Iterable[int], stream: int) -> None:
        """Add objects in the file by their places, and those held in a stream."""
        for number, place in places:
            self._rows[number] = _row(1, place, 0)
        kind = bytes((2,)) + stream.to_bytes(_WIDTHS[1], "big")
        for at, number in enumerate(held):
            self._rows[number] = kind + at.to_bytes(_WIDTHS[2], "big")

    def told(self) -> tuple[list[int], bytes]:
        """The first number and length of each run of numbers, and all rows."""
        numbers = sorted(self._rows)
        runs = list(_runs(numbers))
        return runs, b"".join([self._rows[number] for number in numbers])


def _row(kind: int, place: int, generation: int) -> bytes:
    fields = zip((kind, place, generation), _WIDTHS, strict=True)
    return b"".join(value.to_bytes(width, "big") for value, width in fields)


def _runs(numbers: Sequence[int]) -> Iterator[int]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield from (first, last + 1 - first)
            first = number
        last = number
    yield from (first, last + 1 - first)


def mend() -> None:
    """Let WeasyPrint make such PDFs; done once, however often it is called."""
    pydyf.PDF = PlannedPDF


# What the finisher of a document does


def put_in(pdf: Any, quires: Sequence[Quire]) -> None:
    """Tell the pages and tags of a PDF of the objects of its quires."""
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    mapping = pdf.objects[int(root["ParentTree"].split()[0])]
    structure = pdf.objects[STRUCTURE]
    nums = mapping.pop("Nums")
    tops: dict[int, list[bytes]] = {}
    for quire in quires:
        for number, own in enumerate(quire.contents):
            page = pdf.objects[quire.first + number]
            page["Contents"] = pydyf.Array([page["Contents"], _reference(own)])
            if links := quire.annotations[number]:
                page["Annots"] = pydyf.Array(map(_reference, links))
            nums[2 * page["StructParents"] + 1] = _reference(quire.parents[number])
        tops[quire.first] = [_reference(top) for top in quire.tops]
    structure["K"] = _in_order(structure["K"], pdf, tops)
    last = nums[-2]
    leaf = pydyf.Dictionary({"Limits": pydyf.Array((0, last)), "Nums": nums})
    pdf.add_object(leaf)
    listed = map(_reference, sorted(q.listed for q in quires if q.listed is not None))
    mapping["Kids"] = pydyf.Array([leaf.reference, *listed])


def _in_order(own: Sequence[bytes], pdf: Any, tops: dict[int, list[bytes]]) -> Any:
    """The tags at the top, in the order of the pages: those that the PDF has, and of quires."""
    waiting = list(own)
    made = pydyf.Array()
    for number in pdf.pages["Kids"][::3]:
        made.extend(tops.pop(number, ()))
        page = _reference(number)
        while waiting and pdf.objects[int(waiting[0].split()[0])]["Pg"] == page:
            made.append(waiting.pop(0))
    made.extend(waiting)
    return made


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number
