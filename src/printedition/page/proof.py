"""Reads the proofs: holds what was set against what a page must be, before it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from printedition.frozen import dataclass
from printedition.page.rank import lines_of
from printedition.page.setting import Setting

_TOLERANCE = 0.5  # px


@dataclass(frozen=True, slots=True)
class Error:
    """What is wrong with a page of a section, counted from 0; `id` is the entry or note meant."""

    code: str
    message: str
    page: int
    id: str = ""


def read_proofs(setting: Setting) -> list[Error]:
    """All that is wrong with the pages of a setting."""
    return [
        *_unrest(setting),
        *_overfull(setting),
        *_astray(setting),
        *_notes(setting),
        *_beside(setting),
    ]


def _unrest(setting: Setting) -> Iterator[Error]:
    if setting.at_rest is None:
        return
    page = setting.at_rest
    entries = [keyed for band in setting.keyed[page].values() for keyed in band]
    name = entries[-1].id if entries else ""
    yield Error(
        "PAG002", "the pages do not come to rest: this entry is the last of its page", page, name
    )


def _overfull(setting: Setting) -> Iterator[Error]:
    """What belongs on a page must end above its foot, text above bands."""
    for number, plan in enumerate(setting.plans):
        over = -setting.blank(number)
        if over > _TOLERANCE:
            first = next((one.entry.id for one in plan.entries), "")
            first = first or next((piece.note.id for piece in plan.pieces), "")
            yield Error(
                "PAG003",
                f"what belongs on one page is {over * 0.75:.0f} pt higher than the page",
                number,
                first,
            )


def _astray(setting: Setting) -> Iterator[Error]:
    """Each entry stands once, on the page of the first letter of its lemma."""
    standing: dict[str, list[int]] = {name: [] for name in setting.entries}
    for number, bands in enumerate(setting.keyed):
        for keyed in (keyed for band in bands.values() for keyed in band):
            standing[keyed.id].append(number)
    for name, pages in standing.items():
        strip, _ = lines_of(setting.text, setting.entries[name])
        page = next(n for n, plan in enumerate(setting.plans) if plan.start <= strip < plan.stop)
        if pages != [page]:
            yield Error("PAG004", "the entry is not on the page of its lemma", page, name)


def _notes(setting: Setting) -> Iterator[Error]:
    """Each note begins on the page of its call or after it, and goes on until it ends."""
    ends: dict[str, tuple[int, int]] = {}
    lengths: dict[str, int] = {}
    for number, plan in enumerate(setting.plans):
        for piece in plan.pieces:
            name = piece.note.id
            lengths[name] = len(piece.note)
            stop, page = ends.get(name, (0, number - 1))
            if piece.start != stop or page != number - 1:
                yield Error("PAG005", "the note is divided wrongly", number, name)
            ends[name] = piece.stop, number
    for name, call in setting.calls.items():
        strip = setting.text.where[call][0]
        page = next(n for n, plan in enumerate(setting.plans) if plan.start <= strip < plan.stop)
        if ends.get(name, (0, 0))[0] != lengths.get(name, -1):
            yield Error("PAG005", "the note is not printed to its end", page, name)


def _beside(setting: Setting) -> Iterator[Error]:
    """Each margin note stands once, beside its page, between its edges and clear of the others."""
    standing: dict[str, list[int]] = {}
    for number in range(setting.count):
        notes, tops = setting.spread(number)
        floor = -_TOLERANCE
        for note, top in zip(notes, tops, strict=True):
            standing.setdefault(note.id, []).append(number)
            foot = top + note.height
            if top < floor or foot > setting.page.height(number) + _TOLERANCE:
                yield Error(
                    "PAG005", "the margin note has no room where it stands", number, note.id
                )
            floor = foot - _TOLERANCE
    for strip, names in setting.margins.called.items():
        page = setting.page_of(strip)
        for name in names:
            if standing.get(name) != [page]:
                yield Error("PAG005", "the margin note is not on the page of its words", page, name)
