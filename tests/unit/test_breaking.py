"""Where pages end whose notes run on, on lines and notes that are nothing but heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printedition.page.breaking import Breaker, Plan
from printedition.page.galley import End
from printedition.page.stack import Band, Called, Piece

LINE, NOTE_LINE, FLOOR, APART = 18.0, 14.0, 36 * 18.0, 12.0
BAND = Band("notes", run_in=False, apart=APART, next=APART, line=NOTE_LINE, width=300.0)


@dataclass(frozen=True)
class Lines:
    """So many lines of text, of which a page may end with each."""

    count: int

    def height(self, start: int, stop: int) -> float:
        return LINE * max(stop - start, 0)

    def end(self, number: int) -> End:
        return End.FORCED if number == self.count - 1 else End.YES

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True)
class Note:
    """A note of so many lines, which may be divided after each."""

    id: str
    lines: int
    band: str = "notes"

    def __len__(self) -> int:
        return self.lines

    def height(self, start: int, stop: int) -> float:
        return NOTE_LINE * max(stop - start, 0)

    def ends(self, start: int) -> Sequence[int]:
        return range(start + 1, self.lines + 1)


def paginate(count: int, notes: dict[int, int]) -> list[Plan]:
    """The pages of so many lines, with notes of so many lines called in lines, from 0."""
    called = [
        Called((), (Piece(Note(str(n), notes[n]), 0, notes[n]),) if n in notes else ())
        for n in range(count)
    ]
    breaker = Breaker(
        Lines(count),
        called,
        [True] * count,
        [BAND],
        lambda _: FLOOR,
        lambda a, b: f"{a}",
        line=LINE,
    )
    return breaker.paginate({})


def texts(plans: list[Plan]) -> list[int]:
    """How many lines of text each page has."""
    return [plan.stop - plan.start for plan in plans]


def test_the_page_before_gives_lines_to_one_that_would_hold_a_note_alone() -> None:
    """A note ran on from the last page of a text to one that had nothing else."""
    first, second = texts(paginate(20, {2: 60}))
    assert first + second == 20 and 0 < second <= 6


def test_a_note_that_runs_on_takes_more_of_a_page_than_it_should_lest_this_be_empty() -> None:
    """The next line called a note, and the one before it was to leave a quarter free."""
    plans = paginate(60, {2: 80, 3: 4})
    assert all(texts(plans))
    beginnings = {piece.note.id: n for n, plan in enumerate(plans) for piece in plan.pieces[::-1]}
    assert plans[beginnings["3"]].start <= 3 < plans[beginnings["3"]].stop


def test_two_notes_of_pages_on_neighbouring_lines_leave_pages_without_text() -> None:
    """Else the second note would begin before the first ends, or not on the page of its call."""
    assert 0 in texts(paginate(60, {2: 150, 3: 4}))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 150),
    st.dictionaries(st.integers(0, 149), st.integers(1, 120), max_size=8),
)
def test_nothing_is_lost_and_no_page_is_without_text_that_could_have_some(
    count: int, notes: dict[int, int]
) -> None:
    notes = {line: length for line, length in notes.items() if line < count}
    plans = paginate(count, notes)
    assert [n for plan in plans for n in range(plan.start, plan.stop)] == list(range(count))
    pieces = [(p.note.id, n) for plan in plans for p in plan.pieces for n in range(p.start, p.stop)]
    assert pieces == [(str(line), n) for line in sorted(notes) for n in range(notes[line])]
    for number, plan in enumerate(plans):
        height = sum(piece.height for piece in plan.pieces)
        room = FLOOR - LINE * (plan.stop - plan.start) - (APART if plan.pieces else 0)
        assert height <= room + 0.1
        if plan.stop == plan.start and number + 1 < len(plans) and plan.start < count:
            # Its notes fill it, but for what a line of text and the next note would need.
            assert room - height < LINE + NOTE_LINE + 0.1
