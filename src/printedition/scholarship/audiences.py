"""What is for one audience, held against the audiences that there are and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from printedition.diagnostics import Findings, NotDeclared
from printedition.edition.audience import audience_of, with_audiences
from printedition.edition.commentary import Note
from printedition.edition.edition import Edition, SectionEntry, SectionKind
from printedition.edition.publication import Identifiers
from printedition.edition.quotation import Value
from printedition.edition.text import Attributes, Block, Mark, walk_inlines
from printedition.scholarship.references import assignments
from printedition.scholarship.targets import Target, TargetKind, Targets
from printedition.sources import Span


def made_for(edition: Edition, audience: str, *, is_sound: bool) -> Edition:
    """The edition whose book is that of an audience, without the numbers of the book for all.

    Raises NotDeclared where a sound edition has no such audience.
    """
    known = [one.name for one in edition.audiences]
    if is_sound and audience not in known:
        raise NotDeclared("audience", audience, known)
    return replace(edition, audience=audience, identifier="", identifiers=Identifiers())


def check_audiences(targets: Targets, findings: Findings, *, whole: bool) -> None:
    """Report audiences that nobody declared, parts of texts for one, and references to these.

    `whole` where no text is missing.
    """
    edition = targets.edition
    known = [audience.name for audience in edition.audiences]
    for stated in _stated(edition):
        if stated.text not in known:
            findings.report(
                "AUD001",
                f"no audience is called “{stated.text}”",
                stated.span,
                hint=findings.near(stated.text, known)
                or "declare it under audiences: in edition.yaml",
            )
    _check_texts(edition, findings)
    _check_appendix(edition, findings)
    if whole:
        _check_references(targets, findings)


def _stated(edition: Edition) -> Iterator[Value]:
    """Every audience that something is said to be for."""
    yield from (section.audience for section in edition.book if section.audience)
    for _, blocks, _ in _bodies(edition):
        seen: Value | None = None
        for _, audience in with_audiences(blocks):
            if audience is not None and audience != seen:
                yield audience
            seen = audience
    yield from (note.audience for note in edition.notes if note.audience)


def _bodies(edition: Edition) -> Iterator[tuple[str, tuple[Block, ...], Value | None]]:
    """The editor's words: the prose in which they stand, their blocks, whom they are for."""
    for section in edition.book:
        prose = edition.prose.get(section.subject.text)
        if prose is not None:
            yield section.name, prose.blocks, section.audience
            yield from ((section.name, note.blocks, section.audience) for note in prose.notes)
    for note in edition.notes:
        place = note.anchor.place
        own = place.text.partition("/")[0] if place and "/" in place.text else ""
        yield own, note.blocks, note.audience


def _check_appendix(edition: Edition, findings: Findings) -> None:
    """An appendix is for one audience, and moves no page of the books for others."""
    for section in edition.book:
        if section.kind is not SectionKind.APPENDIX:
            continue
        if section.audience is None:
            findings.report(
                "AUD004",
                "this appendix does not say whom it is for",
                section.subject.span,
                hint=f"write below it: audience: '{edition.audiences[0].name}'",
            )
        rest = edition.book[edition.book.index(section) + 1 :]
        if any(other.kind is not SectionKind.APPENDIX for other in rest):
            findings.report(
                "AUD004",
                "this appendix is not the last section of the book",
                section.subject.span,
                hint="move it to the end of book:",
            )


def _check_texts(edition: Edition, findings: Findings) -> None:
    """A text belongs to its author, and is the same for all."""
    for text in edition.texts.values():
        blocks = (*text.blocks, *(block for note in text.notes for block in note.blocks))
        for block, _ in with_audiences(blocks):
            if (own := audience_of(block)) is not None:
                findings.report(
                    "AUD002",
                    "a part of a text cannot be for one audience",
                    own.span,
                    hint="put it into the commentary or into prose; or make it a text of its own, "
                    "and say audience: of its section in edition.yaml",
                )


def _check_references(targets: Targets, findings: Findings) -> None:
    """Report what leads from words for all to words for one audience."""
    edition = targets.edition
    texts = ((t.id, t.blocks, edition.audience_of(t.id)) for t in edition.texts.values())
    within = {
        id(block): audience
        for _, blocks, whole in _bodies(edition)
        for block, audience in with_audiences(blocks, whole)
    }
    for assigned in assignments(edition):
        target = targets.find(assigned.first.text, "")
        if target is not None and (wanted := _audience_of(edition, target, within)):
            _report(wanted, assigned.first.span, findings)
    for own, blocks, whole in (*texts, *_bodies(edition)):
        for block, audience in with_audiences(blocks, whole):
            for attributes in _braces(block):
                name = attributes.get("ref")
                target = targets.find(name, own) if name is not None else None
                wanted = _audience_of(edition, target, within) if target else None
                if wanted is not None and (audience is None or audience.text != wanted.text):
                    _report(wanted, attributes.place("ref"), findings)


def _report(wanted: Value, span: Span, findings: Findings) -> None:
    findings.report(
        "AUD003",
        f"this leads to what only the book for “{wanted.text}” prints",
        span,
        hint="say audience= of it as well, or refer to another place",
    )


def _braces(block: Block) -> Iterator[Attributes]:
    """The braces of a block and of the marks in it, without those of the blocks that it holds."""
    yield block.attributes
    for inline in walk_inlines(getattr(block, "inlines", ())):
        if isinstance(inline, Mark):
            yield inline.attributes


def _audience_of(edition: Edition, target: Target, within: dict[int, Value | None]) -> Value | None:
    """Whom what a reference leads to is for; `within` by the `id()` of blocks of prose."""
    if isinstance(target.thing, Note | SectionEntry):
        return target.thing.audience
    if target.kind is TargetKind.PROSE:
        return within.get(id(target.block))
    return edition.audience_of(target.text)
