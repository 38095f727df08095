"""Notes that belong to a text: each call has its body, and each body its call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printedition.diagnostics import Findings
from printedition.edition.text import Block, NoteCall, TextNote, leaves_of, walk_inlines


def check_notes(blocks: Sequence[Block], notes: Sequence[TextNote], findings: Findings) -> None:
    """Every call has a body, every body a call, no label stands twice, no note holds a note."""
    bodies: dict[str, TextNote] = {}
    called = set()
    for note in notes:
        if note.label in bodies:
            findings.report(
                "NOT004", f"the note “{note.label}” stands twice in this file", note.span
            )
        bodies[note.label] = note
        for call in calls_in(note.blocks):
            called.add(call.label)
            findings.report(
                "NOT003",
                f"the note “{note.label}” calls the note “{call.label}”",
                call.span,
                hint="no note holds a note; take its words into the outer one",
            )
    for call in calls_in(blocks):
        called.add(call.label)
        if call.label not in bodies:
            findings.report(
                "NOT002",
                f"there is no note “{call.label}” in this file",
                call.span,
                hint=f"add a paragraph that begins with [^{call.label}]:",
            )
    for label, note in bodies.items():
        if label not in called:
            findings.report(
                "NOT001",
                f"the note “{label}” is never called",
                note.span,
                hint=f"put [^{label}] where it belongs, or take the note out",
            )


def calls_in(blocks: Sequence[Block]) -> Iterator[NoteCall]:
    """Every call of a note inside blocks, in order."""
    for leaf in leaves_of(tuple(blocks)):
        for inline in walk_inlines(leaf.inlines):
            if isinstance(inline, NoteCall):
                yield inline
