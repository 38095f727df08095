"""Old and new pages side by side, as a page of HTML that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from html import escape

from printedition.page.pictures import PagePicture
from printedition.page.words import PrintedHeading, PrintedLine, PrintedWords
from printedition.revision.changes import Changes
from printedition.revision.printing import Printing
from printedition.revision.telling import called, parts

_STYLE = """
body { font: 1rem/1.4 Georgia, serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem;
  color: #1b1b1b; background: #f4f2ee }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
ul { padding-left: 1.2rem }
.spread { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; margin: 1rem 0 }
.page { background: #fff; padding: 1.2rem 1.4rem 1.2rem 3rem; box-shadow: 0 1px 4px #0003;
  font-size: .86rem; position: relative; overflow-wrap: anywhere }
.page h3 { font: .8rem sans-serif; color: #555; margin: 0 0 .8rem; text-align: right }
.line { position: relative } .line[data-number]::before { content: attr(data-number);
  position: absolute; left: -2.2rem; width: 1.6rem; text-align: right; color: #777 }
.notes { border-top: 1px solid #999; margin-top: .8rem; padding-top: .4rem; font-size: .92em }
.picture { position: relative; box-shadow: 0 1px 4px #0003; align-self: start }
.picture img { display: block; width: 100% }
.picture i { position: absolute; mix-blend-mode: multiply; padding: 1px 2px; margin: -1px -2px }
.old .changed { background: #f9d3cd } .new .changed { background: #cfe8cf }
@media (max-width: 40rem) { .spread { grid-template-columns: 1fr } }
"""


# The picture of a page: of the old or the new state, by its folio, with lines to be marked.
Look = Callable[[str, str, Sequence[str]], PagePicture | None]


def no_pictures(_side: str, _label: str, _sought: Sequence[str]) -> None:
    """Show no page as a picture, but its words."""


def as_html(changes: Changes, look: Look = no_pictures) -> str:
    """The changes as a page: the report, then each page that is not as before, old and new.

    A page is shown as it was printed where its book is there, else by its words.
    """
    title = f"From {called(changes.old)} to {called(changes.new)}"
    return "\n".join(
        (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
            f"</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *_report(changes),
            *_spreads(changes, look),
            "</body></html>\n",
        )
    )


def _report(changes: Changes) -> Iterator[str]:
    if not changes:
        yield "<p>Nothing has changed.</p>"
    for heading, lines in parts(changes):
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        yield f"<h2>{escape(heading)}</h2>\n<ul>{items}</ul>"


def _spreads(changes: Changes, look: Look) -> Iterator[str]:
    was, now = _pages(changes.old), _pages(changes.new)
    for one in changes.pages:
        if one.what == "same":
            continue
        before, after = was.get(one.label), now.get(one.label)
        yield f'<div class="spread" id="page-{escape(one.label)}">'
        yield _page("old", one.label, before, after, look)
        yield _page("new", one.label, after, before, look)
        yield "</div>"


def _pages(printing: Printing) -> dict[str, PrintedWords]:
    return {page.label: page for section in printing.sections for page in section.pages}


def _page(
    side: str, label: str, page: PrintedWords | None, other: PrintedWords | None, look: Look
) -> str:
    """A page with the lines and notes marked that the other state of it has not."""
    if page is None:
        return f'<div class="page {side}"><h3>no page {escape(label)}</h3></div>'
    lines = {*other.heads, *(line.words for line in other.lines)} if other else set()
    notes = {note.words for note in other.notes} if other else set()
    shown = [*(PrintedLine(0, head) for head in page.heads), *page.lines]
    sought = [line.words for line in shown if line.words not in lines]
    sought += [note.words for note in page.notes if note.words not in notes]
    if (seen := look(side, label, sought)) is not None:
        return _picture(side, label, seen)
    rows = []
    for line in shown:
        changed = "" if line.words in lines else " changed"
        number = f' data-number="{line.number}"' if line.number else ""
        rows.append(f'<div class="line{changed}"{number}>{escape(line.words)}</div>')
    rows += (f'<div class="line">{escape(_heading(one))}</div>' for one in page.headings)
    if page.notes:
        rows.append('<div class="notes">')
        for note in page.notes:
            changed = "" if note.words in notes else ' class="changed"'
            rows.append(f"<div{changed}>{escape(note.mark)} {escape(note.words)}</div>")
        rows.append("</div>")
    return f'<div class="page {side}"><h3>page {escape(label)}</h3>{"".join(rows)}</div>'


def _picture(side: str, label: str, seen: PagePicture) -> str:
    data = b64encode(seen.png).decode()
    marks = "".join(
        f'<i class="changed" style="left:{left}%;top:{top}%;width:{width}%;height:{height}%"></i>'
        for left, top, width, height in seen.marks
    )
    name = escape(f"page {label}")
    return (
        f'<div class="picture {side}"><img src="data:image/png;base64,{data}" alt="{name}">'
        f"{marks}</div>"
    )


def _heading(heading: PrintedHeading) -> str:
    return ", ".join((heading.words, *heading.locators))
