"""What the pages of a round tell of notes, on which an index counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from printedition.page.frame import Learner

SECTION: Any = SimpleNamespace(
    id="s",
    end_notes=(),
    moved=(),
    pointers=(),
    notes=tuple(
        SimpleNamespace(id=name, entry=None if name.startswith("n") else "an entry")
        for name in ("n1", "n2", "e1")
    ),
)
FRAME: Any = SimpleNamespace(labels=["i", "1", "2"], sheet=lambda _section, number: number + 1)


def test_a_note_that_runs_on_counts_on_both_its_pages() -> None:
    """A word in it was said to be in “the note” of a page that has another, too."""
    drawn: Any = SimpleNamespace(
        ids=[["w", "n1", "e1"], ["n1", "n2", "x"]], lines={}, count=2, blank=()
    )
    known = Learner(FRAME, [SECTION], {"s": drawn}, "en").learn()
    assert known.notes == {"1": 1, "2": 2}
    assert known.folios["n1"] == "1"
    assert (known.places["w"].notes, known.places["x"].notes) == (1, 2)
    assert (known.places["x"].page, known.places["x"].folio) == (2, "2")
